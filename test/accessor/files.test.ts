import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../src/accessor/index.ts';
import type { ColumnDefinition, TableDefinition } from '../../src/model/table-definition.ts';
import { ROOT } from '../support/cli.ts';
import { anyTable, column } from './tables.ts';

let root: string;
let db: Kysely<unknown>;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'files-'));
  await mkdir(join(root, 'contracts'));
  db = connect({ dialect: 'duckdb', root });
});
afterAll(async () => {
  await db.destroy();
  await rm(root, { recursive: true });
});

type Reading = NonNullable<TableDefinition['files']>['read'];

function files(
  name: string,
  location: string,
  columns: readonly ColumnDefinition[],
  more: Partial<TableDefinition> & { readonly read?: Reading } = {},
): TableDefinition {
  const { read = { missing: [] }, ...rest } = more;
  return { name, location, files: { folder: 'contracts', read }, key: [], columns, ...rest };
}

function write(name: string, text: string): Promise<void> {
  return writeFile(join(root, 'contracts', name), text);
}

test('the contracts that are shipped can be read', async () => {
  await using shipped = connect({ dialect: 'duckdb', root: ROOT });
  const strikes = anyTable(
    files('strikes', 'data/birdstrikes.parquet', [
      column('airport', 'string', { required: true, physicalNames: ['Airport Name'] }),
      column('flight_date', 'date', { required: true, physicalNames: ['Flight Date'] }),
      column('speed', 'int16', { physicalNames: ['Speed IAS in knots'] }),
      column('fast', 'boolean', { as: '"Speed IAS in knots" > 300' }),
    ]),
  );
  expect(await strikes(shipped).count()).toBe(10_000);
  const fast = await strikes(shipped).select('flight_date', 'speed', 'fast').where('speed', '>', 340).execute();
  expect(fast).toEqual([{ flight_date: '1990-07-11', speed: 350, fast: true }]);
  const airports = anyTable(
    files('airports', 'data/airports.csv', [column('iata', 'string'), column('latitude', 'float64')], {
      key: ['iata'],
    }),
  );
  expect(await airports(shipped).byKey({ iata: 'ORD' })).toEqual({ iata: 'ORD', latitude: 41.979595 });
  const weather = anyTable(
    files('weather', 'data/weather.csv', [
      column('day', 'date', { physicalNames: ['date'] }),
      column('location', 'string'),
    ]),
  );
  let rows = 0;
  for await (const row of weather(shipped).stream()) rows += typeof row['day'] === 'string' ? 1 : 0;
  expect(rows).toBe(2922);
});

test('cells mean what they mean to a verification: marks, dates, missing texts', async () => {
  await write('prices.csv', 'Zone;Preis;ab\nA;1.234,5;01.02.2026\nB;n/a;31.12.2025\n'.replace('1.234,5', '1234,5'));
  const prices = anyTable(
    files(
      'prices',
      'prices.csv',
      [
        column('zone', 'string', { physicalNames: ['Gebiet', 'Zone'] }),
        column('price', 'decimal(8,2)', { physicalNames: ['Preis'] }),
        column('valid_from', 'date', { physicalNames: ['ab'], dateFormat: 'dd.MM.yyyy' }),
      ],
      { read: { missing: ['n/a'], delimiter: ';', decimal: ',' }, where: `"Zone" <> 'C'` },
    ),
  );
  expect(await prices(db).execute()).toEqual([
    { zone: 'A', price: '1234.50', valid_from: '2026-02-01' },
    { zone: 'B', price: null, valid_from: '2025-12-31' },
  ]);
  expect(await prices(db).query().select('zone as z').where('valid_from', '>', '2026-01-01').execute()).toEqual([
    { z: 'A' },
  ]);
});

