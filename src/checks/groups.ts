import type { DeclaredCheck } from '../model/contract.ts';
import type { Outcome, Verdict } from '../model/outcome.ts';
import type { Row } from '../model/value.ts';
import type { Sql } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { visible } from '../util/visible.ts';
import type { Measured, Measuring, Plan, Scope, TableView } from './check.ts';
import { countOf, failedToMeasure, grouped, judgeTolerance, printTolerance, share, skipped, worst } from './judge.ts';
import { rankedRows } from './ranked.ts';
import { comparable } from './surplus.ts';

/** More groups than anyone reads; a finer `by` is a mistake. */
const MOST_GROUPS = 10_000;

export interface GroupVerdict {
  readonly verdict: Verdict;
  /** Measured value and threshold. */
  readonly message: string;
}

type Segment = DeclaredCheck['segments'][number];

/** Values of one group by alias. */
export interface Group {
  /** The values of the `by` columns, joined by a comma; NULL is empty. */
  readonly key: string;
  readonly rows: bigint;
  readonly values: Row;
  readonly segment: Segment | undefined;
}

/** How the groups of a check are computed and judged. */
export interface GroupCheck {
  readonly view: TableView;
  readonly check: DeclaredCheck;
  readonly scope: Scope;
  /** Made by `groupQuery` or `groupsOf`; undefined where a `by` column is missing. */
  readonly query: Sql | undefined;
  readonly contractSql: boolean;
  judgeGroup(group: Group, measured: Measured): GroupVerdict;
  readonly more?: Measuring['metrics'];
  /** Groups that should have been here. */
  absent?(
    here: readonly Row[],
    measured: Measured,
  ): readonly (GroupVerdict & { readonly key: string; readonly rows: bigint })[];
}

/** The names of the `by` columns of a check. */
export function byColumns(check: DeclaredCheck): readonly string[] {
  return (check.by?.columns ?? []).map((column) => column.text);
}

/** The values to group by as `g0`, `g1`, …; undefined where a column is missing. */
export function groupKeys(view: TableView, by: readonly string[]): readonly Sql[] | undefined {
  const keys: Sql[] = [];
  for (const [index, name] of by.entries()) {
    const access = view.column(name);
    if (!access?.value) return undefined;
    keys.push(sql`${comparable(view, access)} as ${sql.id(`g${index}`)}`);
  }
  return keys;
}

/** `group by` the first so many items of the select list: an expression with bound values is no twin of itself. */
export function groupByFirst(count: number): Sql {
  return sql`group by ${sql.join(Array.from({ length: count }, (_, index) => sql.lit(index + 1)))}`;
}

/** Groups for people, from a relation with `g0`, `g1`, …, `rows` and the named values. */
export function groupsOf(view: TableView, by: readonly string[], relation: Sql, values: readonly string[]): Sql {
  const shown = by.map(
    (name, index) =>
      sql`${view.dialect.display(sql`${sql.id('r', `g${index}`)}`, view.column(name)?.type)} as ${sql.id(`g${index}`)}`,
  );
  const rest = ['rows', ...values].map((name) => sql`${sql.id('r', name)} as ${sql.id(name)}`);
  return sql`select ${sql.join([...shown, ...rest])} from (${relation}) r limit ${sql.lit(MOST_GROUPS + 1)}`;
}

/** A statement that computes aggregates for each group of the `by` columns, over `ranked` rows where it says so; undefined where one is missing. */
export function groupQuery(
  view: TableView,
  by: readonly string[],
  scope: Scope,
  values: Readonly<Record<string, Sql>>,
  ranked?: Sql,
): Sql | undefined {
  const keys = groupKeys(view, by);
  if (!keys) return undefined;
  const selected = Object.entries(values).map(([name, value]) => sql`${value} as ${sql.id(name)}`);
  const own = ranked ? keys.map((_, index) => sql.id(`g${index}`)) : keys;
  const items = [...own, sql`count(*) as ${sql.id('rows')}`, ...selected];
  const from = ranked ? rankedRows(ranked, keys, view.from(scope)) : view.from(scope);
  const relation = sql`select ${sql.join(items)} ${from} ${groupByFirst(keys.length)}`;
  return groupsOf(view, by, relation, Object.keys(values));
}

