import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parentsFirst } from '../../src/samples/parents-first.ts';
import type { ParentLink } from '../../src/samples/promises.ts';

const link = (column: string): ParentLink => ({
  path: `t.${column}.references`,
  columns: [column],
  table: 't',
  to: ['id'],
});

const made = (...above: readonly (readonly (number | null)[])[]) => {
  const rows = above[0]?.length ?? 0;
  const columns = new Map<string, readonly unknown[]>([['id', Array.from({ length: rows }, (_, row) => BigInt(row))]]);
  for (const [at, values] of above.entries()) columns.set(`c${at}`, values);
  return { rows, columns, own: above.map((_, at) => link(`c${at}`)) };
};

describe('rows of a table that refers to itself', () => {
  test('come in levels, each after what it refers to', () => {
    const { levels, itself, circular } = parentsFirst(made([3, null, 0, 1, 1]));
    expect(levels).toEqual([[1], [3, 4], [0], [2]]);
    expect([...itself, ...circular]).toEqual([]);
  });

  test('that refer to themselves or to none are no obstacle, and are counted', () => {
    const { levels, itself, circular } = parentsFirst(made([0, 0, 99], [null, 1, 1]));
    expect(levels).toEqual([[0], [1], [2]]);
    expect(itself).toEqual(
      new Map([
        ['t.c0.references', 1],
        ['t.c1.references', 1],
      ]),
    );
    expect(circular.size).toBe(0);
  });

  test('that refer to one another come last, with those that depend on them', () => {
    const { levels, circular } = parentsFirst(made([1, 2, 0, 0, null]));
    expect(levels).toEqual([[4], [0, 1, 2, 3]]);
    expect(circular).toEqual(new Map([['t.c0.references', 4]]));
  });

  test('property: all rows come once, and parents before children where there is no circle', () => {
    const above = fc.array(fc.option(fc.nat({ max: 30 })), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(above, (values) => {
        const { levels, circular } = parentsFirst(made(values));
        const order = levels.flat();
        expect(order.toSorted((one, other) => one - other)).toEqual(values.map((_, row) => row));
        if (circular.size > 0) return;
        const level = (row: number): number => levels.findIndex((rows) => rows.includes(row));
        for (const [row, parent] of values.entries()) {
          if (parent === null || parent >= values.length || parent === row) continue;
          expect(level(parent)).toBeLessThan(level(row));
        }
      }),
    );
  });
});

test('rows of a table without references to itself keep their order', () => {
  expect(parentsFirst({ ...made([2, 2, 2]), own: [] }).levels).toEqual([[0, 1, 2]]);
});
