import { Client, type QueryArrayConfig, type QueryArrayResult } from 'pg';
import type { Row } from '../../model/value.ts';
import type { EngineError, RunOptions, Statement } from '../../sql/dialect.ts';
import type { ServerAddress } from '../server/address.ts';
import { connectWithin } from '../server/connect.ts';
import { pgTls } from '../server/drivers.ts';
import type { Link } from '../server/link.ts';
import { descriptionOf, typesStatement } from './described.ts';
import { explain } from './errors.ts';
import { rowsOf } from './rows.ts';

/** What the driver takes but its types do not know: one statement by the extended protocol, though it has no values. */
type Extended = QueryArrayConfig & { readonly queryMode: 'extended' };

/** Every value as PostgreSQL's own text. */
const TEXTS: QueryArrayConfig['types'] = { getTypeParser: () => (text: string) => text } as never;

/** A client of the driver that is connected. */
export interface OpenClient {
  readonly client: Client;
  /** Says goodbye if there is time for it. Never throws. */
  close(): Promise<void>;
}

/** Opens a connection. Throws `EngineError`. */
export async function connect(address: ServerAddress, options: RunOptions): Promise<Link> {
  return new PostgresLink(await openClient(address, options), address);
}

/** The same, for whoever does more than read. Throws `EngineError`. */
export async function openClient(address: ServerAddress, options: RunOptions): Promise<OpenClient> {
  const client = new Client({
    host: address.socket ?? address.host,
    port: address.port,
    database: address.database,
    user: address.user,
    // A function, so that nothing is taken from files and variables of this machine.
    password: () => address.password ?? '',
    ssl: pgTls(address),
    application_name: 'surety',
    keepAlive: true,
  });
  // What ends a connection while nothing runs is told by the next statement.
  let ended = false;
  client.on('error', () => {
    ended = true;
  });
  client.on('end', () => {
    ended = true;
  });
  await connectWithin(
    client.connect(),
    options,
    () => socketOf(client).destroy(),
    (error) => explain(error, address),
  );
  return {
    client,
    async close() {
      if (ended) return;
      // A query that still runs would keep `end` waiting.
      const stream = socketOf(client);
      const patience = setTimeout(() => stream.destroy(), 1000);
      await client.end().catch(() => undefined);
      clearTimeout(patience);
    },
  };
}

/** The driver has no other way to end a connection at once. */
function socketOf(client: Client): { destroy(): void } {
  return (client as unknown as { readonly connection: { readonly stream: { destroy(): void } } }).connection.stream;
}

class PostgresLink implements Link {
  readonly #open: OpenClient;
  readonly #client: Client;
  readonly #address: ServerAddress;
  #process: string | undefined;

  constructor(open: OpenClient, address: ServerAddress) {
    this.#open = open;
    this.#client = open.client;
    this.#address = address;
  }

  async query(statement: Statement): Promise<readonly Row[]> {
    return rowsOf(await this.#run(statement));
  }

  async describe(query: Statement): Promise<readonly Row[]> {
    const { fields } = await this.#run(query);
    return descriptionOf(fields, await this.query(typesStatement(fields)));
  }

  #run({ sql, parameters }: Statement): Promise<QueryArrayResult<(string | null)[]>> {
    const query: Extended = {
      text: sql,
      values: [...parameters],
      rowMode: 'array',
      queryMode: 'extended',
      ...(TEXTS && { types: TEXTS }),
    };
    return this.#client.query<(string | null)[]>(query);
  }

  /** Our own constant text, several statements at once: a trip for each would cost more than most scans of small tables. */
  async begin(timeout: number): Promise<void> {
    const limit = Math.max(1, Math.round(timeout));
    const settings = [
      `statement_timeout = ${limit}`,
      // Waiting for a lock is part of a statement's time.
      'lock_timeout = 0',
      'idle_in_transaction_session_timeout = 0',
      `timezone = 'UTC'`,
      `datestyle = 'ISO'`,
      `intervalstyle = 'postgres'`,
      `bytea_output = 'hex'`,
      'extra_float_digits = 1',
      'standard_conforming_strings = on',
      'row_security = on',
    ];
    const local = settings.map((each) => `set local ${each}`).join('; ');
    const results = await this.#client.query(
      `begin isolation level repeatable read read only; ${local}; savepoint surety; select pg_backend_pid() as pid`,
    );
    // Behind a pool of connections the server's process may be another one in each transaction.
    const [last] = [results].flat().slice(-1);
    this.#process = String(last?.rows[0]?.pid);
  }

  async recover(): Promise<void> {
    await this.#client.query('rollback to savepoint surety');
  }

  async end(): Promise<void> {
    await this.#client.query('rollback');
  }

  async cancel(limit: number): Promise<void> {
    if (this.#process === undefined) return;
    const other = await connect(this.#address, { timeout: limit });
    try {
      await other.query({ sql: 'select pg_cancel_backend(cast($1 as integer))', parameters: [this.#process] });
    } finally {
      await other.close();
    }
  }

  close(): Promise<void> {
    return this.#open.close();
  }

  explain(error: unknown): EngineError {
    return explain(error, this.#address);
  }
}
