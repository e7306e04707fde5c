import { sql } from 'kysely';
import type { LogicalType } from '../../model/logical-type.ts';
import type { Instant, Sql } from '../../sql/dialect.ts';
import type { Literal } from '../../sql/literal.ts';
import { parseDecimal, printDecimal } from '../../util/decimal.ts';

const DAY = 86_400_000_000n;
/** The years that nanoseconds in 64 bits reach. */
const NANOSECOND_YEARS = { first: 1678, last: 2261 };

/** A bound literal that compares exactly with a column of the type (semantics §2). */
export function literalSql(literal: Literal, type: LogicalType, now: Instant): Sql {
  const { text } = literal;
  switch (literal.kind) {
    case 'decimal':
      return type.name === 'float' ? sql`cast(${text} as double)` : decimal(text, type);
    case 'float':
      return sql`cast(${text} as double)`;
    case 'boolean':
      return sql`cast(${text} as boolean)`;
    case 'date':
      return nanoseconds(type) ? bounded(text) : sql`cast(${text} as date)`;
    case 'time':
      return sql`cast(${text} as time)`;
    case 'timestamp':
      return nanoseconds(type) ? bounded(text) : sql`cast(${text} as timestamp)`;
    case 'instant':
      return sql`cast(${text} as timestamptz)`;
    case 'uuid':
      return sql`cast(${text} as uuid)`;
    case 'now':
      return momentSql(now.microseconds, type);
    default:
      return sql`cast(${text} as varchar)`;
  }
}

/** Microseconds since 1970 as a bound value of a date, timestamp or instant column; a date is rounded down. */
export function momentSql(microseconds: bigint, type: LogicalType): Sql {
  if (type.name === 'instant') return sql`make_timestamptz(cast(${microseconds} as bigint))`;
  if (type.name === 'date') {
    const rest = ((microseconds % DAY) + DAY) % DAY;
    return sql`cast(make_timestamp(cast(${microseconds - rest} as bigint)) as date)`;
  }
  const year = new Date(Number(microseconds / 1000n)).getUTCFullYear();
  if (nanoseconds(type) && !reachable(year)) return infinite(year > NANOSECOND_YEARS.last);
  return sql`make_timestamp(cast(${microseconds} as bigint))`;
}

function nanoseconds(type: LogicalType): boolean {
  return type.name === 'timestamp' && type.precision === 9;
}

function bounded(text: string): Sql {
  const year = Number(text.slice(0, 4));
  return reachable(year) ? sql`cast(${text} as timestamp_ns)` : infinite(year > NANOSECOND_YEARS.last);
}

function reachable(year: number): boolean {
  return year >= NANOSECOND_YEARS.first && year <= NANOSECOND_YEARS.last;
}

function infinite(late: boolean): Sql {
  return sql`cast(${late ? 'infinity' : '-infinity'} as timestamp_ns)`;
}

/**
 * A decimal of the text's own digits. DuckDB brings both sides of a comparison to one decimal of at most 38 digits and raises where a
 * value does not fit: then an equal, a wider or an infinite form of the literal gives the same answers for every value of the column.
 */
function decimal(text: string, type: LogicalType): Sql {
  const parsed = parseDecimal(text);
  if (!parsed) throw new RangeError(`"${text}" is not a number`);
  const digits = String(parsed.coefficient).replace('-', '').length;
  const precision = Math.max(digits, parsed.scale, 1);
  if (precision <= 38 && fits(precision, parsed.scale, type)) return written(text, precision, parsed.scale);
  const short = parseDecimal(printDecimal(parsed)) ?? parsed;
  const column = sizes(type);
  const limit = type.name === 'decimal' && type.precision === 39 ? 2n ** 128n : 10n ** BigInt(column.whole);
  const whole = short.coefficient / 10n ** BigInt(short.scale);
  if (whole >= limit || -whole >= limit)
    return sql`cast(${short.coefficient > 0n ? 'infinity' : '-infinity'} as double)`;
  if (short.scale === 0 && column.scale === 0) return integer(short.coefficient);
  const shortDigits = Math.max(String(short.coefficient).replace('-', '').length, short.scale, 1);
  if (shortDigits <= 38 && fits(shortDigits, short.scale, type))
    return written(printDecimal(short), shortDigits, short.scale);
  // Between two integers of an integer column any number between them compares the same, and a double holds a half up to 2^52.
  const halved = column.scale === 0 && whole < 2n ** 52n && whole > -(2n ** 52n);
  if (halved) return sql`cast(${`${short.coefficient < 0n && whole === 0n ? '-' : ''}${whole}.5`} as double)`;
  return written(printDecimal(short), 38, Math.min(short.scale, Math.max(column.scale, 38 - column.whole, 0)));
}

function written(text: string, precision: number, scale: number): Sql {
  return sql`cast(${text} as ${sql.raw(`decimal(${precision}, ${scale})`)})`;
}

function integer(value: bigint): Sql {
  return value >= -(2n ** 127n) && value < 2n ** 127n
    ? sql`cast(${String(value)} as hugeint)`
    : sql`cast(${String(value)} as uhugeint)`;
}

function fits(precision: number, scale: number, type: LogicalType): boolean {
  if (type.name !== 'integer' && type.name !== 'decimal') return true;
  const column = sizes(type);
  return Math.max(precision - scale, column.whole) + Math.max(scale, column.scale) <= 38;
}

/** Digits before and behind the point that a column of the type may hold. */
function sizes(type: LogicalType): { readonly whole: number; readonly scale: number } {
  if (type.name === 'integer')
    return { whole: type.bits === undefined ? 39 : { 8: 3, 16: 5, 32: 10, 64: 19 }[type.bits], scale: 0 };
  if (type.name !== 'decimal') return { whole: 38, scale: 0 };
  const { precision = 38, scale = 0 } = type;
  return { whole: precision - scale, scale };
}
