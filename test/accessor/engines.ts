import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Kysely } from 'kysely';
import { connect } from '../../src/accessor/index.ts';
import { administrator } from '../support/engines/administrator.ts';
import { ENGINES } from '../support/engines/index.ts';
import type { ServerName } from '../support/servers/server.ts';

export type EngineKey = 'postgres' | 'mysql' | 'duckdb';

/** A schema of its own on a real engine. */
export interface Place {
  readonly schema: string;
  /** Url of a server, file of DuckDB. */
  readonly address: string;
  /** By `connect`. */
  readonly db: Kysely<unknown>;
  drop(): Promise<void>;
}

export interface AccessorEngine {
  readonly name: string;
  /** Which SQL it speaks. */
  readonly key: EngineKey;
  quote(name: string): string;
  /** Runs the statements in a new schema, whose name `$s` stands for. */
  create(statements: readonly string[]): Promise<Place>;
}

const doubled = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const backquoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

function serverEngine(name: ServerName, key: 'postgres' | 'mysql'): AccessorEngine {
  return {
    name,
    key,
    quote: key === 'mysql' ? backquoted : doubled,
    async create(statements) {
      const { server, connection } = await administrator(name);
      const schema = `accessor_${randomBytes(6).toString('hex')}`;
      const url = new URL(server.url);
      if (key === 'mysql') url.pathname = `/${schema}`;
      await connection.query(`create schema ${schema}`);
      for (const each of statements) await connection.query(each.replaceAll('$s', schema));
      const db = connect({ dialect: key, url: url.href });
      return {
        schema,
        address: url.href,
        db,
        async drop() {
          await db.destroy();
          await connection.query(`drop schema ${schema}${key === 'postgres' ? ' cascade' : ''}`);
        },
      };
    },
  };
}

const duckdbEngine: AccessorEngine = {
  name: 'duckdb',
  key: 'duckdb',
  quote: doubled,
  async create(statements) {
    const folder = await mkdtemp(join(tmpdir(), 'accessor-'));
    const file = join(folder, 'test.duckdb');
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    await connection.run(`set timezone = 'UTC'`);
    for (const each of statements) await connection.run(each.replaceAll('$s', 'main'));
    connection.closeSync();
    instance.closeSync();
    const db = connect({ dialect: 'duckdb', file });
    return {
      schema: 'main',
      address: file,
      db,
      async drop() {
        await db.destroy();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};

const ALL: readonly AccessorEngine[] = [
  duckdbEngine,
  serverEngine('postgres', 'postgres'),
  serverEngine('postgres15', 'postgres'),
  serverEngine('mariadb', 'mysql'),
  serverEngine('mysql', 'mysql'),
];

/** Those that this run tests. */
export const ACCESSOR_ENGINES = ALL.filter(({ name }) => ENGINES.some((each) => each.name === name));
