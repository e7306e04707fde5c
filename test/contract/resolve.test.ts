import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isDateFormat } from '../../src/contract/date-format.ts';
import { fixFiles } from '../../src/contract/fix.ts';
import { loadContracts } from '../../src/contract/load.ts';
import { parseReference } from '../../src/contract/reference.ts';
import type { Contract, Table } from '../../src/model/contract.ts';
import { cronProblem } from '../../src/util/cron.ts';
import { projectFolder } from '../support/project-folder.ts';

async function contractOf(body: string): Promise<Contract> {
  const folder = await projectFolder({ 'contracts/a.yaml': `contract: a\nversion: 1.10.0\nstatus: draft\n${body}` });
  const { contracts, diagnostics } = await loadContracts([folder], { variables: {} });
  expect(diagnostics).toEqual([]);
  if (!contracts[0]) throw new Error('nothing loaded');
  return contracts[0].contract;
}

async function tableOf(body: string, more = ''): Promise<Table> {
  const contract = await contractOf(`tables:\n  t: { ${body} }\n${more}`);
  if (!contract.tables[0]) throw new Error('no table');
  return contract.tables[0];
}

describe('defaults', () => {
  test('of a table', async () => {
    const table = await tableOf('columns: { id: int64 }');
    expect(table).toMatchObject({
      name: 't',
      extraColumns: 'allow',
      rows: { min: { fail: { coefficient: 1n } } },
      checks: [],
      later: [],
    });
    expect(table.columns[0]).toMatchObject({ physicalNames: ['id'], required: false, generated: false, tags: [] });
  });

  test('key columns are required, in both forms', async () => {
    const long = await tableOf(
      'timeColumn: at, key: { columns: [id], window: 2d }, columns: { id: int64, at: instant }',
    );
    expect(long.columns.map(({ required }) => required)).toEqual([true, false]);
    expect(long.key).toMatchObject({ columns: [{ text: 'id' }], window: { text: '2d' } });
    const short = await tableOf('key: [id], columns: { id: int64 }');
    expect(short.columns[0]?.required).toBe(true);
    expect(short.key?.window).toBeUndefined();
  });

  test('sla.freshness is that of all tables without one', async () => {
    const contract = await contractOf(
      'tables:\n  t: { timeColumn: at, columns: { at: instant } }\n  u: { freshness: 1h, timeColumn: at, columns: { at: instant } }\nsla: { freshness: { within: { warn: 1h, fail: 3h } } }',
    );
    expect(contract.tables.map(({ freshness }) => freshness?.within.fail?.text)).toEqual(['3h', '1h']);
    expect(contract.tables[0]?.freshness?.at.line).toBe(7);
  });
});

describe('short forms mean the long ones', () => {
  test.each([
    ['missing: 2%', 'missing: { allow: 2% }'],
    ['missing: 2%', 'missing: { allow: { fail: 2% } }'],
    ['missing: { warn: 1%, fail: 2% }', 'missing: { allow: { warn: 1%, fail: 2% } }'],
    ['references: t.id', 'references: { to: t.id }'],
    ['unique: true', 'unique: {}'],
    ['physicalName: a', 'physicalName: [a]'],
    ['enum: [a, b]', 'enum: { a: , b: }'],
  ])('%s', async (short, long) => {
    const columns = (rule: string) => `columns: { x: { type: string, ${rule} }, id: string }`;
    const plain = (table: Table) =>
      JSON.stringify(table.columns, (key, value) =>
        key === 'at' || key === 'places' ? undefined : typeof value === 'bigint' ? `${value}` : value,
      );
    expect(plain(await tableOf(columns(short)))).toBe(plain(await tableOf(columns(long))));
  });

  test('a text among checks is a row condition', async () => {
    const { checks } = await tableOf('columns: { a: int64 }, checks: { one: a > 0, two: { expect: a > 0 } }');
    expect(checks.map((check) => check.kind === 'expect' && check.condition.text)).toEqual(['a > 0', 'a > 0']);
  });
});

test('what stands in a column overrides its definition, and places stay right', async () => {
  const table = await tableOf(
    'columns: { e: { use: email, maxLength: 9 }, f: { use: work, required: true } }',
    'definitions:\n  email: { type: string, format: email, maxLength: 254 }\n  work: { use: email, description: at work }\n',
  );
  expect(table.columns).toMatchObject([
    { maxLength: { count: 9, at: { line: 5 } }, format: { text: 'email', at: { line: 7 } } },
    {
      required: true,
      description: 'at work',
      maxLength: { count: 254, at: { line: 7 } },
      typeText: { at: { line: 7 } },
    },
  ]);
});

