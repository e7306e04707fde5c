import { server } from '../servers/ask.ts';
import { type Connection, connect } from '../servers/connect.ts';
import type { RunningServer, ServerName } from '../servers/server.ts';

export interface Administrator {
  readonly server: RunningServer;
  readonly connection: Connection;
}

/** Strict: what a column does not hold, such as NaN or an instant outside 1970 to 2038, is an error. */
const MYSQL = ["set time_zone = '+00:00'", "set sql_mode = 'STRICT_ALL_TABLES'"];

const administrators = new Map<ServerName, Promise<Administrator>>();

/** One connection a server and worker, which lasts as long as the worker. */
export function administrator(name: ServerName, prepare: readonly string[] = []): Promise<Administrator> {
  const known = administrators.get(name);
  if (known) return known;
  const opened = open(name, prepare);
  administrators.set(name, opened);
  return opened;
}

async function open(name: ServerName, prepare: readonly string[]): Promise<Administrator> {
  const found = await server(name);
  if ('missing' in found) throw new Error(`${name} is missing: ${found.missing}`);
  const connection = await connect(found.url);
  for (const sql of [...(found.url.startsWith('mysql:') ? MYSQL : []), ...prepare]) await connection.query(sql);
  return { server: found, connection };
}
