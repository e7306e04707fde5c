import type { CheckKind } from './check.ts';
import { tableCheck } from './column-check.ts';
import { failedToMeasure } from './judge.ts';

/** Columns that the contract does not name, where it says that there should be none. */
export const extraColumns: CheckKind = {
  kind: 'extraColumns',
  purpose: 'Checks that the source has no columns that the contract does not name.',
  checks: (table, contract) =>
    table.extraColumns === 'allow'
      ? []
      : [
          tableCheck(contract, table, {
            kind: 'extraColumns',
            promise: 'no other columns',
            at: table.at,
            plan(view) {
              const extra = view.extraColumns;
              if (extra.length === 0 && view.source.partial) {
                return {
                  settled: failedToMeasure(
                    'forbidden',
                    'the role sees only some of the columns, so others may be there',
                    'grant it SELECT on the whole table, or say extraColumns: allow',
                  ),
                };
              }
              const names = extra.map((name) => `"${name}"`).join(', ');
              return {
                settled: {
                  verdict: extra.length === 0 ? 'pass' : table.extraColumns === 'warn' ? 'warn' : 'fail',
                  message: extra.length === 0 ? 'no other columns' : `the contract does not name ${names}`,
                  ...(extra.length > 0 && { hint: 'add them to columns, or say extraColumns: allow' }),
                  measured: { extra: BigInt(extra.length) },
                  evidence: 'metadata',
                },
              };
            },
          }),
        ],
};
