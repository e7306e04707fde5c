import type { CheckKind } from './check.ts';
import { tableCheck } from './column-check.ts';
import { skipped } from './judge.ts';

/** Promises that another command or a later part measures: named in the coverage line, never passed (semantics §1). */
export const later: CheckKind = {
  kind: 'later',
  purpose: 'Checks that promises measured elsewhere are named.',
  checks: (table, contract) =>
    table.later.map((promise) =>
      tableCheck(contract, table, {
        kind: promise.kind,
        promise: promise.kind,
        at: promise.at,
        later: promise.reason,
        plan: () => ({ settled: skipped(promise.reason) }),
      }),
    ),
};
