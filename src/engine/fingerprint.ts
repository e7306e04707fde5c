import { createHash } from 'node:crypto';
import type { Check } from '../checks/check.ts';

/** Identity of a check over runs: what it looks at and how, never its threshold or the contract's version (design §5). */
export function fingerprint(
  environment: string | null,
  contract: string,
  warehouse: string,
  table: string,
  check: Check,
): string {
  const identity = [environment, contract, warehouse, table, [...check.columns], check.kind, check.id];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 16);
}
