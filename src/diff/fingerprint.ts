import { createHash } from 'node:crypto';
import type { Change } from '../model/change.ts';

/** Survives rebases, edits elsewhere and other words in messages; another change has another one. 12 hex digits. */
export function changeFingerprint({
  rule,
  contract,
  path,
  before,
  after,
}: Pick<Change, 'rule' | 'contract' | 'path' | 'before' | 'after'>): string {
  const text = JSON.stringify([rule, contract, path, before, after]);
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
