import type { Diagnostic } from '../model/diagnostic.ts';
import { defaultBranch } from './default-branch.ts';
import { gateError, gitFailure } from './failure.ts';
import { isAncestor, mergeRequestBase } from './merge-request.ts';
import { noMergeBase } from './missing.ts';
import { allRefs, commitOf, shortHash } from './refs.ts';
import type { Repository } from './repository.ts';
import { findRevision, type Revision } from './revision.ts';
import { runGit } from './run.ts';

/** The old side of a comparison. */
export interface Base {
  /** Full hash; null where the repository has no commit yet, so that everything is new. */
  readonly commit: string | null;
  /** For people: `merge base with origin/main 4f2c1aa`, `v1.2.0 4f2c1aa`, `commit 4f2c1aa`. */
  readonly label: string;
  /** Full hash of where the branch is now; absent where the comparison is with one commit and not with a branch. */
  readonly tip?: string;
  /** What the user should know of how it was chosen. */
  readonly notes: readonly Diagnostic[];
}

export interface BaseOptions {
  /** What to compare with, `git:` before it or not; absent: the default branch. */
  readonly against?: string;
  /** The new side; absent: HEAD, on which the working tree is built. */
  readonly ref?: string;
}

/**
 * What the new side is compared with: where it left the branch, so that what others merged since is not its change; a tag, a hash and an
 * expression such as `HEAD~3` are compared with themselves.
 */
export async function resolveBase(
  repository: Repository,
  { against, ref }: BaseOptions = {},
): Promise<Base | Diagnostic> {
  const wanted =
    against === undefined
      ? await defaultBranch(repository)
      : await findRevision(repository, against.replace(/^git:/, ''));
  if (!('code' in wanted) && wanted.branch === undefined) {
    const { name, commit, notes } = wanted;
    return { commit, label: `${name} ${shortHash(commit)}`, notes };
  }
  const head = await newSide(repository, ref);
  if (!head) return unborn(repository, wanted);
  if ('code' in head) return head;
  const found = 'code' in wanted ? wanted : await mergeBase(repository, wanted, head);
  return (against === undefined && ref === undefined && (await fromGitLab(repository, wanted, found, head))) || found;
}

/** The commit of `--ref`, or HEAD; undefined where HEAD has none yet. */
async function newSide(repository: Repository, ref: string | undefined): Promise<Revision | Diagnostic | undefined> {
  if (ref !== undefined) return findRevision(repository, ref);
  const commit = await commitOf(repository, 'HEAD');
  return commit === undefined ? undefined : { name: 'HEAD', commit, notes: [] };
}

async function unborn(repository: Repository, wanted: Revision | Diagnostic): Promise<Base | Diagnostic> {
  if ('code' in wanted && wanted.code !== 'gate/no-default-branch') return wanted;
  if ((await allRefs(repository)).length === 0) return { commit: null, label: 'no commit yet', notes: [] };
  const hint = 'commit something, or name the commit to compare with: `--against COMMIT`';
  return gateError('no-commit', 'this branch has no commit yet, so it has not left another one', hint);
}

async function mergeBase(repository: Repository, tip: Revision, head: Revision): Promise<Base | Diagnostic> {
  const end = await runGit(repository, ['merge-base', head.commit, tip.commit]);
  if (end.how !== 'ended' || end.code > 1) return gitFailure(end, repository.cwd);
  const commit = end.stdout.toString().trim();
  if (!commit) return noMergeBase(repository, { branch: tip.branch ?? '', name: tip.name, head: head.name });
  return {
    commit,
    label: `merge base with ${tip.name} ${shortHash(commit)}`,
    tip: tip.commit,
    notes: [...tip.notes, ...head.notes],
  };
}

/** What GitLab knows where it is nearer than what this clone tells. */
async function fromGitLab(
  repository: Repository,
  branch: Revision | Diagnostic,
  found: Base | Diagnostic,
  head: Revision,
): Promise<Base | undefined> {
  const request = await mergeRequestBase(repository, head.commit);
  if (!request) return undefined;
  if (!('code' in found)) {
    const isNearer =
      found.commit && found.commit !== request.commit && (await isAncestor(repository, found.commit, request.commit));
    if (!isNearer) return undefined;
  }
  const tip = request.tip ?? ('code' in branch ? undefined : branch.commit);
  return {
    commit: request.commit,
    label: `base of the merge request ${shortHash(request.commit)}`,
    ...(tip !== undefined && { tip }),
    notes: [],
  };
}
