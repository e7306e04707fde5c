import type { Reference } from '../model/contract.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Tolerance } from '../model/threshold.ts';
import { allOf, countWhere } from '../sql/build.ts';
import type { Sql } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import type { ColumnAccess, Plan, Scope, TableView } from './check.ts';
import { countOf, failedToMeasure } from './judge.ts';
import { judgeRows } from './row-check.ts';
import { comparable, setOf } from './surplus.ts';

/** Both sides of a reference. */
export interface Pairing {
  /** The own columns as `c0`, `c1`, …. */
  readonly own: Sql;
  /** True for rows in which all own columns are there. */
  readonly present: Sql;
  /** The sets of the other table as `p0`, `p1`, …. */
  readonly partners: Sql;
  /** `p` is the partner of `q`. */
  readonly matches: Sql;
}

/** The two sides of a reference, or why it cannot be followed. */
export function pairing(
  view: TableView,
  names: readonly string[],
  to: readonly Reference[],
): Pairing | { readonly settled: Outcome } {
  const [first] = to;
  if (!first) return { settled: failedToMeasure('no target', 'the reference names no column') };
  const parent = view.parent(first);
  if (!('view' in parent)) return { settled: failedToMeasure(parent.reason, parent.reason, parent.hint) };
  const own = setOf(view, names);
  if ('settled' in own) return own;
  const theirs: ColumnAccess[] = [];
  for (const index of names.keys()) {
    const target = to[index]?.column;
    const partner = target === undefined ? undefined : parent.view.column(target);
    if (!partner?.value) {
      return { settled: failedToMeasure('column missing', `"${to[index]?.text ?? first.text}" has no such column`) };
    }
    theirs.push(partner);
  }
  const alias = (prefix: string, values: readonly ColumnAccess[], of: TableView): Sql =>
    sql.join(values.map((access, index) => sql`${comparable(of, access)} as ${sql.id(`${prefix}${index}`)}`)) as Sql;
  const partners = sql`select ${alias('p', theirs, parent.view)} from ${parent.view.source.scan}`;
  return {
    own: alias('c', own.accesses, view),
    present: own.present,
    partners: view.dialect.lookedUp?.(partners) ?? partners,
    matches: allOf(...names.map((_, index) => sql`${sql.id('p', `p${index}`)} = ${sql.id('q', `c${index}`)}`)),
  };
}

/** Plans "each set of these columns stands in the other table" (MATCH SIMPLE, semantics §5). */
export function partnerCheck(
  view: TableView,
  names: readonly string[],
  to: readonly Reference[],
  scope: Scope,
  tolerance: Tolerance | undefined,
): Plan {
  const found = pairing(view, names, to);
  if ('settled' in found) return found;
  const { own, present, partners, matches } = found;
  const identity = view.identity.flatMap((column, index) => [
    sql`${column.value} as ${sql.id(`i${index}`)}`,
    sql`${column.order ?? column.value} as ${sql.id(`o${index}`)}`,
  ]);
  const orphans = (columns: typeof present): typeof present =>
    sql`from (select ${columns} ${view.from(scope, present)}) q where not exists (select 1 from (${partners}) p where ${matches})`;
  const shown = sql.join([own, ...identity]);
  return {
    metrics: {
      rows: { in: 'scan', value: countWhere(scope.condition), contractSql: scope.contractSql },
      orphans: {
        in: 'query',
        query: sql`select count(*) as orphans ${orphans(own)}`,
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
        ...view.identity.map((column, index) => ({
          ...column,
          value: sql`${sql.id('q', `i${index}`)}`,
          order: sql`${sql.id('q', `o${index}`)}`,
        })),
        ...names
          .map((name, index) => ({
            label: name,
            value: view.dialect.display(sql`${sql.id('q', `c${index}`)}`, view.column(name)?.type),
            shows: [name],
          }))
          .filter(({ label }) => !view.identity.some((column) => column.label === label)),
      ],
      orderBy: Math.max(view.identity.length, 1),
    },
  };
}
