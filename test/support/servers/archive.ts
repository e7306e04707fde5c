import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownFolder, removeFolder } from './account.ts';
import { run } from './command.ts';

/**
 * A tar file of what `build` puts in a folder, made once a machine. One file is either there as a whole or not, whoever
 * builds it at the same time, and whatever cleans the temporary folder up.
 */
export async function archive(name: string, build: (folder: string) => Promise<void>): Promise<string> {
  const path = join(await cacheFolder(), `${name}.tar`);
  if (existsSync(path)) return path;
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const folder = await ownFolder('build');
  try {
    await build(folder);
    const output = openSync(draft, 'wx');
    try {
      await run('tar', ['-cf', '-', '.'], { cwd: folder, stdout: output });
    } finally {
      closeSync(output);
    }
    await rename(draft, path);
    return path;
  } finally {
    await rm(draft, { force: true });
    await removeFolder(folder);
  }
}

/** Programs that we run come out of it: nobody else may have made it. */
async function cacheFolder(): Promise<string> {
  const uid = process.getuid?.() ?? 0;
  const folder = join(tmpdir(), `surety-test-servers-${uid}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid: owner, mode } = await stat(folder);
  if (owner !== uid || (mode & 0o022) !== 0) throw new Error(`${folder} belongs to somebody else: remove it`);
  return folder;
}
