import { randomBytes } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { lstat, mkdir, readdir, readFile, realpath, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { GeneratedFile } from '../../generators/generator.ts';
import { callOf, isGeneratedBy } from '../../generators/header.ts';
import { UsageError } from './verb.ts';

/** Generators write no deeper than this. */
const DEPTH = 3;

/** What a folder would have to become to hold just what was generated. Paths are relative to it, with `/`. */
export interface FolderPlan {
  readonly folder: string;
  readonly missing: readonly GeneratedFile[];
  readonly different: readonly GeneratedFile[];
  readonly same: readonly string[];
  /** Written by the same call before, and not generated any more. */
  readonly stale: readonly string[];
  /** Stand where a file would be written, and were written by something else. */
  readonly foreign: readonly string[];
}

/** Compares a folder with what was generated; reads only. Throws `UsageError` where it cannot be read. */
export async function planFolder(
  folder: string,
  generator: string,
  files: readonly GeneratedFile[],
): Promise<FolderPlan> {
  const kinds = {
    missing: [] as GeneratedFile[],
    different: [] as GeneratedFile[],
    same: [] as string[],
    foreign: [] as string[],
  };
  for (const file of files) {
    const there = await contentOf(folder, file.path);
    if (there === undefined) kinds.missing.push(file);
    else if (there === 'other' || !isGeneratedBy(generator, there.text)) kinds.foreign.push(file.path);
    else if (there.text === file.text) kinds.same.push(file.path);
    else kinds.different.push(file);
  }
  const wanted = new Set(files.map(({ path }) => path));
  // Calls with other options may share the folder: what they wrote is theirs.
  const calls = new Set(files.map(({ text }) => callOf(text)));
  const stale: string[] = [];
  for (const path of await filesBelow(folder, '', DEPTH)) {
    if (wanted.has(path)) continue;
    const there = await contentOf(folder, path);
    if (there !== undefined && there !== 'other' && calls.has(callOf(there.text) ?? '')) stale.push(path);
  }
  return { folder, ...kinds, stale };
}

/** Makes the folder what the plan says: all drafts are written before the first file is replaced. Throws `UsageError`. */
export async function carryOut({ folder, missing, different, stale, foreign }: FolderPlan): Promise<void> {
  const [first] = foreign;
  if (first !== undefined) {
    throw new UsageError(
      `"${first}" is in "${folder}" already and was not generated: it is left alone, and nothing is written`,
      'move it away, or name another folder with --out',
    );
  }
  const made: string[] = [];
  const drafts: { readonly draft: string; readonly target: string }[] = [];
  try {
    for (const { path, text } of [...missing, ...different]) {
      const target = join(folder, path);
      await makeFolder(dirname(target), made);
      const draft = join(dirname(target), `.${randomBytes(6).toString('hex')}.tmp`);
      drafts.push({ draft, target });
      await writeFile(draft, text, { flag: 'wx' });
    }
    for (const { draft, target } of drafts) await rename(draft, target);
  } catch (error) {
    for (const { draft } of drafts) await rm(draft, { force: true }).catch(() => undefined);
    for (const path of made.reverse()) await rmdir(path).catch(() => undefined);
    throw unwritable(folder, error);
  }
  for (const path of stale) {
    await rm(join(folder, path));
    for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
      if (
        !(await rmdir(join(folder, parent)).then(
          () => true,
          () => false,
        ))
      )
        break;
    }
  }
}

/** Undefined: nothing is there. `other`: no plain file inside the folder, such as a link or a folder. */
async function contentOf(folder: string, path: string): Promise<{ readonly text: string } | 'other' | undefined> {
  const target = join(folder, path);
  try {
    const found = await lstat(target);
    if (!found.isFile()) return 'other';
    // A link on the way could lead out of the folder.
    const within = relative(await realpath(folder), await realpath(target));
    if (within.split(sep).join('/') !== path) return 'other';
    return { text: await readFile(target, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'ENOTDIR') return 'other';
    throw unreadable(folder, error);
  }
}

async function filesBelow(folder: string, within: string, depth: number): Promise<readonly string[]> {
  let entries: readonly Dirent[];
  try {
    entries = await readdir(join(folder, within), { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable(folder, error);
  }
  const found: string[] = [];
  for (const entry of [...entries].sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = within === '' ? entry.name : `${within}/${entry.name}`;
    if (entry.isFile()) found.push(path);
    else if (entry.isDirectory() && depth > 1 && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
      found.push(...(await filesBelow(folder, path, depth - 1)));
  }
  return found;
}

/**
 * Makes a folder and those above it, and adds each that was not there to `made`, outermost first. The `recursive` of Node never ends below `/proc`,
 * where a folder is refused as if its parent were missing.
 */
async function makeFolder(path: string, made: string[]): Promise<void> {
  const missing: string[] = [];
  for (let at = path; !(await isThere(at)); at = dirname(at)) missing.unshift(at);
  for (const each of missing) {
    await mkdir(each);
    made.push(each);
  }
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

function unreadable(folder: string, error: unknown): UsageError {
  return new UsageError(
    `cannot read "${folder}": ${(error as Error).message}`,
    'name a folder with --out that may be read',
  );
}

function unwritable(folder: string, error: unknown): UsageError {
  return new UsageError(
    `cannot write into "${folder}": ${(error as Error).message}`,
    'name a folder with --out that may be written; nothing was changed',
  );
}
