import type { Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';

/** Forms of times in JSON, for both servers' regular expressions (semantics §4). */
export const DATE = '[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])';
export const TIME = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?';
export const OFFSET = '([Zz]|[+-](0[0-9]|1[0-5])(:?[0-5][0-9])?)';

/** Whether the day of an ISO date is one of its month. */
export function dayExists(text: Sql): Sql {
  const month = sql`last_day(concat(substr(${text}, 1, 7), '-01'))`;
  return sql`(${text} >= '0001' and cast(substr(${text}, 9, 2) as signed) <= dayofmonth(${month}))`;
}

/** The time in UTC that a text of `DATE[T ]TIME OFFSET` says; both servers cast texts without an offset only. */
export function instantOf(text: Sql): Sql {
  const length = sql`(case when right(${text}, 1) in ('Z', 'z') then 1 when substr(${text}, -6, 1) in ('+', '-') then 6 when substr(${text}, -5, 1) in ('+', '-') then 5 else 3 end)`;
  const offset = sql`right(${text}, ${length})`;
  const local = sql`cast(left(${text}, char_length(${text}) - ${length}) as datetime(6))`;
  const hours = sql`cast(substr(${offset}, 2, 2) as signed)`;
  const minutes = sql`(case when ${length} > 3 then cast(right(${offset}, 2) as signed) else 0 end)`;
  const ahead = sql`(${hours} * 60 + ${minutes}) * case when left(${offset}, 1) = '-' then -1 else 1 end`;
  return sql`timestampadd(minute, -(case when ${length} = 1 then 0 else ${ahead} end), ${local})`;
}
