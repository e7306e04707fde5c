import type { Diagnostic } from '../model/diagnostic.ts';
import { visible } from '../util/visible.ts';
import { gateError } from './failure.ts';
import { missingRef } from './missing.ts';
import { commitOf, existingRefs, FULL_HASH, type Ref, upstreamOf } from './refs.ts';
import type { Repository } from './repository.ts';

/** A commit by the name that people have for it. */
export interface Revision {
  /** `origin/main`, `v1.2.0`, `HEAD~3`, `commit`. */
  readonly name: string;
  /** Full hash. */
  readonly commit: string;
  /** Full name of the branch, local or remote, whose tip it is; absent for everything else. */
  readonly branch?: string;
  readonly notes: readonly Diagnostic[];
}

const HASH = /^[0-9a-f]{4,64}$/;
const UPSTREAM = /@\{(?:u|upstream|push)\}$/i;
/** Options, ranges, negations and control characters: nothing of it is one commit. */
const NO_REF = /^$|^[-^]|\.\.|[\0-\x1f\x7f]/;

/**
 * The commit of a ref: a branch, else a tag, else a remote branch, else whatever git takes for a commit, else the branch of that name at
 * the remote `origin`, as clones of CI have no other.
 */
export async function findRevision(repository: Repository, ref: string): Promise<Revision | Diagnostic> {
  if (NO_REF.test(ref)) {
    const hint = 'name a branch, a tag or a commit: `origin/main`, `v1.2.0`, `4f2c1aa`';
    return gateError('bad-ref', `"${visible(ref)}" cannot be the name of a branch, a tag or a commit`, hint);
  }
  const [named, ...others] = await existingRefs(repository, await fullNames(repository, ref));
  if (named) return revisionOf(repository, named, others.length > 0 ? [ambiguous(ref, named, others)] : []);
  const commit = await commitOf(repository, ref);
  if (commit) return { name: HASH.test(ref) ? 'commit' : visible(ref), commit, notes: [] };
  const [remote] = await existingRefs(repository, [`refs/remotes/origin/${ref}`]);
  return remote ? revisionOf(repository, remote) : missingRef(repository, ref);
}

/** The commit of a ref that exists. */
export async function revisionOf(
  repository: Repository,
  { fullName, name }: Ref,
  notes: readonly Diagnostic[] = [],
): Promise<Revision | Diagnostic> {
  const commit = await commitOf(repository, fullName);
  if (!commit) {
    const hint = 'name a branch, a tag of a commit, or a commit';
    return gateError('bad-ref', `"${visible(name)}" does not name a commit`, hint);
  }
  const isBranch = /^refs\/(?:heads|remotes)\//.test(fullName);
  return { name: visible(name), commit, ...(isBranch && { branch: fullName }), notes };
}

/** What a ref may be short for, the first that exists is meant; none where git itself reads it as a commit first. */
async function fullNames(repository: Repository, ref: string): Promise<readonly string[]> {
  if (FULL_HASH.test(ref) || ref === 'HEAD' || ref === '@') return [];
  if (UPSTREAM.test(ref)) return upstreamOf(repository, ref);
  if (ref.startsWith('refs/')) return [ref];
  return [
    ...['heads/', 'tags/', 'remotes/'].map((kind) => `refs/${kind}${ref}`),
    `refs/remotes/${ref}/HEAD`,
    `refs/${ref}`,
  ];
}

function ambiguous(ref: string, taken: Ref, others: readonly Ref[]): Diagnostic {
  return {
    code: 'gate/ambiguous-ref',
    severity: 'warning',
    message: `"${visible(ref)}" has several meanings, and ${visible(taken.fullName)} is taken`,
    hint: `write it out if you mean ${others.map(({ fullName }) => visible(fullName)).join(' or ')}`,
  };
}
