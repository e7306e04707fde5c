import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { EngineError } from '../sql/dialect.ts';
import { systemMessage } from '../util/system-error.ts';
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
export async function refuseUnwritable({ name, path }: OutputFile): Promise<void> {
  const problem = await unwritable(name, path);
  if (problem !== undefined) throw refusal(name, problem);
}

/** Any permission to write. */
const WRITABLE = 0o222;

async function unwritable(name: string, path: string): Promise<string | undefined> {
  try {
    const folder = await stat(dirname(path));
    if (!folder.isDirectory()) return `"${dirname(path)}" is no folder`;
    const found = await stat(path).catch(absent);
    if (found?.isDirectory()) return 'it is a folder';
    if (isFolderName(name)) return 'there is no such folder';
    if (found) await access(path, constants.W_OK);
    // Whoever may do everything is not asked by the system.
    if (found && (found.mode & WRITABLE) === 0) return 'it is write-protected';
    // A pipe or a device is written itself, a file anew beside the one that links lead to.
    if (!found || found.isFile()) await access(dirname(found ? await realpath(path) : path), constants.W_OK);
    return undefined;
  } catch (error) {
    const failed = error as NodeJS.ErrnoException;
    return failed.code === 'ENOENT' ? `there is no folder "${dirname(path)}"` : systemMessage(failed);
  }
}

/** For `catch`: a file that is not there is none; other errors stand. */
function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function isFolderName(name: string): boolean {
  return [sep, '/'].some((mark) => name.endsWith(mark) || name.endsWith(`${mark}.`));
}

function refusal(name: string, problem: string): UsageError {
  return new UsageError(`cannot write "${name}": ${problem}`, 'name a file in a folder that exists and may be written');
}

/** Writes a file whole; where it cannot be written, that is wrong use; what making the text throws stands. `name` is for people. */
export async function writeOrRefuse(path: string, text: string | AsyncIterable<string>, name = path): Promise<void> {
  try {
    await writeWhole(path, text);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw refusal(name, systemMessage(error as NodeJS.ErrnoException));
  }
}
