import type { Column } from '../model/contract.ts';
import { type Choices, chosenRow } from './choices.ts';
import type { Group } from './groups.ts';
import type { SampleRow } from './judge.ts';
import { type Missing, mayBeNull } from './missing.ts';
import type { Pin } from './pins.ts';
import type { ParentLink, UniqueSet } from './promises.ts';
import type { RandomOf } from './random.ts';
import type { Source } from './source.ts';

/** What a column's values are made from. */
export interface ColumnMaker {
  readonly column: Column;
  readonly source: Source;
  readonly missing: Missing;
  /** By row. */
  readonly pinned: ReadonlyMap<number, Pin>;
  readonly random: RandomOf;
}

export interface ProposeInput {
  readonly group: Group;
  readonly rows: number;
  readonly makers: ReadonlyMap<string, ColumnMaker>;
  readonly choices: ReadonlyMap<ParentLink, Choices>;
  /** Numbers that a link to a parent takes. */
  linkRandom(path: string): RandomOf;
  /** No value keeps the rules of the column. */
  unsatisfied(column: string): void;
}

/** A set whose values are counted up instead of being drawn. */
interface Counted {
  readonly sources: readonly { readonly column: string; readonly source: Source; readonly size: bigint }[];
  readonly total: bigint;
}

/** Above so many times the rows, drawn values hardly meet. */
const ROOM = 4n;

/** Proposes the rows of a group, attempt by attempt. */
export function proposals(input: ProposeInput): (row: number, attempt: number) => SampleRow {
  const { group, rows } = input;
  const links = group.parents.flatMap((link) => {
    const choices = input.choices.get(link);
    return choices && choices.rows.length > 0 ? [linked(input, link, choices)] : [];
  });
  const counted = countedSet(input, new Set(links.flatMap(({ columns }) => columns)));
  const makers = group.columns.flatMap((name) => {
    const maker = input.makers.get(name);
    return maker ? [{ name, maker }] : [];
  });
  return (row, attempt) => {
    const values = new Map<string, unknown>();
    for (const { refer } of links) refer(row, attempt, values);
    if (counted) count(counted, row, attempt, values);
    for (const { name, maker } of makers) {
      const random = maker.random(row, attempt);
      const pinned = maker.pinned.get(row);
      const absent = pinned ? undefined : maker.missing(row, random);
      if (pinned) values.set(name, pinned.value);
      else if (absent) values.set(name, absent.value);
      else if (!values.has(name)) values.set(name, drawn(name, maker, random, attempt));
    }
    return values;
  };

  function count({ sources, total }: Counted, row: number, attempt: number, values: Map<string, unknown>): void {
    let index = (BigInt(row) + BigInt(attempt) * BigInt(rows)) % total;
    for (const { column, source, size } of sources) {
      values.set(column, source.at?.(index % size));
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

/** A link with how it gives its columns their values. */
function linked(input: ProposeInput, link: ParentLink, choices: Choices) {
  const { group, makers } = input;
  const { columns } = link;
  const random = input.linkRandom(link.path);
  const pins = columns.flatMap((name) => makers.get(name)?.pinned ?? []);
  const isUnique = group.unique.some((set) => set.columns.some((each) => columns.includes(each)));
  const nullable = columns.find((name) => {
    const column = makers.get(name)?.column;
    return column !== undefined && mayBeNull(column);
  });
  const refer = (row: number, attempt: number, values: Map<string, unknown>): void => {
    const chosen =
      pins.find((pinned) => pinned.has(row))?.get(row)?.parent ??
      chosenRow(choices, row, {
        random: random(row, attempt),
        inTurn: attempt === 0 && isUnique,
        mayBeNull: nullable !== undefined,
      });
    if (chosen !== undefined) {
      for (const [at, column] of columns.entries()) values.set(column, choices.columns[at]?.[chosen]);
    } else if (nullable !== undefined) values.set(nullable, null);
  };
  return { columns, refer };
}

/** The first set that has hardly more values than there are rows, or that is one column of numbers: keys count up. */
function countedSet({ group, makers, rows }: ProposeInput, given: ReadonlySet<string>): Counted | undefined {
  for (const { columns, scope } of group.unique as readonly UniqueSet[]) {
    const sources = columns.flatMap((column) => {
      const source = given.has(column) ? undefined : makers.get(column)?.source;
      return source?.size === undefined || source.size === 0n ? [] : [{ column, source, size: source.size }];
    });
    if (scope || sources.length < columns.length) continue;
    const total = sources.reduce((product, { size }) => product * size, 1n);
    const [only] = columns;
    const isNumber = columns.length === 1 && only !== undefined && makers.get(only)?.column.type.name === 'integer';
    if (isNumber || total < ROOM * BigInt(rows)) return { sources, total };
  }
  return undefined;
}
