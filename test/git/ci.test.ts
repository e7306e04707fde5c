import { expect, test } from 'vitest';
import { clone, type GitFolder, gitRepository } from '../support/git-repository.ts';
import { baseOf } from '../support/git-sides.ts';

/** At the origin, feature left release at `left`; both went on, and `merged` is what a merge of both would be. */
async function pullRequest(): Promise<{
  readonly origin: GitFolder;
  readonly left: string;
  readonly release: string;
  readonly feature: string;
}> {
  const origin = await gitRepository();
  await origin.commit({ a: '1' });
  origin.git('switch', '--quiet', '--create', 'release/1');
  const left = await origin.commit({ b: '1' });
  origin.git('switch', '--quiet', '--create', 'feature');
  const feature = await origin.commit({ c: '1' });
  origin.git('switch', '--quiet', 'release/1');
  const release = await origin.commit({ d: '1' });
  origin.git('switch', '--quiet', 'main');
  return { origin, left, release, feature };
}

test.each(['GITHUB_BASE_REF', 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME'])('%s tells the branch', async (name) => {
  const { origin, left, release } = await pullRequest();
  const here = await clone(origin, '--branch', 'feature');
  const found = { commit: left, tip: release, label: `merge base with origin/release/1 ${left.slice(0, 7)}` };
  expect(await baseOf(here.folder, {}, { [name]: 'release/1' })).toMatchObject(found);
  expect(await baseOf(here.folder, {}, { [name]: '' })).toMatchObject({ commit: origin.git('rev-parse', 'main') });
  // Comparing with main instead would be a wrong answer.
  expect(await baseOf(here.folder, {}, { [name]: 'release/2' })).toMatchObject({
    code: 'gate/missing-ref',
    message: '"origin/release/2" is no branch, tag or commit in this clone',
  });
  expect(await baseOf(here.folder, { against: 'main' }, { [name]: 'release/1' })).toMatchObject({
    commit: origin.git('rev-parse', 'main'),
  });
});

test('the merge commit that GitHub makes is compared with the branch that it merges into', async () => {
  const { origin, release } = await pullRequest();
  origin.git('switch', '--quiet', '--detach', 'release/1');
  origin.git('merge', '--quiet', '--no-edit', 'feature');
  origin.git('update-ref', 'refs/pull/1/merge', 'HEAD');
  const here = await clone(origin);
  here.git('fetch', '--quiet', 'origin', '+refs/pull/1/merge:refs/remotes/pull/1/merge');
  here.git('checkout', '--quiet', '--detach', 'refs/remotes/pull/1/merge');
  expect(await baseOf(here.folder, {}, { GITHUB_BASE_REF: 'release/1' })).toMatchObject({
    commit: release,
    tip: release,
  });
});

test('a runner of GitLab that has no target branch, or an old one, takes the base that GitLab tells', async () => {
  const { origin, left, feature } = await pullRequest();
  const here = await clone(origin, '--branch', 'feature', '--single-branch');
  const variables = {
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'release/1',
    CI_MERGE_REQUEST_EVENT_TYPE: 'detached',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: left,
  };
  const found = { commit: left, label: `base of the merge request ${left.slice(0, 7)}`, notes: [] };
  expect(await baseOf(here.folder, {}, variables)).toEqual(found);
  // Of a state before a rebase: not behind HEAD, so it says nothing.
  const beside = { ...variables, CI_MERGE_REQUEST_DIFF_BASE_SHA: 'f'.repeat(40) };
  expect(await baseOf(here.folder, {}, beside)).toMatchObject({ code: 'gate/missing-ref' });
  const old = here.git('rev-parse', `${left}~1`);
  here.git('update-ref', 'refs/remotes/origin/release/1', old);
  expect(await baseOf(here.folder, {}, variables)).toEqual({ ...found, tip: old });
  expect(await baseOf(here.folder, {}, beside)).toMatchObject({ commit: old });
  here.git('update-ref', 'refs/remotes/origin/release/1', feature);
  expect(await baseOf(here.folder, {}, variables)).toMatchObject({ commit: feature });
});

test('a pipeline of merged results is compared with what it was merged into', async () => {
  const { origin, left, release } = await pullRequest();
  const here = await clone(origin);
  here.git('checkout', '--quiet', '--detach', 'origin/release/1');
  here.git('merge', '--quiet', '--no-edit', 'origin/feature');
  here.git('branch', '--remotes', '--delete', 'origin/release/1');
  const variables = {
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'release/1',
    CI_MERGE_REQUEST_EVENT_TYPE: 'merged_result',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: left,
  };
  expect(await baseOf(here.folder, {}, variables)).toMatchObject({ code: 'gate/missing-ref' });
  const withTarget = { ...variables, CI_MERGE_REQUEST_TARGET_BRANCH_SHA: release };
  expect(await baseOf(here.folder, {}, withTarget)).toMatchObject({ commit: release, tip: release });
});