test('a query over files is made before they are loaded', async () => {
  await write('lazy.jsonl', '{"id": 9007199254740993, "tags": ["a", null], "at": "2026-03-29T02:30:00.5+02:00"}\n');
  const lazy = anyTable(
    files('lazy', 'lazy.jsonl', [column('id', 'int64'), column('tags', 'array<string>'), column('at', 'instant')]),
  );
  const expected = [{ id: 9007199254740993n, tags: ['a', null], at: '2026-03-29T00:30:00.500000Z' }];
  expect(await lazy(db).query().selectAll().execute()).toEqual(expected);
  expect(await lazy(db).execute()).toEqual(expected);
});

test('a cell that does not fit its type is an error when its column is read, and only then', async () => {
  await write('odd.csv', 'id,amount\n1,2.50\n2,two\n');
  const odd = anyTable(files('odd', 'odd.csv', [column('id', 'int32'), column('amount', 'decimal(8,2)')]));
  await expect(odd(db).execute()).rejects.toThrow('"amount" does not fit its type in record 3 of odd.csv');
  await expect(odd(db).stream().next()).rejects.toThrow('in record 3');
  expect(await odd(db).select('id').execute()).toEqual([{ id: 1 }, { id: 2 }]);
});

test('a cell that does not fit its type is an error of the features and conditions that read it', async () => {
  await write('odd.csv', 'id,amount\n1,2.50\n2,two\n');
  const columns = [
    column('id', 'int32'),
    column('amount', 'decimal(8,2)'),
    column('twofold', 'decimal(12,2)', { as: 'amount * 2' }),
    column('next', 'int64', { as: 'id + 1' }),
  ];
  const odd = anyTable(files('odd', 'odd.csv', columns));
  await expect(odd(db).select('twofold').execute()).rejects.toThrow('"amount" does not fit its type in record 3');
  expect(await odd(db).select('next').where('id', '=', 2).execute()).toEqual([{ next: 3n }]);
  await expect(odd(db).query().select('twofold').execute()).rejects.toThrow('"amount" does not fit its type');
  const limited = anyTable(files('odd', 'odd.csv', columns, { where: 'amount > 1' }));
  await expect(limited(db).count()).rejects.toThrow('"amount" does not fit its type');
});

test('records that cannot be read are not passed over', async () => {
  await write('broken.csv', 'id,amount\n1,2\n2\n');
  const broken = anyTable(files('broken', 'broken.csv', [column('id', 'int32')]));
  await expect(broken(db).count()).rejects.toThrow(
    'broken: 1 of 2 records cannot be read; the first is record 3 of broken.csv',
  );
  await write('broken.csv', 'id,amount\n1,2\n2,3\n');
  expect(await broken(db).count()).toBe(2);
});

test('what is not there is said', async () => {
  await write('few.csv', 'id\n1\n');
  const lacking = anyTable(files('few', 'few.csv', [column('id', 'int32'), column('amount', 'int32')]));
  await expect(lacking(db).execute()).rejects.toThrow('few: few.csv has no column "amount"');
  const absent = anyTable(files('absent', 'absent.csv', [column('id', 'int32')]));
  await expect(absent(db).execute()).rejects.toThrow('absent: no file matches "absent.csv"');
  await write('empty.csv', '');
  expect(await anyTable(files('empty', 'empty.csv', [column('id', 'int32')]))(db).execute()).toEqual([]);
});

test('another location may be given, but none outside the project', async () => {
  await write('other.csv', 'id\n7\n');
  const given = anyTable(files('given', 'given.csv', [column('id', 'int32')]));
  expect(await given(db, { location: 'other.csv' }).execute()).toEqual([{ id: 7 }]);
  await expect(given(db, { location: '../../other.csv' }).execute()).rejects.toThrow('given:');
});

test('a connection that cannot read files says so at once', async () => {
  const table = anyTable(files('airports', 'airports.csv', [column('iata', 'string')]));
  const server = connect({ dialect: 'postgres', url: 'postgres://nobody@127.0.0.1:1/none' });
  expect(() => table(server)).toThrow(`"airports" is a table of files`);
  const database = connect({ dialect: 'duckdb', file: join(root, 'absent.duckdb') });
  expect(() => table(database)).toThrow(`connect({ dialect: 'duckdb' })`);
});
