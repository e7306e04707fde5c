import type { Sql } from './dialect.ts';
import { sql } from './kysely.ts';

/** Pieces of SQL that read the same on every engine. */

/** All of the conditions; TRUE where there is none. */
export function allOf(...conditions: readonly (Sql | undefined)[]): Sql {
  return joined(conditions, sql` and `, sql`1 = 1`);
}

/** One of the conditions; FALSE where there is none. */
export function anyOf(...conditions: readonly (Sql | undefined)[]): Sql {
  return joined(conditions, sql` or `, sql`1 = 0`);
}

function joined(conditions: readonly (Sql | undefined)[], separator: Sql, empty: Sql): Sql {
  const present = conditions.filter((condition) => condition !== undefined);
  if (present.length === 0) return empty;
  if (present.length === 1) return present[0] as Sql;
  return sql`(${sql.join(
    present.map((condition) => sql`(${condition})`),
    separator,
  )})`;
}

/** Number of rows for which the condition is true; NULL counts as not. */
export function countWhere(condition: Sql | undefined): Sql {
  return condition === undefined ? sql`count(*)` : sql`count(case when ${condition} then 1 end)`;
}

/** The value where the condition is true, else NULL. */
export function valueWhere(condition: Sql | undefined, value: Sql): Sql {
  return condition === undefined ? value : sql`case when ${condition} then ${value} end`;
}
