import type { DatabaseConnection, Driver, TransactionSettings } from 'kysely';
import type { Engine as DuckDb } from '../../dialects/duckdb/engine.ts';
import { quoteName } from '../../sql/quote.ts';
import { DuckDbConnection } from './duckdb-connection.ts';

/** Connections to one engine; one that is free is given out again. */
export class DuckDbDriver implements Driver {
  readonly #open: () => Promise<DuckDb>;
  readonly #close: () => Promise<void>;
  readonly #free: DuckDbConnection[] = [];

  constructor(open: () => Promise<DuckDb>, close: () => Promise<void>) {
    this.#open = open;
    this.#close = close;
  }

  async init(): Promise<void> {
    await this.#open();
  }

  async acquireConnection(): Promise<DuckDbConnection> {
    return this.#free.pop() ?? DuckDbConnection.open(await this.#open());
  }

  async beginTransaction(connection: DuckDbConnection, { isolationLevel }: TransactionSettings): Promise<void> {
    if (isolationLevel) throw new Error(`DuckDB has no isolation level "${isolationLevel}", only snapshots`);
    await connection.say('begin transaction');
  }

  commitTransaction(connection: DuckDbConnection): Promise<void> {
    return connection.say('commit');
  }

  rollbackTransaction(connection: DuckDbConnection): Promise<void> {
    return connection.say('rollback');
  }

  savepoint(_connection: DatabaseConnection, name: string): Promise<void> {
    return Promise.reject(new Error(`DuckDB has no savepoints, such as ${quoteName(name)}`));
  }

  async releaseConnection(connection: DuckDbConnection): Promise<void> {
    this.#free.push(connection);
  }

  async destroy(): Promise<void> {
    for (const connection of this.#free.splice(0)) connection.close();
    await this.#close();
  }
}
