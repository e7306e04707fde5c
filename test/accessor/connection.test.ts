import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import {
  type Dialect,
  DummyDriver,
  Kysely,
  MysqlDialect,
  PostgresDialect,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { createPool } from 'mysql2';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, mysqlSettings, postgresTypes } from '../../src/accessor/index.ts';
import { ROOT } from '../support/cli.ts';
import { ACCESSOR_ENGINES, type Place } from './engines.ts';
import { anyTable, createOrders, ORDERS_DEFINITION } from './tables.ts';

const run = promisify(execFile);
const ORDERS = anyTable(ORDERS_DEFINITION);
const ALL = ['shop', 'number', 'channel', 'status', 'amount', 'placed_at'] as const;

async function reasonOf(reading: Promise<unknown>): Promise<string> {
  return reading.then(
    () => 'no error',
    (error: Error) => error.message,
  );
}

describe.each(ACCESSOR_ENGINES.filter(({ key }) => key !== 'duckdb'))('on $name a connection of the user', (engine) => {
  let place: Place;
  const opened: Kysely<unknown>[] = [];

  beforeAll(async () => {
    place = await engine.create(createOrders(engine));
  });
  afterAll(async () => {
    for (const db of opened) await db.destroy();
    await place?.drop();
  });

  const over = (dialect: Dialect): ReturnType<typeof ORDERS> => {
    const db = new Kysely<unknown>({ dialect });
    opened.push(db);
    return ORDERS(db, { schema: place.schema });
  };
  const mysql = (settings: object, statement?: string): Dialect => {
    const pool = createPool({ uri: place.address, ...settings });
    if (statement) pool.on('connection', (connection) => connection.query(statement));
    return new MysqlDialect({ pool });
  };
  const postgres = (settings: object): Dialect =>
    new PostgresDialect({ pool: new pg.Pool({ connectionString: place.address, ...settings }), cursor: Cursor });

  test.each(['lose nothing', 'are the defaults'])('reads the same rows where its settings %s', async (settings) => {
    const isExact = settings === 'lose nothing';
    const orders = over(
      engine.key === 'mysql'
        ? mysql(isExact ? mysqlSettings : {}, `set time_zone = '+00:00'`)
        : postgres(isExact ? { types: postgresTypes(pg.types) } : {}),
    );
    const byNumber = (rows: readonly object[]): string[] =>
      rows.map((row) => JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? String(value) : value))).sort();
    const expected = byNumber(await ORDERS(place.db, { schema: place.schema }).execute());
    expect(byNumber(await orders.execute())).toEqual(expected);
    const streamed: object[] = [];
    for await (const row of orders.stream({ batchSize: 2 })) streamed.push(row);
    expect(byNumber(streamed)).toEqual(expected);
    if (isExact) expect(byNumber(await orders.query().select(ALL).execute())).toEqual(expected);
  });

  test('is told what its settings lose in a query of Kysely', async () => {
    const orders = over(engine.key === 'mysql' ? mysql({}, `set time_zone = '+00:00'`) : postgres({}));
    expect(await reasonOf(orders.query().select('placed_at').execute())).toMatch(/placed_at: .*Date/);
  });

  test('is refused where its sessions of MySQL are in another zone', async () => {
    if (engine.key !== 'mysql') return;
    const orders = over(mysql(mysqlSettings, `set time_zone = '+02:00'`));
    expect(await reasonOf(orders.execute())).toContain(`the sessions of this connection are in the zone "+02:00"`);
    expect(await reasonOf(orders.query().selectAll().execute())).toContain('the zone "+02:00"');
  });
});

test('an engine that accessors do not read is refused', () => {
  const db = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (of) => new SqliteIntrospector(of),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  expect(() => ORDERS(db)).toThrow('accessors read PostgreSQL, MySQL, MariaDB and DuckDB');
  expect(() => connect({ dialect: 'sqlite' } as never)).toThrow('"sqlite" is no dialect');
});

test('an address that leads nowhere is an error of the first query, without the password', async () => {
  for (const dialect of ['postgres', 'mysql'] as const) {
    await using db = connect({ dialect, url: `${dialect}://me:s3cret@127.0.0.1:1/none` });
    const message = await reasonOf(ORDERS(db).execute());
    expect(message).toContain('ECONNREFUSED');
    expect(message).not.toContain('s3cret');
    await using strange = connect({ dialect, url: 's3cret' });
    const other = await reasonOf(ORDERS(strange).execute());
    expect(other).toContain('the url of "connect"');
    expect(other).not.toContain('s3cret');
  }
  await using none = connect({ dialect: 'duckdb', file: '/nowhere/at/all.duckdb' });
  expect(await reasonOf(ORDERS(none).execute())).toMatch(/nowhere/);
});

describe('a driver that is not installed', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drivers-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each([
    ['postgres', { url: 'postgres://me@127.0.0.1/x' }, ['pg', 'pg-cursor'], 'npm install pg pg-cursor'],
    ['mysql', { url: 'mysql://me@127.0.0.1/x' }, ['mysql2'], 'npm install mysql2'],
    ['duckdb', {}, ['@duckdb/node-api'], 'npm install @duckdb/node-api'],
  ])('of %s gives the command that installs it', async (dialect, options, packages, command) => {
    const hooks = `export async function resolve(name, context, next) {
      if (${JSON.stringify(packages)}.includes(name))
        throw Object.assign(new Error('Cannot find package ' + name), { code: 'ERR_MODULE_NOT_FOUND' });
      return next(name, context);
    }`;
    const script = `
      import { register } from 'node:module';
      register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}));
      const { connect } = await import(${JSON.stringify(pathToFileURL(join(ROOT, 'src/accessor/index.ts')).href)});
      const { sql } = await import(${JSON.stringify(pathToFileURL(join(ROOT, 'src/sql/kysely.ts')).href)});
      const db = connect(${JSON.stringify({ dialect, ...options })});
      await sql\`select 1\`.execute(db).catch((error) => console.log(error.message));`;
    const file = join(folder, `${dialect}.mts`);
    await writeFile(file, script);
    const { stdout } = await run(process.execPath, ['--import', 'tsx', file], { cwd: ROOT });
    expect(stdout).toContain(command);
  });
});

describe.each(ACCESSOR_ENGINES)('on $name the schema', (engine) => {
  let place: Place;

  beforeAll(async () => {
    place = await engine.create(createOrders(engine));
  });
  afterAll(() => place?.drop());

  test('of the contract is read, and that of the caller in its place', async () => {
    const elsewhere = `${ORDERS_DEFINITION.location ?? ORDERS_DEFINITION.name}`;
    const declared = anyTable({ ...ORDERS_DEFINITION, schema: place.schema });
    expect(await declared(place.db).count()).toBeGreaterThan(0);
    const moved = anyTable({ ...ORDERS_DEFINITION, schema: 'nowhere', location: `nowhere.${elsewhere}` });
    expect(await moved(place.db, { schema: place.schema }).count()).toBeGreaterThan(0);
    expect(await moved(place.db, { location: `${place.schema}.${elsewhere}` }).count()).toBeGreaterThan(0);
    await expect(moved(place.db).count()).rejects.toThrow('nowhere');
  });
});
