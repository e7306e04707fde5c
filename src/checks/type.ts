import { conform } from '../sql/conform.ts';
import type { CheckKind } from './check.ts';
import { columnCheck } from './column-check.ts';
import { skipped } from './judge.ts';

/** The catalog's type maps to the declared one; text files have no types, their cells are judged by `invalid`. */
export const type: CheckKind = {
  kind: 'type',
  purpose: "Checks that the source's type of a column is the declared one.",
  checks: (table, contract) =>
    table.columns.map((declared) =>
      columnCheck(contract, table, declared, {
        kind: 'type',
        promise: declared.typeText.text,
        at: declared.typeText.at,
        plan(view) {
          if (view.source.text) return { absent: true };
          const found = view.found(declared);
          if (found.state === 'there' && found.schemaless) return { absent: true };
          if (found.state !== 'there') return { settled: skipped('column missing') };
          const problem = conform(declared.type, found.type);
          return {
            settled: {
              verdict: problem ? 'fail' : 'pass',
              message: problem
                ? `the source has ${found.native}, expected ${declared.typeText.text}: ${problem.message}`
                : `${found.native} is ${declared.typeText.text}`,
              ...(problem?.hint && { hint: problem.hint }),
              measured: {},
              evidence: 'metadata',
            },
          };
        },
      }),
    ),
};
