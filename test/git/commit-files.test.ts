import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CommitFiles } from '../../src/git/commit-files.ts';
import { commitFiles } from '../../src/git/commit-files.ts';
import { DISK, MAX_SOURCE_BYTES } from '../../src/yaml/files.ts';
import { clone, gitRepository, temporaryFolder } from '../support/git-repository.ts';
import { opened, withFiles } from '../support/git-sides.ts';

const nobody = () => {};

async function text(files: CommitFiles, path: string): Promise<unknown> {
  const bytes = await files.bytes(path);
  return 'reason' in bytes ? bytes : Buffer.from(bytes).toString();
}

test('a commit reads as if it were checked out, and as it was, whatever the working tree holds now', async () => {
  const here = await gitRepository();
  const names = ['a.yaml', 'c/b.yml', 'c/d/C.YAML', 'c/.hidden/x.yaml', 'c/node_modules/x.yaml', 'c/readme.md'];
  const commit = await here.commit(Object.fromEntries(names.map((name) => [name, `of: ${name}\n`])));
  const onDisk = (await DISK.yamlBelow(here.folder, nobody)).toSorted();
  expect(onDisk.length).toBe(3);
  await rm(join(here.folder, 'c'), { recursive: true });
  await here.write({ 'a.yaml': 'other', 'new.yaml': '' });
  await withFiles(await opened(here.folder), commit, async (files) => {
    const at = (name: string) => join(here.folder, name);
    expect((await files.yamlBelow(here.folder, nobody)).toSorted()).toEqual(onDisk);
    expect(await files.yamlBelow(at('c/d'), nobody)).toEqual([at('c/d/C.YAML')]);
    // A hidden folder that is named is searched, as on disk.
    expect(await files.yamlBelow(at('c/.hidden'), nobody)).toEqual([at('c/.hidden/x.yaml')]);
    expect(await files.yamlBelow(at('none'), nobody)).toEqual([]);
    for (const name of names) expect(await text(files, at(name)), name).toBe(`of: ${name}\n`);
    expect(['c/readme.md', 'c', '.', 'c/', 'new.yaml', '..'].map((name) => files.kind(at(name)))).toEqual([
      'file',
      'folder',
      'folder',
      'folder',
      undefined,
      undefined,
    ]);
    expect(await files.bytes(at('new.yaml'))).toEqual({ reason: 'missing' });
    expect(await files.bytes(at('c'))).toEqual({ reason: 'not-a-file' });
    expect(files.shown(at('c/b.yml'))).toBe(`${commit.slice(0, 7)}:c/b.yml`);
  });
});

test('odd names and odd contents', async () => {
  const here = await gitRepository();
  const contents = {
    'with blank.yaml': 'a: 1',
    'ümläut 漢.yaml': '\ufeffa: 1\r\nb: 2\r\n',
    'line\nfeed.yaml': '',
    '"quo\'ted\\".yaml': '\n\n',
    '-rf.yaml': 'a'.repeat(MAX_SOURCE_BYTES),
    'tab\tbed.yaml': new Uint8Array([0, 10, 255, 10]),
  };
  const commit = await here.commit(contents);
  await withFiles(await opened(here.folder), commit, async (files) => {
    const found = await files.yamlBelow(here.folder, nobody);
    expect(found.toSorted()).toEqual(
      Object.keys(contents)
        .map((name) => join(here.folder, name))
        .toSorted(),
    );
    // All at once, for answers have to come to whom they belong.
    const read = await Promise.all([...found, ...found].map((path) => files.bytes(path)));
    for (const [index, path] of [...found, ...found].entries()) {
      expect(Buffer.from(read[index] as Uint8Array).equals(await readFile(path)), path).toBe(true);
      expect(await files.identity(path)).toBe(await DISK.identity(path));
      expect(await files.identity(path)).toMatch(/^[0-9a-f]{40}$/);
    }
  });
});

