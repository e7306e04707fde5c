import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duckdbSql } from '../../src/dialects/duckdb/expressions.ts';
import { duckdb } from '../../src/dialects/duckdb.ts';
import { DIALECTS } from '../../src/dialects/index.ts';
import { EngineError } from '../../src/sql/dialect.ts';
import {
  cellsOf,
  columnOf,
  type Folder,
  folderWith,
  make,
  open,
  problemOf,
  request,
  rowsOf,
  sourceOf,
  type Wanted,
  withTable,
} from './open-files.ts';

let folder: Folder;
let outside: Folder;
const at = (name: string): string => join(folder.path, name);

beforeAll(async () => {
  folder = folderWith({
    'corrupt.parquet': 'PAR1 this is none',
    'cut.csv': 'a,b\n1,2\n',
    'two.csv': 'a\n1\n',
    'two.json': '[]',
    'odd name[1].csv': 'a\n7\n',
    'data.bin': 'a\n1\n',
    'empty-folder/.keep': '',
  });
  outside = folderWith({ 'secret.csv': 'a\n1\n' });
  for (const name of ['h/year=2025/month=01', 'h/year=2026/month=x']) mkdirSync(at(name), { recursive: true });
  symlinkSync(join(outside.path, 'secret.csv'), at('link.csv'));
  symlinkSync(at('cut.csv'), at('inner.csv'));
  symlinkSync(at('nowhere.csv'), at('broken.csv'));
  await make(
    ':memory:',
    `copy (select 1::int as a, 'x' as b, 1.10::decimal(12,2) as d) to '${at('t.parquet')}'`,
    `copy (select 'y' as b, 2::bigint as a, now() as extra) to '${at('u.parquet')}'`,
    `copy (select 1 as v) to '${at('h/year=2025/month=01/a.parquet')}'`,
    `copy (select 2 as v) to '${at('h/year=2026/month=x/a.parquet')}'`,
    `copy (select {'country': 'DE', 'lines': [{'qty': 1}]} as address, map {'k': 1} as attrs, [1.5::decimal(3,1)] as l, 'x'::blob as bytes,
       '00000000-0000-0000-0000-000000000001'::uuid as id, timestamp_ns '2026-01-01 00:00:00.123456789' as ns, time '10:00' as t,
       date '2026-01-01' as day, timestamptz '2026-01-01 00:00:00+00' as at, true as flag, 1::float as f, 1::tinyint as i8, 1::usmallint as u16,
       18446744073709551615::ubigint as u64, 'j'::json as j) to '${at('types.parquet')}'`.replace(
      "'j'::json",
      "'{}'::json",
    ),
  );
});
afterAll(() => {
  folder.remove();
  outside.remove();
});

