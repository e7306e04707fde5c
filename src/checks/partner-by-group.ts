import type { DeclaredCheck, Reference } from '../model/contract.ts';
import { sql } from '../sql/kysely.ts';
import type { Plan, Scope, TableView } from './check.ts';
import { badRows, byColumns, groupCheck, groupKeys, groupsOf } from './groups.ts';
import { pairing } from './partner.ts';

/** Plans "each set of these columns stands in the other table" for each group of the `by` columns. */
export function partnerByGroup(
  view: TableView,
  names: readonly string[],
  to: readonly Reference[],
  scope: Scope,
  check: DeclaredCheck,
): Plan {
  const found = pairing(view, names, to);
  if ('settled' in found) return found;
  const by = byColumns(check);
  const keys = groupKeys(view, by);
  const items = [...(keys ?? []), found.own, sql`case when ${found.present} then 1 else 0 end as present`];
  const partners = sql`select distinct p.*, 1 as hit from (${found.partners}) p`;
  const joined = sql`from (select ${sql.join(items)} ${view.from(scope)}) q left join (${partners}) p on ${found.matches}`;
  const groups = by.map((_, index) => sql.id('q', `g${index}`));
  const bad = sql`count(case when q.present = 1 and p.hit is null then 1 end) as bad`;
  const relation = sql`select ${sql.join(groups)}, count(*) as ${sql.id('rows')}, ${bad} ${joined} group by ${sql.join(groups)}`;
  return groupCheck({
    view,
    check,
    scope,
    query: keys && groupsOf(view, by, relation, ['bad']),
    contractSql: false,
    judgeGroup: badRows(check, 'rows without a partner'),
  });
}
