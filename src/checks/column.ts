import type { Outcome } from '../model/outcome.ts';
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
                if (found.schemaless) return { absent: true };
                if (found.lackedBy.length > 0) return { settled: lacked(declared.name, found.lackedBy) };
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
              case 'hidden':
                return {
                  settled: failedToMeasure('not found or forbidden', found.forbidden.message, found.forbidden.hint),
                };
              case 'unknown':
                return { settled: skipped('no header', 'the file is empty, so it has no header') };
            }
          },
        }),
    ),
};

/** Files that are united by name have NULL for a column that one of them lacks, which no other check would tell. */
function lacked(name: string, files: readonly string[]): Outcome {
  const some = files
    .slice(0, 3)
    .map((file) => `"${file}"`)
    .join(', ');
  const more = files.length > 3 ? ` and ${files.length - 3} more` : '';
  return {
    verdict: 'fail',
    message: `column "${name}" is not in ${some}${more}`,
    hint: 'mend those files, or name only the others in location',
    measured: { files: BigInt(files.length) },
    evidence: 'metadata',
  };
}
