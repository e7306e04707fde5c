import { createHash } from 'node:crypto';
import type { ContractInput } from './generator.ts';

/** Names of devices, which are no file names on Windows whatever stands behind their first dot. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(?=\s*(?:\.|$))/i;
/** Bytes that file systems take for one name. */
const MOST_BYTES = 255;
/** The rest is for what stands behind the stem. */
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

/** Why a name is that of no file on some system, for behind the name; undefined: it can be one. */
export function nameProblem(name: string): string | undefined {
  if (DEVICE.test(name)) return 'is a device on Windows';
  if (/[. ]$/.test(name)) return 'ends in a dot or a blank, which Windows leaves out';
  return lengthProblem(name);
}

/** The same, of its length alone. */
export function lengthProblem(name: string): string | undefined {
  const bytes = Buffer.byteLength(name);
  return bytes > MOST_BYTES ? `has ${bytes} bytes, and file systems take ${MOST_BYTES}` : undefined;
}

/** Whether a folder is searched for files of earlier runs: not that of version control, of packages, or what else is hidden. */
export function isSearched(folder: string): boolean {
  return !folder.startsWith('.') && folder.toLowerCase() !== 'node_modules';
}
