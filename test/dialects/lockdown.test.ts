import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duckdbSql } from '../../src/dialects/duckdb/expressions.ts';
import { EngineError, type Session, type Warehouse } from '../../src/sql/dialect.ts';
import { type Folder, folderWith, make, open, request, sourceOf } from './open-files.ts';

let folder: Folder;
let files: Warehouse;
let database: Warehouse;
let before: Readonly<Record<string, string>>;

function hashes(path: string): Readonly<Record<string, string>> {
  const found = readdirSync(path, { recursive: true })
    .map(String)
    .filter((name) => statSync(join(path, name)).isFile());
  return Object.fromEntries(
    found.sort().map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(path, name)))
        .digest('hex'),
    ]),
  );
}

beforeAll(async () => {
  folder = folderWith({ 'text.csv': 'a,b\n1,x\n', 'neighbour.csv': 'secret\n1\n' });
  await make(':memory:', `copy (select 1 as a, 'x' as b) to '${folder.path}/own.parquet'`);
  await make(`${folder.path}/shop.duckdb`, `create table orders as select 1 as a, 'x' as b`);
  before = hashes(folder.path);
  files = await open([
    request(folder.path, { key: 'p', location: 'own.parquet' }),
    request(folder.path, { key: 'c', location: 'text.csv', columns: { a: 'int32' } }),
  ]);
  database = await open([request(folder.path, { key: 'd', name: 'orders' })], {
    url: join(folder.path, 'shop.duckdb'),
  });
});

afterAll(async () => {
  await files.close();
  await database.close();
  expect(hashes(folder.path)).toEqual(before);
  folder.remove();
});

/** Statements that a contract must not get through; FOLDER is the folder of the files. */
const STATEMENTS = [
  `copy (select 1) to 'FOLDER/own.parquet'`,
  `copy (select 1) to 'FOLDER/own.parquet' (use_tmp_file false)`,
  `copy (select 1) to 'FOLDER/new.csv'`,
  `attach 'FOLDER/shop.duckdb' as other`,
  `attach ':memory:' as other`,
  `detach memory`,
  `install httpfs`,
  `load httpfs`,
  `set threads = 1`,
  `set global enable_external_access = true`,
  `reset memory_limit`,
  `pragma enable_profiling`,
  `export database 'FOLDER/out'`,
  `import database 'FOLDER/out'`,
  `create table z (a int)`,
  `create temp table z (a int)`,
  `create view z as select 1`,
  `create macro z() as 1`,
  `insert into orders values (2, 'y')`,
  `delete from orders`,
  `update orders set a = 2`,
  `drop table orders`,
  `with x as (insert into orders values (2, 'y') returning a) select a from x`,
  `call pragma_version()`,
  `prepare z as select 1`,
  `begin transaction`,
  `commit`,
  `checkpoint`,
  `vacuum`,
  `use other`,
  `explain select 1`,
  `select 1; select 2`,
  `select 1) q; drop table orders; --`,
  `select 1 /* not closed`,
];

/** Expressions that read what is not the contract's business, as relations. */
const RELATIONS = [
  `read_text('/etc/passwd')`,
  `read_blob('/etc/passwd')`,
  `read_csv('/etc/passwd')`,
  `read_csv('FOLDER/neighbour.csv')`,
  `read_csv_auto('FOLDER/neighbour.csv')`,
  `read_text('FOLDER/text.csv')`,
  `read_json('FOLDER/neighbour.csv')`,
  `read_parquet('FOLDER/*.parquet')`,
  `parquet_metadata('FOLDER/nothing.parquet')`,
  `sniff_csv('FOLDER/neighbour.csv')`,
  `'FOLDER/neighbour.csv'`,
  `'/etc/passwd'`,
  `glob('FOLDER/*')`,
  `glob('/etc/*')`,
  `query('copy (select 1) to ''FOLDER/new.csv''')`,
  `query('select * from read_text(''/etc/passwd'')')`,
  `read_csv('http://127.0.0.1:9/x.csv')`,
  `read_parquet('https://127.0.0.1:9/x.parquet')`,
  `read_parquet('s3://bucket/x.parquet')`,
  `'http://127.0.0.1:9/x.csv'`,
  `query('select 1')`,
  `enable_logging()`,
  `"Enable_Logging"(level = 'debug', storage = 'file', storage_config = {'path': 'FOLDER'})`,
  `enable_profiling()`,
  `checkpoint()`,
  `force_checkpoint()`,
  `truncate_duckdb_logs()`,
  `arrow_scan(1::ubigint, 2::ubigint, 3::ubigint)`,
  `seq_scan('orders')`,
  `json_execute_serialized_sql(json_serialize_sql('select 1'))`,
  `read_duckdb('FOLDER/shop.duckdb')`,
  `main.query('select 1')`,
  `(select 1 limit (select count(*) from query('select 1')))`,
  `sqlite_scan('x.db', 't')`,
  `postgres_query('', 'select 1')`,
];

