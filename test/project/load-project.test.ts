import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { loadContracts } from '../../src/contract/load.ts';
import { findProject, findProjectFolder } from '../../src/project/load-project.ts';
import { type TableTarget, tableTarget } from '../../src/project/target.ts';
import { projectFolder } from '../support/project-folder.ts';

const contract = (more: string) =>
  `contract: a\nversion: 1.0.0\nstatus: draft\ntables:\n  t: { columns: { id: int64 }${more} }\n`;

describe('the project folder', () => {
  test.each([
    {
      name: 'the nearest surety.yaml above',
      files: ['surety.yaml', 'x/surety.yaml', 'x/contracts/a.yaml'],
      start: 'x/contracts/a.yaml',
      found: 'x',
    },
    {
      name: 'surety.yaml before contracts',
      files: ['surety.yaml', 'x/contracts/a.yaml'],
      start: 'x/contracts/a.yaml',
      found: '',
    },
    {
      name: 'the parent of contracts',
      files: ['x/contracts/deep/a.yaml'],
      start: 'x/contracts/deep/a.yaml',
      found: 'x',
    },
    { name: 'the folder contracts itself', files: ['x/contracts/a.yaml'], start: 'x/contracts', found: 'x' },
    { name: "the file's own folder", files: ['x/y/a.yaml'], start: 'x/y/a.yaml', found: 'x/y' },
    { name: 'the folder that is named', files: ['x/contracts/a.yaml'], start: 'x', found: 'x' },
  ])('is $name', async ({ files, start, found }) => {
    const folder = await projectFolder(Object.fromEntries(files.map((file) => [file, ''])));
    expect(findProjectFolder(join(folder, start))).toBe(join(folder, found));
  });
});

