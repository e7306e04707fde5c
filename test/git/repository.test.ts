import { chmod, mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { resolveBase } from '../../src/git/base.ts';
import { openRepository } from '../../src/git/repository.ts';
import {
  bareClone,
  GIT_VARIABLES,
  type GitFolder,
  gitRepository,
  runLine,
  temporaryFolder,
} from '../support/git-repository.ts';
import { commandOf, opened } from '../support/git-sides.ts';

/** One commit on main, one on feature, which is checked out. */
async function branched(): Promise<{ readonly here: GitFolder; readonly one: string }> {
  const here = await gitRepository();
  const one = await here.commit({ 'sub/deep/a': '1' });
  here.git('switch', '--quiet', '--create', 'feature');
  await here.commit({ b: '2' });
  return { here, one };
}

async function rootAndBase(folder: string, variables: Readonly<Record<string, string>> = {}) {
  const repository = await opened(folder, variables);
  const base = await resolveBase(repository);
  return [repository.root, 'code' in base ? base.code : base.commit];
}

test('in a subdirectory', async () => {
  const { here, one } = await branched();
  expect(await rootAndBase(join(here.folder, 'sub', 'deep'))).toEqual([here.folder, one]);
});

test('in a worktree', async () => {
  const { here, one } = await branched();
  const tree = join(await temporaryFolder(), 'tree');
  here.git('worktree', 'add', '--quiet', '-b', 'other', tree, 'main');
  expect(await rootAndBase(join(tree, 'sub'))).toEqual([tree, one]);
});

test('a root with odd characters, and one that is reached by a link', async () => {
  const { here, one } = await branched();
  const odd = join(await temporaryFolder(), 'ö "b"\nfalse\n');
  here.git('worktree', 'add', '--quiet', '--detach', odd);
  expect(await rootAndBase(join(odd, 'sub'))).toEqual([odd, one]);
  const link = join(await temporaryFolder(), 'link');
  await symlink(here.folder, link);
  expect(await rootAndBase(join(link, 'sub'))).toEqual([link, one]);
  // From below, the link is no name of the root.
  await symlink(join(here.folder, 'sub', 'deep'), join(link, '..', 'deep'));
  expect(await rootAndBase(join(link, '..', 'deep'))).toEqual([await realpath(here.folder), one]);
});

test('in a hook, whatever folder it goes to', async () => {
  const { here, one } = await branched();
  const tree = join(await temporaryFolder(), 'tree');
  here.git('worktree', 'add', '--quiet', '--detach', tree);
  const program = join(await temporaryFolder(), 'program.mjs');
  const source = (path: string) => JSON.stringify(join(import.meta.dirname, '..', '..', 'src', 'git', path));
  await writeFile(
    program,
    `import { register } from ${JSON.stringify(import.meta.resolve('tsx/esm/api'))};
register();
const { openRepository } = await import(${source('repository.ts')});
const { resolveBase } = await import(${source('base.ts')});
const repository = await openRepository(process.cwd());
console.log(JSON.stringify([process.env.GIT_INDEX_FILE !== undefined, repository.root, (await resolveBase(repository)).commit]));
`,
  );
  const hook = join(here.folder, '.git', 'hooks', 'pre-commit');
  await mkdir(join(here.folder, '.git', 'hooks'), { recursive: true });
  await writeFile(hook, `#!/bin/sh\ncd sub/deep && exec ${process.execPath} ${program} >"$SAID"\n`);
  await chmod(hook, 0o755);
  for (const folder of [here.folder, tree]) {
    const said = join(await temporaryFolder(), 'said');
    runLine('echo new >c && git add c && git commit --quiet --message c c', folder, { SAID: said });
    runLine(`git show --stat HEAD | grep -q 'c | 1'`, folder);
    expect(JSON.parse(await readFile(said, 'utf8'))).toEqual([true, folder, one]);
  }
});

test('variables of a hook of another repository do not lead astray', async () => {
  const { here, one } = await branched();
  const other = await gitRepository();
  await other.commit({ z: '1' });
  const variables = { GIT_DIR: join(other.folder, '.git'), GIT_INDEX_FILE: join(other.folder, '.git', 'index') };
  expect(await rootAndBase(here.folder, variables)).toEqual([here.folder, one]);
  expect(await rootAndBase(join(here.folder, 'sub'), { GIT_DIR: '.git', GIT_INDEX_FILE: '.git/index' })).toEqual([
    here.folder,
    one,
  ]);
});

test('a tree that is ruled from elsewhere', async () => {
  const { here, one } = await branched();
  const folder = join(await temporaryFolder(), 'tree');
  await mkdir(join(folder, 'sub'), { recursive: true });
  const variables = { GIT_DIR: join(here.folder, '.git'), GIT_WORK_TREE: folder };
  expect(await rootAndBase(folder, variables)).toEqual([folder, one]);
  expect(await rootAndBase(join(folder, 'sub'), variables)).toEqual([folder, one]);
});

test('nothing is written', async () => {
  const { here } = await branched();
  const list = () => runLine('find .git -type f -exec cksum {} +; find .git -printf "%p %T@\\n"', here.folder);
  const before = list();
  await rootAndBase(join(here.folder, 'sub'));
  expect(list()).toBe(before);
});

test('no repository', async () => {
  const folder = await temporaryFolder();
  expect(await openRepository(folder, { variables: GIT_VARIABLES })).toMatchObject({
    code: 'gate/not-a-repository',
    severity: 'error',
    message: `"${folder}" is not in a git repository`,
    hint: 'run it inside a clone, or compare with a folder or a file: `--against FOLDER`',
  });
});

test('no working tree', async () => {
  const here = await gitRepository();
  await here.commit({ a: '1' });
  for (const folder of [join(here.folder, '.git'), await bareClone(here)]) {
    expect(await openRepository(folder, { variables: GIT_VARIABLES })).toMatchObject({ code: 'gate/no-work-tree' });
  }
});

test('no git, and no folder', async () => {
  const folder = await temporaryFolder();
  expect(await openRepository(folder, { variables: { PATH: folder } })).toMatchObject({
    code: 'gate/git-not-run',
    message: 'git cannot be run: it is not installed, or not on the PATH',
  });
  expect(await openRepository(join(folder, 'none'), { variables: GIT_VARIABLES })).toMatchObject({
    code: 'gate/git-not-run',
    message: `git cannot be run: the folder "${join(folder, 'none')}" does not exist`,
  });
});

test("somebody else's repository: the command of the hint makes git trust it", async () => {
  const { here, one } = await branched();
  const variables = {
    GIT_TEST_ASSUME_DIFFERENT_OWNER: '1',
    GIT_CONFIG_GLOBAL: join(await temporaryFolder(), 'gitconfig'),
  };
  const refused = await openRepository(join(here.folder, 'sub'), { variables: { ...GIT_VARIABLES, ...variables } });
  expect(refused).toMatchObject({
    code: 'gate/unsafe-repository',
    message: `git does not trust the repository at "${here.folder}", since somebody else owns it`,
    hint: `if you trust it, run \`git config --global --add safe.directory ${here.folder}\``,
  });
  if (!('code' in refused)) throw new Error('trusted');
  runLine(commandOf(refused), here.folder, variables);
  expect(await rootAndBase(join(here.folder, 'sub'), variables)).toEqual([here.folder, one]);
});

test('a git that does not answer is given up', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'git'), '#!/bin/sh\nexec /bin/sleep 100\n', { mode: 0o755 });
  expect(await openRepository(folder, { variables: { PATH: folder }, patience: 50 })).toMatchObject({
    code: 'gate/git-timed-out',
  });
});

test('a broken repository gets the words of git', async () => {
  const here = await gitRepository();
  await writeFile(join(here.folder, '.git', 'config'), '[core\n');
  expect(await openRepository(here.folder, { variables: GIT_VARIABLES })).toMatchObject({
    code: 'gate/git-failed',
    message: expect.stringMatching(/^git fails in ".*": bad config line 1 in file/),
  });
});
