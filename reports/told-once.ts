import type { CheckResult } from '../src/model/run.ts';

/** Checks that are told together: the first, and those that could not be measured for one and the same reason. */
export type Alike = readonly [CheckResult, ...CheckResult[]];

/** Checks that could not be measured for one and the same reason are told together. */
export function toldOnce(checks: readonly CheckResult[]): readonly Alike[] {
  const groups = new Map<string | CheckResult, [CheckResult, ...CheckResult[]]>();
  for (const check of checks) {
    const key = check.verdict === 'error' ? check.message : check;
    const group = groups.get(key);
    if (group) group.push(check);
    else groups.set(key, [check]);
  }
  return [...groups.values()];
}
