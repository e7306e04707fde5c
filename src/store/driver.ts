import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult, TransactionSettings } from 'kysely';
import { SqliteIntrospector } from '../sql/kysely.ts';
import type { StoreConnection, StoreEngine, StoreValue } from './connection.ts';

/** Kysely over one connection, which whoever comes waits for. */
export function storeDialect(engine: StoreEngine, connection: StoreConnection): Dialect {
  return {
    createDriver: () => new StoreDriver(connection),
    createQueryCompiler: () => engine.compiler(),
    createAdapter: () => engine.adapter,
    // Kysely asks for one, and nothing of ours looks at tables in that way.
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class StoreDriver implements Driver {
  readonly #connection: StoreConnection;
  readonly #one: DatabaseConnection;
  readonly #waiting: (() => void)[] = [];
  #taken = false;

  constructor(connection: StoreConnection) {
    this.#connection = connection;
    this.#one = {
      async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
        const { rows, changed } = await connection.run(sql, parameters as readonly StoreValue[]);
        return { rows: rows as R[], numAffectedRows: changed };
      },
      streamQuery() {
        throw new Error('rows of a store are not streamed');
      },
    };
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    while (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
    return this.#one;
  }

  async releaseConnection(): Promise<void> {
    this.#taken = false;
    this.#waiting.shift()?.();
  }

  beginTransaction(_: DatabaseConnection, { accessMode }: TransactionSettings): Promise<void> {
    return this.#connection.begin(accessMode === 'read only' ? 'read' : 'write');
  }

  async commitTransaction(): Promise<void> {
    await this.#connection.run('commit', []);
  }

  async rollbackTransaction(): Promise<void> {
    // What is lost is rolled back already, and the error that led here is the one to tell.
    await this.#connection.run('rollback', []).catch(() => undefined);
  }

  /** The connection is closed by whoever opened it. */
  async destroy(): Promise<void> {}
}
