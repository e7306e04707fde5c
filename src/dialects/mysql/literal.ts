import type { LogicalType } from '../../model/logical-type.ts';
import type { Comparison, Instant, Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import type { Literal } from '../../sql/literal.ts';
import { type Moment, momentOf } from '../../sql/moment.ts';
import { type Decimal, parseDecimal, printDecimal } from '../../util/decimal.ts';
import { textOf } from './text.ts';

/** Most digits of a decimal, and most of them behind the point (MySQL's manual, §12.25.2; MariaDB has 38). */
const MOST = { digits: 65, scale: 30 };
/** A whole number that surely fits 64 bits. */
const SHORT = /^[+-]?\d{1,18}$/;

/** A bound literal that compares exactly with a column of the type (semantics §2). */
export function literalSql(literal: Literal, type: LogicalType, now: Instant, comparison?: Comparison): Sql {
  const { text } = literal;
  switch (literal.kind) {
    case 'decimal':
      if (type.name === 'float') return floatOf(text);
      return type.name === 'integer' && SHORT.test(text) ? sql`cast(${text} as signed)` : decimalSql(text, comparison);
    case 'float':
      return floatOf(text);
    case 'boolean':
      return sql.lit(text === 'true' ? 1 : 0);
    case 'date':
      return sql`cast(${text} as date)`;
    case 'time':
      return sql`cast(${text} as time(6))`;
    case 'timestamp':
    case 'instant':
      // All sessions are in UTC.
      return sql`cast(${text.replace('T', ' ').replace('Z', '')} as datetime(6))`;
    case 'uuid':
      return textOf(sql`${text}`);
    case 'now':
      return momentSql(now.microseconds, type);
    default:
      return sql`${text}`;
  }
}

/** Neither server has infinities or NaN in a column: the greatest float is beyond all others, and equal to none that is likely. */
function floatOf(text: string): Sql {
  return asFloat(sql`${text.replace(/Infinity|NaN/, String(Number.MAX_VALUE))}`);
}

/** Adding 0 makes negative zero the other one; MySQL casts to double only since 8.0.17. */
export function asFloat(value: Sql): Sql {
  return sql`(${value} + 0e0)`;
}

function decimalSql(text: string, comparison: Comparison | undefined): Sql {
  const literal = parseDecimal(text);
  if (!literal) throw new RangeError(`"${text}" is not a number`);
  const { coefficient, scale } = literal.scale > MOST.scale ? shortened(literal, comparison) : literal;
  const digits = Math.max(String(coefficient).replace('-', '').length, scale, 1);
  return sql`cast(${printDecimal({ coefficient, scale })} as ${sql.raw(`decimal(${digits}, ${scale})`)})`;
}

/**
 * No column has so many places. The comparison has the same answer for the next number that has as many as a column may: upwards for `<`
 * and `>=`, downwards for `>` and `<=`. Nothing equals the literal: what stands for it then is longer than any that a contract can write.
 */
function shortened({ coefficient, scale }: Decimal, comparison: Comparison | undefined): Decimal {
  if (comparison === undefined) return { coefficient: 10n ** BigInt(MOST.digits) - 1n, scale: 0 };
  const unit = 10n ** BigInt(scale - MOST.scale);
  const rest = ((coefficient % unit) + unit) % unit;
  const below = (coefficient - rest) / unit;
  const above = rest === 0n ? below : below + 1n;
  return { coefficient: comparison === '<' || comparison === '>=' ? above : below, scale: MOST.scale };
}

/** Microseconds since 1970 as a bound value of a date, timestamp or instant column; a date is rounded down. */
export function momentSql(microseconds: bigint, type: LogicalType): Sql {
  const { date, time } = reached(momentOf(microseconds));
  return type.name === 'date' ? sql`cast(${date} as date)` : sql`cast(${`${date} ${time}`} as datetime(6))`;
}

/** Columns hold the years 1 to 9999. */
function reached(moment: Moment): Pick<Moment, 'date' | 'time'> {
  if (moment.year > 9999) return { date: '9999-12-31', time: '23:59:59.999999' };
  return moment.year < 1 ? { date: '0000-01-01', time: '00:00:00' } : moment;
}
