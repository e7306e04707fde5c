import type { QueryConfig } from 'pg';
import { explain } from '../../dialects/postgres/errors.ts';
import { type OpenClient, openClient } from '../../dialects/postgres/link.ts';
import { readAddress, type ServerAddress } from '../../dialects/server/address.ts';
import type { EngineError, RunOptions } from '../../sql/dialect.ts';
import { PostgresAdapter, PostgresQueryCompiler, sql } from '../../sql/kysely.ts';
import type { StoreAnswer, StoreConnection, StoreDoor, StoreEngine, StoreValue } from '../connection.ts';
import type { ServerTarget } from '../target.ts';
import { placeOf, warehouseOf } from './server.ts';

/** Unique violation, serialization failure, deadlock (appendix A of PostgreSQL's manual). */
const CONFLICTS: ReadonlySet<unknown> = new Set(['23505', '40001', '40P01']);

/** Any number that nobody else is likely to take. */
const MIGRATION_LOCK = sql`select pg_advisory_xact_lock(hashtext('surety store'), hashtext(current_schema()))`;

export const POSTGRES: StoreEngine = {
  types: {
    key: sql`varchar(64) collate "C"`,
    text: sql`text`,
    long: sql`text`,
    integer: sql`bigint`,
    number: sql`double precision`,
    instant: sql`timestamptz`,
  },
  tableNames: sql`select relname as name from pg_class
    where relkind in ('r', 'p', 'v', 'm', 'f') and pg_table_is_visible(oid) and relnamespace <> 'pg_catalog'::regnamespace`,
  mostValues: 65_535,
  adapter: new PostgresAdapter(),
  compiler: () => new PostgresQueryCompiler(),
  migrating: (db, work) =>
    db.transaction().execute(async (transaction) => {
      await MIGRATION_LOCK.execute(transaction);
      return work(transaction);
    }),
  isConflict: (cause) => CONFLICTS.has((cause as { readonly code?: unknown }).code),
};

/** By the transaction, as a pool of connections gives each one another session. */
const LOCAL = [
  `timezone = 'UTC'`,
  `datestyle = 'ISO'`,
  'extra_float_digits = 1',
  'standard_conforming_strings = on',
  'statement_timeout = 60000',
  'lock_timeout = 30000',
]
  .map((each) => `set local ${each}`)
  .join('; ');

const BEGIN = {
  read: `begin isolation level repeatable read read only; ${LOCAL}`,
  write: `begin isolation level read committed; ${LOCAL}`,
};

/** Every value as PostgreSQL's own text. */
const TEXTS: QueryConfig['types'] = { getTypeParser: () => (text: string) => text } as never;

/** Throws `EngineError` where the address is wrong. */
export async function postgresDoor(target: ServerTarget): Promise<StoreDoor> {
  const address = await readAddress(warehouseOf(target), {
    schemes: ['postgres', 'postgresql'],
    port: 5432,
    needsDatabase: true,
    needsUser: true,
  });
  return {
    engine: POSTGRES,
    place: placeOf('postgres', address),
    connect: async (options: RunOptions) => new PostgresConnection(await openClient(address, options), address),
  };
}

class PostgresConnection implements StoreConnection {
  readonly #open: OpenClient;
  readonly #address: ServerAddress;

  constructor(open: OpenClient, address: ServerAddress) {
    this.#open = open;
    this.#address = address;
  }

  async run(text: string, values: readonly StoreValue[]): Promise<StoreAnswer> {
    try {
      const { rows, rowCount } = await this.#open.client.query({
        text,
        values: [...values],
        ...(TEXTS && { types: TEXTS }),
      });
      return { rows, changed: BigInt(rowCount ?? 0) };
    } catch (error) {
      throw this.#explained(error);
    }
  }

  /** Our own constant text, several statements at once. */
  async begin(access: 'read' | 'write'): Promise<void> {
    try {
      await this.#open.client.query(BEGIN[access]);
    } catch (error) {
      throw this.#explained(error);
    }
  }

  #explained(error: unknown): EngineError {
    const explained = explain(error, this.#address);
    explained.cause = error;
    return explained;
  }

  close(): Promise<void> {
    return this.#open.close();
  }
}
