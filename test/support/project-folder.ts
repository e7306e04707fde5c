import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A temporary folder with the given files (path → text), gone after the test. */
export async function projectFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await writeProject(files);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** The same, for the caller to remove. */
export async function writeProject(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'surety-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}
