import type { CheckResult, Run, TableResult } from '../../src/model/run.ts';
import { shown } from '../gate-words.ts';
import { grouped } from '../plural.ts';
import { SIGN, tally } from '../run-words.ts';
import type { Chart } from './charts.ts';
import { cellView, findingView, promiseView } from './check-view.ts';
import type { Findings } from './findings.ts';
import { age, measuredIn, numberOf, valueText } from './numbers.ts';
import { raciView } from './people-view.ts';
import { statementView } from './sql-text.ts';

/** Columns that a picture shows; the list has them all. */
const MOST_BARS = 30;

/** What views of tables need of the whole. */
export interface Whole {
  readonly run: Run;
  readonly findings: Findings;
  /** Pictures of the tables that have some. */
  readonly charts: ReadonlyMap<TableResult, readonly Chart[]>;
  /** Characters of a statement. */
  readonly room: number;
}

/** A table with its promises. */
export function tableView(table: TableResult, anchor: string, whole: Whole) {
  const { run, findings, charts, room } = whole;
  const { anchorOf } = findings;
  const { checks, verdict, statements } = table;
  const own = columnsOf(table);
  const single = new Set(own.flatMap(({ checks: cells }) => cells));
  const kinds = [...new Set(own.flatMap(({ checks: cells }) => cells.map(({ kind }) => kind)))];
  return {
    anchor,
    name: shown(table.table),
    verdict,
    sign: SIGN[verdict],
    location: shown(table.location),
    warehouse: shown(table.warehouse),
    description: table.description,
    rows: table.rows === null ? null : valueText(table.rows),
    counts: tally(checks) || 'no checks',
    evidence: evidenceWords(checks),
    raci: raciView(table.raci, run),
    findings: findings.of(table).map((told) => findingView(told, run)),
    charts: charts.get(table) ?? [],
    count: grouped(checks.length),
    promises: checks.filter((check) => !single.has(check)).map((check) => promiseView(check, anchorOf(check))),
    kinds: kinds.map((kind) => ({ kind: shown(kind), evidence: evidenceOf(own, kind) })),
    columns: own.map(({ name, checks: cells }) => ({
      name: shown(name),
      verdicts: verdictsOf(cells),
      cells: kinds.map((kind) => {
        const check = cells.find((cell) => cell.kind === kind);
        return check ? cellView(check, anchorOf(check)) : null;
      }),
    })),
    statements: statements.map((statement) => statementView(statement, room)),
  };
}

interface ColumnChecks {
  readonly name: string;
  readonly checks: readonly CheckResult[];
}

/** Checks of one column each, such as `orders.email.missing`, column by column. */
function columnsOf({ table, checks }: TableResult): readonly ColumnChecks[] {
  const columns = new Map<string, Map<string, CheckResult>>();
  for (const check of checks) {
    const [name] = check.columns;
    if (name === undefined || check.path !== `${table}.${name}.${check.kind}`) continue;
    const own = columns.get(name);
    if (own) own.set(check.kind, own.get(check.kind) ?? check);
    else columns.set(name, new Map([[check.kind, check]]));
  }
  return [...columns].map(([name, own]) => ({ name, checks: [...own.values()] }));
}

/** For the filter; null: all pass. */
function verdictsOf(checks: readonly CheckResult[]): string | null {
  const verdicts = [...new Set(checks.map(({ verdict }) => verdict))].join(' ');
  return verdicts === 'pass' ? null : verdicts;
}

function evidenceOf(columns: readonly ColumnChecks[], kind: string): string {
  const found = columns.flatMap(({ checks }) =>
    checks.flatMap((check) => (check.kind === kind ? (check.evidence ?? []) : [])),
  );
  return [...new Set(found)].join(', ');
}

function evidenceWords(checks: readonly CheckResult[]): string {
  const count = (evidence: CheckResult['evidence']): number =>
    checks.filter((check) => check.evidence === evidence).length;
  const parts = [
    [count('scan'), 'by reading rows'],
    [count('metadata'), 'from the catalog or file footers'],
    [count('constraint'), 'by constraints that the engine enforces'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, words]) => `${grouped(number)} ${words}`)
    .join(', ');
}

/** What a picture of the table says more than its numbers. */
export function chartsOf(table: TableResult): readonly Chart[] {
  return [missingChart(table), freshnessChart(table)].filter((chart) => chart !== undefined);
}

/** The share of missing values column by column, where a column misses some. */
function missingChart({ table, checks }: TableResult): Chart | undefined {
  const shares = checks
    .filter(({ kind }) => kind === 'missing' || kind === 'required')
    .flatMap((check) => {
      const [name = ''] = check.columns;
      const [bad, rows] = [numberOf(check.measured['bad']), numberOf(check.measured['rows'])];
      return bad === undefined || !rows ? [] : [{ name, value: (bad / rows) * 100, check, rows }];
    });
  const some = shares.filter(({ value }) => value > 0);
  if (some.length === 0) return undefined;
  const bars = some.toSorted((left, right) => right.value - left.value).slice(0, MOST_BARS);
  return chartOf({
    title: bars.length < some.length ? `Missing values: the ${bars.length} columns with the most` : 'Missing values',
    words: `missing share of ${bars.length} of the columns of ${shown(table)}; the numbers stand in the list of promises`,
    label: 'rows without a value, % of the rows looked at',
    bars: bars.map(({ name, value, check, rows }) => ({
      name,
      value,
      limits: check.limits.flatMap(({ verdict, unit, value: limit }) => {
        const number = numberOf(limit) ?? Number.NaN;
        const value = (unit === 'share' ? number : number / rows) * 100;
        // More rows than there are: a mark so far out would leave no room for the bars.
        return value <= 100 ? { verdict, value } : [];
      }),
    })),
  });
}

function chartOf(chart: Omit<Chart, 'warns'>): Chart {
  const warns = chart.bars.some(({ limits }) => limits.some(({ verdict }) => verdict === 'warn'));
  return { ...chart, warns };
}

const AXES = [
  ['days', 86_400, 2 * 86_400],
  ['hours', 3600, 2 * 3600],
  ['minutes', 60, 120],
  ['seconds', 1, 0],
] as const;

/** How old the newest row is against how old it may be. */
function freshnessChart({ table, checks }: TableResult): Chart | undefined {
  const check = checks.find(({ kind }) => kind === 'freshness');
  const [limit] = check?.limits ?? [];
  const seconds = check && limit && measuredIn(limit, check);
  if (!check || seconds === undefined) return undefined;
  const limits = check.limits.flatMap(({ verdict, value }) => {
    const number = numberOf(value);
    return number === undefined ? [] : { verdict, value: number };
  });
  const longest = Math.max(seconds, ...limits.map(({ value }) => value));
  const [unit, size] = AXES.find(([, , least]) => longest >= least) ?? AXES[3];
  return chartOf({
    title: 'Freshness',
    words: `the newest row of ${shown(table)} is ${age(seconds)} old, against ${limits.map(({ value }) => age(value)).join(' and ')}`,
    label: `age of the newest row, ${unit}`,
    bars: [
      {
        name: check.columns[0] ?? table,
        value: Math.max(0, seconds) / size,
        limits: limits.map(({ verdict, value }) => ({ verdict, value: value / size })),
      },
    ],
  });
}
