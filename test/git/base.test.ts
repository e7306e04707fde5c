import { expect, test } from 'vitest';
import { clone, type GitFolder, gitRepository } from '../support/git-repository.ts';
import { baseOf } from '../support/git-sides.ts';

/** main: one, three; feature left it at one and added two. */
async function branched(): Promise<{
  readonly here: GitFolder;
  readonly one: string;
  readonly two: string;
  readonly three: string;
}> {
  const here = await gitRepository();
  const one = await here.commit({ a: '1' });
  here.git('switch', '--quiet', '--create', 'feature');
  const two = await here.commit({ b: '2' });
  here.git('switch', '--quiet', 'main');
  const three = await here.commit({ c: '3' });
  here.git('switch', '--quiet', 'feature');
  return { here, one, two, three };
}

test('what main gained after the branch left it is not compared', async () => {
  const { here, one, three } = await branched();
  const expected = { commit: one, label: `merge base with main ${one.slice(0, 7)}`, tip: three, notes: [] };
  expect(await baseOf(here.folder)).toEqual(expected);
  for (const against of ['main', 'git:main', 'refs/heads/main', 'heads/main']) {
    expect(await baseOf(here.folder, { against }), against).toMatchObject({ commit: one, tip: three });
  }
});

test('a rebased branch is compared with what it was put on', async () => {
  const { here, three } = await branched();
  here.git('rebase', '--quiet', 'main');
  expect(await baseOf(here.folder)).toMatchObject({ commit: three, tip: three });
});

test('a merge of main into the branch moves the base', async () => {
  const { here, three } = await branched();
  here.git('merge', '--quiet', '--no-edit', 'main');
  expect(await baseOf(here.folder)).toMatchObject({ commit: three });
});

test('on the default branch itself, the working tree is compared with its commit', async () => {
  const { here, three } = await branched();
  here.git('switch', '--quiet', 'main');
  expect(await baseOf(here.folder)).toMatchObject({ commit: three, tip: three });
});

test('a tag, a hash and an expression are compared with themselves', async () => {
  const { here, one, three } = await branched();
  here.git('tag', 'v1.2.0', three);
  here.git('tag', '--annotate', '--message', 'x', 'noted', three);
  here.git('tag', '--annotate', '--message', 'x', 'twice', 'noted');
  const short = three.slice(0, 7);
  for (const [against, label] of [
    ['v1.2.0', `v1.2.0 ${short}`],
    ['noted', `noted ${short}`],
    ['twice', `twice ${short}`],
    [three, `commit ${short}`],
    [three.slice(0, 9), `commit ${short}`],
    ['git:main@{0}', `main@{0} ${short}`],
  ] as const) {
    expect(await baseOf(here.folder, { against }), against).toEqual({ commit: three, label, notes: [] });
  }
  expect(await baseOf(here.folder, { against: 'HEAD~1' })).toEqual({
    commit: one,
    label: `HEAD~1 ${one.slice(0, 7)}`,
    notes: [],
  });
});

test('the new side may be a ref too', async () => {
  const { here, one, two } = await branched();
  here.git('switch', '--quiet', 'main');
  expect(await baseOf(here.folder, { ref: 'feature' })).toMatchObject({ commit: one });
  expect(await baseOf(here.folder, { ref: two, against: 'main' })).toMatchObject({ commit: one });
  expect(await baseOf(here.folder, { ref: 'nope' })).toMatchObject({ code: 'gate/missing-ref' });
});

test('a detached HEAD is compared as a branch is', async () => {
  const { here, one, two } = await branched();
  here.git('checkout', '--quiet', '--detach', two);
  expect(await baseOf(here.folder)).toMatchObject({ commit: one, label: `merge base with main ${one.slice(0, 7)}` });
});

