import type { DeclaredCheck } from '../model/contract.ts';
import { sql } from '../sql/kysely.ts';
import type { Plan, Scope, TableView } from './check.ts';
import { badRows, byColumns, groupByFirst, groupCheck, groupKeys, groupsOf } from './groups.ts';
import { comparable, setOf } from './surplus.ts';

/** Plans "these columns are together unique" inside each group of the `by` columns. */
export function surplusByGroup(view: TableView, names: readonly string[], scope: Scope, check: DeclaredCheck): Plan {
  const set = setOf(view, names);
  if ('settled' in set) return set;
  const by = byColumns(check);
  const keys = groupKeys(view, by);
  const values = set.accesses.map((access, index) => sql`${comparable(view, access)} as ${sql.id(`k${index}`)}`);
  const items = [...(keys ?? []), ...values, sql`case when ${set.present} then 1 else 0 end as present`];
  const sets = sql`select ${sql.join([...items, sql`count(*) as n`])} ${view.from(scope)} ${groupByFirst(items.length)}`;
  const groups = by.map((_, index) => sql.id(`g${index}`));
  const counts = sql`sum(n) as ${sql.id('rows')}, sum(case when present = 1 then n - 1 else 0 end) as bad`;
  const relation = sql`select ${sql.join(groups)}, ${counts} from (${sets}) s group by ${sql.join(groups)}`;
  return groupCheck({
    view,
    check,
    scope,
    query: keys && groupsOf(view, by, relation, ['bad']),
    contractSql: false,
    judgeGroup: badRows(check, 'rows surplus'),
  });
}
