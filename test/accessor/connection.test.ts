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
  sql,
} from 'kysely';
import { createPool } from 'mysql2';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, mysqlSettings, postgresTypes, RowReadError } from '../../src/accessor/index.ts';
import { MYSQL_SESSION } from '../../src/accessor/session.ts';
import { ROOT } from '../support/cli.ts';
import { administrator } from '../support/engines/administrator.ts';
import { connect as connectServer } from '../support/servers/connect.ts';
import { ACCESSOR_ENGINES, type Place } from './engines.ts';
import { anyTable, column, createOrders, ORDERS_DEFINITION } from './tables.ts';

const run = promisify(execFile);
const ORDERS = anyTable(ORDERS_DEFINITION);
const tens = Array.from({ length: 500 }, (_, n) => `select ${n} as n`).join(' union all ');
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

describe.each(ACCESSOR_ENGINES.filter(({ key }) => key !== 'duckdb'))('what drivers lose on $name', (engine) => {
  let place: Place;
  const opened: Kysely<unknown>[] = [];
  const isMysql = engine.key === 'mysql';
  const columns = [
    column('id', 'int64', { required: true }),
    column('small', 'float32'),
    column('price', 'decimal(30,20)'),
    column('note', 'json'),
    column('seen', 'instant'),
    column('code', 'string'),
  ];
  const table = anyTable({ name: 'values_', key: ['id'], columns, freshness: { column: 'seen', within: {} } });
  const row = {
    id: 1n,
    small: Math.fround(1.2345678),
    price: '0.10000000000000000001',
    note: '123',
    seen: '2026-01-02T00:30:00.000000Z',
    code: 'ab',
  };

  beforeAll(async () => {
    const time = isMysql ? 'timestamp(6) null' : 'timestamptz';
    const seen = isMysql ? '2026-01-02 00:30:00' : '2026-01-02 00:30:00+00';
    place = await engine.create([
      `create table $s.values_ (id bigint, small ${isMysql ? 'float' : 'real'}, price decimal(30,20), note json, seen ${time}, code char(5))`,
      `insert into $s.values_ values (1, 1.2345678, 0.10000000000000000001, '"123"', '${seen}', 'ab')`,
    ]);
  });
  afterAll(async () => {
    for (const db of opened) await db.destroy();
    await place?.drop();
  });

  const over = (settings: object, statement?: string, of = table) => {
    const pool = isMysql
      ? createPool({ uri: place.address, ...settings })
      : new pg.Pool({ connectionString: place.address, ...settings });
    if (statement)
      pool.on('connection' as never, (connection: { query(text: string): void }) => connection.query(statement));
    if (statement)
      pool.on('connect' as never, (connection: { query(text: string): void }) => connection.query(statement));
    const dialect = isMysql ? new MysqlDialect({ pool: pool as never }) : new PostgresDialect({ pool: pool as never });
    const db = new Kysely<unknown>({ dialect });
    opened.push(db);
    return of(db, { schema: place.schema });
  };
  const utc = isMysql ? `set time_zone = '+00:00'` : `set timezone = 'UTC'`;
  const floats = isMysql
    ? { decimalNumbers: true }
    : { types: { getTypeParser: (oid: number) => (oid === 1700 ? Number.parseFloat : pg.types.getTypeParser(oid)) } };

  test.each([
    ['the defaults', {}],
    ['decimals as floats', floats],
  ])('is read in full by execute, with %s', async (_, settings) => {
    expect(await over(settings, utc).execute()).toEqual([row]);
    expect(await table(place.db, { schema: place.schema }).execute()).toEqual([row]);
  });

  test('is read in full by a query, or told', async () => {
    const exact = over(isMysql ? mysqlSettings : { types: postgresTypes(pg.types) }, utc);
    // A text of fixed width is padded in a query of PostgreSQL, as everything in it is the engine's own.
    const code = isMysql ? 'ab' : 'ab   ';
    expect(await exact.query().selectAll().execute()).toEqual([{ ...row, code }]);
    const lossy = over(floats, utc).query().select('price').execute();
    expect(await reasonOf(lossy)).toContain('price: the driver made it a float');
    await expect(over(floats, utc).query().select('price').execute()).rejects.toBeInstanceOf(RowReadError);
    expect(await over({}, utc).query().select('note').execute()).toEqual([{ note: '123' }]);
  });

  test('is no matter to freshness', async () => {
    const at = new Date('2026-01-02T01:30:00Z');
    expect(await over({}, utc).freshness(at)).toMatchObject({ newest: row.seen, age: 3_600_000 });
  });

  test('SQL of the contract about times is not run in another zone', async () => {
    const day = column('day', 'date', { as: 'cast(seen as date)' });
    const dated = anyTable({ name: 'values_', key: [], columns: [...columns, day] });
    const zone = isMysql ? `set time_zone = '-05:00'` : `set timezone = 'America/New_York'`;
    const elsewhere = over(isMysql ? mysqlSettings : {}, zone, dated);
    expect(await reasonOf(elsewhere.select('day').execute())).toContain('are in the zone');
    expect(
      await over(isMysql ? mysqlSettings : {}, utc, dated)
        .select('day')
        .execute(),
    ).toEqual([{ day: '2026-01-02' }]);
    const plain = anyTable({ name: 'values_', key: [], columns: [column('id', 'int64')], where: 'id > 0' });
    expect(await over({}, zone, plain).execute()).toEqual([{ id: 1n }]);
  });

  test('SQL of the contract means the same whatever the mode of the server is', async () => {
    if (!isMysql) return;
    const where = 'code = "ab" and not id between 5 and 6';
    const some = anyTable({ name: 'values_', key: [], columns, where });
    const own = await connectServer(place.address);
    try {
      for (const other of ['HIGH_NOT_PRECEDENCE', 'ANSI_QUOTES', 'PAD_CHAR_TO_FULL_LENGTH', 'ANSI']) {
        const mode = `session sql_mode = concat(@@sql_mode, ',${other}')`;
        expect(await reasonOf(over(mysqlSettings, `${utc}, ${mode}`, some).execute())).toContain('the sql_mode');
        // As the sessions of `connect` begin on a server that is set so.
        await own.query(`set ${mode}`);
        await own.query(MYSQL_SESSION);
        const [found] = await own.query('select @@session.sql_mode as mode');
        expect(found?.['mode']).not.toMatch(/HIGH_NOT|ANSI|PAD_CHAR|PIPES/);
        expect(found?.['mode']).toContain('STRICT_TRANS_TABLES');
      }
    } finally {
      await own.close();
    }
    await using db = connect({ dialect: 'mysql', url: place.address });
    expect(await some(db, { schema: place.schema }).select('code').execute()).toEqual([{ code: 'ab' }]);
  });

  test('withSchema of Kysely is refused in words', () => {
    expect(() => table(place.db.withSchema('elsewhere'))).toThrow('{ schema }');
  });

  test.each(['stream', 'transaction'])('a connection that is lost in a %s is an error', async (use) => {
    const long = anyTable({ name: 'many', key: [], columns: [column('id', 'int64')] });
    const { connection } = await administrator(engine.name as never);
    const numbers = isMysql
      ? `select a.n * 1000 + b.n as id from (${tens}) a, (${tens}) b`
      : 'select generate_series(1, 250000) as id';
    await connection.query(`create table if not exists ${place.schema}.many as ${numbers}`);
    await using db = connect({ dialect: engine.key, url: place.address } as never);
    const kill = async (own: bigint | number | string): Promise<void> => {
      await connection.query(isMysql ? `kill ${own}` : `select pg_terminate_backend(${own})`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    };
    const ownId = sql<{
      readonly id: string;
    }>`select ${sql.raw(isMysql ? 'connection_id()' : 'pg_backend_pid()')} as id`;
    const reading = async (): Promise<number> => {
      if (use === 'stream') {
        // The only connection: the next statement of the pool tells its id beforehand.
        await using one = connect({ dialect: engine.key, url: place.address, connections: 1 } as never);
        const [found] = (await ownId.execute(one)).rows;
        let count = 0;
        for await (const _ of long(one, { schema: place.schema }).stream({ batchSize: 10 })) {
          count += 1;
          if (count === 5) await kill(found?.id ?? '');
        }
        return count;
      }
      return db.transaction().execute(async (tx) => {
        const [found] = (await ownId.execute(tx)).rows;
        await kill(found?.id ?? '');
        return long(tx, { schema: place.schema }).count();
      });
    };
    expect(
      await Promise.race([reasonOf(reading() as never), new Promise((r) => setTimeout(r, 15_000, 'hangs'))]),
    ).not.toMatch(/hangs|no error/);
    // The next statement has another one.
    expect(await long(db, { schema: place.schema }).count()).toBeGreaterThan(0);
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
