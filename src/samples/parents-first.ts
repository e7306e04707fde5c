import { keyOf } from './key.ts';
import type { ParentLink } from './promises.ts';
import type { Sample } from './sample.ts';

/** Rows in the order in which a database that keeps references takes them. */
export interface Ordered {
  /** Rows of a level refer to rows of the levels before it only; those of `circular` come last and refer to one another. */
  readonly levels: readonly (readonly number[])[];
  /** Path of a reference → how many rows refer to themselves. */
  readonly itself: ReadonlyMap<string, number>;
  /** Path of a reference → how many rows refer to each other in a circle. */
  readonly circular: ReadonlyMap<string, number>;
}

/** Puts the rows that others of the table refer to before those. */
export function parentsFirst(sample: Pick<Sample, 'rows' | 'columns' | 'own'>): Ordered {
  const all = Array.from({ length: sample.rows }, (_, row) => row);
  const itself = new Map<string, number>();
  const circular = new Map<string, number>();
  if (sample.own.length === 0) return { levels: [all], itself, circular };
  const parents = sample.own.map((link) => ({ link, of: parentRows(sample, link) }));
  const children: number[][] = [];
  const open = all.map(() => 0);
  for (const { link, of } of parents) {
    for (const [row, parent] of of.entries()) {
      if (parent === undefined) continue;
      if (parent === row) {
        count(itself, link.path);
        continue;
      }
      open[row] = (open[row] ?? 0) + 1;
      const known = children[parent];
      if (known) known.push(row);
      else children[parent] = [row];
    }
  }
  const levels: number[][] = [];
  for (let level = all.filter((row) => open[row] === 0); level.length > 0; ) {
    levels.push(level);
    const next: number[] = [];
    for (const row of level) {
      for (const child of children[row] ?? []) {
        const left = (open[child] ?? 0) - 1;
        open[child] = left;
        if (left === 0) next.push(child);
      }
    }
    level = next.sort((one, other) => one - other);
  }
  const last = all.filter((row) => (open[row] ?? 0) > 0);
  if (last.length > 0) levels.push(last);
  for (const { link, of } of parents) {
    for (const row of last) {
      const parent = of[row];
      if (parent !== undefined && parent !== row && (open[parent] ?? 0) > 0) count(circular, link.path);
    }
  }
  return { levels, itself, circular };
}

/** For each row the first one that it refers to; undefined: none. */
function parentRows(
  { rows, columns }: Pick<Sample, 'rows' | 'columns'>,
  link: ParentLink,
): readonly (number | undefined)[] {
  const keysOf = (names: readonly string[]): readonly (string | undefined)[] => {
    const values = names.map((name) => columns.get(name));
    return Array.from({ length: rows }, (_, row) => keyOf(values.map((each) => each?.[row])));
  };
  const first = new Map<string, number>();
  for (const [row, key] of keysOf(link.to).entries()) if (key !== undefined && !first.has(key)) first.set(key, row);
  return keysOf(link.columns).map((key) => (key === undefined ? undefined : first.get(key)));
}

function count(counts: Map<string, number>, path: string): void {
  counts.set(path, (counts.get(path) ?? 0) + 1);
}
