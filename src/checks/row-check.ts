import type { Outcome } from '../model/outcome.ts';
import type { Tolerance } from '../model/threshold.ts';
import { allOf, countWhere } from '../sql/build.ts';
import type { Sql } from '../sql/dialect.ts';
import type { Measuring, RuleCount, Scope, ShownColumn, TableView } from './check.ts';
import { countOf, grouped, judgeTolerance, printTolerance, share, skipped } from './judge.ts';
import { toleranceLimits } from './limits.ts';

/** What a check that counts bad rows has to say. */
export interface RowCheck {
  readonly view: TableView;
  readonly scope: Scope;
  /** True for bad rows. */
  readonly bad: Sql;
  readonly contractSql?: boolean;
  readonly tolerance: Tolerance | undefined;
  /** What is wrong with a bad row: `missing`, `invalid`, `break the condition`. */
  readonly fault: string;
  readonly show: readonly ShownColumn[];
  readonly rules?: readonly RuleCount[];
}

/** Plans a check that counts bad rows in the table's one scan. */
export function rowCheck(check: RowCheck): Measuring {
  const { view, scope, bad, tolerance } = check;
  const contractSql = scope.contractSql || check.contractSql === true;
  return {
    metrics: {
      rows: { in: 'scan', value: countWhere(scope.condition), contractSql: scope.contractSql },
      bad: { in: 'scan', value: countWhere(allOf(scope.condition, bad)), contractSql },
    },
    judge: (measured) =>
      judgeRows(countOf(measured.of('bad')), countOf(measured.of('rows')), tolerance, check.fault, scope.label),
    failing: failingRows(view, scope, bad, check.show),
    ...(check.rules && { rules: check.rules }),
  };
}

/** The outcome of `bad` of `rows` rows. */
export function judgeRows(
  bad: bigint,
  rows: bigint,
  tolerance: Tolerance | undefined,
  fault: string,
  label: string,
): Outcome {
  if (rows === 0n) return skipped('no rows', `no rows to look at (${label})`);
  const verdict = judgeTolerance(tolerance, bad, rows);
  const message =
    bad === 0n
      ? `none of ${grouped(rows)} ${label} ${fault}`
      : `${grouped(bad)} of ${grouped(rows)} ${label} ${fault} (${share(bad, rows)}); ${printTolerance(tolerance)}`;
  return { verdict, message, measured: { bad, rows }, limits: toleranceLimits(tolerance), evidence: 'scan', bad };
}

/** The bad rows with what identifies them and the offending columns. */
export function failingRows(
  view: TableView,
  scope: Scope,
  bad: Sql,
  show: readonly ShownColumn[],
): Measuring['failing'] {
  const identity = view.identity;
  const labels = new Set(identity.map((column) => column.label));
  const columns = [...identity, ...show.filter((column) => !labels.has(column.label))];
  return columns.length === 0
    ? undefined
    : { from: view.from(scope, bad), columns, orderBy: identity.length > 0 ? identity.length : columns.length };
}