const EXPRESSIONS = [`getenv('HOME')`, ...RELATIONS.map((relation) => `(select count(*) from ${relation})`)];

/** The ways that text of a contract takes into a statement. */
const DOORS: Readonly<Record<string, (text: string, table: string) => string>> = {
  'row condition': (text, table) => `select count(case when (\n${text}\n) then 1 end) as m0 from ${table}`,
  aggregate: (text, table) => `select count(*) as m0, (\n${text}\n) as m1 from ${table}`,
  'failing rows': (text) => `select count(*) as failing from (\n${text}\n) q`,
  statement: (text) => `select * from (\n${text}\n) q limit 2`,
  'the whole statement': (text) => text,
};

async function attempt(session: Session, text: string): Promise<'refused' | 'answered'> {
  try {
    await session.run({ sql: text.replaceAll('FOLDER', folder.path), parameters: [] }, { timeout: 20_000 });
    return 'answered';
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    expect(error.failure).toBe('failed');
    return 'refused';
  }
}

describe.each(['files', 'database'] as const)('contract SQL over %s', (kind) => {
  const warehouse = (): Warehouse => (kind === 'files' ? files : database);
  const table = (): string => duckdbSql.compile(sql`${sourceOf(warehouse(), kind === 'files' ? 'c' : 'd').scan}`).sql;

  it.each(Object.keys(DOORS))('nothing forbidden gets through the door "%s"', async (name) => {
    const door = DOORS[name];
    if (!door) throw new Error('no door');
    const session = await warehouse().session({ timeout: 60_000 });
    const texts = [...STATEMENTS, ...EXPRESSIONS, ...RELATIONS.map((relation) => `select * from ${relation}`)];
    const answered: string[] = [];
    for (const text of texts) {
      if ((await attempt(session, door(text, table()))) === 'answered') answered.push(text);
      // The session lives on: one refused text costs nothing else.
      expect(await attempt(session, 'select 1 as one')).toBe('answered');
    }
    await session.close();
    expect(answered).toEqual([]);
    expect(hashes(folder.path)).toEqual(before);
  });

  it('what is allowed still works: comments at the end, sub-selects, its own tables', async () => {
    const session = await warehouse().session({ timeout: 60_000 });
    const own = table();
    expect(await attempt(session, `select count(*) from (\nselect * from ${own} -- the end\n) q`)).toBe('answered');
    expect(await attempt(session, `select * from range(3) r, unnest([1, 2]) u, json_each('[1]') j`)).toBe('answered');
    expect(await attempt(session, `with x as (select a from ${own}) select * from x`)).toBe('answered');
    await session.close();
  });

  it('a runaway statement ends within its limit and two seconds, and the session lives on', async () => {
    const session = await warehouse().session({ timeout: 60_000 });
    const began = Date.now();
    const run = session.run(
      {
        sql: 'select count(*) from range(100000000) a, range(100000) b where (a.range * b.range) % 7 = 3',
        parameters: [],
      },
      { timeout: 500 },
    );
    await expect(run).rejects.toMatchObject({ failure: 'time-out' });
    expect(Date.now() - began).toBeLessThan(2500);
    expect(await attempt(session, 'select 1')).toBe('answered');
    await session.close();
  });

  it('an abort ends a statement as cancelled, before or while it runs', async () => {
    const session = await warehouse().session({ timeout: 60_000 });
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 200);
    const statement = {
      sql: 'select count(*) from range(100000000) a, range(100000) b where (a.range * b.range) % 7 = 3',
      parameters: [],
    };
    await expect(session.run(statement, { timeout: 60_000, signal: abort.signal })).rejects.toMatchObject({
      failure: 'cancelled',
    });
    await expect(
      session.run({ sql: 'select 1', parameters: [] }, { timeout: 60_000, signal: abort.signal }),
    ).rejects.toMatchObject({ failure: 'cancelled' });
    expect(await attempt(session, 'select 1')).toBe('answered');
    await session.close();
  });
});

it('closing a warehouse interrupts what runs, and never throws', async () => {
  const warehouse = await open([request(folder.path, { key: 'p', location: 'own.parquet' })]);
  const session = await warehouse.session({ timeout: 60_000 });
  const run = session.run(
    {
      sql: 'select count(*) from range(100000000) a, range(100000) b where (a.range * b.range) % 7 = 3',
      parameters: [],
    },
    { timeout: 60_000 },
  );
  const ended = expect(run).rejects.toBeInstanceOf(EngineError);
  const began = Date.now();
  await warehouse.close();
  await ended;
  expect(Date.now() - began).toBeLessThan(3000);
  await warehouse.close();
  await session.close();
});
