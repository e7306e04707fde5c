import { type Base, type BaseOptions, resolveBase } from '../../src/git/base.ts';
import { type CommitFiles, commitFiles } from '../../src/git/commit-files.ts';
import { openRepository, type Repository, type RepositoryOptions } from '../../src/git/repository.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { GIT_VARIABLES } from './git-repository.ts';

/** The repository of a folder; a test ends with the diagnostic where there is none. */
export async function opened(
  folder: string,
  variables: Readonly<Record<string, string>> = {},
  options: RepositoryOptions = {},
): Promise<Repository> {
  return orThrow(await openRepository(folder, { variables: { ...GIT_VARIABLES, ...variables }, ...options }));
}

/** What a folder's state is compared with. */
export async function baseOf(
  folder: string,
  options: BaseOptions = {},
  variables: Readonly<Record<string, string>> = {},
): Promise<Base | Diagnostic> {
  return resolveBase(await opened(folder, variables), options);
}

/** The files of a commit, given to a function and closed after it. */
export async function withFiles<T>(
  repository: Repository,
  commit: string | null,
  use: (files: CommitFiles) => Promise<T>,
): Promise<T> {
  const files = orThrow(await commitFiles(repository, commit));
  try {
    return await use(files);
  } finally {
    files.close();
  }
}

/** The last command that a hint has in backticks. */
export function commandOf(diagnostic: Base | Diagnostic): string {
  const command =
    'code' in diagnostic ? [...(diagnostic.hint ?? '').matchAll(/`(git [^`]*)`/g)].at(-1)?.[1] : undefined;
  if (!command) throw new Error(`no command in ${JSON.stringify(diagnostic)}`);
  return command;
}

export function orThrow<T extends object>(value: T | Diagnostic): T {
  if ('code' in value && 'severity' in value) throw new Error(`${value.code}: ${value.message}`);
  return value as T;
}
