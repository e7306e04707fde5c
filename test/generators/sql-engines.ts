import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { GeneratorInput, Note } from '../../generators/generator.ts';
import { duckdb } from '../../generators/sql/duckdb.ts';
import type { DdlEngine } from '../../generators/sql/engine.ts';
import { mariadb, mysql } from '../../generators/sql/mysql.ts';
import { postgres } from '../../generators/sql/postgres.ts';
import { generate } from '../../generators/sql.ts';
import { loadContracts } from '../../src/contract/load.ts';
import { verify } from '../../src/engine/verify.ts';
import type { Run } from '../../src/model/run.ts';
import { writeProject } from '../support/project-folder.ts';
import { serverProject } from '../support/server-project.ts';
import { server } from '../support/servers/ask.ts';
import { inputOf } from './input.ts';

/** A database whose tables are made by generated statements. */
export interface DdlDatabase {
  readonly name: string;
  readonly engine: DdlEngine;
  /** Whether it keeps conditions: MySQL does since 8.0.16. */
  readonly keepsChecks: boolean;
  /** Rows as texts; throws what the engine says. */
  query(sql: string): Promise<readonly (readonly (string | null)[])[]>;
  /** Creates the tables of these contracts (file → text); `$s` in them stands for a schema of their own. */
  create(contracts: Readonly<Record<string, string>>): Promise<Created>;
  close(): Promise<void>;
}

export interface Created {
  readonly input: GeneratorInput;
  readonly notes: readonly Note[];
  readonly texts: readonly string[];
  readonly schema: string;
  verify(): Promise<Run>;
  drop(): Promise<void>;
}

const NAMES = ['postgres', 'postgres15', 'mariadb', 'mysql', 'duckdb'] as const;
export type DatabaseName = (typeof NAMES)[number];
export const DATABASES: readonly DatabaseName[] = NAMES;

const ENGINES: Readonly<Record<DatabaseName, DdlEngine>> = { postgres, postgres15: postgres, mariadb, mysql, duckdb };

/** Undefined where the server is missing on this machine. */
export async function openDatabase(name: DatabaseName): Promise<DdlDatabase | undefined> {
  return name === 'duckdb' ? openDuckdb() : openServer(name);
}

/** The statements of a generated file. */
function statementsOf(text: string): readonly string[] {
  return text.split(/;\n/).filter((statement) => statement.trim() !== '');
}

async function made(folder: string, engine: DdlEngine) {
  const input = await inputOf(folder);
  const { files, notes } = generate(input, { dialect: engine.name });
  return { input, notes, texts: files.map(({ text }) => text) };
}

async function writeContracts(
  folder: string,
  contracts: Readonly<Record<string, string>>,
  schema: string,
): Promise<void> {
  await rm(join(folder, 'contracts'), { recursive: true, force: true });
  await mkdir(join(folder, 'contracts'), { recursive: true });
  for (const [file, text] of Object.entries(contracts)) {
    await writeFile(join(folder, 'contracts', file), text.replaceAll('$s', schema));
  }
}

async function verifyIn(folder: string): Promise<Run> {
  const loaded = await loadContracts([join(folder, 'contracts')]);
  return verify(loaded, {});
}

const surety = (type: string, url: string): string =>
  `warehouses: { w: { type: ${type}, url: "${url}" } }\nparties: { ann: { name: Ann } }\n`;

