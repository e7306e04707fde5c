import type { Diagnostic } from '../model/diagnostic.ts';
import { visible } from '../util/visible.ts';
import { gateError } from './failure.ts';
import { missingRef } from './missing.ts';
import { allRefs, existingRefs } from './refs.ts';
import type { Repository } from './repository.ts';
import { type Revision, revisionOf } from './revision.ts';

/** Variables by which CI systems tell the branch that a pull request goes to. */
const OF_CI = ['GITHUB_BASE_REF', 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME'];
const USUAL = ['remotes/origin/HEAD', 'remotes/origin/main', 'remotes/origin/master', 'heads/main', 'heads/master'];

/** The branch that changes go to. The remote's comes first, since nobody keeps the local one up to date. */
export async function defaultBranch(repository: Repository): Promise<Revision | Diagnostic> {
  // Set to nothing outside pull requests.
  const target = OF_CI.flatMap((name) => repository.given[name] || [])[0];
  const names = target === undefined ? USUAL : [`remotes/origin/${target}`, `heads/${target}`];
  const [ref] = await existingRefs(
    repository,
    names.map((name) => `refs/${name}`),
  );
  if (ref) return revisionOf(repository, ref);
  // Another branch than the one that the changes go to would be a wrong answer.
  if (target !== undefined) return missingRef(repository, `origin/${target}`);
  const known = (await allRefs(repository)).map(({ name }) => visible(name));
  return gateError(
    'no-default-branch',
    'there is no default branch to compare with: neither origin/HEAD nor main nor master',
    `name one: \`--against BRANCH\`${known.length > 0 ? `; known here are ${known.slice(0, 10).join(', ')}` : ''}`,
  );
}