describe('Parquet files', () => {
  it('a file of the name of the table, without a location', async () => {
    await withTable(folder.path, {}, async (warehouse) => {
      const source = sourceOf(warehouse);
      expect(source.place).toBe('t.parquet');
      expect(source.text).toBe(false);
      expect(source.readable).toBeUndefined();
      expect(source.columns.map(({ name, type }) => [name, type])).toEqual([
        ['a', { name: 'integer', bits: 32 }],
        ['b', { name: 'string' }],
        ['d', { name: 'decimal', precision: 12, scale: 2 }],
      ]);
      expect(await cellsOf(warehouse)).toEqual([['1', 'x', '1.10']]);
    });
  });

  it('several files are united by name', async () => {
    await withTable(folder.path, { location: '[tu].parquet' }, async (warehouse) => {
      expect(sourceOf(warehouse).place).toBe('[tu].parquet (2 files)');
      const rows = await rowsOf(warehouse, sql`select a, b, d from ${sourceOf(warehouse).scan} order by a`);
      expect(rows.map((row) => ({ ...row }))).toEqual([
        { a: 1n, b: 'x', d: { coefficient: 110n, scale: 2 } },
        { a: 2n, b: 'y', d: null },
      ]);
    });
  });

  it('folders of key=value are columns whose texts are read by the declared type', async () => {
    await withTable(
      folder.path,
      { location: 'h/**/*.parquet', columns: { year: 'int16', month: 'int8', v: 'int32' } },
      async (warehouse) => {
        const source = sourceOf(warehouse);
        const names = ['v', 'year', 'month'].map((name) => columnOf(source, name));
        const shown = names.map(
          ({ value, cell }, index) =>
            sql`${cell ? sql`case when ${cell.unparsable} then '!' || ${cell.raw} else ${duckdbSql.display(value)} end` : duckdbSql.display(value)} as ${sql.id(`c${index}`)}`,
        );
        const rows = await rowsOf(warehouse, sql`select ${sql.join(shown)} from ${source.scan} order by 1`);
        expect(rows.map((row) => Object.values(row))).toEqual([
          ['1', '2025', '1'],
          ['2', '2026', '!x'],
        ]);
        const [row] = await rowsOf(warehouse, sql`select * from ${source.relation} order by v limit 1`);
        expect({ ...row }).toEqual({ v: 1n, year: 2025n, month: 1n });
      },
    );
  });

  it('catalog types map to logical ones', async () => {
    await withTable(folder.path, { location: 'types.parquet' }, async (warehouse) => {
      const types = Object.fromEntries(sourceOf(warehouse).columns.map(({ name, type }) => [name, type]));
      expect(types).toEqual({
        address: {
          name: 'struct',
          members: [
            { name: 'country', type: { name: 'string' } },
            {
              name: 'lines',
              type: {
                name: 'array',
                element: { name: 'struct', members: [{ name: 'qty', type: { name: 'integer', bits: 32 } }] },
              },
            },
          ],
        },
        attrs: { name: 'map', key: { name: 'string' }, value: { name: 'integer', bits: 32 } },
        l: { name: 'array', element: { name: 'decimal', precision: 3, scale: 1 } },
        bytes: { name: 'bytes' },
        id: { name: 'uuid' },
        ns: { name: 'timestamp', precision: 9 },
        t: { name: 'time', precision: 6 },
        day: { name: 'date' },
        at: { name: 'instant', precision: 6 },
        flag: { name: 'boolean' },
        f: { name: 'float', bits: 32 },
        i8: { name: 'integer', bits: 8 },
        u16: { name: 'integer', bits: 32 },
        u64: { name: 'decimal', precision: 20, scale: 0 },
        j: { name: 'json' },
      });
    });
  });
});

