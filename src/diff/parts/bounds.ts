import type { Column, WrittenText } from '../../model/contract.ts';
import type { Position } from '../../model/diagnostic.ts';
import type { LogicalType } from '../../model/logical-type.ts';
import { compareLiterals, type Literal, parseLiteral } from '../../sql/literal.ts';
import { compareDecimals, type Decimal, parseDecimal, printDecimal } from '../../util/decimal.ts';

export type BoundKey = 'min' | 'max' | 'minLength' | 'maxLength';

/** One end of what a column may hold. */
export interface Limit {
  readonly literal: Literal;
  readonly exclusive: boolean;
  /** Absent: the type says so. */
  readonly at?: Position;
}

const INTEGER: LogicalType = { name: 'integer' };

/** The end that a column declares, as it is written. */
export function writtenLimit(column: Column, key: BoundKey): Limit | undefined {
  if (key === 'minLength' || key === 'maxLength') {
    const length = column[key];
    return length && limitOf({ text: String(length.count), at: length.at }, INTEGER, false);
  }
  const inclusive = column[key];
  const exclusive = column[key === 'min' ? 'exclusiveMin' : 'exclusiveMax'];
  return inclusive ? limitOf(inclusive, column.type, false) : exclusive && limitOf(exclusive, column.type, true);
}

function limitOf({ text, at }: WrittenText, type: LogicalType, exclusive: boolean): Limit | undefined {
  const parsed = parseLiteral(text, type, 'bound');
  return 'literal' in parsed ? { literal: parsed.literal, exclusive, at } : undefined;
}

/** The end of the values themselves: on whole numbers, `exclusiveMin: 0` is `min: 1`. */
export function onGrid(limit: Limit, type: LogicalType, key: BoundKey): Limit {
  const isLow = key === 'min' || key === 'minLength';
  const { literal, exclusive } = limit;
  if (type.name === 'date' && literal.kind === 'date' && exclusive) {
    const day = Date.parse(`${literal.text}T00:00:00Z`) + (isLow ? 86_400_000 : -86_400_000);
    const text = Number.isNaN(day) ? '' : new Date(day).toISOString().slice(0, 10);
    return /^\d{4}-/.test(text) ? { ...limit, literal: { ...literal, text }, exclusive: false } : limit;
  }
  const scale =
    type.name === 'integer' ? 0 : type.name === 'decimal' && type.precision !== undefined ? type.scale : undefined;
  const value = literal.kind === 'decimal' ? parseDecimal(literal.text) : undefined;
  if (scale === undefined || !value) return limit;
  const steps = isLow ? stepsUp(value, scale, exclusive) : -stepsUp(negated(value), scale, exclusive);
  return { ...limit, literal: numeral({ coefficient: steps, scale }), exclusive: false };
}

/** The least number of steps that is no less than the value, or more than it. */
function stepsUp({ coefficient, scale: own }: Decimal, scale: number, exclusive: boolean): bigint {
  const unit = 10n ** BigInt(Math.max(0, own - scale));
  const scaled = coefficient * 10n ** BigInt(Math.max(0, scale - own));
  const below = scaled / unit - (scaled % unit < 0n ? 1n : 0n);
  return scaled % unit === 0n && !exclusive ? below : below + 1n;
}

function negated(value: Decimal): Decimal {
  return { ...value, coefficient: -value.coefficient };
}

function numeral(value: Decimal): Literal {
  return { text: printDecimal(value), kind: 'decimal' };
}

/** The end that the type has by itself. */
export function typeLimit(type: LogicalType, key: BoundKey): Limit | undefined {
  if (key === 'minLength') return { literal: numeral({ coefficient: 0n, scale: 0 }), exclusive: false };
  if (key === 'maxLength') {
    if (type.name !== 'string' || type.length === undefined) return undefined;
    return { literal: numeral({ coefficient: BigInt(type.length), scale: 0 }), exclusive: false };
  }
  const most = largest(type);
  if (!most) return undefined;
  const lowest = type.name === 'integer' ? { ...most, coefficient: -most.coefficient - 1n } : negated(most);
  return { literal: numeral(key === 'min' ? lowest : most), exclusive: false };
}

function largest(type: LogicalType): Decimal | undefined {
  if (type.name === 'integer' && type.bits !== undefined) {
    return { coefficient: 2n ** BigInt(type.bits - 1) - 1n, scale: 0 };
  }
  if (type.name !== 'decimal' || type.precision === undefined) return undefined;
  return { coefficient: 10n ** BigInt(type.precision) - 1n, scale: type.scale ?? 0 };
}

/** Above zero where the new end lies further out; undefined where the two cannot be compared. */
export function outwards(old: Limit, now: Limit, key: BoundKey): number | undefined {
  const order = compareAcross(now.literal, old.literal);
  if (order === undefined) return undefined;
  if (order === 0) return Number(old.exclusive) - Number(now.exclusive);
  return key === 'max' || key === 'maxLength' ? order : -order;
}

/** Numbers of any type compare as numbers, times of any type as they are written. */
function compareAcross(left: Literal, right: Literal): number | undefined {
  if (left.kind === right.kind) return compareLiterals(left, right);
  if (isNumber(left) && isNumber(right)) {
    const [first, second] = [parseDecimal(left.text), parseDecimal(right.text)];
    return first && second ? compareDecimals(first, second) : Number(left.text) - Number(right.text);
  }
  const [first, second] = [asTimestamp(left), asTimestamp(right)];
  return first && second && compareLiterals(first, second);
}

function isNumber({ kind }: Literal): boolean {
  return kind === 'decimal' || kind === 'float';
}

function asTimestamp({ text, kind }: Literal): Literal | undefined {
  if (kind !== 'date' && kind !== 'timestamp' && kind !== 'instant') return undefined;
  const parsed = parseLiteral(text.replace(/Z$/, ''), { name: 'timestamp' }, 'bound');
  return 'literal' in parsed ? parsed.literal : undefined;
}
