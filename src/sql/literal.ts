import type { LogicalType } from '../model/logical-type.ts';
import type { Problem } from '../model/problem.ts';
import { compareDecimals, type Decimal, parseDecimal, printDecimal } from '../util/decimal.ts';
import { readDate, readInstant, readTime, readTimestamp, type TimeText } from './time-text.ts';

export type LiteralKind =
  | 'decimal'
  | 'float'
  | 'text'
  | 'boolean'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'instant'
  | 'uuid'
  | 'now';

/** A value that a contract writes down, read by its column's type. Equal values of a kind have equal texts. */
export interface Literal {
  /**
   * Canonical: decimals without exponent and trailing zeros, floats as JavaScript prints them (`NaN`, `Infinity`), times in ISO form,
   * instants in UTC with `Z`, uuids and booleans in lower case, texts as written.
   */
  readonly text: string;
  readonly kind: LiteralKind;
  /** Decimals only: digits in all and behind the point, as in `decimal(precision, scale)`. */
  readonly precision?: number;
  readonly scale?: number;
}

/** A bound is compared by size with the column's values, a value by equality. */
export type LiteralUse = 'bound' | 'value';

type Parsed = { readonly literal: Literal } | { readonly problem: Problem };

const MAX_DIGITS = 38;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * Reads source text as a value of the type (semantics §2). A bound on an integer or decimal column may be any decimal of at most 38
 * digits; a value must be one that the column can hold. Instants need an offset; a timestamp without a time is midnight. `now` stands
 * for the run's instant on dates, timestamps and instants.
 */
export function parseLiteral(text: string, type: LogicalType, use: LiteralUse): Parsed {
  const trimmed = text.trim();
  switch (type.name) {
    case 'string':
      return /[\0\p{Cs}]/u.test(text)
        ? refuse('the text holds NUL or half of a character, which no engine stores')
        : { literal: { text, kind: 'text' } };
    case 'integer':
    case 'decimal':
      return readExact(trimmed, type, use);
    case 'float':
      return readFloat(trimmed, type.bits ?? 64, use);
    case 'date':
      return orNow(trimmed, 'date', readDate);
    case 'timestamp':
      return orNow(trimmed, 'timestamp', readTimestamp);
    case 'instant':
      return orNow(trimmed, 'instant', readInstant);
    case 'time':
      return ofTime(readTime(trimmed), 'time');
    case 'boolean':
      return use === 'bound' ? unordered(text, type) : readBoolean(trimmed);
    case 'uuid':
      if (use === 'bound') return unordered(text, type);
      return UUID.test(trimmed)
        ? { literal: { text: trimmed.toLowerCase(), kind: 'uuid' } }
        : refuse(`"${text}" is not a uuid`, 'write 8-4-4-4-12 hexadecimal digits');
    default:
      return refuse(
        `"${text}" cannot be compared with a column of type ${type.name}`,
        'write a row condition in checks instead',
      );
  }
}

type Exact = Extract<LogicalType, { name: 'integer' | 'decimal' }>;

function readExact(text: string, type: Exact, use: LiteralUse): Parsed {
  const decimal = parseDecimal(text);
  if (!decimal) return refuse(`"${text}" is not a number`, numberHint(text));
  const literal = exactLiteral(decimal);
  if ((literal.precision ?? 0) > MAX_DIGITS) {
    return refuse(`"${text}" has ${literal.precision} digits, expected at most ${MAX_DIGITS}`);
  }
  const problem = use === 'value' ? misfit(text, decimal, literal, type) : undefined;
  return problem ? { problem } : { literal };
}

function exactLiteral(decimal: Decimal): Literal {
  const text = printDecimal(decimal);
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const precision = Math.max(1, whole.replace(/^0+/, '').length + fraction.length);
  return { text, kind: 'decimal', precision, scale: fraction.length };
}

/** Why a column of the type can never hold the number. */
function misfit(text: string, decimal: Decimal, literal: Literal, type: Exact): Problem | undefined {
  const { precision = 1, scale = 0 } = literal;
  if (type.name === 'decimal') {
    if (type.precision === undefined) return undefined;
    const places = type.scale ?? 0;
    return scale > places || precision - scale > type.precision - places
      ? { message: `"${text}" does not fit decimal(${type.precision},${places})` }
      : undefined;
  }
  if (scale > 0)
    return { message: `"${text}" is not an integer`, hint: 'declare the column as decimal, or write digits' };
  if (type.bits === undefined) return undefined;
  const limit: Decimal = { coefficient: 2n ** BigInt(type.bits - 1), scale: 0 };
  const fits =
    compareDecimals(decimal, limit) < 0 && compareDecimals(decimal, { ...limit, coefficient: -limit.coefficient }) >= 0;
  return fits ? undefined : { message: `"${text}" does not fit int${type.bits}` };
}

