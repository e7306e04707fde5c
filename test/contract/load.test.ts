import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadContracts } from '../../src/contract/load.ts';
import { projectFolder } from '../support/project-folder.ts';

const draft = (id: string, more = '') =>
  `contract: ${id}\nversion: 1.0.0\nstatus: draft\ntables:\n  t:\n    columns: { id: int64 }\n${more}`;

async function load(files: Readonly<Record<string, string>>, ...paths: readonly string[]) {
  const folder = await projectFolder(files);
  const loaded = await loadContracts(paths.length > 0 ? paths.map((path) => path.replace('~', folder)) : [folder]);
  return {
    ...loaded,
    selected: loaded.contracts.filter(({ selected }) => selected).map(({ contract }) => contract.id),
    codes: loaded.diagnostics.map(({ severity, code }) => `${severity} ${code}`),
    folder,
  };
}

test.each([
  { name: 'contracts/ is the default', files: { 'contracts/deep/a.yaml': draft('a') }, expected: ['a'] },
  {
    name: 'globs of surety.yaml',
    files: { 'surety.yaml': 'contracts: c/*.yml', 'c/a.yml': draft('a'), 'd/b.yml': draft('b') },
    expected: ['a'],
  },
  {
    name: 'several globs, odd characters in them',
    files: {
      'surety.yaml': 'contracts: ["./c/{a,b}*.yaml", "d/?.yaml", "e/(x)+[1]{.yaml", "../**"]',
      'c/ab.yaml': draft('ab'),
      'c/c.yaml': draft('c'),
      'd/e.yaml': draft('e'),
      'e/(x)+[1]{.yaml': draft('odd'),
    },
    expected: ['ab', 'e', 'odd'],
  },
  {
    name: 'files beside each other',
    files: { 'a.yaml': draft('a'), 'compose.yaml': 'services: {}' },
    expected: ['a'],
    codes: ['warning select/not-a-contract'],
  },
])('finds contracts: $name', async ({ files, expected, codes = [] }) => {
  const loaded = await load(files);
  expect(loaded.selected).toEqual(expected);
  expect(loaded.codes).toEqual(codes);
});

const three = {
  'contracts/a.yaml': draft('a'),
  'contracts/sub/b.yaml': draft('b'),
  'contracts/sub/bad.yaml': 'contract: bad\nversion: 1\n',
};

test.each([
  { paths: ['~/contracts/a.yaml'], selected: ['a'], codes: ['warning schema/missing-key', 'warning schema/bad-value'] },
  { paths: ['~/contracts/sub'], selected: ['b'], codes: ['error schema/missing-key', 'error schema/bad-value'] },
  {
    paths: ['~/contracts/a.yaml', 'b'],
    selected: ['a', 'b'],
    codes: ['warning schema/missing-key', 'warning schema/bad-value'],
  },
  {
    paths: ['~/contracts/a.yaml', 'c'],
    selected: ['a'],
    codes: ['warning schema/missing-key', 'warning schema/bad-value', 'error select/nothing-found'],
  },
])('$paths selects $selected', async ({ paths, selected, codes }) => {
  const loaded = await load(three, ...paths);
  expect(loaded.selected).toEqual(selected);
  expect(loaded.codes).toEqual(codes);
});

test('nothing there is an error', async () => {
  expect((await load({ 'notes.txt': '' })).codes).toEqual(['error select/nothing-found']);
  expect((await load({ 'contracts/x.yaml': 'services: {}' })).codes).toEqual([
    'warning select/not-a-contract',
    'error select/nothing-found',
  ]);
});

test('a named file has to be a contract', async () => {
  const { codes, diagnostics, folder } = await load({ 'x.yaml': 'services: {}' }, '~/x.yaml');
  expect(codes).toContain('error schema/missing-key');
  expect(diagnostics[0]?.at?.file).toContain(join(folder, 'x.yaml').slice(-10));
});

test('odd names are names like any other', async () => {
  const odd = ['__proto__', 'constructor', 'toString', 'a b', 'ü"x', '😀'];
  const columns = odd.map((name) => `      ${JSON.stringify(name)}: int64`).join('\n');
  const loaded = await load({
    'contracts/a.yaml': `contract: a\nversion: 1.0.0\nstatus: draft\ntables:\n  __proto__:\n    columns:\n${columns}\n`,
  });
  expect(loaded.codes).toEqual([]);
  expect(loaded.contracts[0]?.contract.tables[0]?.name).toBe('__proto__');
  expect(loaded.contracts[0]?.contract.tables[0]?.columns.map(({ name }) => name)).toEqual(odd);
  expect(({} as Record<string, unknown>).type).toBeUndefined();
});

test('contracts are frozen all the way down', async () => {
  const { contracts } = await load({ 'contracts/a.yaml': draft('a') });
  const table = contracts[0]?.contract.tables[0];
  expect(Object.isFrozen(table)).toBe(true);
  expect(Object.isFrozen(table?.columns[0]?.type)).toBe(true);
});

test('paths and the project are looked for from `cwd`', async () => {
  const folder = await projectFolder({ 'contracts/a.yaml': draft('a'), 'contracts/b.yaml': draft('b') });
  const ids = async (...paths: readonly string[]) =>
    (await loadContracts(paths, { cwd: folder })).contracts
      .filter(({ selected }) => selected)
      .map(({ contract }) => contract.id);
  expect(await ids()).toEqual(['a', 'b']);
  expect(await ids('contracts/b.yaml')).toEqual(['b']);
  expect(await ids('a')).toEqual(['a']);
});

test('globs that no file is like are named', async () => {
  const { codes, diagnostics } = await load({
    'surety.yaml': 'contracts: data/*.yaml',
    'contracts/a.yaml': draft('a'),
  });
  // The folder is named on the command line, so its files are found without the glob.
  expect(codes).toEqual([]);
  const folder = await projectFolder({ 'surety.yaml': 'contracts: data/*.yaml', 'contracts/a.yaml': draft('a') });
  const { diagnostics: told } = await loadContracts([], { cwd: folder });
  expect(told).toMatchObject([{ code: 'select/nothing-found', at: { line: 1, column: 12 } }]);
  expect(diagnostics).toEqual([]);
});

test('a pipe and a hostile glob end nothing: no file is waited for, and time is linear in the glob', async () => {
  const folder = await projectFolder({
    'surety.yaml': `contracts: ["contracts/${'*a'.repeat(16)}b.yaml", "contracts/*.yaml"]\n`,
    [`contracts/${'a'.repeat(60)}.yaml`]:
      'contract: a\nversion: 1.0.0\nstatus: draft\ntables: { t: { columns: { x: string } } }\n',
  });
  execFileSync('mkfifo', [join(folder, 'contracts/pipe.yaml')]);
  const { contracts, diagnostics } = await loadContracts([], { cwd: folder, variables: {} });
  expect(contracts.map(({ contract }) => contract.id)).toEqual(['a']);
  expect(diagnostics.map(({ code }) => code)).toEqual(['yaml/not-a-file']);
});
