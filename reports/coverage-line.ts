import type { Coverage, ReasonCount } from '../src/model/run.ts';
import { shown } from './gate-words.ts';
import { grouped } from './plural.ts';

/** `38 planned: 31 measured (24 scan, 5 metadata, 2 constraint), 4 skipped: no rows, 3 not measured: time-out` */
export function coverageLine(coverage: Coverage): string {
  const kinds = Object.entries(coverage.evidence).filter(([, count]) => count > 0);
  const how = kinds.length > 0 ? ` (${kinds.map(([kind, count]) => `${grouped(count)} ${kind}`).join(', ')})` : '';
  const parts = [
    `${grouped(coverage.measured)} measured${how}`,
    ...coverage.skipped.map((each) => reasonText('skipped', each)),
    ...coverage.notMeasured.map((each) => reasonText('not measured', each)),
  ];
  return `${grouped(coverage.planned)} planned: ${parts.join(', ')}`;
}

function reasonText(what: string, { reason, count }: ReasonCount): string {
  return `${grouped(count)} ${what}: ${shown(reason)}`;
}
