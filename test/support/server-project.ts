import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadContracts } from '../../src/contract/load.ts';
import { type VerifyOptions, verify } from '../../src/engine/verify.ts';
import type { CheckResult, Run } from '../../src/model/run.ts';
import { typeOf } from './open-server.ts';
import { writeProject } from './project-folder.ts';
import { type Connection, connect } from './servers/connect.ts';
import type { RunningServer } from './servers/server.ts';

/** A schema (PostgreSQL) or database (MySQL) of its own on a test server, and a project folder whose warehouse `w` is its reader's. */
export interface ServerProject {
  readonly folder: string;
  readonly schema: string;
  /** The role that the warehouse connects as, as grants name it. */
  readonly reader: string;
  /** The administrator's connection. */
  readonly admin: Connection;
  /** The reader's url with the schema as what locations without one mean. */
  readonly url: string;
  /** Writes the contract `shop.all` with these tables (YAML, indented by two). */
  contract(tables: string): Promise<void>;
  /** Writes other text into surety.yaml. */
  surety(text: string): Promise<void>;
  verify(options?: VerifyOptions): Promise<Run>;
  /** Connections of the reader that are open at the server. */
  connections(): Promise<number>;
  /** Removes all of it; of a server that is gone only the folder. */
  drop(serverGone?: boolean): Promise<void>;
}

const PASSWORD = 'only-for-reading';
const HEAD =
  'contract: shop.all\nversion: 1.0.0\nraci: { responsible: ann, accountable: ann }\nwarehouse: w\ntables:\n';

/** `$s` in the statements stands for the schema, `$r` for the reader. Grants are up to them. */
export async function serverProject(server: RunningServer, statements: readonly string[]): Promise<ServerProject> {
  const isMysql = typeOf(server) === 'mysql';
  const admin = await connect(server.url);
  if (isMysql) await admin.query(`set time_zone = '+00:00'`);
  const schema = `own_${randomBytes(6).toString('hex')}`;
  // A reader of its own, so that what the server says of it is of this project alone.
  const reader = schema;
  const named = isMysql ? `'${reader}'@'%'` : reader;
  await admin.query(isMysql ? `create database ${schema} character set utf8mb4` : `create schema ${schema}`);
  await admin.query(
    isMysql ? `create user ${named} identified by '${PASSWORD}'` : `create role ${named} login password '${PASSWORD}'`,
  );
  if (!isMysql) await admin.query(`grant usage on schema ${schema} to ${reader}`);
  for (const statement of statements) {
    await admin.query(statement.replaceAll('$s', schema).replaceAll('$r', named));
  }
  const place = new URL(server.reader);
  place.username = reader;
  place.password = PASSWORD;
  if (isMysql) place.pathname = `/${schema}`;
  const url = place.href;
  const folder = await writeProject({});
  const write = (path: string, text: string): Promise<void> => writeFile(join(folder, path), text);
  const surety = (text: string): Promise<void> => write('surety.yaml', text);
  await surety(
    `warehouses: { w: { type: ${typeOf(server)}, url: "${url}"${isMysql ? '' : `, schema: ${schema}`} } }\nparties: { ann: { name: Ann } }\n`,
  );
  return {
    folder,
    schema,
    reader: named,
    admin,
    url,
    surety,
    async contract(tables) {
      await mkdir(join(folder, 'contracts'), { recursive: true });
      await write('contracts/all.yaml', HEAD + tables);
    },
    async verify(options = {}) {
      const loaded = await loadContracts([join(folder, 'contracts')]);
      const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
      if (errors.length > 0) throw new Error(errors.map(({ message, hint }) => `${message} (${hint})`).join('; '));
      return verify(loaded, options);
    },
    async connections() {
      const text = isMysql
        ? `select count(*) as n from information_schema.processlist where user = '${reader}'`
        : `select count(*) as n from pg_stat_activity where usename = '${reader}' and application_name = 'surety'`;
      const [row] = await admin.query(text);
      return Number(row?.['n']);
    },
    async drop(serverGone = false) {
      await rm(folder, { recursive: true, force: true });
      if (serverGone) return;
      await admin.query(isMysql ? `drop database ${schema}` : `drop schema ${schema} cascade`);
      if (!isMysql) await admin.query(`drop owned by ${named}`);
      await admin.query(isMysql ? `drop user ${named}` : `drop role ${named}`);
      await admin.close();
    },
  };
}

export function checksOf(run: Run): readonly CheckResult[] {
  return run.contracts.flatMap(({ tables }) => tables.flatMap(({ checks }) => checks));
}

/** Verdict (with the reason of those that have one) by path. */
export function verdictsOf(run: Run): Readonly<Record<string, string>> {
  return Object.fromEntries(
    checksOf(run).map(({ path, verdict, reason }) => [path, reason === null ? verdict : `${verdict}: ${reason}`]),
  );
}