const SPECIAL: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['.nan', Number.NaN],
  ['inf', Infinity],
  ['.inf', Infinity],
  ['infinity', Infinity],
]);

/** A value of a 32-bit column is rounded as the column rounds it, so that 0.1 equals what the column holds. */
function readFloat(text: string, bits: 32 | 64, use: LiteralUse): Parsed {
  const [, sign, word = ''] = /^([+-]?)(.*)$/s.exec(text.toLowerCase()) ?? [];
  const special = SPECIAL.get(word);
  if (special === undefined && !parseDecimal(text)) return refuse(`"${text}" is not a number`, numberHint(text));
  if (Number.isNaN(special) && use === 'bound') return refuse(`"${text}" is no bound: nothing compares with NaN`);
  const exact = special === undefined ? Number(text) : sign === '-' ? -special : special;
  const value = bits === 32 && use === 'value' ? Math.fround(exact) : exact;
  if (special === undefined && !Number.isFinite(value)) return refuse(`"${text}" does not fit float${bits}`);
  return { literal: { text: Object.is(value, -0) ? '0' : String(value), kind: 'float' } };
}

function readBoolean(text: string): Parsed {
  const word = text.toLowerCase();
  if (word === 'true' || word === 'false') return { literal: { text: word, kind: 'boolean' } };
  const meant = /^(?:yes|y|t|on|1)$/.test(word) ? 'true' : /^(?:no|n|f|off|0)$/.test(word) ? 'false' : 'true or false';
  return refuse(`"${text}" is not a boolean`, `write ${meant}`);
}

function orNow(text: string, kind: 'date' | 'timestamp' | 'instant', read: (text: string) => TimeText): Parsed {
  if (text === 'now') return { literal: { text, kind: 'now' } };
  if (/^(?:now(?:\(\))?|today|current_date|current_timestamp|\{now\})$/i.test(text)) {
    return refuse(`"${text}" is not ${kind === 'instant' ? 'an' : 'a'} ${kind}`, 'did you mean now?');
  }
  return ofTime(read(text), kind);
}

function ofTime(read: TimeText, kind: LiteralKind): Parsed {
  return 'text' in read ? { literal: { text: read.text, kind } } : read;
}

function unordered(text: string, type: LogicalType): Parsed {
  return refuse(`"${text}" is no bound: ${type.name} values have no order`, 'list the values as enum');
}

function numberHint(text: string): string {
  const plain = text.replace(/(?<=\d)[_'\s](?=\d)/g, '');
  if (plain !== text && parseDecimal(plain)) return `write ${plain}`;
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) return `write ${text.replaceAll(',', '')}`;
  if (/^[+-]?\d+,\d+$/.test(text)) return `write ${text.replace(',', '.')}`;
  if (/^0(?:x[0-9a-f]+|o[0-7]+|b[01]+)$/i.test(text)) return `write ${BigInt(text)}`;
  if (/^now$/i.test(text)) return 'now stands only for dates and times';
  return 'write digits, such as 1000 or 0.5';
}

function refuse(message: string, hint?: string): { readonly problem: Problem } {
  return { problem: hint === undefined ? { message } : { message, hint } };
}

/**
 * Negative, zero or positive as `left` is less than, equal to or greater than `right`; texts by code point. Undefined where they cannot be
 * compared: another kind, `now` with a time, NaN.
 */
export function compareLiterals(left: Literal, right: Literal): number | undefined {
  if (left.kind !== right.kind) return undefined;
  if (left.kind === 'float') {
    const difference = Number(left.text) - Number(right.text);
    if (left.text === right.text) return left.text === 'NaN' ? undefined : 0;
    return Number.isNaN(difference) ? undefined : Math.sign(difference);
  }
  if (left.text === right.text) return 0;
  if (left.kind === 'decimal') {
    const [first, second] = [parseDecimal(left.text), parseDecimal(right.text)];
    return first && second && compareDecimals(first, second);
  }
  if (left.kind === 'boolean' || left.kind === 'uuid') return undefined;
  // UTF-8 sorts by code point, UTF-16 does not; without its Z an instant sorts before one with a fraction.
  const bytes = ({ text, kind }: Literal): Buffer => Buffer.from(kind === 'instant' ? text.slice(0, -1) : text);
  return Buffer.compare(bytes(left), bytes(right));
}
