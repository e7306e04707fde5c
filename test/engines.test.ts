import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { SpecTable, TestEngine } from './support/engines/engine.ts';
import { mysqlEngine } from './support/engines/mysql.ts';
import { postgresEngine } from './support/engines/postgres.ts';
import { describeOn } from './support/servers/ask.ts';
import { type Connection, connect } from './support/servers/connect.ts';

interface Warehouse {
  readonly url: string;
  readonly schema?: string;
}

async function onTables(
  engine: TestEngine,
  tables: Readonly<Record<string, SpecTable>>,
  use: (reader: Connection, warehouse: Warehouse) => Promise<void>,
): Promise<void> {
  const created = await engine.create('', new Map(Object.entries(tables)));
  const { warehouses } = parse(created.surety) as { warehouses: { default: Warehouse } };
  const reader = await connect(warehouses.default.url);
  try {
    if (warehouses.default.schema) await reader.query(`set search_path to ${warehouses.default.schema}`);
    await use(reader, warehouses.default);
  } finally {
    await reader.close();
    await created.drop?.();
  }
}

/** Type → what a spec says and, where it differs, what is held. */
const VALUES: Readonly<Record<string, readonly [said: string, held?: unknown]>> = {
  varchar: ['o\'clock \\ "x" 😀 a '],
  bigint: ['-9223372036854775808'],
  integer: ['-2147483648'],
  smallint: ['32767'],
  'decimal(12,2)': ['1.005', '1.01'],
  'decimal(38,0)': ['99999999999999999999999999999999999999'],
  hugeint: ['170141183460469231731687303715884105727'],
  double: ['0.1'],
  real: ['0.25'],
  boolean: ['t', true],
  date: ['2026-03-29'],
  timestamp: ['2026-03-29 02:30:00.123456'],
  timestamptz: ['2026-03-29 02:30:00.123456', '2026-03-29 06:30:00.123456'],
  time: ['23:59:59.999999'],
  uuid: ['F47AC10B-58CC-4372-A567-0E02B2C3D479', 'f47ac10b-58cc-4372-a567-0e02b2c3d479'],
  blob: ['\\x00\\xAB', '00ab'],
  'struct(a varchar, b struct(c varchar))': ["{'a': 'x\"y', 'b': {'c': null}}", { a: 'x"y', b: { c: null } }],
  'varchar[]': ['[x, null]', ['x', null]],
  'map(varchar, integer)': ['{a=1, b=null}', { a: 1, b: null }],
};

const types = Object.keys(VALUES);
const every: SpecTable = {
  columns: Object.fromEntries(types.map((type, at) => [`c${at}`, type])),
  rows: [types.map((type) => VALUES[type]?.[0] ?? null), types.map(() => null)],
};

/** The drivers differ in what they make of a few types. */
function held(type: string, value: unknown): unknown {
  if (type === 'boolean') return value === 't' || value === 1;
  if (type === 'blob') return Buffer.isBuffer(value) ? value.toString('hex') : String(value).slice(2);
  if (typeof VALUES[type]?.[1] === 'object') return typeof value === 'string' ? JSON.parse(value) : value;
  return String(value);
}

await describeOn(['postgres', 'postgres15', 'mariadb', 'mysql'], 'an engine of specs', (server) => {
  const isMysql = server.url.startsWith('mysql:');
  const engine = isMysql ? mysqlEngine(server.name) : postgresEngine(server.name);

  test('holds the values that DuckDB reads in the texts', () =>
    onTables(engine, { 'odd "table`s': every }, async (reader) => {
      await reader.query(isMysql ? "set time_zone = '+00:00'" : "set timezone = 'UTC'");
      const isNested = (type: string): boolean => typeof VALUES[type]?.[1] === 'object';
      const columns = types.map((type, at) => {
        if (isMysql) return `c${at}`;
        if (isNested(type)) return `to_jsonb(c${at}) as c${at}`;
        return type === 'timestamptz' ? `c${at}::timestamp` : `c${at}`;
      });
      const table = isMysql ? '`odd "table``s`' : '"odd ""table`s"';
      const select = `select ${columns.join(', ')} from ${table} where c1 is`;
      const [[row], [nulls]] = [await reader.query(`${select} not null`), await reader.query(`${select} null`)];
      expect(types.map((type, at) => [type, held(type, row?.[`c${at}`])])).toEqual(
        types.map((type) => [type, VALUES[type]?.[1] ?? VALUES[type]?.[0]]),
      );
      expect(Object.values(nulls ?? {})).toEqual(types.map(() => null));
    }));

  test('lets the reader read its tables and no others, until it drops them', async () => {
    const one: SpecTable = { columns: { id: 'bigint' }, rows: [['1']] };
    let name = '';
    await onTables(engine, { t: one }, (reader, { url, schema }) => {
      name = schema ?? new URL(url).pathname.slice(1);
      return onTables(engine, { t: { ...one, rows: [] } }, async (other, second) => {
        expect(await reader.query('select id from t')).toHaveLength(1);
        expect(await other.query('select id from t')).toHaveLength(0);
        expect([second.schema, second.url]).not.toEqual([schema, url]);
        await expect(reader.query('insert into t values (2)')).rejects.toThrow(/denied/);
        await expect(reader.query('drop table t')).rejects.toThrow(/denied|owner/);
      });
    });
    const administrator = await connect(server.url);
    expect(
      await administrator.query(`select 1 from information_schema.schemata where schema_name = '${name}'`),
    ).toEqual([]);
    await administrator.close();
  });

  test('says what it cannot hold', async () => {
    const create = (type: string, text: string): Promise<unknown> =>
      engine.create('', new Map([['t', { columns: { c: type }, rows: [[text]] }]]));
    await expect(create('interval', '1 day')).rejects.toThrow(`${server.name} has nothing that holds interval`);
    if (!isMysql) {
      await expect(create('tinyint', '1')).rejects.toThrow('holds tinyint');
      return;
    }
    await expect(create('double', 'NaN')).rejects.toThrow(/for column .*c/i);
    await expect(create('timestamptz', '1969-12-31 00:00:00+00')).rejects.toThrow(/Incorrect datetime value.*c/);
    await expect(create('timestamptz', '2040-01-01 00:00:00+00')).rejects.toThrow(/Incorrect datetime value.*c/);
  });
});
