import { server } from '../servers/ask.ts';
import { SERVER_NAMES } from '../servers/server.ts';
import { csv } from './csv.ts';
import { duckdb, parquet } from './duckdb.ts';
import type { TestEngine } from './engine.ts';
import { mysqlEngine } from './mysql.ts';
import { postgresEngine } from './postgres.ts';

export type { CreatedTables, SpecTable, TestEngine } from './engine.ts';
export { csv };

const ALL: readonly TestEngine[] = [
  duckdb,
  parquet,
  postgresEngine('postgres'),
  postgresEngine('postgres15'),
  mysqlEngine('mariadb'),
  mysqlEngine('mysql'),
];

export const ENGINE_NAMES: readonly string[] = ALL.map(({ name }) => name);

/** What runs without being asked for. */
const DEFAULT = 'duckdb,parquet,postgres,postgres15,mariadb,mysql';

const wanted = (process.env['SURETY_TEST_ENGINES'] ?? DEFAULT).split(',').map((name) => name.trim());
const unknown = wanted.filter((name) => !ENGINE_NAMES.includes(name));
if (unknown.length > 0)
  throw new Error(`SURETY_TEST_ENGINES: ${unknown.join(', ')}; known: ${ENGINE_NAMES.join(', ')}`);

/** Engines whose server is missing on this machine are left out; the set-up tells which. */
async function isHere({ name }: TestEngine): Promise<boolean> {
  const needed = SERVER_NAMES.find((each) => each === name);
  return needed === undefined || !('missing' in (await server(needed)));
}

const chosen = ALL.filter(({ name }) => wanted.includes(name));
const here = await Promise.all(chosen.map(isHere));

/** Every engine that specs run on. */
export const ENGINES: readonly TestEngine[] = chosen.filter((_, at) => here[at]);
