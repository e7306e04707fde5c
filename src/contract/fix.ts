import { randomBytes } from 'node:crypto';
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import { applyFixes } from '../yaml/fix.ts';

/** Applies the fixes of the diagnostics to their files, each replaced whole; the names of the files that were changed. */
export async function fixFiles(diagnostics: readonly Diagnostic[]): Promise<readonly string[]> {
  const mendable = diagnostics.filter(({ at, fix }) => at && fix);
  const names = [...new Set(mendable.flatMap(({ at }) => at?.file ?? []))];
  for (const name of names) {
    // Read again, since what diagnostics quote has its secrets covered; a byte-order mark shifts nothing and stays.
    const text = await readFile(resolve(name), 'utf8');
    const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
    const mended = applyFixes(
      text.slice(mark.length),
      mendable.flatMap(({ at, fix }) => (at?.file === name && fix ? [fix] : [])),
    );
    await replaceFile(name, mark + mended);
  }
  return names;
}

/** Replaces a file (a link's target) in one step and keeps its mode; a half-written file is never seen under its name. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const target = await realpath(resolve(path));
  const { mode } = await stat(target);
  const draft = `${target}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(draft, text, { mode: mode & 0o7777, flag: 'wx' });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