/** Location → what is wrong with it. */
const PROBLEMS: readonly (readonly [title: string, wanted: Wanted, reason: RegExp])[] = [
  ['no such file', { location: 'nothing.csv' }, /no file matches "nothing\.csv"/],
  ['a glob without files', { location: 'nothing*.csv' }, /no file matches "nothing\*\.csv"/],
  ['no file of the name', { name: 'nothing' }, /no file matches "nothing/],
  ['two files of the name', { name: 'two' }, /two\.csv.*two\.json/],
  ['a folder', { location: 'h' }, /folder/],
  ['a folder without files', { location: 'empty-folder/*' }, /no file matches/],
  ['a URL', { location: 'https://example.com/x.parquet' }, /URL/],
  ['a bucket', { location: 's3://bucket/x.parquet' }, /URL/],
  ['a URL with one slash', { location: 'file:/etc/passwd' }, /URL|no file|outside/],
  ['a way out', { location: '../../../../../../etc/passwd' }, /outside/],
  ['an absolute way out', { location: '/etc/passwd' }, /outside/],
  ['a glob that leads out', { location: '../*/secret.csv' }, /outside/],
  ['a link out', { location: 'link.csv' }, /outside/],
  ['a glob that meets a link out', { location: 'l*.csv' }, /outside/],
  ['a broken link', { location: 'broken.csv' }, /broken\.csv|no file/],
  ['no Parquet inside', { location: 'corrupt.parquet' }, /corrupt\.parquet/],
  ['a name that tells no format', { location: 'data.bin' }, /format/],
  ['files of several formats', { location: '{two.csv,t.parquet}' }, /different formats/],
  ['NUL', { location: 'a\0b.csv' }, /./],
];

describe('places of files', () => {
  it.each(PROBLEMS)('%s', async (_, wanted, reason) => {
    const warehouse = await open([
      request(folder.path, wanted),
      request(folder.path, { key: 'good', location: 't.parquet' }),
    ]);
    try {
      const problem = problemOf(warehouse);
      expect(problem.reason).toMatch(reason);
      expect(problem.reason).not.toContain('\n');
      expect(sourceOf(warehouse, 'good').columns).toHaveLength(3);
    } finally {
      await warehouse.close();
    }
  });

  it.each<[string, Wanted]>([
    ['a link that stays inside', { location: 'inner.csv' }],
    ['odd characters are themselves where such a file is there', { location: 'odd name[1].csv' }],
    ['a format that is given', { location: 'data.bin', read: { format: 'csv' } }],
    ['an absolute path inside', { location: 'ABSOLUTE' }],
    ['braces', { location: '{cut,nothing}.csv' }],
  ])('%s', async (_, wanted) => {
    const location = wanted.location === 'ABSOLUTE' ? at('cut.csv') : wanted.location;
    await withTable(folder.path, { ...wanted, ...(location && { location }) }, async (warehouse) =>
      expect(await cellsOf(warehouse)).toHaveLength(1),
    );
  });

  it('a boundary above the folder', async () => {
    mkdirSync(at('inner'), { recursive: true });
    await withTable(at('inner'), { location: '../t.parquet', boundary: folder.path }, async (warehouse) =>
      expect(sourceOf(warehouse).columns).toHaveLength(3),
    );
  });

  it('notices files that change while they are read', async () => {
    for (const name of ['w.csv', 'w.parquet']) {
      if (name === 'w.csv') writeFileSync(at(name), 'a\n1\n');
      else await make(':memory:', `copy (select 1 as a) to '${at(name)}'`);
      await withTable(folder.path, { location: name }, async (warehouse) => {
        expect(await sourceOf(warehouse).changed()).toBeUndefined();
        utimesSync(at(name), new Date(), new Date(Date.now() + 60_000));
        expect(await sourceOf(warehouse).changed()).toContain(name);
      });
    }
  });

  it('leaves nothing beside the data', async () => {
    const { readdirSync } = await import('node:fs');
    const before = readdirSync(folder.path, { recursive: true }).length;
    await withTable(folder.path, { location: 't.parquet' }, async (warehouse) => rowsOf(warehouse, sql`select 1`));
    expect(readdirSync(folder.path, { recursive: true })).toHaveLength(before);
  });
});

describe('database files', () => {
  const shop = (): string => at('shop.duckdb');
  beforeAll(async () => {
    await make(
      shop(),
      'create table orders as select 1::bigint as id, 2.50::decimal(12,2) as amount',
      'create schema sales',
      `create table sales.orders as select 5 as id, 'x' as note`,
      'create table sales."Case" as select 1 as x',
      'create schema odd',
      'create table odd."a.b ""c"" 🙂" as select 1 as "o""; drop table x; --", 2 as "__proto__"',
      'create view sales.recent as select * from sales.orders where id > 3',
      `create type mood as enum ('a', 'b')`,
      `create table moods (m mood, c varchar collate nocase, s struct(x int), "not null" int not null)`,
      `insert into moods values ('a', 'X', {'x': 1}, 1)`,
      'create schema dev_sales',
      'create table dev_sales.orders as select 9 as id',
      `create view leak as select * from read_text('/etc/hostname')`,
    );
  });
  const look = async (wanted: Wanted, changes: Parameters<typeof open>[1] = {}): Promise<unknown> =>
    withTable(
      folder.path,
      wanted,
      async (warehouse) => {
        const found = warehouse.tables.get('t');
        if (!found || 'reason' in found) return found?.reason;
        const rows = await rowsOf(
          warehouse,
          sql`select ${sql.join(found.columns.map(({ value }, index) => sql`${value} as ${sql.id(`c${index}`)}`))} from ${found.scan}`,
        );
        return [found.place, ...rows.map((row) => Object.values(row))];
      },
      { url: 'shop.duckdb', ...changes },
    );

  it.each<[string, Wanted, Parameters<typeof open>[1], unknown]>([
    ['the table of the name in main', { name: 'orders' }, {}, ['main.orders', [1n, { coefficient: 250n, scale: 2 }]]],
    ['schema.table', { location: 'sales.orders' }, {}, ['sales.orders', [5n, 'x']]],
    ['the schema of the warehouse', { name: 'orders' }, { schema: 'sales' }, ['sales.orders', [5n, 'x']]],
    ['a view', { location: 'sales.recent' }, {}, ['sales.recent', [5n, 'x']]],
    [
      'schemas of the environment',
      { location: 'sales.orders' },
      { schemas: new Map([['sales', 'dev_sales']]) },
      ['dev_sales.orders', [9n]],
    ],
    [
      'every other schema of the environment',
      { location: 'shop.orders' },
      { schemas: new Map([['*', 'dev_sales']]) },
      ['dev_sales.orders', [9n]],
    ],
    ['another case', { location: 'SALES.case' }, {}, ['sales.Case', [1n]]],
    ['odd names', { location: 'odd."a.b ""c"" 🙂"' }, {}, ['odd.a.b "c" 🙂', [1n, 2n]]],
  ])('%s', async (_, wanted, changes, expected) => expect(await look(wanted, changes)).toEqual(expected));

  it.each<[string, Wanted, RegExp]>([
    ['no such table', { name: 'nothing' }, /nothing/],
    ['no such schema', { location: 'nothing.orders' }, /nothing/],
    ['too many parts', { location: 'a.b.c' }, /a\.b\.c/],
    ['a name with NUL', { name: 'a\0b' }, /./],
  ])('%s', async (_, wanted, reason) => expect(await look(wanted)).toMatch(reason));

  it('the catalog is read by one statement for all tables, and columns have their types', async () => {
    const requests = ['orders', 'moods'].map((name) => request(folder.path, { key: name, name }));
    const warehouse = await open(requests, { url: 'shop.duckdb' });
    expect(warehouse.prepared.filter((text) => /duckdb_columns|information_schema/.test(text))).toHaveLength(1);
    const types = sourceOf(warehouse, 'moods').columns.map(({ name, type }) => [name, type.name]);
    expect(types).toEqual([
      ['m', 'string'],
      ['c', 'string'],
      ['s', 'struct'],
      ['not null', 'integer'],
    ]);
    const mood = columnOf(sourceOf(warehouse, 'moods'), 'm').value;
    const [row] = await rowsOf(
      warehouse,
      sql`select ${duckdbSql.text(mood)} = 'a' as same, ${duckdbSql.text(columnOf(sourceOf(warehouse, 'moods'), 'c').value)} = 'x' as other from ${sourceOf(warehouse, 'moods').scan}`,
    );
    expect({ ...row }).toEqual({ same: true, other: false });
    await warehouse.close();
  });

  it('a view that reads a file outside is an error of its own', async () => {
    await withTable(
      folder.path,
      { name: 'leak' },
      async (warehouse) => {
        const found = warehouse.tables.get('t');
        if (found && !('reason' in found))
          await expect(rowsOf(warehouse, sql`select * from ${found.scan}`)).rejects.toBeInstanceOf(EngineError);
      },
      { url: 'shop.duckdb' },
    );
  });

  it('no database there: the warehouse cannot be reached', async () => {
    await expect(open([request(folder.path, {})], { url: 'nothing.duckdb' })).rejects.toMatchObject({
      failure: 'unreachable',
    });
    await expect(open([request(folder.path, {})], { url: 'cut.csv' })).rejects.toMatchObject({
      failure: 'unreachable',
    });
  });
});

it('the registry loads the driver only when it is used', async () => {
  const entry = DIALECTS.find(({ type }) => type === 'duckdb');
  expect(await entry?.load()).toBe(duckdb);
});
