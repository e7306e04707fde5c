import type { LogicalType } from '../../model/logical-type.ts';
import type { Comparison, Instant, Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import type { Literal } from '../../sql/literal.ts';
import { decimalLiteral } from './decimal-literal.ts';

const DAY = 86_400_000_000n;
/** The years that nanoseconds in 64 bits reach. */
const NANOSECOND_YEARS = { first: 1678, last: 2261 };

/** A bound literal that compares exactly with a column of the type (semantics §2). */
export function literalSql(literal: Literal, type: LogicalType, now: Instant, comparison?: Comparison): Sql {
  const { text } = literal;
  switch (literal.kind) {
    case 'decimal':
      return type.name === 'float' ? sql`cast(${text} as double)` : decimalLiteral(text, type, comparison);
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
