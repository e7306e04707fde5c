import type { WrittenText } from '../model/contract.ts';
import type { Value } from '../model/value.ts';
import { allOf, countWhere, valueWhere } from '../sql/build.ts';
import type { Sql } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { type MetricCall, parseMetricCall } from '../sql/metric-call.ts';
import { printDecimal } from '../util/decimal.ts';
import type { TableView } from './check.ts';
import { countOf, failedToMeasure } from './judge.ts';
import { type Measure, measureOf } from './number.ts';
import { rankedPercentile } from './ranked.ts';
import { comparable } from './surplus.ts';

/** How a metric is computed: aggregates by alias, and how they make one number. */
export interface MetricValues {
  readonly aggregates: Readonly<Record<string, Sql>>;
  /** The number; null where there is none; undefined where the engine gave something else. */
  read(of: (alias: string) => Value): Measure | null | undefined;
  readonly contractSql: boolean;
  /** Set where the expression cannot be limited to some rows by `case`: it needs a statement of its own. */
  readonly whole: boolean;
  /** Set where the aggregates are over the places of this value (`rankedRows`), which needs a statement of its own too. */
  readonly ranked?: Sql;
}

export type MetricProblem = { readonly outcome: ReturnType<typeof failedToMeasure> };

/** The aggregates of a metric over the rows for which `condition` is true. A statement of the contract is not read here. */
export function metricValues(
  view: TableView,
  metric: WrittenText,
  condition: Sql | undefined,
): MetricValues | MetricProblem | undefined {
  const call = parseMetricCall(metric.text, view.dialect.syntax);
  if ('problem' in call) return { outcome: failedToMeasure('metric', call.problem.message, call.problem.hint) };
  switch (call.call) {
    case 'drift':
      return undefined;
    case 'rows':
      return one(countWhere(condition), false);
    case 'share': {
      const holds = view.contractSql({ text: call.condition, at: metric.at });
      return {
        aggregates: { part: countWhere(allOf(condition, holds)), whole: countWhere(condition) },
        read: (of) => (countOf(of('whole')) === 0n ? null : measureOf(countOf(of('part')), countOf(of('whole')))),
        contractSql: true,
        whole: false,
      };
    }
    case 'sql':
      return { ...one(view.contractSql({ text: call.text, at: metric.at }), true), whole: condition !== undefined };
    default:
      return columnMetric(view, call, condition);
  }
}

function columnMetric(
  view: TableView,
  call: Extract<MetricCall, { column: string }>,
  condition: Sql | undefined,
): MetricValues | MetricProblem {
  const access = view.column(call.column);
  if (!access?.value) {
    return { outcome: failedToMeasure('metric', `a metric needs one value a row, which "${call.column}" is not`) };
  }
  const { dialect } = view;
  const { type } = access;
  const limited = valueWhere(condition, access.value);
  const exact = type.name === 'integer' || type.name === 'decimal';
  switch (call.call) {
    case 'count':
      return one(sql`count(${limited})`, false);
    case 'distinct':
      return one(sql`count(distinct ${valueWhere(condition, comparable(view, access))})`, false);
    case 'sum':
      return one(dialect.sum(limited, type), false);
    case 'avg':
      return exact
        ? {
            aggregates: { sum: dialect.sum(limited, type), count: sql`count(${limited})` },
            read: (of) => (countOf(of('count')) === 0n ? null : measureOf(of('sum'), countOf(of('count')))),
            contractSql: false,
            whole: false,
          }
        : one(sql`avg(${type.name === 'float' ? limited : dialect.float(limited)})`, false);
    case 'min':
    case 'max':
      return one(sql`${sql.raw(call.call)}(${limited})`, false);
    case 'stddev':
      return one(dialect.stddev(limited), false);
    case 'median':
      return percentile(view, limited, '0.5');
    default:
      return percentile(view, limited, 'fraction' in call ? printDecimal(call.fraction) : '0.5');
  }
}

function percentile(view: TableView, value: Sql, fraction: string): MetricValues {
  const { dialect } = view;
  if (dialect.percentile) return one(dialect.percentile(value, fraction), false);
  return { ...one(rankedPercentile(dialect, fraction), false), ranked: value };
}

function one(value: Sql, contractSql: boolean): MetricValues {
  return {
    aggregates: { value },
    read(of) {
      const found = of('value');
      return found === null ? null : measureOf(found);
    },
    contractSql,
    whole: false,
  };
}
