import { conform } from '../sql/conform.ts';
import type { CheckKind } from './check.ts';
import { columnCheck, valueColumns } from './column-check.ts';
import { skipped } from './judge.ts';

/**
 * The catalog's type maps to the declared one; text files have no types, their cells are judged by `invalid`. What a feature gives the
 * engine says before it runs; sizes that it infers are no promise (`inferred`).
 */
export const type: CheckKind = {
  kind: 'type',
  purpose: "Checks that the source's type of a column is the declared one.",
  checks: (table, contract) =>
    valueColumns(table).map((declared) =>
      columnCheck(contract, table, declared, {
        kind: 'type',
        promise: declared.typeText.text,
        at: declared.typeText.at,
        plan(view) {
          const isFeature = declared.as !== undefined;
          if (view.source.text && !isFeature) return { absent: true };
          const found = view.found(declared);
          if (found.state === 'there' && found.schemaless) return { absent: true };
          if (found.state !== 'there') return { settled: skipped('column missing') };
          const problem = conform(declared.type, found.type);
          const given = isFeature ? `the expression gives ${found.native}` : `the source has ${found.native}`;
          const hint = isFeature ? `declare that type, or convert the expression: cast(… as …)` : problem?.hint;
          return {
            settled: {
              verdict: problem ? 'fail' : 'pass',
              message: problem
                ? `${given}, expected ${declared.typeText.text}: ${problem.message}`
                : isFeature
                  ? given
                  : `${found.native} is ${declared.typeText.text}`,
              ...(problem && hint && { hint }),
              measured: {},
              evidence: 'metadata',
            },
          };
        },
      }),
    ),
};
