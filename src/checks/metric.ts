import type { DeclaredCheck } from '../model/contract.ts';
import type { Outcome, Verdict } from '../model/outcome.ts';
import type { Tolerance } from '../model/threshold.ts';
import type { Value } from '../model/value.ts';
import { countWhere } from '../sql/build.ts';
import type { Sql } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { sqlNames } from '../sql/lexer.ts';
import { parseMetricCall } from '../sql/metric-call.ts';
import { parseDecimal } from '../util/decimal.ts';
import type { CheckKind, Measured, Measuring, Metric, Plan, Scope, TableView } from './check.ts';
import { declaredChecks } from './declared.ts';
import { oneLine } from './expect.ts';
import {
  byColumns,
  type GroupCheck,
  type GroupVerdict,
  groupCheck,
  groupIdentity,
  groupKey,
  groupQuery,
} from './groups.ts';
import { countOf, failedToMeasure, judgeBound, printBound, printDifference, skipped, worst } from './judge.ts';
import { boundLimits } from './limits.ts';
import { type MetricValues, metricValues } from './metric-values.ts';
import { judgeEquals, type Measure, printMeasure } from './number.ts';
import { rankedRows } from './ranked.ts';

type MetricCheck = Extract<DeclaredCheck, { kind: 'metric' }>;

/** Calls whose number is a value of the data; over the rows of a small group a sum or an average is one too. */
const TELLING = ['min', 'max', 'median', 'percentile'];

/** How a number may be shown: masked where it is a value of a classified column. */
function shower(view: TableView, check: MetricCheck): (measure: Measure) => string {
  const call = parseMetricCall(check.metric.text, view.dialect.syntax);
  const telling = 'column' in call && (TELLING.includes(call.call) || (check.by && ['sum', 'avg'].includes(call.call)));
  return (measure) => (telling ? view.mask([call.column], printMeasure(measure)) : printMeasure(measure));
}

/** A number against its bounds, or against the same number of another table. */
export const metric: CheckKind = {
  kind: 'metric',
  purpose: 'Checks that a number computed over the rows is within its bounds.',
  checks: (table, contract) =>
    declaredChecks('metric', table, contract, (check) => {
      const call = parseMetricCall(check.metric.text);
      const columns = 'column' in call ? [call.column] : [];
      return {
        promise: promiseOf(check),
        columns,
        sql: [...('column' in call ? [] : [check.metric]), ...(check.equals?.where ? [check.equals.where] : [])],
        plan: (view) => planMetric(view, check),
      };
    }),
};

function promiseOf(check: MetricCheck): string {
  const { min, max, equals } = check;
  const bounds = [
    min && printBound(min, 'min'),
    max && printBound(max, 'max'),
    equals &&
      `equal to ${equals.value?.text ?? `that of ${equals.from?.text}`}${check.allow ? `, ${printDifference(check.allow)}` : ''}`,
  ].filter(Boolean);
  return `${oneLine(check.metric.text)} ${bounds.join(', ')}`;
}

