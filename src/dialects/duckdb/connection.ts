import { type DuckDBConnection, type DuckDBValue, StatementType } from '@duckdb/node-api';
import type { Row } from '../../model/value.ts';
import { EngineError, type RunOptions, type Statement } from '../../sql/dialect.ts';
import { refuseTableFunctions } from './table-functions.ts';
import { rowsOf } from './value.ts';

/** How long an interrupted statement may take to stop, in milliseconds. */
const PATIENCE = 5000;

/** A connection to the embedded engine that runs one statement at a time. */
export class Connection {
  readonly raw: DuckDBConnection;
  #running: Promise<unknown> = Promise.resolve();
  #closed = false;
  /** A statement was interrupted in vain: nothing more can be asked of this connection. */
  #stuck = false;

  constructor(raw: DuckDBConnection) {
    this.raw = raw;
  }

  /** Runs one statement; with `queriesOnly` nothing but a SELECT. Throws `EngineError`. */
  async run(statement: Statement, options: RunOptions, queriesOnly = false): Promise<readonly Row[]> {
    if (this.#closed || options.signal?.aborted) throw new EngineError('cancelled', 'cancelled');
    if (this.#stuck) throw new EngineError('time-out', 'the engine does not stop an earlier statement');
    const work = this.#execute(statement, queriesOnly);
    this.#running = work.catch(() => undefined);
    let stopped: 'time-out' | 'cancelled' | undefined;
    let ticker: NodeJS.Timeout | undefined;
    const began = Date.now();
    let asked = 0;
    const overdue = new Promise<never>((_, reject) => {
      ticker = setInterval(() => {
        if (options.signal?.aborted || this.#closed) stopped ??= 'cancelled';
        else if (Date.now() - began >= options.timeout) stopped ??= 'time-out';
        if (!stopped) return;
        asked ||= Date.now();
        // An interrupt that comes before the engine has begun is lost, so it is repeated.
        this.raw.interrupt();
        if (Date.now() - asked <= PATIENCE) return;
        this.#stuck = true;
        reject(new Error('the engine does not answer'));
      }, 10);
    });
    try {
      return await Promise.race([work, overdue]);
    } catch (error) {
      if (stopped === 'cancelled') throw new EngineError('cancelled', 'cancelled');
      if (stopped === 'time-out') throw new EngineError('time-out', `no result after ${options.timeout} ms`);
      throw error instanceof EngineError ? error : new EngineError('failed', (error as Error).message);
    } finally {
      clearInterval(ticker);
    }
  }

  /** What the columns of a query are (`column_name`, `column_type`); it is not run. Throws `EngineError`. */
  async describe(query: Statement, options: RunOptions): Promise<readonly Row[]> {
    // Inside another statement its table functions would not be seen.
    await refuseTableFunctions(this.raw, query.sql);
    return this.run({ ...query, sql: `select * from (describe ${query.sql})` }, options, true);
  }

  async #execute(statement: Statement, queriesOnly: boolean): Promise<readonly Row[]> {
    if (queriesOnly) await refuseTableFunctions(this.raw, statement.sql);
    const prepared = await this.raw.prepare(statement.sql);
    try {
      if (queriesOnly && prepared.statementType !== StatementType.SELECT) {
        throw new EngineError('failed', 'only queries may run');
      }
      prepared.bind(statement.parameters as DuckDBValue[]);
      return await rowsOf(await prepared.run());
    } finally {
      prepared.destroySync();
    }
  }

  /** Interrupts what runs, waits a while for it and closes. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.raw.interrupt();
    this.#closed = true;
    if (this.#stuck) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => {
      timer = setTimeout(resolve, PATIENCE, 'late');
    });
    const late = await Promise.race([this.#running, patience]);
    clearTimeout(timer);
    if (late !== 'late') this.raw.closeSync();
  }
}
