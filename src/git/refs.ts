import type { Repository } from './repository.ts';
import { runGit } from './run.ts';

/** A ref that exists; of one that only points on, as `origin/HEAD` does, the one that is meant. */
export interface Ref {
  /** `refs/remotes/origin/main` */
  readonly fullName: string;
  /** `origin/main` */
  readonly name: string;
}

/** A hash that is not shortened, SHA-1 or SHA-256. */
export const FULL_HASH = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** Those of the full names that exist, in their order. */
export async function existingRefs(repository: Repository, fullNames: readonly string[]): Promise<readonly Ref[]> {
  if (fullNames.length === 0) return [];
  // They are patterns to git, so that more may come back.
  const found = await listed(repository, fullNames);
  return fullNames.flatMap((name) => found.get(name) ?? []);
}

/** All branches, remote branches and tags. */
export async function allRefs(repository: Repository): Promise<readonly Ref[]> {
  return [...(await listed(repository, ['refs/heads', 'refs/remotes', 'refs/tags'])).values()];
}

async function listed(repository: Repository, patterns: readonly string[]): Promise<ReadonlyMap<string, Ref>> {
  const end = await runGit(repository, ['for-each-ref', '--format=%(refname)%00%(symref)', '--', ...patterns]);
  const lines = end.how === 'ended' ? end.stdout.toString().split('\n').filter(Boolean) : [];
  return new Map(
    lines.map((line) => {
      const [own = '', target] = line.split('\0');
      const fullName = target || own;
      return [own, { fullName, name: fullName.replace(/^refs\/(?:heads|tags|remotes)\//, '') }];
    }),
  );
}

/** Full hash of the commit that a ref, a hash or an expression such as `HEAD~3` means. */
export async function commitOf(repository: Repository, expression: string): Promise<string | undefined> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${expression}^{commit}`];
  const end = await runGit(repository, args);
  const hash = end.how === 'ended' && end.code === 0 ? end.stdout.toString().trim() : '';
  return FULL_HASH.test(hash) ? hash : undefined;
}

/** Full name of the branch behind `@{upstream}`. */
export async function upstreamOf(repository: Repository, expression: string): Promise<readonly string[]> {
  const args = ['rev-parse', '--verify', '--quiet', '--symbolic-full-name', '--end-of-options', expression];
  const end = await runGit(repository, args);
  const name = end.how === 'ended' ? end.stdout.toString().trim() : '';
  return name.startsWith('refs/') ? [name] : [];
}

/** The names of the remotes. */
export async function remotesOf(repository: Repository): Promise<readonly string[]> {
  const end = await runGit(repository, ['remote']);
  return end.how === 'ended' ? end.stdout.toString().split('\n').filter(Boolean) : [];
}

/** A hash as people say it. */
export function shortHash(hash: string): string {
  return hash.slice(0, 7);
}
