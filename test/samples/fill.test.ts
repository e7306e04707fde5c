import { describe, expect, test } from 'vitest';
import { fillGroup } from '../../src/samples/fill.ts';
import type { Group } from '../../src/samples/groups.ts';
import type { Judge } from '../../src/samples/judge.ts';
import type { Condition } from '../../src/samples/promises.ts';
import { randomOf } from '../../src/samples/random.ts';

const UNIQUE: Group = {
  columns: ['a'],
  conditions: [],
  unique: [{ path: 't.a.unique', columns: ['a'] }],
  parents: [],
};
const CONDITION = { path: 't.c', kind: 'holds', columns: ['a'] } as unknown as Condition;
const ASKED: Group = { columns: ['a'], conditions: [CONDITION], unique: [], parents: [] };
const RANDOM = randomOf('fill');

/** Fills rows with so many different numbers; 0 counts as missing. */
async function filled(group: Group, rows: number, limit: number, holds?: (value: number) => boolean, first = 0) {
  let [tries, batches] = [0, 0];
  const judge: Judge = {
    refused: async () => new Map(),
    decide: async (_, asked) => {
      batches += 1;
      return asked.map((row) => [holds?.(row.get('a') as number) ?? true]);
    },
  };
  const { columns, broken } = await fillGroup({
    group,
    rows,
    conditions: group.conditions,
    isMissing: (_, value) => value === 0,
    propose(row, attempt) {
      tries += 1;
      return new Map([['a', first + RANDOM(row, attempt).below(limit)]]);
    },
    ...(holds && { judge }),
  });
  return { values: (columns.get('a') ?? []) as readonly number[], broken, tries, batches };
}

describe('rows are tried again', () => {
  test('until their values come once', async () => {
    const { values, broken } = await filled(UNIQUE, 900, 1000);
    const present = values.filter((value) => value !== 0);
    expect(new Set(present).size).toBe(present.length);
    expect(broken.size).toBe(0);
  });

  test('for no value that counts as missing, however often it comes', async () => {
    const { values, broken, tries } = await filled(UNIQUE, 50, 1);
    expect(new Set(values)).toEqual(new Set([0]));
    expect([...broken]).toEqual([]);
    expect(tries).toBe(50);
  });

  test('a few times only where most others found nothing: more rows than values', async () => {
    const { values, broken, tries } = await filled(UNIQUE, 20_000, 5, undefined, 1);
    expect(new Set(values).size).toBe(5);
    expect(broken).toEqual(new Map([['t.a.unique', 19_995]]));
    // A thousand at each would be 20 million.
    expect(tries).toBeLessThan(400_000);
  });

  test('a few times only where a condition hardly ever holds', async () => {
    const { values, broken, tries, batches } = await filled(ASKED, 20_000, 5000, (value) => value === 7);
    expect(tries).toBeLessThan(800_000);
    expect(batches).toBeLessThan(400);
    const kept = values.filter((value) => value === 7).length;
    expect(kept).toBeGreaterThan(0);
    expect(broken.get('t.c')).toBe(20_000 - kept);
  });

  test('a thousand times where that mostly helps', async () => {
    const { values, broken, tries, batches } = await filled(ASKED, 2000, 200, (value) => value === 7);
    expect(values.filter((value) => value !== 7).length).toBeLessThan(40);
    expect(broken.get('t.c') ?? 0).toBe(values.filter((value) => value !== 7).length);
    // As many as it takes, and as few statements as they fit into.
    expect(tries).toBeLessThan(2 * 200 * 2000);
    expect(batches).toBeLessThan(300);
  });

  test('in few statements where a condition holds of every other row', async () => {
    const { broken, tries, batches } = await filled(ASKED, 50_000, 1000, (value) => value < 500);
    expect(broken.size).toBe(0);
    expect(tries).toBeLessThan(150_000);
    expect(batches).toBeLessThan(60);
  });
});
