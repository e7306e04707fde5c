import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { sql } from 'kysely';
import mysql from 'mysql2';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { type ConnectOptions, connect, defineTable } from '../../src/accessor/index.ts';
import { FACTS } from '../accessor/tables.ts';
import { startServer } from '../support/servers/index.ts';
import type { ServerName } from '../support/servers/server.ts';

/** Streams through an accessor against the same driver's own cursor, with the same columns and the same batch size. */

const ROWS = Number(process.argv[2] ?? 1_000_000);
const RUNS = Number(process.argv[3] ?? 5);
const BATCH = 1000;
const NAMES = ['id', 'customer', 'amount', 'quantity', 'rate', 'day', 'placed', 'paid'] as const;
const QUERY = `select ${NAMES.join(', ')} from stream_bench`;

const events = defineTable<Record<(typeof NAMES)[number], unknown>>({
  definition: {
    name: 'events',
    location: 'stream_bench',
    key: ['id'],
    columns: [
      { name: 'id', type: 'int64', required: true },
      { name: 'customer', type: 'string', required: true },
      { name: 'amount', type: 'decimal(12,2)', required: true },
      { name: 'quantity', type: 'int32', required: true },
      { name: 'rate', type: 'float64', required: true },
      { name: 'day', type: 'date', required: true },
      { name: 'placed', type: 'instant', required: true },
      { name: 'paid', type: 'boolean', required: true },
    ],
  },
  facts: FACTS,
  validators: {} as never,
});

/** An engine with the table in it. */
interface Case {
  readonly name: string;
  readonly options: ConnectOptions;
  /** Reads all rows by the driver alone; gives how many. */
  raw(): Promise<number>;
  stop(): Promise<void>;
}

const FILL = {
  postgres: `create table stream_bench as select i::bigint as id, 'customer ' || i % 5000 as customer,
    (i % 100000 / 7.0)::numeric(12,2) as amount, (i % 40)::integer as quantity, i / 3.0::double precision as rate,
    date '2020-01-01' + (i % 2000)::integer as day, timestamptz '2020-01-01 00:00:00.123456+00' + i * interval '1 minute' as placed,
    i % 3 = 0 as paid from generate_series(1, ${ROWS}) i`,
  mysql: `create table stream_bench as select cast(seq as signed) as id, concat('customer ', seq % 5000) as customer,
    cast(seq % 100000 / 7.0 as decimal(12,2)) as amount, cast(seq % 40 as integer) as quantity, seq / 3e0 as rate,
    date_add(date '2020-01-01', interval seq % 2000 day) as day,
    date_add(timestamp '2020-01-01 00:00:00.123456', interval seq minute) as placed, seq % 3 = 0 as paid from seq_1_to_${ROWS}`,
  duckdb: `create table stream_bench as select i::bigint as id, 'customer ' || i % 5000 as customer,
    (i % 100000 / 7.0)::decimal(12,2) as amount, (i % 40)::integer as quantity, i / 3.0::double as rate,
    date '2020-01-01' + (i % 2000)::integer as day, timestamptz '2020-01-01 00:00:00.123456+00' + to_minutes(i) as placed,
    i % 3 = 0 as paid from range(1, ${ROWS + 1}) t(i)`,
};

async function fill(options: ConnectOptions, statement: string): Promise<void> {
  const db = connect(options);
  await sql`drop table if exists stream_bench`.execute(db);
  await sql.raw(statement).execute(db);
  await db.destroy();
}

async function serverCase(name: ServerName): Promise<Case> {
  const server = await startServer(name);
  if ('missing' in server) throw new Error(server.missing);
  const url = new URL(server.url);
  if (name !== 'postgres') {
    const connection = mysql.createConnection(url.href);
    await connection.promise().query('create database if not exists stream_bench');
    await connection.promise().end();
    url.pathname = '/stream_bench';
  }
  const dialect = name === 'postgres' ? 'postgres' : 'mysql';
  const options: ConnectOptions = { dialect, url: url.href };
  await fill(options, FILL[dialect]);
  const raw = name === 'postgres' ? () => rawPostgres(url.href) : () => rawMysql(url.href);
  return { name, options, raw, stop: () => server.stop() };
}

async function rawPostgres(url: string): Promise<number> {
  const client = new pg.Client(url);
  await client.connect();
  const cursor = client.query(new Cursor(QUERY));
  let count = 0;
  for (;;) {
    const rows: Readonly<Record<string, unknown>>[] = await cursor.read(BATCH);
    if (rows.length === 0) break;
    for (const row of rows) if (row['id'] !== undefined) count++;
  }
  await client.end();
  return count;
}

async function rawMysql(url: string): Promise<number> {
  const connection = mysql.createConnection(url);
  let count = 0;
  for await (const row of connection.query(QUERY).stream({ highWaterMark: BATCH })) if (row.id !== undefined) count++;
  await connection.promise().end();
  return count;
}

async function duckdbCase(): Promise<Case> {
  const folder = await mkdtemp(join(tmpdir(), 'stream-'));
  const file = join(folder, 'bench.duckdb');
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(FILL.duckdb);
  connection.closeSync();
  instance.closeSync();
  return {
    name: 'duckdb',
    options: { dialect: 'duckdb', file },
    raw: () => rawDuckdb(file),
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}

async function rawDuckdb(file: string): Promise<number> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const result = await connection.stream(QUERY);
  let count = 0;
  for await (const rows of result.yieldRowObjects()) for (const row of rows) if (row['id'] !== undefined) count++;
  connection.closeSync();
  instance.closeSync();
  return count;
}

async function accessor(options: ConnectOptions): Promise<number> {
  const db = connect(options);
  let count = 0;
  for await (const row of events(db).stream({ batchSize: BATCH })) if (row.id !== undefined) count++;
  await db.destroy();
  return count;
}

async function seconds(run: () => Promise<number>): Promise<number> {
  const began = performance.now();
  const count = await run();
  if (count !== ROWS) throw new Error(`${count} rows, expected ${ROWS}`);
  return (performance.now() - began) / 1000;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

async function measure({ name, options, raw, stop }: Case): Promise<void> {
  const taken = { raw: [] as number[], accessor: [] as number[] };
  try {
    // Once for each before it counts.
    await raw();
    await accessor(options);
    for (let run = 0; run < RUNS; run++) {
      taken.raw.push(await seconds(raw));
      taken.accessor.push(await seconds(() => accessor(options)));
    }
  } finally {
    await stop();
  }
  const [driver, own] = [median(taken.raw), median(taken.accessor)];
  const ratio = `${Math.round((driver / own) * 100)} %`;
  console.log(`${name}: driver ${driver.toFixed(2)} s, accessor ${own.toFixed(2)} s: ${ratio} of its throughput`);
}

console.log(`${ROWS} rows of ${NAMES.length} columns, batches of ${BATCH}, medians of ${RUNS} runs each`);
const wanted = process.argv.slice(4);
const cases: Readonly<Record<string, () => Promise<Case>>> = {
  postgres: () => serverCase('postgres'),
  mariadb: () => serverCase('mariadb'),
  duckdb: duckdbCase,
};
for (const [name, open] of Object.entries(cases)) {
  if (wanted.length === 0 || wanted.includes(name)) await measure(await open());
}