function planMetric(view: TableView, check: MetricCheck): Plan {
  const scope = view.scope(check.window ?? 'table', check.where);
  const call = parseMetricCall(check.metric.text, view.dialect.syntax);
  const statement = 'call' in call && call.call === 'sql' && call.statement;
  // In a table that has rows, a count under a condition that none meets is 0: a promise of at least one has to fail.
  const countsRows = 'call' in call && ['rows', 'count', 'distinct'].includes(call.call);
  const values = metricValues(view, check.metric, check.by || statement ? undefined : scope.condition);
  if (!values) return { settled: skipped('measured by a later part (drift)') };
  if ('outcome' in values) return { settled: values.outcome };
  const other = otherSide(view, check);
  const show = shower(view, check);
  if (other && 'settled' in other) return other;
  if (check.by) {
    const by = byColumns(check);
    const windowed = (check.window ?? view.table.window) !== undefined;
    return groupCheck({
      view,
      check,
      scope,
      query: groupQuery(view, by, scope, values.aggregates, values.ranked),
      contractSql: values.contractSql,
      judgeGroup(group, measured) {
        const measure = values.read((alias) => group.values[alias] ?? null);
        return judgeNumber(
          check,
          measure,
          other?.expected(measured, groupIdentity(group.values, by)),
          group.segment,
          show,
        );
      },
      ...(other && { more: other.metrics }),
      // A window looks back on this side only: older groups of the other one are not missing here.
      ...(other?.onlyThere && !windowed && { absent: other.onlyThere }),
    });
  }
  const own = statement
    ? statementMetrics(view, check)
    : values.whole || values.ranked
      ? wholeMetrics(view, check, values)
      : scanMetrics(values, scope.contractSql);
  return {
    metrics: {
      ...own.metrics,
      ...other?.metrics,
      all: { in: 'scan', value: countWhere(undefined), contractSql: false },
      rows: { in: 'scan', value: countWhere(statement ? undefined : scope.condition), contractSql: scope.contractSql },
    },
    judge(measured): Outcome {
      const compared = check.equals?.from !== undefined;
      // What is compared with another table is judged even where nothing has come here.
      if (!compared && countOf(measured.of(countsRows ? 'all' : 'rows')) === 0n)
        return skipped('no rows', `no rows to look at (${scope.label})`);
      if (own.count && own.count(measured) !== 1) {
        return failedToMeasure(
          'not one value',
          'the statement has to give one row with one number',
          'aggregate, or add a where',
        );
      }
      const measure = values.read(own.of(measured));
      const expected = other?.expected(measured, '');
      if (measure === null && compared && countOf(measured.of('rows')) === 0n) return nothingHere(expected);
      if (measure === null) {
        return failedToMeasure(
          'no value',
          `${oneLine(check.metric.text)} has no value`,
          'wrap it in coalesce if that is fine',
        );
      }
      if (measure === undefined) return failedToMeasure('not a number', `${oneLine(check.metric.text)} is no number`);
      const judged = judgeNumber(check, measure, expected, undefined, show);
      return {
        ...judged,
        measured: {
          value: shownValue(measure, show),
          ...(expected !== undefined && expected !== null && { expected: shownValue(expected, show) }),
        },
        limits: [...boundLimits(check.min, 'min', 'value'), ...boundLimits(check.max, 'max', 'value')],
        evidence: 'scan',
      };
    },
  };
}

/** A comparison in which this side has no rows, and so no number. */
function nothingHere(expected: Measure | null | undefined): Outcome {
  const same = expected === null || expected === undefined;
  const message = same ? 'no rows here and none there' : `no rows here; ${printMeasure(expected)} expected`;
  return { verdict: same ? 'pass' : 'fail', message, measured: {}, evidence: 'scan' };
}

interface OwnMetrics {
  readonly metrics: Measuring['metrics'];
  of(measured: Measured): (alias: string) => Value;
  /** Rows that the contract's statement gave. */
  count?(measured: Measured): number;
}

function scanMetrics(values: MetricValues, contractSql: boolean): OwnMetrics {
  const metrics = Object.entries(values.aggregates).map(([alias, value]): [string, Metric] => [
    alias,
    { in: 'scan', value, contractSql: contractSql || values.contractSql },
  ]);
  return { metrics: Object.fromEntries(metrics), of: (measured) => (alias) => measured.of(alias) };
}

/** What the aggregates are computed over. */
function rowsOf(view: TableView, scope: Scope, { ranked }: MetricValues): Sql {
  return ranked ? rankedRows(ranked, [], view.from(scope)) : view.from(scope);
}

/** Aggregates that cannot join the scan: they get rows of their own. */
function wholeMetrics(view: TableView, check: MetricCheck, values: MetricValues): OwnMetrics {
  const scope = view.scope(check.window ?? 'table', check.where);
  const selected = Object.entries(values.aggregates).map(([alias, value]) => sql`${value} as ${sql.id(alias)}`);
  return {
    metrics: {
      own: {
        in: 'query',
        query: sql`select ${sql.join(selected)} ${rowsOf(view, scope, values)}`,
        contractSql: values.contractSql || scope.contractSql,
        why: values.ranked
          ? 'this engine has no percentile as an aggregate'
          : 'an expression of the contract over some of the rows needs its own WHERE',
      },
    },
    of: (measured) => (alias) => measured.rows('own')[0]?.[alias] ?? null,
  };
}

function statementMetrics(view: TableView, check: MetricCheck): OwnMetrics {
  return {
    metrics: {
      own: {
        in: 'query',
        query: sql`select * from ${view.contractSql(check.metric)} q limit 2`,
        contractSql: true,
        why: 'it is a statement of the contract',
      },
    },
    count: (measured) => {
      const rows = measured.rows('own');
      return rows.length === 1 && Object.keys(rows[0] ?? {}).length === 1 ? 1 : rows.length === 1 ? 2 : rows.length;
    },
    of: (measured) => () => Object.values(measured.rows('own')[0] ?? {})[0] ?? null,
  };
}