describe('surety.yaml', () => {
  test.each([
    { name: 'unknown keys', text: 'warehouse: {}', codes: ['schema/unknown-key 1:1'] },
    { name: 'words of a list', text: 'classifications: { pii: hide }', codes: ['schema/not-listed 1:25'] },
    { name: 'a broken variable', text: 'store: "${A"', codes: ['schema/bad-value 1:8'] },
    {
      name: 'a warehouse without a type',
      text: 'warehouses: { a: { root: x } }',
      codes: ['project/missing-type 1:15'],
    },
    {
      name: 'hours and days',
      text: 'calendars: { a: { days: mon-fry, hours: 18:00-09:00 } }',
      codes: ['schema/bad-value 1:25', 'schema/bad-value 1:41'],
    },
    { name: 'a map where a text is meant', text: 'store: {}', codes: ['schema/wrong-type 1:8'] },
    {
      name: 'parties that nobody declares',
      text: 'parties: { a: {} }\nwarehouses: { w: { type: duckdb, responsible: [a, b] } }',
      codes: ['project/unknown-party 2:51'],
    },
    {
      name: 'a root where there are no files',
      text: 'warehouses: { a: { type: duckdb, url: x.db, root: y }, b: { type: postgres, root: z } }',
      codes: ['project/misfit-root 1:45', 'project/misfit-root 1:77'],
    },
    {
      name: 'environments that differ in what is not there',
      text: 'warehouses: { w: { type: duckdb } }\nenvironments: { dev: { skip: [rows, freshnes], warehouses: { v: { url: x } } } }',
      codes: ['project/unknown-kind 2:37', 'project/missing-type 2:62'],
    },
    {
      name: 'counts from 1',
      text: 'warehouses: { w: { type: duckdb, concurrency: 0 } }',
      codes: ['schema/bad-value 1:47'],
    },
    { name: 'nothing wrong', text: 'calendars: { a: { days: [mon, tue], hours: 09:00-18:00 } }', codes: [] },
  ])('$name', async ({ text, codes }) => {
    const folder = await projectFolder({ 'surety.yaml': text });
    const { diagnostics } = await findProject(folder, { variables: {} });
    expect(diagnostics.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`)).toEqual(codes);
  });

  test('an unknown environment names the known ones', async () => {
    const folder = await projectFolder({ 'surety.yaml': 'environments: { dev: {}, staging: {} }' });
    const { diagnostics } = await findProject(folder, { environment: 'stagging', variables: {} });
    expect(diagnostics).toMatchObject([{ code: 'project/unknown-environment', hint: 'did you mean "staging"?' }]);
    const without = await findProject(await projectFolder({}), { environment: 'dev' });
    expect(without.diagnostics).toMatchObject([{ code: 'project/unknown-environment' }]);
  });
});

async function target(
  surety: string,
  options: { environment?: string; variables?: Record<string, string>; table?: string; override?: string } = {},
): Promise<{ folder: string; found?: TableTarget; codes: readonly string[]; messages: string }> {
  const { environment, variables = {}, table = ', warehouse: w', override } = options;
  const folder = await projectFolder({ 'surety.yaml': surety, 'contracts/a.yaml': contract(table) });
  const loaded = await loadContracts([folder], { variables, ...(environment !== undefined && { environment }) });
  const first = loaded.contracts[0]?.contract;
  if (!first?.tables[0]) throw new Error(inspect(loaded.diagnostics));
  const result = tableTarget(loaded.project, first, first.tables[0], override);
  return {
    folder,
    ...('found' in result && { found: result.found }),
    codes: 'diagnostics' in result ? result.diagnostics.map(({ code }) => code) : [],
    messages: 'diagnostics' in result ? JSON.stringify(result.diagnostics) : '',
  };
}

describe('where a table is', () => {
  test('without a warehouse: beside the contract, inside the project', async () => {
    const { folder, found } = await target('{}', { table: '' });
    expect(found).toMatchObject({
      type: 'duckdb',
      folder: join(folder, 'contracts'),
      boundary: folder,
      target: { name: 'files' },
    });
  });

  test('in a warehouse, its variables filled in', async () => {
    const surety = [
      'warehouses:',
      '  w:',
      '    type: postgres',
      '    url: "postgres://${USER}:${PASSWORD}@host/db"',
      '    schema: "${SCHEMA:-public}"',
      '    schemas: { "*": "dbt_${USER}" }',
      '    timeout: 90s',
      '    concurrency: 2',
    ].join('\n');
    const { found } = await target(surety, { variables: { USER: 'me', PASSWORD: 'x' } });
    expect(found?.target).toEqual({
      name: 'w',
      url: 'postgres://me:x@host/db',
      schema: 'public',
      schemas: new Map([['*', 'dbt_me']]),
      timeout: 90_000,
      concurrency: 2,
      allowPrivileged: false,
    });
  });

  test('under a root, which files must stay inside', async () => {
    const { folder, found } = await target('warehouses: { w: { type: duckdb, root: "${DATA:-./data}" } }');
    expect(found).toMatchObject({ folder: join(folder, 'data'), boundary: join(folder, 'data') });
  });

  test('in an environment, merged key by key', async () => {
    const surety =
      'warehouses: { w: { type: duckdb, root: a, concurrency: 2 } }\nenvironments: { dev: { warehouses: { w: { root: b }, v: { type: duckdb } }, skip: [rows], severity: warn } }';
    const { folder, found } = await target(surety, { environment: 'dev' });
    expect(found).toMatchObject({ folder: join(folder, 'b'), target: { concurrency: 2 } });
    const { project } = await findProject(folder, { environment: 'dev' });
    expect(project.environment).toMatchObject({ name: 'dev', severity: 'warn', notify: true });
    expect([...project.warehouses.keys()]).toEqual(['w', 'v']);
  });

  test('a variable that is not set matters only where it is needed', async () => {
    const surety = 'warehouses: { w: { type: duckdb, url: "${GONE}" }, v: { type: duckdb, root: . } }';
    expect((await target(surety, { table: ', warehouse: v' })).codes).toEqual([]);
    const { codes, messages } = await target(surety);
    expect(codes).toEqual(['project/unset-variable']);
    expect(messages).toContain('${GONE}');
  });

  test('a warehouse of the command line', async () => {
    const surety = 'warehouses: { w: { type: duckdb }, v: { type: postgres, url: x } }';
    expect((await target(surety, { override: 'v' })).found?.type).toBe('postgres');
    expect((await target(surety, { override: 'u' })).codes).toEqual(['project/unknown-warehouse']);
  });
});

describe('secrets', () => {
  const canaries = ['hunter2-pass', 'xoxb-canary-123456', 'pd-canary-key', 'hook-canary', 'default-canary'];
  const surety = [
    'warehouses:',
    `  w: { type: postgres, url: postgres://me:${canaries[0]}@host/db, typo: 1 }`,
    `  v: { type: postgres, url: "\${U:-${canaries[4]}}" }`,
    'channels:',
    `  slack: ${canaries[1]}`,
    'parties:',
    `  a: { pagerduty: [${canaries[2]}] }`,
    `  b: { webhook: https://x.example/${canaries[3]}, timezone: Mars }`,
  ].join('\n');

  test('never stand in diagnostics, sources or printed projects', async () => {
    const folder = await projectFolder({ 'surety.yaml': surety, 'contracts/a.yaml': contract(', warehouse: w') });
    mkdirSync(join(folder, 'x'));
    const loaded = await loadContracts([folder], { variables: {} });
    expect(loaded.diagnostics.length).toBeGreaterThan(3);
    const printed = [
      JSON.stringify(loaded, (_, value) => (typeof value === 'bigint' ? `${value}` : value)),
      inspect(loaded, { depth: 20, showHidden: true }),
      JSON.stringify([...loaded.sources.values()]),
      inspect([...loaded.project.warehouses.values(), ...(loaded.project.parties?.values() ?? [])], { depth: 20 }),
      `${loaded.project.warehouses.get('w')?.url?.text}`,
    ].join('\n');
    for (const canary of canaries) expect(printed).not.toContain(canary);
    expect(loaded.project.warehouses.get('w')?.url?.text.reveal()).toEqual({
      text: `postgres://me:${canaries[0]}@host/db`,
    });
  });

  test('are covered in excerpts without moving anything', async () => {
    const folder = await projectFolder({ 'surety.yaml': surety });
    const { source } = await findProject(folder, { variables: {} });
    expect(source?.text.split('\n').map((line) => line.length)).toEqual(surety.split('\n').map((line) => line.length));
    expect(source?.text).toContain('typo: 1');
  });
});