async function openServer(name: Exclude<DatabaseName, 'duckdb'>): Promise<DdlDatabase | undefined> {
  const found = await server(name);
  if ('missing' in found) return undefined;
  const project = await serverProject(found, []);
  const engine = ENGINES[name];
  const isMysql = engine.name === 'mysql' || engine.name === 'mariadb';
  await project.surety(surety(isMysql ? 'mysql' : 'postgres', project.url));
  const run = async (sql: string): Promise<readonly (readonly (string | null)[])[]> => {
    const rows = await project.admin.query(sql);
    return rows.map((row) => Object.values(row).map((value) => (value === null ? null : String(value))));
  };
  await run(isMysql ? `use ${project.schema}` : `set search_path to ${project.schema}`);
  if (isMysql) await run(`set sql_mode = 'STRICT_ALL_TABLES'`);
  return {
    name,
    engine,
    keepsChecks: name !== 'mysql',
    query: run,
    async create(contracts) {
      const schema = `ddl_${randomBytes(6).toString('hex')}`;
      await writeContracts(project.folder, contracts, schema);
      const { input, notes, texts } = await made(project.folder, engine);
      const schemas = texts.flatMap((text) =>
        [...text.matchAll(/^create schema if not exists (.*);$/gm)].map(([, each]) => each as string),
      );
      const drop = async (): Promise<void> => {
        for (const each of schemas) await run(`drop schema if exists ${each}${isMysql ? '' : ' cascade'}`);
        await run('drop table if exists do_it');
      };
      try {
        for (const statement of texts.flatMap(statementsOf)) await run(statement);
        for (const each of [...schemas, engine.quote(project.schema)]) {
          // A wildcard in the name of a database of MySQL's is not one behind a backslash.
          if (isMysql) await run(`grant select on ${each.replaceAll('_', '\\_')}.* to ${project.reader}`);
          else {
            await run(`grant usage on schema ${each} to ${project.reader}`);
            await run(`grant select on all tables in schema ${each} to ${project.reader}`);
          }
        }
      } catch (error) {
        await drop();
        throw error;
      }
      return { input, notes, texts, schema, verify: () => verifyIn(project.folder), drop };
    },
    close: () => project.drop(),
  };
}

async function openDuckdb(): Promise<DdlDatabase> {
  const folder = await writeProject({ 'surety.yaml': surety('duckdb', 'made.duckdb') });
  const path = join(folder, 'made.duckdb');
  let instance = await DuckDBInstance.create(path);
  let connection = await instance.connect();
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  const run = async (sql: string): Promise<readonly (readonly (string | null)[])[]> => {
    const rows = await (await connection.run(sql)).getRows();
    return rows.map((row) => row.map((value) => (value === null ? null : String(value))));
  };
  return {
    name: 'duckdb',
    engine: duckdb,
    keepsChecks: true,
    query: run,
    async create(contracts) {
      const schema = `ddl_${randomBytes(6).toString('hex')}`;
      await writeContracts(folder, contracts, schema);
      const { input, notes, texts } = await made(folder, duckdb);
      for (const statement of texts.flatMap(statementsOf)) await run(statement);
      return {
        input,
        notes,
        texts,
        schema,
        async verify() {
          // Only one opens the file at a time.
          close();
          const result = await verifyIn(folder);
          instance = await DuckDBInstance.create(path);
          connection = await instance.connect();
          return result;
        },
        drop: async () => {
          for (const [table] of await run(
            `select '"' || replace(schema_name, '"', '""') || '"' from duckdb_schemas() where schema_name like '%${schema}%'`,
          )) {
            await run(`drop schema ${table} cascade`);
          }
          await run('drop table if exists do_it');
        },
      };
    },
    async close() {
      close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The fixture's contracts in schemas of the test's own and on its one warehouse. */
export async function fixtureContracts(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = await readdir(join(folder, 'contracts'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, 'contracts', name), 'utf8')));
  return Object.fromEntries(
    names.map((name, at) => [
      name,
      (texts[at] ?? '')
        .replaceAll('location: sales.', 'location: $s.')
        .replaceAll('"we""ird"', '"we""ird_$s"')
        .replace(/^warehouse: .*$/m, 'warehouse: w')
        .replace(/^raci: .*$/m, 'raci: { responsible: ann, accountable: ann }')
        .replaceAll('raci: { responsible: crm-eng }', 'raci: { responsible: ann }')
        .replaceAll('party: churn-science', 'party: ann'),
    ]),
  );
}
