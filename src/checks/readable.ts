import type { CheckKind } from './check.ts';
import { tableCheck } from './column-check.ts';
import { grouped } from './judge.ts';
import { toleranceLimits } from './limits.ts';

/** Every record of a text file can be read: the right number of cells, closed quotes, the declared encoding (semantics §4). */
export const readable: CheckKind = {
  kind: 'readable',
  purpose: 'Checks that every record of a text file can be read as a row.',
  checks: (table, contract) => [
    tableCheck(contract, table, {
      kind: 'readable',
      promise: 'every record can be read',
      filesOnly: true,
      at: table.location?.at ?? table.at,
      plan(view) {
        const { readable: found } = view.source;
        if (!found) return { absent: true };
        const { records, rejected } = found;
        const places = found.samples.map(({ file, record, reason }) => `${file} record ${record}: ${reason}`);
        return {
          settled: {
            verdict: rejected === 0n ? 'pass' : 'fail',
            message:
              rejected === 0n
                ? records === 1n
                  ? 'its one record can be read'
                  : `all ${grouped(records)} records can be read`
                : `${grouped(rejected)} of ${grouped(records)} records cannot be read; none allowed (${places.join('; ')})`,
            ...(rejected > 0n && {
              hint: 'mend the file, or say under read how it is written (delimiter, quote, encoding, header)',
            }),
            measured: { rejected, records },
            limits: toleranceLimits(undefined, 'rejected'),
            evidence: 'scan',
          },
        };
      },
    }),
  ],
};
