import type { Column } from '../model/contract.ts';
import type { Tuples } from './fill.ts';
import type { Group } from './groups.ts';
import type { SampleRow } from './judge.ts';
import type { Missing } from './missing.ts';
import type { UniqueSet } from './promises.ts';
import type { RandomOf } from './random.ts';
import type { Source } from './source.ts';

/** What a column's values are made from. */
export interface ColumnMaker {
  readonly column: Column;
  readonly source: Source;
  readonly missing: Missing;
  /** Values that rows have to have, whatever else is wanted of them: row → value. */
  readonly pinned: ReadonlyMap<number, unknown>;
  readonly random: RandomOf;
}

export interface ProposeInput {
  readonly group: Group;
  readonly rows: number;
  readonly makers: ReadonlyMap<string, ColumnMaker>;
  readonly tuples: Tuples;
  /** Numbers that a link to a parent takes. */
  linkRandom(path: string): RandomOf;
  /** No value keeps the rules of the column. */
  unsatisfied(column: string): void;
}

/** A set whose values are counted up instead of being drawn. */
interface Counted {
  readonly columns: readonly string[];
  readonly sizes: readonly bigint[];
}

/** Above so many times the rows, drawn values hardly meet. */
const ROOM = 4n;

/** Proposes the rows of a group, attempt by attempt. */
export function proposals(input: ProposeInput): (row: number, attempt: number) => SampleRow {
  const { group, makers, tuples, rows } = input;
  const links = group.parents.filter((link) => (tuples.get(link)?.length ?? 0) > 0);
  const linkRandom = new Map(links.map((link) => [link, input.linkRandom(link.path)]));
  const linked = new Set(links.flatMap(({ columns }) => columns));
  const counted = countedSet(input, linked);
  return (row, attempt) => {
    const values = new Map<string, unknown>();
    for (const link of links) {
      const choices = tuples.get(link) ?? [];
      const random = linkRandom.get(link)?.(row, attempt);
      const inTurn =
        attempt === 0 && group.unique.some(({ columns }) => columns.some((each) => link.columns.includes(each)));
      const index = inTurn ? row % choices.length : (random?.below(choices.length) ?? 0);
      for (const [at, column] of link.columns.entries()) values.set(column, choices[index]?.[at]);
    }
    if (counted) count(counted, row, attempt, values);
    for (const name of group.columns) {
      const maker = makers.get(name);
      if (!maker) continue;
      const random = maker.random(row, attempt);
      const pinned = maker.pinned.get(row);
      const absent = pinned === undefined ? maker.missing(row, random) : undefined;
      if (pinned !== undefined) values.set(name, pinned);
      else if (absent) values.set(name, absent.value);
      else if (!values.has(name)) values.set(name, drawn(name, maker, random, attempt));
    }
    return values;
  };

  function count({ columns, sizes }: Counted, row: number, attempt: number, values: Map<string, unknown>): void {
    const total = sizes.reduce((product, size) => product * size, 1n);
    let index = (BigInt(row) + BigInt(attempt) * BigInt(rows)) % total;
    for (const [at, column] of columns.entries()) {
      const size = sizes[at] ?? 1n;
      values.set(column, makers.get(column)?.source.at?.(index % size));
      index /= size;
    }
  }

  function drawn(name: string, { source }: ColumnMaker, random: ReturnType<RandomOf>, attempt: number): unknown {
    const value = source.any(random, attempt);
    if (value !== undefined) return value;
    input.unsatisfied(name);
    return null;
  }
}

/** The first set that has hardly more values than there are rows, or that is one column of numbers: keys count up. */
function countedSet({ group, makers, rows }: ProposeInput, linked: ReadonlySet<string>): Counted | undefined {
  const sets = group.unique.flatMap(({ columns, scope }: UniqueSet): readonly Counted[] => {
    const sizes = columns.map((column) => (linked.has(column) ? undefined : makers.get(column)?.source.size));
    if (scope || sizes.some((size) => size === undefined || size === 0n)) return [];
    const total = (sizes as readonly bigint[]).reduce((product, size) => product * size, 1n);
    const [only] = columns;
    const isNumber = columns.length === 1 && only !== undefined && makers.get(only)?.column.type.name === 'integer';
    return isNumber || total < ROOM * BigInt(rows) ? [{ columns, sizes: sizes as readonly bigint[] }] : [];
  });
  return sets[0];
}
