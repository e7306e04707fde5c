import { randomBytes } from 'node:crypto';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Writes a file in one step, so that nobody sees half of it under its name: a link stays and its target is replaced, the mode is kept, a
 * device or a pipe is written to. Throws what the file system says, or what the pieces of the text do.
 */
export async function writeWhole(path: string, text: string | AsyncIterable<string>): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there && !there.isFile()) {
    await writeFile(path, text);
    return;
  }
  const target = there ? await realpath(path) : path;
  // No longer than the name itself may be, and hidden from patterns that read the folder.
  const draft = join(dirname(target), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeFile(draft, text, { flag: 'wx', ...(there && { mode: there.mode & 0o7777 }) });
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
