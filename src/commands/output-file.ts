import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { writeWhole } from '../util/write-whole.ts';
import { UsageError } from './verb.ts';

/** A file that will be written. */
export interface OutputFile {
  /** As it was given. */
  readonly name: string;
  /** Absolute. */
  readonly path: string;
  /** Equal for all spellings of one file. */
  readonly identity: string;
}

export async function outputFile(name: string, cwd: string): Promise<OutputFile> {
  const path = resolve(cwd, name);
  return { name, path, identity: await identityOf(path) };
}

/** Links are followed; names that differ only in case count as one, since many a file system does not tell them apart. */
export async function identityOf(path: string): Promise<string> {
  const inFolder = () => realpath(dirname(path)).then((folder) => join(folder, basename(path)));
  const real = await realpath(path)
    .catch(inFolder)
    .catch(() => path);
  return real.normalize('NFC').toLowerCase();
}

/** Refuses a file that cannot be written. */
export async function refuseUnwritable({ path }: OutputFile): Promise<void> {
  const problem = await unwritable(path);
  if (problem !== undefined) throw refusal(path, problem);
}

async function unwritable(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return 'it is a folder';
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (folder && !folder.isDirectory()) return `"${dirname(path)}" is no folder`;
  // A pipe or a device is written itself, a file anew beside it.
  const written = found && !found.isFile() ? path : dirname(path);
  return access(written, constants.W_OK).then(
    () => undefined,
    ({ message }: Error) => message,
  );
}

function refusal(path: string, problem: string): UsageError {
  return new UsageError(`cannot write "${path}": ${problem}`, 'name a file in a folder that exists and may be written');
}

/** Writes a file whole; where it cannot be written, that is wrong use. */
export async function writeOrRefuse(path: string, text: string): Promise<void> {
  try {
    await writeWhole(path, text);
  } catch (error) {
    throw refusal(path, (error as Error).message);
  }
}
