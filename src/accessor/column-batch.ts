/** Some rows of a result, by columns. */
export interface ColumnBatch {
  /** The first row, and how many. */
  readonly start: number;
  readonly count: number;
  /** In the order of the statement. */
  readonly columns: readonly { getItem(row: number): unknown }[];
}

/** A result of ours has its columns under this key, and makes objects of its rows only when asked for these. */
export const COLUMNS = Symbol('surety.columns');

export interface ColumnResult<Row> {
  readonly rows: Row[];
  readonly [COLUMNS]?: readonly ColumnBatch[];
}

/** A result whose rows become objects where somebody else than an accessor reads it. */
export function columnResult<Row>(names: readonly string[], batches: readonly ColumnBatch[]): ColumnResult<Row> {
  let rows: Row[] | undefined;
  return {
    [COLUMNS]: batches,
    get rows() {
      rows ??= batches.flatMap((batch) => objectsOf(names, batch)) as Row[];
      return rows;
    },
  };
}

function objectsOf(names: readonly string[], { start, count, columns }: ColumnBatch): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, at) =>
    Object.fromEntries(names.map((name, place) => [name, columns[place]?.getItem(start + at) ?? null])),
  );
}
