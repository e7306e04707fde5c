import type { PostgresDialect, PostgresPool } from 'kysely';
import type { PoolConfig } from 'pg';
import { readAddress } from '../../dialects/server/address.ts';
import { pgTls } from '../../dialects/server/drivers.ts';
import { kysely } from '../kysely.ts';
import { driverModule } from './driver-module.ts';
import { marked } from './marked.ts';
import { type ServerOptions, targetOf } from './server-options.ts';

/** Types whose values the driver's own parsers keep exactly (`pg_type.dat` of PostgreSQL fixes their numbers). */
const EXACT: ReadonlySet<number> = new Set([
  16, // boolean
  17, // bytea
  21, // smallint
  23, // integer
  26, // oid
  700, // real
  701, // double precision
]);

/** A reader of texts for one type of the server. */
type TextParser = (text: string) => unknown;

/**
 * The `types` of a `pg` client, pool or cursor that lose nothing: booleans, bytes and numbers of up to 53 bits as values, all else (bigint,
 * numeric, dates, times, JSON, arrays) as the server's own text. `base` are the driver's own parsers: `types` of `pg`.
 */
export function postgresTypes(base: { getTypeParser(oid: number, format?: never): unknown }): {
  getTypeParser(oid: number, format?: string): TextParser;
} {
  return {
    getTypeParser: (oid, format) =>
      EXACT.has(oid) || format === 'binary' ? (base.getTypeParser(oid, format as never) as TextParser) : (text) => text,
  };
}

/** What values are read by, whatever the role or the database is set to. */
const SESSION = `set timezone = 'UTC'; set datestyle = 'ISO'; set intervalstyle = 'postgres'; set bytea_output = 'hex'; set extra_float_digits = 1`;

const ADDRESS = { schemes: ['postgres', 'postgresql'], port: 5432, needsDatabase: true, needsUser: true } as const;

/** PostgreSQL by `pg` and `pg-cursor`, imported at the first query. */
export function postgresDialect(options: ServerOptions): PostgresDialect {
  let Cursor: typeof import('pg-cursor') | undefined;
  let types: ReturnType<typeof postgresTypes> | undefined;
  const pool = async (): Promise<PostgresPool> => {
    const address = await readAddress(targetOf(options), ADDRESS);
    const [pg, cursor] = await driverModule(
      () => Promise.all([import('pg'), import('pg-cursor')]),
      'PostgreSQL',
      'pg pg-cursor',
    );
    Cursor = cursor.default;
    types = postgresTypes(pg.default.types);
    const config: PoolConfig = {
      host: address.socket ?? address.host,
      port: address.port,
      ...(address.database !== undefined && { database: address.database }),
      ...(address.user !== undefined && { user: address.user }),
      // A function, so that nothing is taken from files and variables of this machine.
      password: () => address.password ?? '',
      ssl: pgTls(address),
      application_name: 'surety',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      types: types as never,
      ...(options.connections !== undefined && { max: options.connections }),
    };
    const opened = new pg.default.Pool(config);
    // What ends a connection while nothing runs is told by the next statement.
    opened.on('error', () => undefined);
    // The pool listens to those that are at rest alone.
    opened.on('connect', (client) => client.on('error', () => undefined));
    return opened as unknown as PostgresPool;
  };
  // Called by `new`: the driver is not there before the first query.
  const cursor = function (this: unknown, text: string, values: unknown[]): unknown {
    if (!Cursor) throw new Error('a cursor without a connection');
    return closing(new Cursor(text, values, { types: types as never }));
  };
  const dialect = new kysely.PostgresDialect({
    pool,
    cursor: cursor as never,
    onCreateConnection: async (connection) => {
      await connection.executeQuery(kysely.CompiledQuery.raw(SESSION));
    },
  });
  return marked(dialect, { name: 'postgres' });
}

/** A cursor that is closed where its connection has ended, too: the driver's waits for an answer that does not come. */
function closing<Cursor extends { close(): Promise<void> }>(cursor: Cursor): Cursor {
  const close = cursor.close.bind(cursor);
  return Object.assign(cursor, {
    close: () => {
      const { connection } = cursor as { readonly connection?: ServerConnection | null };
      if (!connection) return close();
      if (connection.stream.destroyed) return Promise.resolve();
      const ended = new Promise<void>((resolve) => connection.once('end', resolve));
      return Promise.race([close(), ended]);
    },
  });
}

/** The driver's own connection below a client. */
interface ServerConnection {
  readonly stream: { readonly destroyed: boolean };
  once(event: 'end', listener: () => void): void;
}
