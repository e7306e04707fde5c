import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult, DuckDBType } from '@duckdb/node-api';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { Engine as DuckDb } from '../../dialects/duckdb/engine.ts';
import { type ColumnBatch, columnResult } from '../column-batch.ts';
import { boundValues } from './duckdb-values.ts';

/** A connection whose values are those of `@duckdb/node-api`, exactly. */
export class DuckDbConnection implements DatabaseConnection {
  readonly #raw: DuckDBConnection;

  private constructor(raw: DuckDBConnection) {
    this.#raw = raw;
  }

  static async open(engine: DuckDb): Promise<DuckDbConnection> {
    const connection = new DuckDbConnection(await engine.connection());
    await connection.say(`set timezone = 'UTC'`);
    return connection;
  }

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    const prepared = await this.#prepare(compiled);
    try {
      const result = await prepared.run();
      if (result.returnType === CHANGED_ROWS) return { rows: [], numAffectedRows: BigInt(result.rowsChanged) };
      const names = result.columnNames();
      const batches: ColumnBatch[] = [];
      for await (const batch of batchesOf(result)) batches.push(batch);
      return columnResult(names, batches);
    } finally {
      prepared.destroySync();
    }
  }

  async *streamQuery<R>(compiled: CompiledQuery, batchSize = 1000): AsyncIterableIterator<QueryResult<R>> {
    const prepared = await this.#prepare(compiled);
    let isOver = false;
    try {
      const result = await prepared.stream();
      const names = result.columnNames();
      for await (const batch of batchesOf(result, batchSize)) yield columnResult(names, [batch]);
      isOver = true;
    } finally {
      // What is left of the result would keep the engine busy.
      if (!isOver) this.#raw.interrupt();
      prepared.destroySync();
    }
  }

  /** A statement of ours. */
  async say(sql: string): Promise<void> {
    await this.#raw.run(sql);
  }

  close(): void {
    this.#raw.closeSync();
  }

  /** Exactly one statement, its values bound. */
  async #prepare({ sql, parameters }: CompiledQuery): Promise<DuckDBPreparedStatement> {
    const { values, types } = await boundValues(parameters);
    const prepared = await this.#raw.prepare(sql);
    try {
      prepared.bind(values, types as DuckDBType[]);
      return prepared;
    } catch (error) {
      prepared.destroySync();
      throw error;
    }
  }
}

/** `ResultReturnType.CHANGED_ROWS` of the driver, which is imported as late as possible. */
const CHANGED_ROWS = 1;

/** The columns of a result: a chunk of the engine (2,048 rows at most), or as many rows as are asked for at once. */
async function* batchesOf(result: DuckDBResult, most = Number.POSITIVE_INFINITY): AsyncGenerator<ColumnBatch> {
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return;
    const columns = Array.from({ length: chunk.columnCount }, (_, place) => chunk.getColumnVector(place));
    const { rowCount } = chunk;
    for (let start = 0; start < rowCount; start += most) {
      yield { start, count: Math.min(most, rowCount - start), columns };
    }
  }
}