test('a file that is too large is passed over, and those behind it are read', async () => {
  const here = await gitRepository();
  const commit = await here.commit({ 'a.yaml': 'a'.repeat(MAX_SOURCE_BYTES + 1), 'b.yaml': 'b' });
  await withFiles(await opened(here.folder), commit, async (files) => {
    const [large, small] = await Promise.all(['a.yaml', 'b.yaml'].map((name) => text(files, join(here.folder, name))));
    expect(large).toEqual({ reason: 'too-large', size: MAX_SOURCE_BYTES + 1 });
    expect(small).toBe('b');
  });
});

test('links are followed inside the commit', async () => {
  const here = await gitRepository();
  const links = {
    'near.yaml': 'real/a.yaml',
    'real/up.yaml': '../near.yaml',
    folder: 'real',
    'folder.yaml': 'real',
    'through.yaml': 'folder/up.yaml',
    'dangling.yaml': 'none.yaml',
    'outside.yaml': '../real/a.yaml',
    'absolute.yaml': '/real/a.yaml',
    'round.yaml': 'trip.yaml',
    'trip.yaml': 'round.yaml',
  };
  const commit = await here.commit({
    'real/a.yaml': 'a: 1',
    ...Object.fromEntries(Object.entries(links).map(([name, link]) => [name, { link }])),
  });
  await withFiles(await opened(here.folder), commit, async (files) => {
    const at = (name: string) => join(here.folder, name);
    expect((await files.yamlBelow(here.folder, nobody)).toSorted()).toEqual(
      ['near.yaml', 'real/a.yaml', 'real/up.yaml', 'through.yaml'].map(at),
    );
    expect(await files.yamlBelow(at('folder'), nobody)).toEqual([at('folder/a.yaml'), at('folder/up.yaml')]);
    for (const name of ['near.yaml', 'real/up.yaml', 'through.yaml', 'folder/up.yaml']) {
      expect(await text(files, at(name)), name).toBe('a: 1');
      expect(await files.identity(at(name))).toBe(await DISK.identity(at(name)));
    }
    expect(files.kind(at('folder'))).toBe('folder');
    for (const name of ['dangling.yaml', 'outside.yaml', 'absolute.yaml', 'round.yaml']) {
      expect(files.kind(at(name)), name).toBeUndefined();
      expect(await files.bytes(at(name)), name).toEqual({ reason: 'missing' });
    }
  });
});

test('a submodule is a folder with nothing in it', async () => {
  const [here, module] = [await gitRepository(), await gitRepository()];
  await module.commit({ 'a.yaml': 'a: 1' });
  here.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', module.folder, 'sub.yaml');
  const commit = await here.commit({});
  await withFiles(await opened(here.folder), commit, async (files) => {
    expect(files.kind(join(here.folder, 'sub.yaml'))).toBe('folder');
    expect(await files.yamlBelow(here.folder, nobody)).toEqual([]);
    expect(await files.bytes(join(here.folder, 'sub.yaml'))).toEqual({ reason: 'not-a-file' });
  });
});

test('an empty tree, and no commit at all', async () => {
  const here = await gitRepository();
  const repository = await opened(here.folder);
  for (const commit of [null, await here.commit({})]) {
    await withFiles(repository, commit, async (files) => {
      expect(files.kind(here.folder)).toBe('folder');
      expect(await files.yamlBelow(here.folder, nobody)).toEqual([]);
      expect(await files.bytes(join(here.folder, 'a.yaml'))).toEqual({ reason: 'missing' });
      expect(files.shown(here.folder)).toBe(commit ? `${commit.slice(0, 7)}:.` : here.folder);
    });
  }
});

test('a repository of SHA-256', async () => {
  const here = await gitRepository('--object-format=sha256');
  const commit = await here.commit({ 'a.yaml': 'a: 1' });
  expect(commit).toMatch(/^[0-9a-f]{64}$/);
  await withFiles(await opened(here.folder), commit, async (files) => {
    expect(await text(files, join(here.folder, 'a.yaml'))).toBe('a: 1');
    // Never the same as on disk, which is counted with SHA-1: it is read then, and nothing is lost.
    expect(await files.identity(join(here.folder, 'a.yaml'))).toMatch(/^[0-9a-f]{64}$/);
  });
});

