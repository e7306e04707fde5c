import { expect, test } from 'vitest';
import type { CheckResult, Run } from '../../src/model/run.ts';
import { differences } from './compare.ts';

const counterpart = (path: string) => (path === 't.x.required' ? { bad: 'x_null' } : undefined);

function found(
  check: Partial<CheckResult>,
  values: Readonly<Record<string, number | string | null>>,
): readonly string[] {
  const full = { path: 't.x.required', kind: 'required', verdict: 'pass', evidence: 'scan', message: 'm', ...check };
  const run = { contracts: [{ tables: [{ table: 't', checks: [full] }] }] } as unknown as Run;
  return differences(run, { types: 0, values: { t: values } }, { counterpart });
}

test('equal counts are no difference, however the driver writes them', () => {
  expect(found({ measured: { bad: 2, rows: 10 } }, { x_null: '2', all_rows: 10 })).toEqual([]);
});

test('an average may differ in its last digits, a count may not', () => {
  expect(found({ measured: { bad: 1.5 } }, { x_null: 1.5000000001 })).toEqual([]);
  expect(found({ measured: { bad: 1_000_001 } }, { x_null: 1_000_002 })).toHaveLength(1);
});

test.each<[string, Partial<CheckResult>, Readonly<Record<string, number | null>>]>([
  ['another count', { measured: { bad: 2 } }, { x_null: 3 }],
  ['a count that the script lacks', { measured: { bad: 2 } }, {}],
  ['a count that is NULL', { measured: { bad: 0 } }, { x_null: null }],
  ['a check that the script lacks', { path: 't.y.required', measured: { bad: 0 } }, { x_null: 0 }],
  ['a check that does not pass', { verdict: 'fail', measured: { bad: 2 } }, { x_null: 2 }],
  ['types that the script did not find', { kind: 'type', evidence: 'metadata', measured: {} }, {}],
])('%s is a difference', (_, check, values) => {
  expect(found(check, values)).toHaveLength(1);
});
