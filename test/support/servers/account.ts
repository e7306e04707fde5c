import { execFileSync } from 'node:child_process';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

let found: Account | undefined;

/** Who servers run as. They refuse to run as root. */
export function account(): Account {
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }));
  found ??= process.getuid?.() === 0 ? { uid: id('-u'), gid: id('-g') } : {};
  return found;
}

/** A new temporary folder that belongs to the account. */
export async function ownFolder(purpose: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), `surety-${purpose}-`));
  await giveAway(folder);
  return folder;
}

/** A file that the account alone reads. */
export async function writeOwn(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 });
  await giveAway(path);
}

async function giveAway(path: string): Promise<void> {
  const { uid, gid } = account();
  if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
}

/** Patient with programs that are about to end, and still write. */
export function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 30, retryDelay: 100 });
}