/** What tells one group from every other: NULL is not an empty text, and a comma in a value joins nothing. */
export function groupIdentity(row: Row, by: readonly string[]): string {
  return JSON.stringify(by.map((_, index) => row[`g${index}`] ?? null));
}

export function groupKey(row: Row, by: readonly string[]): string {
  return by.map((_, index) => row[`g${index}`] ?? '').join(',');
}

/** Plans a check that judges each group of the `by` columns for itself. */
export function groupCheck({ view, check, scope, query, ...how }: GroupCheck): Plan {
  const by = byColumns(check);
  if (!query) return { settled: skipped('column missing', `a column of "by" is missing`) };
  const contractSql = how.contractSql || scope.contractSql;
  return {
    metrics: { groups: { in: 'query', query, contractSql, why: 'groups need a grouping of their own' }, ...how.more },
    judge(measured): Outcome {
      const rows = measured.rows('groups');
      const absent = how.absent?.(rows, measured) ?? [];
      if (rows.length === 0 && absent.length === 0) return skipped('no rows', `no rows to look at (${scope.label})`);
      if (isTooMany(rows)) return tooManyGroups(by);
      const segments = new Map(check.segments.map((segment) => [segment.group, segment]));
      const least = BigInt(check.minRows ?? 0);
      const judged = [
        ...rows
          .map((row) => ({ key: groupKey(row, by), rows: countOf(row['rows']), values: row }))
          .map((group) => ({ ...group, segment: segments.get(group.key) }))
          .filter((group) => group.rows >= least)
          .map((group) => ({ ...group, ...how.judgeGroup(group, measured) })),
        ...absent.filter((group) => group.rows >= least),
      ];
      if (judged.length === 0) return skipped('groups too small', `every group has fewer than ${check.minRows} rows`);
      const verdict = worst(judged.map((group) => group.verdict));
      const broken = judged.filter((group) => group.verdict !== 'pass').sort((a, b) => Number(b.rows - a.rows));
      const named = broken
        .slice(0, 5)
        .map(({ key, message }) => `${visible(view.mask(by, key), 60) || '(no value)'}: ${message}`);
      const rest = broken.length > 5 ? `; and ${broken.length - 5} more` : '';
      return {
        verdict,
        message:
          broken.length === 0
            ? `all ${judged.length} groups by ${by.join(', ')} hold`
            : `${broken.length} of ${judged.length} groups by ${by.join(', ')} broken: ${named.join('; ')}${rest}`,
        ...(verdict === 'error' && { reason: 'no value' }),
        measured: { groups: BigInt(judged.length), broken: BigInt(broken.length) },
        evidence: 'scan',
      };
    },
  };
}

/** Judges the `bad` rows of a group by the check's tolerance, or that of its segment. */
export function badRows(check: DeclaredCheck, what = 'rows'): GroupCheck['judgeGroup'] {
  return ({ rows, values, segment }) => {
    const allow = segment?.tolerance ?? check.allow;
    const bad = countOf(values['bad']);
    return {
      verdict: judgeTolerance(allow, bad, rows),
      message: `${grouped(bad)} of ${grouped(rows)} ${what} (${share(bad, rows)}); ${printTolerance(allow)}`,
    };
  };
}

export function isTooMany(groups: readonly Row[]): boolean {
  return groups.length > MOST_GROUPS;
}

export function tooManyGroups(by: readonly string[]): Outcome {
  const message = `more than ${grouped(BigInt(MOST_GROUPS))} groups by ${by.join(', ')}`;
  return failedToMeasure('too many groups', message, 'group by fewer columns');
}
