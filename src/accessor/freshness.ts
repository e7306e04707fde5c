import { AHEAD } from '../checks/freshness.ts';
import { axisOf } from '../checks/time-axis.ts';
import type { LogicalType } from '../model/logical-type.ts';
import { allOf } from '../sql/build.ts';
import type { SqlDialect } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { asText } from './as-text.ts';
import { type EngineName, providing } from './engine.ts';
import { columnOf, from, type Reading } from './reading.ts';
import { fieldOf } from './table-shape.ts';
import type { Instant, LocalDate, Timestamp } from './types.ts';

/** How old the newest row of a table is, against what its contract promises. */
export interface Freshness {
  /** The newest value at most 5 minutes ahead of now; null where there is none. A `Date` where the accessors were generated so. */
  readonly newest: Instant | Timestamp | LocalDate | Date | null;
  /** Milliseconds from the newest value to now; a date counts as the end of its day, so it may be negative. Null without a value. */
  readonly age: number | null;
  /** `fail` where there is no usable value, too. */
  readonly verdict: 'pass' | 'warn' | 'fail';
  /** What is promised, in milliseconds. */
  readonly within: { readonly warn?: number; readonly fail?: number };
}

/** Measured at an instant, over all rows that are promised and meet the conditions. */
export async function freshnessOf(of: Reading, at: Date): Promise<Freshness> {
  const { freshness } = of.definition;
  if (!freshness) throw new TypeError(`the contract promises nothing of how fresh ${of.shape.name} is`);
  const { column: name, timezone, within } = freshness;
  const dialect = await dialectOf(of.engine.name);
  const field = fieldOf(of.shape, name);
  const type: LogicalType = field.type;
  const value = columnOf(of, name);
  const axis = axisOf(dialect, { value, type }, timezone);
  if (!axis) throw new TypeError(`"${name}" holds no time with a zone, so its age is not known`);
  const now = BigInt(at.getTime()) * 1000n;
  const usable = allOf(axis.isFinite, axis.upTo(now + AHEAD));
  const source = await of.source.ready(of.executor);
  const newest = sql`max(case when ${usable} then ${value} end)`;
  const rows = from(of, source, [name]);
  const statement = sql<{ readonly c0: unknown; readonly c1: unknown }>`
    select ${asText(sql`newest`, of.engine)} as c0, ${dialect.microseconds(sql`newest`, type)} as c1 from (select ${newest} as newest ${rows}) found`;
  const [found] = (await statement.execute(providing(of.executor))).rows;
  const micros = found?.c1 === null || found?.c1 === undefined ? null : BigInt(String(found.c1));
  if (micros === null) return { newest: null, age: null, verdict: 'fail', within };
  const age = Number((now - axis.toInstant(micros)) / 1000n);
  const { warn, fail } = within;
  const verdict = fail !== undefined && age > fail ? 'fail' : warn !== undefined && age > warn ? 'warn' : 'pass';
  return { newest: of.readers.of(name)(found?.c0) as Instant, age, verdict, within };
}

async function dialectOf(engine: EngineName): Promise<SqlDialect> {
  if (engine === 'postgres') return (await import('../dialects/postgres/expressions.ts')).postgresSql;
  if (engine === 'duckdb') return (await import('../dialects/duckdb/expressions.ts')).duckdbSql;
  const { mysqlDialect } = await import('../dialects/mysql/expressions.ts');
  const { MYSQL } = await import('../dialects/mysql/words.ts');
  // Of times both servers write the same.
  return mysqlDialect(MYSQL);
}
