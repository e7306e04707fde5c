import type { Column, DeclaredCheck, Table } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { Amount, Bound, Duration, Threshold, Tolerance } from '../../model/threshold.ts';
import { parseMetricCall } from '../../sql/metric-call.ts';
import { compareDecimals, type Decimal, decimalOf, printDecimal } from '../../util/decimal.ts';
import { wrong } from './report.ts';
import type { Rule } from './rule.ts';

const ZERO = decimalOf(0n);
const ONE = decimalOf(1n);

/** Thresholds can be met, can be broken, and warn before they fail. */
export const thresholds: Rule = (contract) => contract.tables.flatMap(ofTable);

function ofTable(table: Table): readonly Diagnostic[] {
  const { rows, freshness, retention } = table;
  const within = freshness?.within;
  return [
    ...ofRange(rows.min, rows.max, `${table.name}.rows`),
    ...ofNumber(rows.min, rows.max, { least: ZERO, whole: true }, `${table.name}.rows`),
    ...(within ? ordered(within, 'most', compareDurations, printLength, `${table.name}.freshness`) : []),
    ...ofRetention(retention, table),
    ...[...table.columns, ...table.features].flatMap((column) => ofColumn(column, `${table.name}.${column.name}`)),
    ...table.checks.flatMap((check) => ofCheck(check, `${table.name}.${check.id}`)),
  ];
}

function ofColumn(column: Column, path: string): readonly Diagnostic[] {
  return [
    ...ofTolerance(column.missing?.allow, `${path}.missing`),
    ...ofTolerance(column.unique?.allow, `${path}.unique`),
    ...ofTolerance(column.invalid, `${path}.invalid`),
    ...ofTolerance(column.references?.allow, `${path}.references`),
  ];
}

function ofCheck(check: DeclaredCheck, path: string): readonly Diagnostic[] {
  const tolerances = [
    ...ofTolerance(check.allow, path),
    ...check.segments.flatMap(({ tolerance }) => ofTolerance(tolerance, path)),
  ];
  if (check.kind !== 'metric') return tolerances;
  const call = parseMetricCall(check.metric.text);
  const kind = 'call' in call ? call.call : undefined;
  const isCount = kind === 'count' || kind === 'distinct' || kind === 'rows';
  const range = isCount ? { least: ZERO, whole: true } : kind === 'share' ? { least: ZERO, most: ONE } : {};
  const ofBounds = (min: Bound | undefined, max: Bound | undefined) => [
    ...ofRange(min, max, path),
    ...ofNumber(min, max, range, path),
  ];
  // What stands for a group stands in place of `min`, and of `max` where there is no `min`.
  const segments = check.segments.flatMap(({ bound }) =>
    check.min ? ofBounds(bound, check.max) : ofBounds(undefined, bound),
  );
  return [...tolerances, ...ofBounds(check.min, check.max), ...segments];
}

function ofTolerance(tolerance: Tolerance | undefined, path: string): readonly Diagnostic[] {
  if (!tolerance) return [];
  const compare = (left: Amount, right: Amount) =>
    left.unit === right.unit ? compareDecimals(left.value, right.value) : -1;
  return ordered(tolerance, 'most', compare, printAmount, path);
}

function ofRange(min: Bound | undefined, max: Bound | undefined, path: string): readonly Diagnostic[] {
  const problems = [
    ...(min ? ordered(min, 'least', compareDecimals, printDecimal, path) : []),
    ...(max ? ordered(max, 'most', compareDecimals, printDecimal, path) : []),
  ];
  const low = min?.fail ?? min?.warn;
  const high = max?.fail ?? max?.warn;
  if (low && high && max && compareDecimals(low, high) > 0) {
    const message = `min ${printDecimal(low)} is above max ${printDecimal(high)}: this can never be met`;
    problems.push(wrong('never-met', max.at, message, 'swap them', path));
  }
  return problems;
}

interface Range {
  readonly least?: Decimal;
  readonly most?: Decimal;
  readonly whole?: boolean;
}

/** Bounds of a number that itself has a range: rows, shares. */
function ofNumber(min: Bound | undefined, max: Bound | undefined, range: Range, path: string): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  for (const [bound, isMax] of [
    [min, false],
    [max, true],
  ] as const) {
    for (const value of [bound?.warn, bound?.fail]) {
      if (!bound || !value) continue;
      const below = range.least !== undefined && compareDecimals(value, range.least) < 0;
      const above = range.most !== undefined && compareDecimals(value, range.most) > 0;
      const atEdge = isMax && range.most !== undefined && compareDecimals(value, range.most) === 0;
      const text = printDecimal(value);
      if (isMax ? below : above) {
        const message = `${isMax ? 'max' : 'min'} ${text} can never be met`;
        problems.push(wrong('never-met', bound.at, message, rangeHint(range), path));
      } else if (isMax ? above || atEdge : below) {
        const message = `${isMax ? 'max' : 'min'} ${text} can never be broken`;
        problems.push(wrong('never-broken', bound.at, message, rangeHint(range), path));
      } else if (range.whole && value.scale > 0 && printDecimal(value).includes('.')) {
        const message = `${text} is a fraction, expected a whole number of rows`;
        problems.push(wrong('fraction-of-rows', bound.at, message, 'write a number of rows', path));
      }
    }
  }
  return problems;
}

function rangeHint({ least, most }: Range): string {
  if (least && most) return `the number is always between ${printDecimal(least)} and ${printDecimal(most)}; 5% is 0.05`;
  return 'a number of rows is never negative';
}

function ordered<T>(
  threshold: Threshold<T>,
  side: 'least' | 'most',
  compare: (left: T, right: T) => number,
  print: (value: T) => string,
  path: string,
): readonly Diagnostic[] {
  const { warn, fail, at } = threshold;
  if (warn === undefined && fail === undefined) {
    return [wrong('empty-threshold', at, 'neither `warn` nor `fail` is given', 'give at least one of them', path)];
  }
  if (warn === undefined || fail === undefined) return [];
  const order = compare(warn, fail) * (side === 'most' ? 1 : -1);
  if (order < 0) return [];
  const relation = order === 0 ? 'the same as' : 'looser than';
  const message = `warn ${print(warn)} is ${relation} fail ${print(fail)}: it would never be seen`;
  return [wrong('loose-warn', at, message, order === 0 ? 'leave `warn` out' : 'swap them', path)];
}

function ofRetention(retention: Table['retention'], table: Table): readonly Diagnostic[] {
  const { min, max, at } = retention ?? {};
  if (!min || !max || !at || compareDurations(min, max) < 0) return [];
  const message = `min ${min.text} is not shorter than max ${max.text}: this can never be met`;
  return [wrong('never-met', at, message, 'swap them', `${table.name}.retention`)];
}

/** Months count as 30 days: near enough to tell a slip. */
function compareDurations(left: Duration, right: Duration): number {
  const length = ({ microseconds, months }: Duration) => microseconds + BigInt(months) * 30n * 86_400_000_000n;
  return Number(length(left) - length(right));
}

function printLength({ text }: Duration): string {
  return text;
}

function printAmount({ unit, value }: Amount): string {
  return unit === 'rows'
    ? printDecimal(value)
    : `${printDecimal({ ...value, coefficient: value.coefficient * 100n })}%`;
}