test('literals keep their source text', async () => {
  const { columns } = await tableOf(
    'columns: { a: { type: string, enum: [01, 1.10, 1e3, NO, 2024-01-01], default: "01" }, b: { type: int64, max: 9223372036854775807 } }',
  );
  expect(columns[0]?.enum?.values.map(({ text }) => text)).toEqual(['01', '1.10', '1e3', 'NO', '2024-01-01']);
  expect(columns[1]?.max?.text).toBe('9223372036854775807');
});

test('later promises are named, and rows stay at least 1', async () => {
  const folder = await projectFolder({
    'surety.yaml': 'calendars: { work: { days: mon-fri } }',
    'contracts/a.yaml': readFileSync(join(import.meta.dirname, 'later.yaml'), 'utf8'),
  });
  const { contracts, diagnostics } = await loadContracts([folder]);
  expect(diagnostics).toEqual([]);
  const [{ contract: loaded } = { contract: undefined }] = contracts;
  expect(loaded?.tables[0]?.later.map(({ kind }) => kind)).toEqual([
    'updates',
    'rows.per',
    'rows.change',
    'freshness.clock',
  ]);
  expect(loaded?.tables[0]?.rows).toMatchObject({ min: { fail: { coefficient: 1n } } });
  expect(loaded?.tables[0]?.rows.max).toBeUndefined();
  expect(loaded?.tables[0]?.checks.map(({ later }) => later !== undefined)).toEqual([true, true, true]);
  expect(loaded?.later.map(({ kind }) => kind)).toEqual(['objectives.freshness', 'pipelines', 'response']);
});

test.each([
  ['customers.id', { table: 'customers', column: 'id' }],
  ['customers', { table: 'customers' }],
  ['t.address.country', { table: 't', column: 'address.country' }],
  ['crm.accounts@1/accounts.id', { contract: 'crm.accounts', major: 1, table: 'accounts', column: 'id' }],
  ['shop.raw/orders', { contract: 'shop.raw', table: 'orders' }],
  ['"my table"."a ""b"""', { table: 'my table', column: 'a "b"' }],
  ['a/"x/y".z', { contract: 'a', table: 'x/y', column: 'z' }],
  ['', undefined],
  ['t.', undefined],
  ['.a', undefined],
  ['a b.c', undefined],
  ['a@x/t.c', undefined],
  ['"open.c', undefined],
])('reference %s', (text, parts) => {
  expect(parseReference(text)).toEqual(parts);
});

test.each([
  ['0 6 * * 1-5', true],
  ['*/15 0-23/2 1,15 jan-MAR sun', true],
  ['0 0 29 2 *', true],
  ['5/10 * * * 7', true],
  ['0 6 * *', false],
  ['0 6 * * * *', false],
  ['60 * * * *', false],
  ['0 24 * * *', false],
  ['0 0 0 * *', false],
  ['0 0 * 13 *', false],
  ['0 0 * * 8', false],
  ['0 0 * * monday', false],
  ['5-1 * * * *', false],
  ['*/0 * * * *', false],
  ['1,,2 * * * *', false],
  ['@daily', false],
  ['0 0 30 2 *', false],
  ['0 0 31 4,6 *', false],
])('cron %s', (text, valid) => {
  expect(cronProblem(text) === undefined).toBe(valid);
});

test.each([
  ['dd.MM.yyyy', true],
  ['yyyy-MM-dd', true],
  ['d/M/yyyy', true],
  ['yyyyMMdd', true],
  ['dd.mm.yyyy', false],
  ['MM.yyyy', false],
  ['email', false],
])('date format %s', (text, valid) => {
  expect(isDateFormat(text)).toBe(valid);
});

test('fixes are written whole, keep mode and mark, and leave other files alone', async () => {
  const broken =
    'contract: a\r\nversion: 1.0.0\r\nstatus: draft\r\ntables:\r\n  t: { columns: { a: { type: decimal(12,2) } } }   # kept\r\n';
  const folder = await projectFolder({ 'contracts/a.yaml': '' });
  const path = join(folder, 'contracts/a.yaml');
  writeFileSync(path, `\ufeff${broken}`);
  chmodSync(path, 0o640);
  const { diagnostics } = await loadContracts([folder]);
  expect(diagnostics.map(({ severity }) => severity)).toEqual(['error']);
  expect(await fixFiles(diagnostics)).toHaveLength(1);
  expect(readFileSync(path, 'utf8')).toBe(`\ufeff${broken.replace('decimal(12,2)', '"decimal(12,2)"')}`);
  expect(statSync(path).mode & 0o777).toBe(0o640);
  expect((await loadContracts([folder])).diagnostics).toEqual([]);
});
