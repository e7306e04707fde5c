import { parseDecimal, printDecimal } from '../util/decimal.ts';
import { type Refuse, refusal, type ScalarOptions, type ScalarReader, type ScalarType } from './scalar.ts';

const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?\d+(?:\.\d+)?$/;
const FLOAT = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
/** A double keeps every decimal number of so many digits apart. */
const EXACT_DIGITS = 15;
const AS_TEXT = 'a JavaScript number has no more than 15 exact digits: give a text, or a bigint';

/** int8 to int32 → number, int64 and the family → bigint. Texts are digits with a sign (semantics §4). */
export function integerReader({ bits }: ScalarType<'integer'>, { show }: ScalarOptions): ScalarReader {
  const refuse = refusal(show);
  return bits === undefined || bits === 64 ? wideReader(bits, refuse) : smallReader(bits, refuse);
}

function smallReader(bits: 8 | 16 | 32, refuse: Refuse): ScalarReader {
  const limit = 2 ** (bits - 1);
  return (raw) => {
    const isText = typeof raw === 'string';
    if (isText && !WHOLE.test(raw)) return refuse(raw, 'is not a whole number');
    if (!isText && typeof raw !== 'number' && typeof raw !== 'bigint') return refuse(raw, 'is not a whole number');
    const value = Number(raw);
    if (!Number.isInteger(value)) return refuse(raw, 'is not a whole number');
    // Adding 0 makes negative zero the other one.
    return value >= -limit && value < limit ? value + 0 : refuse(raw, `is outside int${bits}`);
  };
}

function wideReader(bits: 64 | undefined, refuse: Refuse): ScalarReader {
  const limit = 2n ** 63n;
  const fitting = (raw: unknown, value: bigint): bigint =>
    bits === undefined || (value >= -limit && value < limit) ? value : refuse(raw, 'is outside int64');
  return (raw) => {
    if (typeof raw === 'bigint') return fitting(raw, raw);
    if (typeof raw === 'string') {
      if (!WHOLE.test(raw)) return refuse(raw, 'is not a whole number');
      // BigInt does not know a plus sign before digits.
      const value = BigInt(raw.startsWith('+') ? raw.slice(1) : raw);
      return raw.length < 19 ? value : fitting(raw, value);
    }
    if (typeof raw !== 'number' || !Number.isInteger(raw)) return refuse(raw, 'is not a whole number');
    if (!Number.isSafeInteger(raw)) return refuse(raw, 'may have lost digits', AS_TEXT);
    return BigInt(raw);
  };
}

/** A number as DuckDB gives decimals: `value × 10^-scale`. */
interface Scaled {
  readonly value: bigint;
  readonly scale: number;
}

function isScaled(raw: unknown): raw is Scaled {
  return typeof raw === 'object' && raw !== null && typeof (raw as Scaled).value === 'bigint' && 'scale' in raw;
}

/** Text with at least as many fraction digits as the type declares, without one no trailing zeros. Longer numbers keep their digits. */
export function decimalReader(type: ScalarType<'decimal'>, { show, cell }: ScalarOptions): ScalarReader {
  const refuse = refusal(show);
  const places = type.precision === undefined ? 0 : (type.scale ?? 0);
  const canonical = canonicalForm(type);
  const mark = cell?.decimal ?? '.';
  return (raw) => {
    if (typeof raw === 'string') {
      if (mark === '.' && canonical.test(raw)) return raw;
      const text = mark === '.' ? raw : pointed(raw, mark);
      return DECIMAL.test(text)
        ? padded(withoutSign(text), places)
        : refuse(raw, 'is not a decimal number', hintOf(raw));
    }
    if (typeof raw === 'bigint') return printScaled(raw, 0, places);
    if (isScaled(raw)) return printScaled(raw.value, raw.scale, places);
    if (typeof raw !== 'number' || !Number.isFinite(raw)) return refuse(raw, 'is not a decimal number');
    const text = String(raw);
    const digits = text.replace(/e.*/, '').replace(/\D/g, '').replace(/^0+/, '').length;
    const isExact = Number.isSafeInteger(raw) || (digits <= EXACT_DIGITS && !(Math.abs(raw) > Number.MAX_SAFE_INTEGER));
    return isExact ? padded(text, places) : refuse(raw, 'may have lost digits', AS_TEXT);
  };
}

