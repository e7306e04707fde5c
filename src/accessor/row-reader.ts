import { type Reader, readerOf } from '../values/reader.ts';
import { type ValueFault, ValueProblem } from '../values/value-problem.ts';
import { COLUMNS, type ColumnBatch, type ColumnResult } from './column-batch.ts';
import type { Engine } from './engine.ts';
import { fieldOf, type TableShape } from './table-shape.ts';

/** A row whose values are not what the contract declares. */
export class RowReadError extends Error {
  readonly table: string;
  /** What is wrong, by column; values of classified columns are not quoted. */
  readonly problems: readonly ValueFault[];

  constructor(table: string, problems: readonly ValueFault[]) {
    super(
      `${table}: a row breaks its contract: ${problems.map(({ path, reason }) => `${path}: ${reason}`).join('; ')}`,
    );
    this.name = 'RowReadError';
    this.table = table;
    this.problems = problems;
  }
}

export type InstantForm = 'text' | 'date';

/** Makes the readers of columns, each once. */
export interface ColumnReaders {
  of(name: string): Reader;
}

/** Readers of what the engine's driver gives; null where the contract promises a value is a fault of the row. */
export function columnReaders(shape: TableShape, engine: Engine, instants: InstantForm | undefined): ColumnReaders {
  const made = new Map<string, Reader>();
  const make = (name: string): Reader => {
    const field = fieldOf(shape, name);
    const read = readerOf(field, {
      ...(instants && { instants }),
      // All sessions are in UTC, and what MySQL's TIMESTAMP gives has no offset.
      ...(engine.name === 'mysql' && { naiveInstants: 'utc' as const }),
    });
    if (!field.required) return read;
    return (raw) => {
      const value = read(raw);
      if (value === null)
        throw new ValueProblem([{ path: name, reason: 'is null, though the contract promises a value' }]);
      return value;
    };
  };
  return {
    of(name) {
      const known = made.get(name);
      if (known) return known;
      const reader = make(name);
      made.set(name, reader);
      return reader;
    },
  };
}

/** The alias of a column by its place: names of a contract may be longer than an engine's, or `__proto__`. */
export function aliasOf(place: number): string {
  return `c${place}`;
}

type RawRow = Readonly<Record<string, unknown>>;

/** What stands raw in a column, by the row of a batch. */
type RawColumn = (row: number) => unknown;

/** Decodes the rows of a result whose values stand under `c0`, `c1` …, in the order of the names. Throws `RowReadError`. */
export type RowsReader = (result: ColumnResult<RawRow>) => object[];

export function rowsReader(shape: TableShape, names: readonly string[], readers: ColumnReaders): RowsReader {
  const columns = names.map((name, place) => ({ name, alias: aliasOf(place), read: readers.of(name) }));
  // Its own property, even a name such as `__proto__` is set like any other.
  const blank = Object.fromEntries(names.map((name) => [name, null]));
  const decode = (count: number, raw: readonly RawColumn[]): object[] => {
    const rows: Record<string, unknown>[] = Array.from({ length: count }, () => ({ ...blank }));
    // Column by column: what runs for each of a million rows is then one reader.
    for (const [place, { name, read }] of columns.entries()) {
      const rawOf = raw[place] as RawColumn;
      let at = 0;
      try {
        for (; at < count; at++) (rows[at] as Record<string, unknown>)[name] = read(rawOf(at));
      } catch (error) {
        throw rowError(
          shape,
          columns.map((each, other) => [each.read, raw[other]?.(at)] as const),
          error,
        );
      }
    }
    return rows;
  };
  return (result) => {
    const batches = result[COLUMNS];
    if (batches) return batches.flatMap((batch) => decode(batch.count, vectorsOf(batch)));
    const { rows } = result;
    return decode(
      rows.length,
      columns.map(({ alias }) => memberOf(rows, alias)),
    );
  };
}

function vectorsOf({ start, columns }: ColumnBatch): readonly RawColumn[] {
  return columns.map((column) => (row: number) => column.getItem(start + row));
}

function memberOf(rows: readonly RawRow[], alias: string): RawColumn {
  return (row) => rows[row]?.[alias];
}

/** All that is wrong with a row: the first fault may not be the only one. */
function rowError(shape: TableShape, row: readonly (readonly [Reader, unknown])[], error: unknown): unknown {
  if (!(error instanceof ValueProblem)) return error;
  const faults = row.flatMap(([read, value]) => {
    try {
      read(value);
      return [];
    } catch (fault) {
      return fault instanceof ValueProblem ? fault.faults : [];
    }
  });
  return new RowReadError(shape.name, faults);
}
