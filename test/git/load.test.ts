import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadContracts } from '../../src/contract/load.ts';
import { gitRepository, temporaryFolder } from '../support/git-repository.ts';
import { opened, withFiles } from '../support/git-sides.ts';

const draft = (id: string, column = 'id') =>
  `contract: ${id}\nversion: 1.0.0\nstatus: draft\ntables:\n  t:\n    columns: { ${column}: int64 }\n`;

test('contracts are loaded as they were, and say so', async () => {
  const here = await gitRepository();
  const commit = await here.commit({
    'p/surety.yaml': 'contracts: defs/**/*.yaml\n',
    'p/defs/a.yaml': draft('a'),
    'p/defs/sub/b.yaml': draft('b'),
    'p/defs/bad.yaml': 'contract: bad\nversion: 1\n',
    'p/defs/waivers.yaml': 'waivers: []\n',
    'contracts/other.yaml': draft('other'),
  });
  await here.write({
    'p/defs/a.yaml': draft('a', 'changed'),
    'p/defs/sub/b.yaml': null,
    'p/defs/new.yaml': draft('new'),
    'p/surety.yaml': 'contracts: defs/a.yaml\n',
  });
  const folder = join(here.folder, 'p');
  await withFiles(await opened(folder), commit, async (files) => {
    const loaded = await loadContracts([], { cwd: folder, files, variables: {} });
    const name = (path: string) => `${commit.slice(0, 7)}:p/${path}`;
    expect(loaded.contracts.map(({ contract }) => [contract.id, contract.path])).toEqual([
      ['a', join(folder, 'defs/a.yaml')],
      ['b', join(folder, 'defs/sub/b.yaml')],
    ]);
    expect(loaded.contracts[0]?.contract.tables[0]?.columns[0]?.name).toBe('id');
    expect(loaded.project).toMatchObject({ folder, path: join(folder, 'surety.yaml') });
    expect([...loaded.sources.keys()].toSorted()).toEqual(
      ['defs/a.yaml', 'defs/bad.yaml', 'defs/sub/b.yaml', 'surety.yaml'].map(name),
    );
    expect(new Set(loaded.diagnostics.map(({ at }) => at?.file))).toEqual(new Set([name('defs/bad.yaml')]));
    const chosen = await loadContracts(['defs/sub', 'a', join(folder, 'defs/new.yaml')], {
      cwd: folder,
      files,
      variables: {},
    });
    expect(chosen.contracts.filter(({ selected }) => selected).map(({ contract }) => contract.id)).toEqual(['a', 'b']);
    expect(chosen.diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([
      { message: `"${join(folder, 'defs/new.yaml')}" is neither a file nor a contract id` },
    ]);
  });
  const now = await loadContracts([], { cwd: folder, variables: {} });
  expect(now.contracts.map(({ contract }) => contract.id)).toEqual(['a']);
  expect(now.diagnostics.filter(({ code }) => code === 'select/not-a-contract')).toEqual([]);
});

test('a project folder that is given is taken, though the commit has another project above it, or nothing there', async () => {
  const here = await gitRepository();
  const commit = await here.commit({
    'surety.yaml': '',
    'contracts/a.yaml': draft('a'),
    'p/contracts/b.yaml': draft('b'),
  });
  await mkdir(join(here.folder, 'q'));
  const ids = (name: string) =>
    opened(here.folder).then((repository) =>
      withFiles(repository, commit, async (files) => {
        const folder = join(here.folder, name);
        const { contracts } = await loadContracts([], { cwd: folder, folder, files, variables: {} });
        return contracts.map(({ contract }) => contract.id);
      }),
    );
  expect(await ids('p')).toEqual(['b']);
  expect(await ids('q')).toEqual([]);
  expect(await ids('.')).toEqual(['a']);
});

test('what cannot be read costs only itself', async () => {
  const here = await gitRepository();
  const commit = await here.commit({
    'contracts/a.yaml': draft('a').replaceAll('\n', '\r\n'),
    'contracts/b.yaml': `\ufeff${draft('b')}`,
    'contracts/large.yaml': '#'.repeat(1024 * 1024 + 1),
    'contracts/latin.yaml': new Uint8Array([0x61, 0x3a, 0xe9]),
    'contracts/line\nfeed.yaml': new Uint8Array([0]),
  });
  await withFiles(await opened(here.folder), commit, async (files) => {
    const loaded = await loadContracts([], { cwd: here.folder, files, variables: {} });
    expect(loaded.contracts.map(({ contract }) => contract.id)).toEqual(['a', 'b']);
    const short = commit.slice(0, 7);
    expect(loaded.diagnostics.map(({ code, message, at }) => [code, message, at?.file])).toEqual(
      [
        [
          'yaml/file-too-large',
          `"${short}:contracts/large.yaml" has 1048577 bytes, at most 1048576 (1 MiB) are read`,
          'large.yaml',
        ],
        ['yaml/invalid-utf8', 'byte 0xe9 at offset 2 is not UTF-8', 'latin.yaml'],
        ['yaml/nul-character', 'a NUL character has no place in a text file', 'line\nfeed.yaml'],
      ].map(([code, message, name]) => [code, message, `${short}:contracts/${name}`]),
    );
  });
});

test('a hundred contracts are read by one git ls-tree and one git cat-file', async () => {
  const here = await gitRepository();
  const all = Array.from({ length: 100 }, (_, index) => [`contracts/${index}.yaml`, draft(`c${index}`)]);
  const commit = await here.commit({ ...Object.fromEntries(all), link: { link: 'contracts' } });
  await rm(join(here.folder, 'contracts'), { recursive: true });
  const trace = join(await temporaryFolder(), 'trace');
  await withFiles(await opened(here.folder, { GIT_TRACE: trace }), commit, async (files) => {
    const loaded = await loadContracts([], { cwd: here.folder, files, variables: {} });
    expect(loaded.contracts.length).toBe(100);
  });
  const started = [...(await readFile(trace, 'utf8')).matchAll(/trace: built-in: git (\S+)/g)].map(([, name]) => name);
  expect(started.toSorted()).toEqual(['cat-file', 'ls-tree', 'rev-parse']);
});
