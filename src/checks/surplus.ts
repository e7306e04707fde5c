import type { Outcome } from '../model/outcome.ts';
import type { Duration, Tolerance } from '../model/threshold.ts';
import { allOf, countWhere } from '../sql/build.ts';
import type { Sql } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import type { ColumnAccess, Plan, Scope, TableView } from './check.ts';
import { countOf, grouped, judgeTolerance, printTolerance, share, skipped } from './judge.ts';
import { toleranceLimits } from './limits.ts';

/** Plans "these columns are together unique": surplus rows = rows with all of them present − distinct sets (semantics §5). */
export function surplusCheck(
  view: TableView,
  names: readonly string[],
  scope: Scope,
  tolerance: Tolerance | undefined,
): Plan {
  const found = setOf(view, names);
  if ('settled' in found) return found;
  const { accesses, present } = found;
  const values = accesses.map((access) => comparable(view, access));
  const groups = sql`select ${sql.join(values.map((value, index) => sql`${value} as ${sql.id(`k${index}`)}`))}, count(*) as n ${view.from(scope, present)} group by ${sql.join(values.map((_, index) => sql.lit(index + 1)))}`;
  const columns = names.map((name, index) => ({
    label: name,
    value: view.dialect.display(sql`${sql.id('r', `k${index}`)}`, accesses[index]?.type),
    order: sql`${sql.id('r', `k${index}`)}`,
    shows: [name],
  }));
  return {
    metrics: {
      rows: { in: 'scan', value: countWhere(scope.condition), contractSql: scope.contractSql },
      sets: {
        in: 'query',
        query: sql`select coalesce(sum(n - 1), 0) as surplus, count(case when n > 1 then 1 end) as repeated from (${groups}) r`,
        contractSql: scope.contractSql,
        why: 'exact uniqueness needs a grouping of its own',
      },
    },
    judge(measured) {
      const rows = countOf(measured.of('rows'));
      if (rows === 0n) return skipped('no rows', `no rows to look at (${scope.label})`);
      const [row] = measured.rows('sets');
      const surplus = countOf(row?.['surplus']);
      const repeated = countOf(row?.['repeated']);
      return {
        verdict: judgeTolerance(tolerance, surplus, rows),
        message:
          surplus === 0n
            ? `no repetition in ${grouped(rows)} ${scope.label}`
            : `${grouped(surplus)} surplus of ${grouped(rows)} ${scope.label} (${share(surplus, rows)}), ${grouped(repeated)} repeated ${
                repeated === 1n ? 'value' : 'values'
              }; ${printTolerance(tolerance)}`,
        measured: { surplus, repeated, rows },
        limits: toleranceLimits(tolerance, 'surplus'),
        evidence: 'scan',
        bad: surplus,
      };
    },
    failing: {
      from: sql`from (${groups}) r where n > 1`,
      columns: [...columns, { label: 'rows', value: view.dialect.display(sql`n`), shows: [] }],
      orderBy: columns.length,
    },
  };
}

/** The columns of a set, and when all of them are there. */
export function setOf(
  view: TableView,
  names: readonly string[],
): { readonly accesses: readonly ColumnAccess[]; readonly present: Sql } | { readonly settled: Outcome } {
  const accesses: ColumnAccess[] = [];
  for (const name of names) {
    const access = view.column(name);
    if (!access?.value) return { settled: skipped('column missing', `column "${name}" is missing`) };
    accesses.push(access);
  }
  // A member whose struct is not there is not missing, and is no value either.
  const isThere = ({ value, isMissing }: ColumnAccess): Sql =>
    allOf(sql`${value} is not null`, sql`not (${isMissing})`);
  return { accesses, present: allOf(...accesses.map(isThere)) };
}

/** A value as it compares and groups by code point. */
export function comparable(view: TableView, access: ColumnAccess): NonNullable<ColumnAccess['value']> {
  const value = access.value as NonNullable<ColumnAccess['value']>;
  return access.type.name === 'string' ? view.dialect.text(value) : value;
}

/** The window that uniqueness looks at: all rows unless it says otherwise. */
export function uniqueScope(view: TableView, window: Duration | undefined): Scope {
  return view.scope(window ?? 'all');
}
