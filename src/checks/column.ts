import type { Check, CheckKind } from './check.ts';
import { tableCheck } from './column-check.ts';
import { failedToMeasure, skipped } from './judge.ts';

/** Each declared column is in the source, under exactly one of its names. */
export const column: CheckKind = {
  kind: 'column',
  purpose: 'Checks that a declared column is there.',
  checks: (table, contract) =>
    table.columns.map(
      (declared): Check =>
        tableCheck(contract, table, {
          kind: 'column',
          path: `${table.name}.${declared.name}.column`,
          promise: 'the column is there',
          columns: [declared.name],
          severity: declared.severity ?? table.severity ?? 'fail',
          tags: declared.tags,
          ...(declared.raci && { raci: declared.raci }),
          at: declared.at,
          plan(view) {
            const found = view.found(declared);
            switch (found.state) {
              case 'there':
                return {
                  settled: { verdict: 'pass', message: `found as ${found.native}`, measured: {}, evidence: 'metadata' },
                };
              case 'missing':
                return {
                  settled: {
                    verdict: 'fail',
                    message: `column "${declared.name}" is not in ${view.source.place}`,
                    ...(found.hint && { hint: found.hint }),
                    measured: {},
                    evidence: 'metadata',
                  },
                };
              case 'ambiguous':
                return {
                  settled: failedToMeasure(
                    'ambiguous name',
                    `"${declared.name}" could be ${found.names.map((name) => `"${name}"`).join(' or ')}`,
                    'write the exact spelling as physicalName',
                  ),
                };
              case 'unknown':
                return { settled: skipped('no header', 'the file is empty, so it has no header') };
            }
          },
        }),
    ),
};
