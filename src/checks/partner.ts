import { sql } from 'kysely';
import type { Reference } from '../model/contract.ts';
import type { Tolerance } from '../model/threshold.ts';
import { allOf, countWhere } from '../sql/build.ts';
import type { ColumnAccess, Plan, Scope, TableView } from './check.ts';
import { countOf, failedToMeasure, skipped } from './judge.ts';
import { judgeRows } from './row-check.ts';
import { comparable } from './surplus.ts';

/** Plans "each set of these columns stands in the other table" (MATCH SIMPLE, semantics §5). */
export function partnerCheck(
  view: TableView,
  names: readonly string[],
  to: readonly Reference[],
  scope: Scope,
  tolerance: Tolerance | undefined,
): Plan {
  const [first] = to;
  if (!first) return { settled: failedToMeasure('no target', 'the reference names no column') };
  const parent = view.parent(first);
  if (!('view' in parent)) return { settled: failedToMeasure(parent.reason, parent.reason, parent.hint) };
  const own: ColumnAccess[] = [];
  const theirs: ColumnAccess[] = [];
  for (const [index, name] of names.entries()) {
    const target = to[index]?.column;
    const access = view.column(name);
    const partner = target === undefined ? undefined : parent.view.column(target);
    if (!access?.value) return { settled: skipped('column missing', `column "${name}" is missing`) };
    if (!partner?.value) {
      return { settled: failedToMeasure('column missing', `"${to[index]?.text ?? first.text}" has no such column`) };
    }
    own.push(access);
    theirs.push(partner);
  }
  const present = allOf(...own.map((access) => sql`not (${access.isMissing})`));
  const alias = (prefix: string, values: readonly ColumnAccess[], of: TableView) =>
    sql.join(values.map((access, index) => sql`${comparable(of, access)} as ${sql.id(`${prefix}${index}`)}`));
  const identity = view.identity.map((column, index) => sql`${column.value} as ${sql.id(`i${index}`)}`);
  const partners = sql`select ${alias('p', theirs, parent.view)} from ${parent.view.source.scan}`;
  const matches = allOf(...own.map((_, index) => sql`${sql.id('p', `p${index}`)} = ${sql.id('q', `c${index}`)}`));
  const orphans = (columns: typeof present): typeof present =>
    sql`from (select ${columns} ${view.from(scope, present)}) q where not exists (select 1 from (${partners}) p where ${matches})`;
  const shown = sql.join([alias('c', own, view), ...identity]);
  return {
    metrics: {
      rows: { in: 'scan', value: countWhere(scope.condition), contractSql: scope.contractSql },
      orphans: {
        in: 'query',
        query: sql`select count(*) as orphans ${orphans(alias('c', own, view))}`,
        contractSql: scope.contractSql,
        why: 'a reference reads the other table',
      },
    },
    judge: (measured) =>
      judgeRows(
        countOf(measured.rows('orphans')[0]?.['orphans']),
        countOf(measured.of('rows')),
        tolerance,
        `have no partner in ${to.map((reference) => reference.text).join(', ')}`,
        scope.label,
      ),
    failing: {
      from: orphans(shown),
      columns: [
        ...view.identity.map((column, index) => ({ ...column, value: sql`${sql.id('q', `i${index}`)}` })),
        ...names
          .map((name, index) => ({
            label: name,
            value: view.dialect.display(sql`${sql.id('q', `c${index}`)}`),
            shows: [name],
          }))
          .filter(({ label }) => !view.identity.some((column) => column.label === label)),
      ],
      orderBy: Math.max(view.identity.length, 1),
    },
  };
}
