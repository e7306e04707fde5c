import type { Diagnostic } from '../model/diagnostic.ts';
import { nearest } from '../util/nearest.ts';
import { visible } from '../util/visible.ts';
import { gateError } from './failure.ts';
import { allRefs, FULL_HASH, remotesOf } from './refs.ts';
import type { Repository } from './repository.ts';
import { shellWord } from './shell-word.ts';

/** How the hint begins where nothing can be fetched. */
export const NAME_A_REF = 'name a branch, a tag or a commit';

/** A ref that is not in this clone, with the command that fetches it. */
export async function missingRef(repository: Repository, ref: string): Promise<Diagnostic> {
  const known = [...new Set((await allRefs(repository)).map(({ name }) => name))];
  const command = await fetchOf(repository, ref);
  const near = nearest(ref, known);
  const advice = [
    ...(command ? [inCi(repository, `fetch it with \`${command}\``)] : []),
    ...(near ? [`did you mean "${visible(near)}"?`] : []),
  ];
  const rest =
    known.length > 0 ? `known here are ${known.slice(0, 10).map(shown).join(', ')}` : 'nothing is known here';
  return gateError(
    'missing-ref',
    `"${visible(ref)}" is no branch, tag or commit in this clone`,
    advice.length > 0 ? advice.join('; or ') : `${NAME_A_REF}: ${rest}`,
  );
}

/** A branch whose common history with `head` is cut off, or that has none. `name` and `head` are for people. */
export async function noMergeBase(
  repository: Repository,
  { branch, name, head }: { readonly branch: string; readonly name: string; readonly head: string },
): Promise<Diagnostic> {
  if (!repository.isShallow) {
    return gateError(
      'no-common-ancestor',
      `"${name}" and ${head} have no commit in common`,
      'name the commit to compare with: `--against COMMIT`',
    );
  }
  const [remote, remoteBranch] = await remoteOf(repository, branch.replace(/^refs\/(?:heads|remotes)\//, ''));
  const refspec = branch.startsWith('refs/remotes/') ? ` ${refspecOf(remote, remoteBranch)}` : '';
  const command = `git fetch --no-tags --unshallow ${shellWord(remote)}${refspec}`;
  return gateError(
    'shallow-clone',
    `this clone is shallow: where ${head} left "${name}" is cut off`,
    inCi(repository, `fetch the history with \`${command}\``),
  );
}

/** The command that brings a ref of a remote into this clone. */
async function fetchOf(repository: Repository, ref: string): Promise<string | undefined> {
  if ((await remotesOf(repository)).length === 0) return undefined;
  const [remote, branch] = await remoteOf(repository, ref.replace(/^refs\/(?:heads|remotes)\//, ''));
  const from = shellWord(remote);
  const deepen = repository.isShallow ? ' --unshallow' : '';
  if (FULL_HASH.test(ref)) return `git fetch --no-tags ${from} ${ref}`;
  // What is counted from another commit, or may be meant for an old one, needs the history and nothing else.
  if (/[~^:\s[\\*?]|@\{/.test(ref)) return deepen && `git fetch${deepen} ${from}`;
  if (/^[0-9a-f]{7,39}$/.test(ref)) return `git fetch${deepen} ${from}`;
  const tag = /^refs\/tags\/(.*)$/.exec(ref)?.[1] ?? (/^v?\d+(?:\.\d+)+/.test(ref) ? ref : undefined);
  if (tag !== undefined) return `git fetch --no-tags ${from} ${shellWord(`refs/tags/${tag}:refs/tags/${tag}`)}`;
  return `git fetch --no-tags${deepen} ${from} ${refspecOf(remote, branch)}`;
}

/** Written out, since the clone of one branch would not keep another one. */
function refspecOf(remote: string, branch: string): string {
  return shellWord(`+refs/heads/${branch}:refs/remotes/${remote}/${branch}`);
}

/** The remote and the branch there of `origin/main`, `main`. */
async function remoteOf(repository: Repository, name: string): Promise<readonly [string, string]> {
  const remotes = await remotesOf(repository);
  const own = remotes.filter((remote) => name.startsWith(`${remote}/`)).toSorted((a, b) => b.length - a.length)[0];
  if (own !== undefined) return [own, name.slice(own.length + 1)];
  const [first = 'origin'] = remotes;
  return [remotes.includes('origin') ? 'origin' : first, name];
}

function inCi({ given }: Repository, advice: string): string {
  if (given['GITHUB_ACTIONS'] === 'true') return `give actions/checkout \`fetch-depth: 0\`, or ${advice}`;
  if (given['GITLAB_CI'] === 'true') return `set the variable \`GIT_DEPTH: "0"\` of the job, or ${advice}`;
  return advice;
}

function shown(name: string): string {
  return visible(name);
}
