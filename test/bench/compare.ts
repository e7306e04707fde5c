import type { CheckResult, Run } from '../../src/model/run.ts';
import type { BenchCase } from './cases/bench-case.ts';

/** What the plain script prints. */
export interface HandOutput {
  /** Columns that have the expected type. */
  readonly types: number;
  readonly values: Readonly<Record<string, Readonly<Record<string, number | string | null>>>>;
}

/** What comes of an average may differ in its last digits. */
const CLOSE = 1e-6;

/** Every difference between what a run measured and what the plain script did; a check that does not pass is one too. */
export function differences(run: Run, hand: HandOutput, of: Pick<BenchCase, 'counterpart'>): readonly string[] {
  const checks = run.contracts.flatMap(({ tables }) =>
    tables.flatMap(({ table, checks: own }) => own.map((check) => ({ table, check }))),
  );
  const types = checks.filter(({ check }) => check.kind === 'type').length;
  return [
    ...(types === hand.types ? [] : [`types of ${types} columns, ${hand.types} by hand`]),
    ...checks.flatMap(({ table, check }) => [
      ...(check.verdict === 'pass' ? [] : [`${check.path}: ${check.verdict}: ${check.message}`]),
      ...(check.evidence === 'metadata' ? [] : unlike(check, hand.values[table] ?? {}, of.counterpart(check.path))),
    ]),
  ];
}

function unlike(
  { path, measured }: CheckResult,
  values: HandOutput['values'][string],
  counterpart: ReturnType<BenchCase['counterpart']>,
): readonly string[] {
  if (!counterpart) return [`${path}: nothing by hand`];
  const names: Readonly<Record<string, string | null>> = { rows: 'all_rows', ...counterpart };
  return Object.entries(measured).flatMap(([name, value]) => {
    const own = names[name];
    if (own === null) return [];
    const found = own === undefined ? undefined : values[own];
    return found !== undefined && found !== null && isSame(Number(value), Number(found))
      ? []
      : [`${path} ${name}: ${value}, ${found} by hand`];
  });
}

function isSame(left: number, right: number): boolean {
  if (Number.isInteger(left) && Number.isInteger(right)) return left === right;
  return Math.abs(left - right) <= CLOSE * Math.abs(left);
}