test('the branch at the remote comes before the local one of the same name, which is often behind', async () => {
  const { here: origin, one } = await branched();
  origin.git('switch', '--quiet', 'main');
  const here = await clone(origin, '--branch', 'feature');
  const four = await origin.commit({ d: '4' });
  here.git('branch', 'main', one);
  here.git('fetch', '--quiet');
  here.git('rebase', '--quiet', 'origin/main');
  expect(await baseOf(here.folder)).toMatchObject({
    commit: four,
    label: `merge base with origin/main ${four.slice(0, 7)}`,
  });
  expect(await baseOf(here.folder, { against: 'main' })).toMatchObject({ commit: one });
  // Not every clone knows HEAD of its remote.
  here.git('remote', 'set-head', 'origin', '--delete');
  expect(await baseOf(here.folder)).toMatchObject({ commit: four });
  here.git('remote', 'set-head', 'origin', 'main');
  here.git('branch', '--delete', 'main');
  // As in clones of CI, which have no other.
  const found = { commit: four, tip: four, label: `merge base with origin/main ${four.slice(0, 7)}` };
  expect(await baseOf(here.folder, { against: 'main' })).toMatchObject(found);
  expect(await baseOf(here.folder, { against: 'origin' })).toMatchObject({ commit: four });
});

test('HEAD of the remote tells a default branch of another name', async () => {
  const origin = await gitRepository();
  origin.git('switch', '--quiet', '--create', 'trunk');
  const one = await origin.commit({ a: '1' });
  const here = await clone(origin);
  here.git('switch', '--quiet', '--create', 'feature');
  await here.commit({ b: '2' });
  expect(await baseOf(here.folder)).toMatchObject({
    commit: one,
    label: `merge base with origin/trunk ${one.slice(0, 7)}`,
  });
  expect(await baseOf(here.folder, { against: '@{u}' })).toMatchObject({ code: 'gate/missing-ref' });
  here.git('branch', '--quiet', '--set-upstream-to', 'origin/trunk');
  expect(await baseOf(here.folder, { against: '@{u}' })).toMatchObject({ commit: one, tip: one });
});

test('a name of several things is the branch, and that is said', async () => {
  const { here, one, three } = await branched();
  here.git('tag', 'main', 'feature');
  expect(await baseOf(here.folder, { against: 'main' })).toMatchObject({
    commit: one,
    tip: three,
    notes: [{ code: 'gate/ambiguous-ref', severity: 'warning', hint: 'write it out if you mean refs/tags/main' }],
  });
  expect(await baseOf(here.folder)).toMatchObject({ commit: one, notes: [] });
  expect(await baseOf(here.folder, { against: 'tags/main' })).toMatchObject({
    commit: here.git('rev-parse', 'feature'),
  });
});

test('what is not a ref is refused before git sees it', async () => {
  const { here } = await branched();
  for (const against of ['', 'git:', '--output=x', '-h', '^main', 'main..feature', 'a\nb', 'a\0b']) {
    expect(await baseOf(here.folder, { against }), against).toMatchObject({ code: 'gate/bad-ref', severity: 'error' });
  }
  here.git('tag', 'folder', 'HEAD^{tree}');
  expect(await baseOf(here.folder, { against: 'folder' })).toMatchObject({ code: 'gate/bad-ref' });
});

test('histories that never met', async () => {
  const { here } = await branched();
  here.git('switch', '--quiet', '--orphan', 'island');
  expect(await baseOf(here.folder)).toMatchObject({ code: 'gate/no-commit' });
  await here.commit({ z: '1' });
  expect(await baseOf(here.folder)).toMatchObject({
    code: 'gate/no-common-ancestor',
    message: '"main" and HEAD have no commit in common',
  });
});

test('a repository without a commit has nothing to compare with', async () => {
  const here = await gitRepository();
  expect(await baseOf(here.folder)).toEqual({ commit: null, label: 'no commit yet', notes: [] });
  expect(await baseOf(here.folder, { against: 'main' })).toMatchObject({ code: 'gate/missing-ref' });
});

test('no default branch at all', async () => {
  const here = await gitRepository();
  here.git('switch', '--quiet', '--create', 'trunk');
  await here.commit({ a: '1' });
  expect(await baseOf(here.folder)).toMatchObject({
    code: 'gate/no-default-branch',
    hint: 'name one: `--against BRANCH`; known here are trunk',
  });
});