test('a commit that is not there', async () => {
  const here = await gitRepository();
  expect(await commitFiles(await opened(here.folder), 'f'.repeat(40))).toMatchObject({ code: 'gate/git-failed' });
});

test('after the end nothing is read, and nobody waits for ever', async () => {
  const here = await gitRepository();
  const commit = await here.commit({ 'a.yaml': 'a: 1' });
  const path = join(here.folder, 'a.yaml');
  await withFiles(await opened(here.folder), commit, async (files) => {
    const reading = files.bytes(path);
    files.close();
    expect(await reading).toMatchObject({ reason: 'failed', why: 'reading was ended' });
    expect(await files.bytes(path)).toMatchObject({ reason: 'failed' });
  });
});

test('a partial clone fetches what it has not, and says so where its remote is gone', async () => {
  const origin = await gitRepository();
  const old = await origin.commit({ 'a.yaml': 'a: 1', 'b.yaml': 'b: 1' });
  await origin.commit({ 'a.yaml': 'a: 2' });
  const here = await clone(origin, '--filter=blob:none');
  const [a, b] = ['a.yaml', 'b.yaml'].map((name) => join(here.folder, name)) as [string, string];
  const away = join(await temporaryFolder(), 'away');
  here.git('config', 'remote.origin.url', `file://${away}`);
  await withFiles(await opened(here.folder), old, async (files) => {
    expect(await text(files, b)).toBe('b: 1');
    expect(await files.bytes(a)).toMatchObject({
      reason: 'failed',
      why: expect.stringMatching(/^git: could not fetch [0-9a-f]{40} from promisor remote$/),
      hint: expect.stringContaining('`git fetch --refetch --no-filter`'),
    });
  });
  here.git('config', 'remote.origin.url', `file://${origin.folder}`);
  await withFiles(await opened(here.folder), old, async (files) => expect(await text(files, a)).toBe('a: 1'));
});

test('the command of that hint fetches everything', async () => {
  const origin = await gitRepository();
  const old = await origin.commit({ 'a.yaml': 'a: 1' });
  await origin.commit({ 'a.yaml': 'a: 2' });
  const here = await clone(origin, '--filter=blob:none');
  here.git('fetch', '--quiet', '--refetch', '--no-filter');
  here.git('config', 'remote.origin.url', 'file:///nowhere');
  await withFiles(await opened(here.folder), old, async (files) => {
    expect(await text(files, join(here.folder, 'a.yaml'))).toBe('a: 1');
  });
});

test('a remote that does not answer is given up, for all files at once', async () => {
  const origin = await gitRepository();
  const old = await origin.commit({ 'a.yaml': 'a: 1', 'b.yaml': 'b: 1' });
  await origin.commit({ 'a.yaml': 'a: 2', 'b.yaml': 'b: 2' });
  const here = await clone(origin, '--filter=blob:none');
  here.git('config', 'remote.origin.url', 'ssh://nobody@nowhere/x');
  here.git('config', 'core.sshCommand', 'sleep 100 #');
  const trace = join(await temporaryFolder(), 'trace');
  await withFiles(await opened(here.folder, { GIT_TRACE: trace }, { patience: 500 }), old, async (files) => {
    const paths = ['a.yaml', 'b.yaml'].map((name) => join(here.folder, name));
    const why = 'git has not given it in 0.5 s';
    for (const answer of await Promise.all(paths.map(files.bytes))) expect(answer).toMatchObject({ why });
    expect(await files.bytes(paths[0] as string)).toMatchObject({ why });
    expect((await readFile(trace, 'utf8')).match(/built-in: git cat-file/g)).toHaveLength(1);
  });
});
