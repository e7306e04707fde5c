import type { Dialect, Kysely } from 'kysely';
import { type DuckDbOptions, duckdbDialect } from './connect/duckdb.ts';
import { mysqlDialect } from './connect/mysql.ts';
import { postgresDialect } from './connect/postgres.ts';
import type { ServerOptions } from './connect/server-options.ts';
import { kysely } from './kysely.ts';

export type ConnectOptions =
  | ({ readonly dialect: 'postgres' } & ServerOptions)
  /** MariaDB too. */
  | ({ readonly dialect: 'mysql' } & ServerOptions)
  | ({ readonly dialect: 'duckdb' } & DuckDbOptions);

/**
 * A connection that accessors read from: Kysely over the engine's driver, set so that no value is changed on the way, its sessions in UTC.
 * It connects at the first query; a driver that is not installed, an address that leads nowhere are errors of that query. `destroy()`,
 * or `await using`, closes it.
 */
export function connect<Database = unknown>(options: ConnectOptions): Kysely<Database> {
  return new kysely.Kysely<Database>({ dialect: dialectOf(options) });
}

function dialectOf(options: ConnectOptions): Dialect {
  switch (options.dialect) {
    case 'postgres':
      return postgresDialect(options);
    case 'mysql':
      return mysqlDialect(options);
    case 'duckdb':
      return duckdbDialect(options);
    default: {
      const { dialect } = options as { readonly dialect: unknown };
      throw new TypeError(`"${dialect}" is no dialect; known are postgres, mysql and duckdb`);
    }
  }
}
