import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import { writeWhole } from '../util/write-whole.ts';
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
    await writeWhole(resolve(name), mark + mended);
  }
  return names;
}
