import { expect, test } from 'vitest';
import { clone, gitRepository, runLine } from '../support/git-repository.ts';
import { baseOf, commandOf } from '../support/git-sides.ts';

/** main has two commits after feature left it; feature has two of its own. */
async function origin() {
  const here = await gitRepository();
  const left = await here.commit({ a: '1' });
  here.git('tag', 'v1.0.0');
  here.git('switch', '--quiet', '--create', 'feature');
  await here.commit({ b: '1' });
  const feature = await here.commit({ b: '2' });
  here.git('switch', '--quiet', 'main');
  await here.commit({ c: '1' });
  const main = await here.commit({ c: '2' });
  return { here, left, feature, main };
}

const DEPTH_1 = ['--depth', '1', '--branch', 'feature'];

test('a shallow clone of one branch: the command of the hint brings what is missing', async () => {
  const { here: remote, left, main } = await origin();
  const here = await clone(remote, ...DEPTH_1);
  for (const against of ['main', 'origin/main']) {
    const refused = await baseOf(here.folder, { against });
    const command = 'git fetch --no-tags --unshallow origin +refs/heads/main:refs/remotes/origin/main';
    expect(refused).toMatchObject({
      code: 'gate/missing-ref',
      severity: 'error',
      message: `"${against}" is no branch, tag or commit in this clone`,
      hint: `fetch it with \`${command}\``,
    });
  }
  runLine(commandOf(await baseOf(here.folder, { against: 'main' })), here.folder);
  const found = { commit: left, tip: main, label: `merge base with origin/main ${left.slice(0, 7)}` };
  expect(await baseOf(here.folder)).toMatchObject(found);
  expect(await baseOf(here.folder, { against: 'main' })).toMatchObject(found);
});

test('a shallow clone of all branches: where they part is cut off', async () => {
  const { here: remote, left, main } = await origin();
  const here = await clone(remote, ...DEPTH_1, '--no-single-branch');
  const refused = await baseOf(here.folder);
  expect(refused).toMatchObject({
    code: 'gate/shallow-clone',
    message: 'this clone is shallow: where HEAD left "origin/main" is cut off',
    hint: 'fetch the history with `git fetch --no-tags --unshallow origin +refs/heads/main:refs/remotes/origin/main`',
  });
  runLine(commandOf(refused), here.folder);
  expect(await baseOf(here.folder)).toMatchObject({ commit: left, tip: main });
});

test('a local branch in a shallow clone', async () => {
  const { here: remote, left } = await origin();
  const here = await clone(remote, ...DEPTH_1, '--no-single-branch');
  here.git('branch', '--quiet', 'old', 'origin/main');
  runLine(commandOf(await baseOf(here.folder, { against: 'old' })), here.folder);
  expect(await baseOf(here.folder, { against: 'old' })).toMatchObject({ commit: left });
});

test('shallow and on the tip itself, nothing is cut off', async () => {
  const { here: remote, main } = await origin();
  const here = await clone(remote, '--depth', '1');
  expect(await baseOf(here.folder)).toMatchObject({ commit: main, tip: main });
});

test.each([
  {
    name: 'a branch of a clone of another',
    options: ['--branch', 'feature', '--single-branch'],
    against: 'origin/main',
  },
  { name: 'a tag', options: ['--branch', 'feature', '--single-branch', '--no-tags'], against: 'v1.0.0' },
  { name: 'a tag, written out', options: ['--branch', 'feature', '--no-tags'], against: 'refs/tags/v1.0.0' },
  { name: 'a tag of a shallow clone', options: [...DEPTH_1, '--no-tags'], against: 'v1.0.0' },
  { name: 'a commit', options: DEPTH_1, against: 'LEFT' },
  { name: 'a short hash', options: DEPTH_1, against: 'SHORT' },
  { name: 'an expression', options: DEPTH_1, against: 'HEAD~2' },
  {
    name: 'a branch of a remote of another name',
    options: [...DEPTH_1, '--origin', 'up/stream'],
    against: 'up/stream/main',
  },
  { name: 'a branch, by its full name', options: DEPTH_1, against: 'refs/remotes/origin/main' },
])('the command of the hint fetches $name', async ({ options, against }) => {
  const { here: remote, left } = await origin();
  const here = await clone(remote, ...options);
  const named = against.replace('LEFT', left).replace('SHORT', left.slice(0, 8));
  const refused = await baseOf(here.folder, { against: named });
  expect(refused).toMatchObject({ code: 'gate/missing-ref', severity: 'error' });
  runLine(commandOf(refused), here.folder);
  expect(await baseOf(here.folder, { against: named })).toMatchObject({ commit: left });
});

test('a branch whose name means something to a shell is quoted', async () => {
  const { here: remote, left } = await origin();
  const name = "it's;$(touch${IFS}pwned)&";
  remote.git('branch', name, 'main');
  const here = await clone(remote, ...DEPTH_1);
  const refused = await baseOf(here.folder, { against: `origin/${name}` });
  runLine(commandOf(refused), here.folder);
  expect(here.git('status', '--porcelain')).toBe('');
  expect(await baseOf(here.folder, { against: `origin/${name}` })).toMatchObject({ commit: left });
});

test('systems of CI have a setting for it', async () => {
  const { here: remote } = await origin();
  const here = await clone(remote, ...DEPTH_1);
  const github = { GITHUB_ACTIONS: 'true', GITHUB_BASE_REF: 'main' };
  expect(await baseOf(here.folder, {}, github)).toMatchObject({
    hint: expect.stringMatching(/^give actions\/checkout `fetch-depth: 0`, or fetch it with `git fetch /),
  });
  const gitlab = { GITLAB_CI: 'true', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' };
  expect(await baseOf(here.folder, {}, gitlab)).toMatchObject({
    hint: expect.stringMatching(/^set the variable `GIT_DEPTH: "0"` of the job, or fetch it with `git fetch /),
  });
});

test('a slip of the pen, and what is known where nothing can be fetched', async () => {
  const { here } = await origin();
  expect(await baseOf(here.folder, { against: 'mian' })).toMatchObject({ hint: 'did you mean "main"?' });
  expect(await baseOf(here.folder, { against: 'nothing-like-it' })).toMatchObject({
    hint: 'name a branch, a tag or a commit: known here are feature, main, v1.0.0',
  });
  const far = await clone(here);
  expect(await baseOf(far.folder, { against: 'origin/featrue' })).toMatchObject({
    hint: 'fetch it with `git fetch --no-tags origin +refs/heads/featrue:refs/remotes/origin/featrue`; or did you mean "origin/feature"?',
  });
});