interface OtherSide {
  readonly metrics: Measuring['metrics'];
  expected(measured: Measured, group: string): Measure | null | undefined;
  /** Groups that only the other table has. */
  readonly onlyThere?: NonNullable<GroupCheck['absent']>;
}

/** What `equals` compares with: a number, or the same metric of another table, group by group. */
function otherSide(view: TableView, check: MetricCheck): OtherSide | { readonly settled: Outcome } | undefined {
  const { equals } = check;
  if (!equals) return undefined;
  if (equals.value) {
    const number = parseDecimal(equals.value.text);
    return { metrics: {}, expected: () => (number ? { numerator: number, denominator: 1n } : undefined) };
  }
  if (!equals.from) return undefined;
  const found = view.other(equals.from);
  if (!('view' in found)) return { settled: failedToMeasure(found.reason, found.reason, found.hint) };
  const other = found.view.withFeatures(namesOf(found.view, check));
  const scope = other.scope('all', equals.where);
  const values = metricValues(other, check.metric, undefined);
  if (!values || 'outcome' in values) return { settled: values?.outcome ?? skipped('drift') };
  const by = byColumns(check);
  const selected = Object.entries(values.aggregates).map(([alias, value]) => sql`${value} as ${sql.id(alias)}`);
  const query =
    by.length === 0
      ? sql`select ${sql.join(selected)} ${rowsOf(other, scope, values)}`
      : groupQuery(other, by, scope, values.aggregates, values.ranked);
  if (!query) return { settled: failedToMeasure('column missing', `"${equals.from.text}" has no column of "by"`) };
  return {
    metrics: {
      other: {
        in: 'query',
        query,
        contractSql: values.contractSql || scope.contractSql || other.features.length > 0,
        why: 'equals reads the other table',
        view: other,
      },
    },
    expected(measured, group) {
      const rows = measured.rows('other');
      const row = by.length === 0 ? rows[0] : rows.find((candidate) => groupIdentity(candidate, by) === group);
      return row ? values.read((alias) => row[alias] ?? null) : null;
    },
    onlyThere(here, measured) {
      const known = new Set(here.map((row) => groupIdentity(row, by)));
      return measured
        .rows('other')
        .filter((row) => !known.has(groupIdentity(row, by)))
        .map((row) => ({
          key: groupKey(row, by),
          rows: countOf(row['rows']),
          verdict: 'fail',
          message: `only in ${equals.from?.text}`,
        }));
    },
  };
}

/** Names that the metric of another table may take for its features. */
function namesOf(view: TableView, { metric, equals, by }: MetricCheck): readonly string[] {
  const texts = [metric, ...(equals?.where ? [equals.where] : [])];
  const call = parseMetricCall(metric.text, view.dialect.syntax);
  return [
    ...('column' in call ? [call.column] : []),
    ...texts.flatMap(({ text }) => sqlNames(text, view.dialect.syntax)),
    ...(by?.columns.map(({ text }) => text) ?? []),
  ];
}

function judgeNumber(
  check: MetricCheck,
  measure: Measure | null | undefined,
  expected: Measure | null | undefined,
  segment: DeclaredCheck['segments'][number] | undefined,
  show: (measure: Measure) => string,
): GroupVerdict {
  if (measure === null || measure === undefined) return { verdict: 'error', message: 'no number' };
  const bound = segment?.bound;
  const min = check.min && bound ? bound : check.min;
  const max = check.max && !check.min && bound ? bound : check.max;
  const allow = (segment?.tolerance ?? check.allow) as Tolerance | undefined;
  const verdicts: Verdict[] = [judgeBound(min, 'min', measure), judgeBound(max, 'max', measure)];
  const words = [min && printBound(min, 'min'), max && printBound(max, 'max')];
  if (check.equals) {
    if (expected === null || expected === undefined) {
      return { verdict: 'fail', message: `${show(measure)} here, nothing to compare it with there` };
    }
    verdicts.push(judgeEquals(measure, expected, allow));
    words.push(`${show(expected)} expected${allow ? `, ${printDifference(allow)}` : ''}`);
  }
  return { verdict: worst(verdicts), message: `${show(measure)}; ${words.filter(Boolean).join(', ')}` };
}

/** The number as the run keeps it, or what stands for it where it is masked. */
function shownValue(measure: Measure, show: (measure: Measure) => string): Value {
  return show(measure) === printMeasure(measure) ? printable(measure) : show(measure);
}

function printable(measure: Measure): Value {
  if (typeof measure === 'number') return measure;
  return measure.denominator === 1n ? measure.numerator : (parseDecimal(printMeasure(measure)) ?? null);
}