/** Recognises texts that are canonical already; negative zero is none. */
function canonicalForm({ precision, scale = 0 }: ScalarType<'decimal'>): RegExp {
  if (precision === undefined) return /^(?!-0$)-?(?:[1-9]\d*|0)(?:\.\d*[1-9])?$/;
  return new RegExp(`^(?!-[0.]+$)-?(?:[1-9]\\d*|0)${scale === 0 ? '' : `\\.\\d{${scale}}`}$`);
}

function pointed(text: string, mark: string): string {
  return text.includes('.') ? '' : text.replace(mark, '.');
}

function withoutSign(text: string): string {
  return text.startsWith('+') ? text.slice(1) : text;
}

function padded(text: string, places: number): string {
  const decimal = parseDecimal(text);
  if (!decimal) throw new RangeError(`${text} is no number`);
  return printScaled(decimal.coefficient, decimal.scale, places);
}

function printScaled(coefficient: bigint, scale: number, places: number): string {
  if (scale === places) return fixed(coefficient, scale);
  const text = printDecimal({ coefficient, scale });
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length >= places) return text;
  return `${whole}.${fraction.padEnd(places, '0')}`;
}

/** All digits of the fraction, trailing zeros included. */
function fixed(coefficient: bigint, scale: number): string {
  if (scale === 0) return String(coefficient);
  const isNegative = coefficient < 0n;
  const digits = String(isNegative ? -coefficient : coefficient).padStart(scale + 1, '0');
  return `${isNegative ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function hintOf(text: string): string | undefined {
  if (/^[+-]?\d+(?:\.\d+)?[eE][+-]?\d+$/.test(text)) return 'write it without an exponent';
  return /^[+-]?\d+,\d+$/.test(text) ? 'write a point instead of the comma' : undefined;
}

const WORDS: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['inf', Infinity],
  ['-inf', -Infinity],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/** number; of float32 rounded as the column rounds it. Texts may have an exponent, or be `NaN`, `inf`, `Infinity`. */
export function floatReader({ bits }: ScalarType<'float'>, { show, cell }: ScalarOptions): ScalarReader {
  const refuse = refusal(show);
  const mark = cell?.decimal ?? '.';
  const fitting = (raw: unknown, exact: number): number => {
    const value = bits === 32 ? Math.fround(exact) : exact;
    return Number.isFinite(value) ? value : refuse(raw, `is outside float${bits ?? 64}`);
  };
  return (raw) => {
    if (typeof raw === 'number') return Number.isFinite(raw) ? fitting(raw, raw) : raw;
    if (typeof raw === 'string') {
      const text = mark === '.' ? raw : pointed(raw, mark);
      if (FLOAT.test(text)) return fitting(raw, Number(text));
      return WORDS.get(raw) ?? refuse(raw, 'is not a number', hintOf(raw));
    }
    if (typeof raw === 'bigint') return fitting(raw, Number(raw));
    if (isScaled(raw)) return fitting(raw, Number(printDecimal({ coefficient: raw.value, scale: raw.scale })));
    return refuse(raw, 'is not a number');
  };
}

const TRUE = ['true', 't', 'yes', 'y', '1'];
const FALSE = ['false', 'f', 'no', 'n', '0'];

/** boolean; from words in any case, 0 and 1, or the byte of MySQL's `bit(1)`. */
export function booleanReader({ show }: ScalarOptions): ScalarReader {
  const refuse = refusal(show);
  return (raw) => {
    if (typeof raw === 'boolean') return raw;
    const value = raw instanceof Uint8Array && raw.length === 1 ? raw[0] : raw;
    if (typeof value === 'number' || typeof value === 'bigint') {
      if (Number(value) === 0) return false;
      if (Number(value) === 1) return true;
    }
    if (typeof value === 'string') {
      const word = value.toLowerCase();
      if (TRUE.includes(word)) return true;
      if (FALSE.includes(word)) return false;
    }
    return refuse(raw, 'is not a boolean', 'write true or false');
  };
}
