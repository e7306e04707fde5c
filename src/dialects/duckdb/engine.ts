import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, version } from '@duckdb/node-api';
import type { Row } from '../../model/value.ts';
import {
  EngineError,
  type RunOptions,
  type Session,
  type Statement,
  type TableProblem,
  type TableSource,
  type Warehouse,
} from '../../sql/dialect.ts';
import { Connection } from './connection.ts';
import { duckdbSql } from './expressions.ts';
import { quoteText } from './quote.ts';

/** An instance of the embedded engine: opened, filled, locked, measured, closed. */
export class Engine {
  /** Statements sent for looking up and loading. */
  readonly prepared: string[] = [];
  readonly #instance: DuckDBInstance;
  readonly #own: Connection;
  readonly #folder: string;
  readonly #sessions = new Set<Connection>();

  private constructor(instance: DuckDBInstance, own: Connection, folder: string) {
    this.#instance = instance;
    this.#own = own;
    this.#folder = folder;
  }

  /** An in-memory engine, or a database file opened read-only. Throws `EngineError`. */
  static async open(file?: string): Promise<Engine> {
    // What does not fit into memory is spilled here, never beside the data.
    const folder = await mkdtemp(join(tmpdir(), 'surety-'));
    try {
      const instance = await DuckDBInstance.create(file ?? ':memory:', {
        ...(file === undefined ? {} : { access_mode: 'READ_ONLY' }),
        autoinstall_known_extensions: 'false',
        autoload_known_extensions: 'false',
        memory_limit: `${Math.floor((totalmem() * 0.6) / 2 ** 20)}MiB`,
        temp_directory: join(folder, 'spill'),
      });
      const own = new Connection(await instance.connect());
      const engine = new Engine(instance, own, folder);
      await engine.admin("set timezone = 'UTC'");
      return engine;
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error instanceof EngineError ? error : new EngineError('unreachable', (error as Error).message);
    }
  }

  /** Runs a statement of ours on the engine's own connection, before the lock. */
  async admin(text: string, options: RunOptions = { timeout: 300_000 }): Promise<readonly Row[]> {
    this.prepared.push(text);
    return this.#own.run({ sql: text, parameters: [] }, options);
  }

  get version(): string {
    return version();
  }

  /** The raw connection, for filling tables. */
  get raw(): Connection['raw'] {
    return this.#own.raw;
  }

  /** A connection for statements of whoever opened the engine; it ends with the engine. */
  connection(): Promise<DuckDBConnection> {
    return this.#instance.connect();
  }

  /** From here on nothing but these files can be read and no setting changes. */
  async lock(files: readonly string[]): Promise<void> {
    if (files.length > 0) await this.admin(`set allowed_paths = [${files.map(quoteText).join(', ')}]`);
    await this.admin('set enable_external_access = false');
    await this.admin('set lock_configuration = true');
  }

  /**
   * A connection of its own. It needs no transaction for its snapshot: from the lock on nobody can write, and in a transaction the first
   * error or time-out would take every later statement with it.
   */
  async session(): Promise<Session> {
    const connection = new Connection(await this.#instance.connect());
    this.#sessions.add(connection);
    return {
      lost: false,
      run: (statement: Statement, options: RunOptions) => connection.run(statement, options, true),
      close: async () => {
        this.#sessions.delete(connection);
        await connection.close();
      },
    };
  }

  /** What the columns of a query are. Throws `EngineError`. */
  async describe(query: Statement, options: RunOptions): Promise<readonly Row[]> {
    this.prepared.push(query.sql);
    const connection = new Connection(await this.#instance.connect());
    this.#sessions.add(connection);
    try {
      return await connection.describe(query, options);
    } finally {
      this.#sessions.delete(connection);
      await connection.close();
    }
  }

  async close(): Promise<void> {
    try {
      await Promise.all([...this.#sessions, this.#own].map((connection) => connection.close()));
      this.#instance.closeSync();
    } catch {
      // Nothing can be done about an engine that does not close, and its files are removed all the same.
    }
    await rm(this.#folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** The engine, filled and locked, as the rest of Surety sees it. `place` is said to people. */
export function warehouseOf(
  engine: Engine,
  tables: ReadonlyMap<string, TableSource | TableProblem>,
  place: string,
): Warehouse {
  return {
    sql: duckdbSql,
    facts: { server: `DuckDB ${engine.version}`, place, beyondReading: [] },
    readerRole: [],
    tables,
    warnings: [],
    prepared: engine.prepared,
    describe: (query, options) => engine.describe(query, options),
    session: () => engine.session(),
    close: () => engine.close(),
  };
}
