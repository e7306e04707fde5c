import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import { gitFailure } from './failure.ts';
import { type GitEnd, type Place, quietVariables, runGit, type Variables } from './run.ts';

/** A git repository with a working tree. */
export interface Repository extends Place {
  /** Folder of the working tree: absolute, written the way the working folder is. */
  readonly root: string;
  /** Whether history is cut off. */
  readonly isShallow: boolean;
  /** Variables of the process: those of CI systems tell the default branch. */
  readonly given: Variables;
}

export interface RepositoryOptions {
  /** Absent: those of the process. */
  readonly variables?: Variables;
  /** How long git may be silent, in milliseconds; absent: a minute. */
  readonly patience?: number;
}

/** Tie git to one repository, whatever folder it runs in (`git rev-parse --local-env-vars`, but for its settings). */
const LOCAL = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_SHALLOW_FILE',
  'GIT_GRAFT_FILE',
  'GIT_INTERNAL_SUPER_PREFIX',
];

/** The repository that a folder is in. */
export async function openRepository(
  cwd: string,
  { variables = process.env, patience }: RepositoryOptions = {},
): Promise<Repository | Diagnostic> {
  let failure: GitEnd | undefined;
  for (const tried of environments(variables)) {
    const place = { cwd, variables: quietVariables(tried), ...(patience !== undefined && { patience }) };
    // The root last, as its name may hold anything.
    const end = await runGit(place, ['rev-parse', '--is-shallow-repository', '--show-cdup', '--show-toplevel']);
    if (end.how === 'ended' && end.code === 0) {
      const [, shallow, up = '', root = ''] = /^([^\n]*)\n([^\n]*)\n([\s\S]*)\n$/.exec(end.stdout.toString()) ?? [];
      return { ...place, root: spelled(cwd, up, root), isShallow: shallow === 'true', given: variables };
    }
    failure ??= end;
  }
  return gitFailure(failure as GitEnd, cwd);
}

/**
 * Hooks set GIT_DIR to a path that is right only where they began, so the folder itself tells the repository; unless the user says with
 * GIT_DIR and GIT_WORK_TREE that a tree is ruled from elsewhere, or there is nothing at the folder.
 */
function environments(variables: Variables): readonly Variables[] {
  const own = Object.fromEntries(Object.entries(variables).filter(([name]) => !LOCAL.includes(name)));
  const { GIT_DIR: folder, GIT_WORK_TREE: tree } = variables;
  if (!folder) return [own];
  return tree && isAbsolute(tree) ? [variables, own] : [own, variables];
}

/** Git follows links in the root's name; paths of contracts have to begin as the working folder does. */
function spelled(cwd: string, up: string, root: string): string {
  const own = resolve(cwd, up);
  return isSame(own, root) ? own : resolve(root);
}

function isSame(path: string, other: string): boolean {
  try {
    return relative(realpathSync(path), realpathSync(other)) === '';
  } catch {
    return false;
  }
}
