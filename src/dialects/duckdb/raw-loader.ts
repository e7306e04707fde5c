import { BIGINT, type DuckDBAppender, DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';
import type { Engine } from './engine.ts';

/** Rows of one data chunk. */
const CHUNK = 2048;

/** Fills a table of texts row by row. */
export class RawLoader {
  readonly #appender: DuckDBAppender;
  readonly #width: number;
  #cells: (string | null)[][];
  #files: number[] = [];
  #records: bigint[] = [];

  private constructor(appender: DuckDBAppender, width: number) {
    this.#appender = appender;
    this.#width = width;
    this.#cells = Array.from({ length: width }, () => []);
  }

  static async open(engine: Engine, table: string, width: number): Promise<RawLoader> {
    return new RawLoader(await engine.raw.createAppender(table), width);
  }

  /** A row: the text of each column, NULL where there is none. */
  add(cells: readonly (string | null)[], file: number, record: bigint): void {
    for (const [index, column] of this.#cells.entries()) column.push(cells[index] ?? null);
    this.#files.push(file);
    this.#records.push(record);
    if (this.#files.length === CHUNK) this.#flush();
  }

  #flush(): void {
    if (this.#files.length === 0) return;
    const types = [...Array.from({ length: this.#width }, () => VARCHAR), INTEGER, BIGINT];
    const chunk = DuckDBDataChunk.create(types, this.#files.length);
    chunk.setColumns([...this.#cells, this.#files, this.#records]);
    this.#appender.appendDataChunk(chunk);
    this.#cells = this.#cells.map(() => []);
    this.#files = [];
    this.#records = [];
  }

  /** Everything that was added is in the table when this returns. */
  close(): void {
    this.#flush();
    this.#appender.flushSync();
    this.#appender.closeSync();
  }
}
