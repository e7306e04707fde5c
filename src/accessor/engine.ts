import type { QueryExecutor, QueryExecutorProvider } from 'kysely';
import { quoteName as backquoted } from '../dialects/mysql/quote.ts';
import { sql } from '../sql/kysely.ts';
import { quoteName } from '../sql/quote.ts';
import type { SqlSyntax } from '../sql/tokens.ts';
import type { FileTables } from './connect/files.ts';

export type EngineName = 'postgres' | 'mysql' | 'duckdb';

/** What an accessor has to know of the engine behind a connection. MySQL and MariaDB are one. */
export interface Engine {
  readonly name: EngineName;
  /** How contract SQL splits into pieces. */
  readonly syntax: SqlSyntax;
  quote(name: string): string;
  /** Tables over files; absent: the connection cannot read files. */
  readonly files?: FileTables;
  /** Whether `connect` made the connection, so that its sessions are in UTC. */
  readonly isOurs: boolean;
}

/** What the adapters of `connect` say of themselves, under this key. */
export const ENGINE = Symbol.for('surety.engine');

export interface EngineMark {
  readonly name: EngineName;
  readonly files?: FileTables;
}

/** The engine of a connection, told by how its compiler writes; throws `TypeError` where it is none that accessors read. */
export function engineOf(executor: QueryExecutor): Engine {
  const mark = (executor.adapter as { readonly [ENGINE]?: EngineMark })[ENGINE];
  const name = mark?.name ?? nameOf(executor);
  return {
    name,
    syntax: name === 'mysql' ? 'mysql' : 'standard',
    quote: name === 'mysql' ? backquoted : quoteName,
    ...(mark?.files && { files: mark.files }),
    isOurs: mark !== undefined,
  };
}

// Not by its class: the library may be there twice, as CommonJS and as ES modules.
function nameOf(executor: QueryExecutor): EngineName {
  const { sql: text } = sql`${sql.id('a')} ${1}`.compile(providing(executor));
  if (text === '"a" $1') return 'postgres';
  if (text === '`a` ?') return 'mysql';
  throw new TypeError('accessors read PostgreSQL, MySQL, MariaDB and DuckDB; this connection is of another engine');
}

export function providing(executor: QueryExecutor): QueryExecutorProvider {
  return { getExecutor: () => executor };
}
