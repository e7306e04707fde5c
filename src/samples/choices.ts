import type { Random } from './random.ts';

/** Rows of a table that a reference may lead to. */
export interface Choices {
  /** In ascending order; none: nothing can be referred to. */
  readonly rows: readonly number[];
  /** For each of the columns that refer, the values of the other table's rows. */
  readonly columns: readonly (readonly unknown[])[];
  /** Whether it is the same table: its rows refer to earlier ones, so that parents can be inserted first. */
  readonly isOwn: boolean;
}

/** Values of a row that a reference leads to. */
export type Tuple = readonly unknown[];

export function tupleOf({ columns }: Choices, row: number): Tuple {
  return columns.map((values) => values[row]);
}

export interface Choosing {
  readonly random: Random;
  /** The values may come once only: rows are taken in turn. */
  readonly inTurn: boolean;
  /** NULL may stand where there is nothing to refer to. */
  readonly mayBeNull: boolean;
}

/** The row that a row refers to; undefined: to none. */
export function chosenRow(choices: Choices, row: number, { random, inTurn, mayBeNull }: Choosing): number | undefined {
  const { rows, isOwn } = choices;
  if (!isOwn) return rows[inTurn ? row % rows.length : random.below(rows.length)];
  const earlier = countBelow(rows, row);
  const itself = rows[earlier] === row ? row : undefined;
  if (inTurn && !mayBeNull && itself !== undefined) return itself;
  if (earlier > 0) return rows[inTurn ? earlier - 1 : random.below(earlier)];
  if (mayBeNull) return undefined;
  return itself ?? rows[random.below(rows.length)];
}

/** How many of the ascending numbers are below the limit. */
function countBelow(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
