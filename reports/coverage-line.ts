import type { Coverage } from '../src/model/run.ts';

/** `38 planned: 31 measured (24 scan, 5 metadata, 2 constraint), 4 skipped: no rows, 3 not measured: time-out` */
export function coverageLine(coverage: Coverage): string {
  const kinds = Object.entries(coverage.evidence).filter(([, count]) => count > 0);
  const how = kinds.length > 0 ? ` (${kinds.map(([kind, count]) => `${count} ${kind}`).join(', ')})` : '';
  const parts = [
    `${coverage.measured} measured${how}`,
    ...coverage.skipped.map(({ reason, count }) => `${count} skipped: ${reason}`),
    ...coverage.notMeasured.map(({ reason, count }) => `${count} not measured: ${reason}`),
  ];
  return `${coverage.planned} planned: ${parts.join(', ')}`;
}
