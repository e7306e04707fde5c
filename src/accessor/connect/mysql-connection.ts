import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { PoolConnection, ResultSetHeader, TypedParameter } from 'mysql2';

/** The driver's number for a statement that cannot be prepared. */
const NOT_PREPARABLE = 1295;

type Values = Extract<Parameters<PoolConnection['execute']>[1], readonly unknown[]>;
/** Absent in older versions of the driver. */
type Typed = TypedParameter | undefined;

const INT64 = 2n ** 63n;

/** A connection that prepares its statements. */
export class MysqlConnection implements DatabaseConnection {
  readonly #raw: PoolConnection;
  readonly #typed: Typed;
  #isLost = false;

  constructor(raw: PoolConnection, typed: Typed) {
    this.#raw = raw;
    this.#typed = typed;
    // What ends a connection while nothing runs is told by the next statement.
    raw.on('error', () => {
      this.#isLost = true;
    });
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const values = this.#bound(parameters);
    const result = await this.#execute(sql, values).catch((error: { readonly errno?: number }) => {
      if (error.errno !== NOT_PREPARABLE || values.length > 0) throw error;
      return this.#query(sql);
    });
    if (Array.isArray(result)) return { rows: result as R[] };
    const { insertId, affectedRows, changedRows } = result as ResultSetHeader;
    return {
      rows: [],
      ...(String(insertId ?? 0) !== '0' && { insertId: BigInt(insertId) }),
      ...(affectedRows !== undefined && { numAffectedRows: BigInt(affectedRows) }),
      ...(changedRows !== undefined && { numChangedRows: BigInt(changedRows) }),
    };
  }

  async *streamQuery<R>({ sql, parameters }: CompiledQuery, batchSize = 1000): AsyncIterableIterator<QueryResult<R>> {
    // Rows by events: the driver's stream takes longer for a row than the rest of the way does.
    const rows = new ArrivingRows<R>(this.#raw, batchSize);
    const command = this.#raw.execute(sql, this.#bound(parameters));
    command.on('result', (row) => rows.arrived(row as R));
    command.on('error', (error) => rows.ended(error));
    command.on('end', () => rows.ended());
    // What ends a connection is told to it, not to a command that has no callback.
    const lost = (error?: Error): void => rows.ended(error ?? new Error('the server has closed the connection'));
    this.#raw.on('error', lost).on('end', lost);
    try {
      for (let batch = await rows.next(); batch.length > 0; batch = await rows.next()) {
        yield { rows: batch as R[] };
      }
    } finally {
      this.#raw.off('error', lost).off('end', lost);
      // The protocol has no other way to leave a result than to read it to its end, or to hang up.
      if (!rows.isOver) {
        this.#isLost = true;
        this.#raw.destroy();
      }
    }
  }

  /** A statement of ours that cannot be prepared. */
  async say(sql: string): Promise<void> {
    await this.#query(sql);
  }

  /** Gives it back to its pool, unless it has ended. */
  release(): void {
    if (!this.#isLost) this.#raw.release();
  }

  /** Whole numbers as such: a text would be compared as a float, and a float is no limit of rows. */
  #bound(parameters: readonly unknown[]): Values {
    const whole = this.#typed?.LONGLONG;
    const bind = (value: unknown): unknown => {
      if (value === undefined) return null;
      if (value instanceof Uint8Array && !Buffer.isBuffer(value)) return Buffer.from(value);
      if (Number.isSafeInteger(value)) return whole ? whole(value as number) : String(value);
      if (typeof value !== 'bigint') return value;
      if (!whole || value < -INT64 || value >= 2n * INT64) return String(value);
      return value < INT64 ? whole(value) : whole.unsigned(value);
    };
    return parameters.map(bind) as Values;
  }

  #execute(sql: string, values: Values): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#raw.execute(sql, values, (error, result) => (error ? reject(error) : resolve(result)));
    });
  }

  #query(sql: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#raw.query(sql, (error, result) => (error ? reject(error) : resolve(result)));
    });
  }
}

/** Gathers rows as they arrive, and lets the server wait while there is a batch of them. */
class ArrivingRows<R> {
  readonly #raw: PoolConnection;
  readonly #batchSize: number;
  #rows: R[] = [];
  #error: unknown;
  #wake: () => void = () => undefined;
  /** Whether the server has sent all that it will. */
  isOver = false;

  constructor(raw: PoolConnection, batchSize: number) {
    this.#raw = raw;
    this.#batchSize = batchSize;
  }

  arrived(row: R): void {
    this.#rows.push(row);
    if (this.#rows.length !== this.#batchSize) return;
    this.#raw.pause();
    this.#wake();
  }

  ended(error?: unknown): void {
    this.#error ??= error;
    this.isOver = true;
    this.#wake();
  }

  /** At least a batch, as what has crossed the wire already is in it too; less only at the end, none behind it. */
  async next(): Promise<R[]> {
    if (!this.isOver && this.#rows.length < this.#batchSize) {
      const enough = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      // What the driver has kept back arrives within this call.
      this.#raw.resume();
      await enough;
    }
    if (this.#error !== undefined && this.#rows.length === 0) throw this.#error;
    const batch = this.#rows;
    this.#rows = [];
    return batch;
  }
}
