import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fixFiles } from '../../src/contract/fix.ts';
import { loadContracts } from '../../src/contract/load.ts';
import { projectFolder } from '../support/project-folder.ts';

const head = (id: string) => `contract: ${id}\nversion: 1.0.0\nstatus: draft\n`;
const using = (id: string) => `${head(id)}tables: { t: { columns: { a: { use: x } } } }\n`;

async function load(files: Readonly<Record<string, string>>, ...paths: readonly string[]) {
  const folder = await projectFolder(files);
  const loaded = await loadContracts(
    paths.map((path) => join(folder, path)),
    { variables: {} },
  );
  return { ...loaded, folder, told: loaded.diagnostics.map(({ severity, code }) => `${severity} ${code}`) };
}

test('a bad definition of surety.yaml is told once, as loud as the selected contract makes it', async () => {
  const files = {
    'surety.yaml': 'definitions: { x: { type: int64, pattern: a } }',
    'contracts/a.yaml': using('a'),
    'contracts/b.yaml': using('b'),
  };
  expect((await load(files, 'contracts')).told).toEqual(['error lint/misfit-rule']);
  expect((await load(files, 'contracts/b.yaml')).told).toEqual(['error lint/misfit-rule']);
});

test('what is broken in surety.yaml is told once', async () => {
  const files = {
    'surety.yaml': 'warehouses: [\n',
    'contracts/a.yaml': `${head('a')}tables: { t: { columns: { a: int64 } } }`,
  };
  expect((await load(files, 'contracts')).told).toEqual(['error yaml/unclosed']);
  const named = `${head('a')}warehouse: w\ntables: { t: { columns: { a: { use: x } } } }`;
  const loaded = await load({ ...files, 'contracts/a.yaml': named }, 'contracts');
  expect(loaded.told).toEqual(['error yaml/unclosed']);
  expect(loaded.contracts).toEqual([]);
});

test('files that are not selected are not mended', async () => {
  const bad = (id: string) => `${head(id)}tables: { t: { columns: { a: { type: decimal(12,2) } } } }\n`;
  const { diagnostics, folder } = await load(
    { 'contracts/a.yaml': bad('a'), 'contracts/b.yaml': bad('b') },
    'contracts/a.yaml',
  );
  const changed = await fixFiles(diagnostics);
  expect(changed.map((name) => name.slice(-6))).toEqual(['a.yaml']);
  const after = await loadContracts([join(folder, 'contracts')]);
  expect(after.diagnostics.map(({ at }) => at?.file.slice(-6))).toEqual(['b.yaml']);
});

test('secrets that stand in a contract are not shown again', async () => {
  const canaries = ['hunter2', 'xoxb-1234567890-canary'];
  const text = `${head('a')}warehouse: "postgres://u:${canaries[0]}@host/db"\ndescription: ${canaries[1]}\ntables: { t: { columns: { a: { type: int64, min: ${canaries[1]} } } } }\n`;
  const { diagnostics, sources, told } = await load({ 'contracts/a.yaml': text }, 'contracts');
  expect(told).toContain('error lint/secret');
  const shown = JSON.stringify([diagnostics, [...sources]]);
  for (const canary of canaries) expect(shown).not.toContain(canary);
  expect(sources.values().next().value?.text).toHaveLength(text.length);
});

test.each([
  ['a member of lists without end', `"a${'[]'.repeat(50_000)}": int64`],
  ['a type without end', `a: "${'array<'.repeat(50_000)}"`],
  ['a pattern without end', `a: { type: string, pattern: "${'('.repeat(50_000)}" }`],
  ['a reference without end', `a: { type: int64, references: "${'a.'.repeat(50_000)}a" }`],
])('%s is a problem like any other, told in few words', async (_, column) => {
  const { diagnostics } = await load(
    { 'contracts/a.yaml': `${head('a')}tables: { t: { columns: { ${column} } } }` },
    'contracts',
  );
  expect(diagnostics.length).toBeGreaterThan(0);
  for (const { message } of diagnostics) expect(message.length).toBeLessThan(700);
});
