import { createHash } from 'node:crypto';
import type { Contract } from '../src/model/contract.ts';

/** Keys that say where something was written and not what. */
const PLACES = new Set(['at', 'places', 'source', 'path']);

/** First 12 hex digits of the SHA-256 of what a contract says, whatever the layout of its file. */
export function contentHash(contract: Contract): string {
  return createHash('sha256').update(JSON.stringify(contract, stable)).digest('hex').slice(0, 12);
}

function stable(key: string, value: unknown): unknown {
  if (PLACES.has(key)) return undefined;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
