import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Run } from '../model/run.ts';
import type { Shell } from './verb.ts';

/** Absolute paths. */
interface Folders {
  /** What names of files are relative to. */
  readonly working: string;
  /** What platforms know files from. */
  readonly root: string;
}

export function foldersOf(shell: Shell): Folders {
  return { working: shell.cwd, root: repositoryRoot(shell) };
}

/** The working folder as a run keeps it: from the root of the repository, with slashes. */
export function folderOf(shell: Shell): string {
  const { working, root } = foldersOf(shell);
  return relative(root, working).split(sep).join('/');
}

/** Those that the names of files in a run are meant from, wherever it was made. */
export function foldersOfRun({ folder }: Run, { working, root }: Folders): Folders {
  return { root, working: folder === null ? working : resolve(root, folder) };
}

/** The clone that the working folder lies in, else the one that the CI system names. */
function repositoryRoot({ cwd, env }: Shell): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) break;
  }
  const named = [env['GITHUB_WORKSPACE'], env['CI_PROJECT_DIR']].find(
    (folder) => folder && !relative(folder, cwd).startsWith('..'),
  );
  return named ?? cwd;
}
