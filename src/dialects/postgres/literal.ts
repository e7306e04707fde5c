import type { LogicalType } from '../../model/logical-type.ts';
import type { Instant, Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import type { Literal } from '../../sql/literal.ts';
import { momentOf } from '../../sql/moment.ts';

/** Years that timestamps reach (PostgreSQL's manual, table 8.9); dates reach further. */
const YEARS = { first: -4711, last: 294_275 };
/** A whole number that surely fits 64 bits. */
const SHORT = /^[+-]?\d{1,18}$/;

/** A bound literal that compares exactly with a column of the type (semantics §2). */
export function literalSql(literal: Literal, type: LogicalType, now: Instant): Sql {
  const { text } = literal;
  switch (literal.kind) {
    case 'decimal':
      if (type.name === 'float') return sql`cast(${text} as double precision)`;
      return type.name === 'integer' && SHORT.test(text) ? sql`cast(${text} as bigint)` : sql`cast(${text} as numeric)`;
    case 'float':
      return sql`cast(${text} as double precision)`;
    case 'boolean':
      return sql`cast(${text} as boolean)`;
    case 'date':
      return sql`cast(${text} as date)`;
    case 'time':
      return sql`cast(${text} as time)`;
    case 'timestamp':
      return sql`cast(${text} as timestamp)`;
    case 'instant':
      return sql`cast(${text} as timestamptz)`;
    case 'uuid':
      return sql`cast(${text} as uuid)`;
    case 'now':
      return momentSql(now.microseconds, type);
    default:
      return sql`cast(${text} as text)`;
  }
}

/** Microseconds since 1970 as a bound value of a date, timestamp or instant column; a date is rounded down. */
export function momentSql(microseconds: bigint, type: LogicalType): Sql {
  const native = type.name === 'instant' ? 'timestamptz' : type.name === 'date' ? 'date' : 'timestamp';
  return sql`cast(${momentText(microseconds, type)} as ${sql.raw(native)})`;
}

function momentText(microseconds: bigint, type: LogicalType): string {
  const { year, date, time } = momentOf(microseconds);
  if (year < YEARS.first) return '-infinity';
  if (year > YEARS.last) return 'infinity';
  // The year before the first is 1 BC.
  const era = year > 0 ? '' : ' BC';
  const day = year > 0 ? date : `${String(1 - year).padStart(4, '0')}${date.slice(date.indexOf('-', 1))}`;
  if (type.name === 'date') return `${day}${era}`;
  return `${day} ${time}${type.name === 'instant' ? '+00' : ''}${era}`;
}
