import type { Sql, SqlDialect } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';

/**
 * The rows of a relation with their values' places: `v`, its `place` from 0 among the `present` ones of its group, and the keys `g0`, `g1`, ….
 * What stands behind `select … ` where an engine has no percentile as an aggregate.
 */
export function rankedRows(value: Sql, keys: readonly Sql[], from: Sql): Sql {
  const names = keys.map((_, index) => sql.id(`g${index}`));
  const within = names.length > 0 ? sql`partition by ${sql.join(names)} ` : sql``;
  const values = sql`select ${sql.join([...keys, sql`${value} as v`])} ${from}`;
  const place = sql`row_number() over (${within}order by case when v is null then 1 else 0 end, v) - 1 as place`;
  const present =
    names.length > 0 ? sql`count(v) over (${sql`partition by ${sql.join(names)}`})` : sql`count(v) over ()`;
  return sql`from (select q.*, ${place}, ${present} as present from (${values}) q) ranked`;
}

/** The interpolated percentile of ranked rows as an aggregate; `fraction` from 0 to 1 (semantics §7). */
export function rankedPercentile(dialect: SqlDialect, fraction: string): Sql {
  const exact = dialect.literal(
    { text: fraction, kind: 'decimal', ...sizesOf(fraction) },
    { name: 'decimal' },
    { microseconds: 0n },
  );
  const rank = sql`((present - 1) * ${exact})`;
  const rest = sql`(${rank} - floor(${rank}))`;
  const number = dialect.float(sql`v`);
  return sql`sum(case when place = floor(${rank}) then ${number} * (1 - ${rest}) when place = floor(${rank}) + 1 then ${number} * ${rest} end)`;
}

function sizesOf(fraction: string): { readonly precision: number; readonly scale: number } {
  const [whole = '', places = ''] = fraction.split('.');
  return { precision: whole.length + places.length, scale: places.length };
}
