import { createHash } from 'node:crypto';
import type { ContractInput } from './generator.ts';

/** Names of devices, which are no file names on Windows whatever stands behind their first dot. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
/** File systems take 255 bytes; the rest is for what stands behind the stem. */
const LONGEST = 180;

/** `shop.orders.v2`: what the files of a contract are named by. */
export function fileStem({ contract, hash }: ContractInput): string {
  const name = contract.name.length > LONGEST ? `${contract.name.slice(0, LONGEST)}-${hash}` : contract.name;
  return `${DEVICE.test(name) ? '_' : ''}${name}.v${contract.major}`;
}

/** Any other name as part of a path on every system: what is not plain becomes `-`, and then a hash tells names apart. */
export function safeName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, LONGEST);
  const isSafe = plain === name && !DEVICE.test(name) && !/^[.-]|[.]$/.test(name);
  if (isSafe) return name;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${plain.replace(/^[.-]+|[.-]+$/g, '') || 'table'}-${hash}`;
}
