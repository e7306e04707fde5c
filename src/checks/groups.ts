import { sql } from 'kysely';
import type { DeclaredCheck } from '../model/contract.ts';
import type { Outcome, Verdict } from '../model/outcome.ts';
import type { Row } from '../model/value.ts';
import type { Sql } from '../sql/dialect.ts';
import type { Measuring, Plan, Scope, TableView } from './check.ts';
import { countOf, failedToMeasure, grouped, skipped, worst } from './judge.ts';
import { comparable } from './surplus.ts';

/** More groups than anyone reads; a finer `by` is a mistake. */
const MOST_GROUPS = 10_000;

export interface GroupVerdict {
  readonly verdict: Verdict;
  /** Measured value and threshold. */
  readonly message: string;
}

type Segment = DeclaredCheck['segments'][number];

/** Values of one group by alias, its rows counted as `rows`. */
export interface Group {
  readonly key: string;
  readonly rows: bigint;
  readonly values: Row;
  readonly segment: Segment | undefined;
}

/** A statement that computes the values for each group of the `by` columns; undefined where one is missing. */
export function groupQuery(view: TableView, by: readonly string[], scope: Scope, values: Readonly<Record<string, Sql>>): Sql | undefined {
  const keys: Sql[] = [];
  for (const name of by) {
    const access = view.column(name);
    if (!access?.value) return undefined;
    keys.push(comparable(view, access));
  }
  const shown = keys.map((key, index) => sql`${view.dialect.display(key)} as ${sql.id(`g${index}`)}`);
  const selected = Object.entries(values).map(([name, value]) => sql`${value} as ${sql.id(name)}`);
  return sql`select ${sql.join([...shown, sql`count(*) as ${sql.id('rows')}`, ...selected])} ${view.from(scope)} group by ${sql.join(keys)} limit ${sql.lit(MOST_GROUPS + 1)}`;
}

/** The group's values of the `by` columns, joined by a comma; NULL is empty. */
export function groupKey(row: Row, by: readonly string[]): string {
  return by.map((_, index) => row[`g${index}`] ?? '').join(',');
}

/** Plans a check that judges each group of the `by` columns for itself. */
export function groupCheck(
  view: TableView,
  check: DeclaredCheck,
  scope: Scope,
  values: Readonly<Record<string, Sql>>,
  contractSql: boolean,
  judgeGroup: (group: Group, measured: Parameters<Measuring['judge']>[0]) => GroupVerdict,
  more: Measuring['metrics'] = {},
): Plan {
  const by = (check.by?.columns ?? []).map((column) => column.text);
  const query = groupQuery(view, by, scope, values);
  if (!query) return { settled: skipped('column missing', `a column of "by" is missing`) };
  return {
    metrics: { groups: { in: 'query', query, contractSql: contractSql || scope.contractSql, why: 'groups need a grouping of their own' }, ...more },
    judge(measured): Outcome {
      const rows = measured.rows('groups');
      if (rows.length === 0) return skipped('no rows', `no rows to look at (${scope.label})`);
      if (rows.length > MOST_GROUPS) {
        return failedToMeasure('too many groups', `more than ${grouped(BigInt(MOST_GROUPS))} groups by ${by.join(', ')}`, 'group by fewer columns');
      }
      const segments = new Map(check.segments.map((segment) => [segment.group, segment]));
      const judged = rows
        .map((row) => ({ key: groupKey(row, by), rows: countOf(row['rows']), values: row }))
        .filter((group) => group.rows >= BigInt(check.minRows ?? 0))
        .map((group) => {
          const segment = segments.get(group.key);
          return { ...group, ...judgeGroup({ ...group, segment }, measured) };
        });
      if (judged.length === 0) return skipped('groups too small', `every group has fewer than ${check.minRows} rows`);
      const broken = judged.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skipped').sort((a, b) => Number(b.rows - a.rows));
      const named = broken.slice(0, 5).map(({ key, message }) => `${view.mask(by, key) || '(no value)'}: ${message}`);
      const rest = broken.length > 5 ? `; and ${broken.length - 5} more` : '';
      return {
        verdict: worst(judged.map(({ verdict }) => verdict)),
        message:
          broken.length === 0
            ? `all ${judged.length} groups by ${by.join(', ')} hold`
            : `${broken.length} of ${judged.length} groups by ${by.join(', ')} broken: ${named.join('; ')}${rest}`,
        measured: { groups: BigInt(judged.length), broken: BigInt(broken.length) },
        evidence: 'scan',
      };
    },
  };
}
