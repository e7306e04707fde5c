import { expect, test } from 'vitest';
import { rowsOf } from '../../src/accessor/rows.ts';

async function* batchesOf(sizes: readonly number[]): AsyncGenerator<readonly number[]> {
  let next = 0;
  for (const size of sizes) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    yield Array.from({ length: size }, () => next++);
  }
}

test('several readers share the rows: each row goes to one of them', async () => {
  const rows = rowsOf(batchesOf([5, 1, 0, 7, 12, 25]));
  const seen: number[] = [];
  const read = async (): Promise<void> => {
    for await (const row of rows) {
      seen.push(row);
      if (row % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  await Promise.all([read(), read(), read(), read()]);
  expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
});

test('rows that are asked for before others have come follow them', async () => {
  const rows = rowsOf(batchesOf([2, 2, 1]));
  const asked = await Promise.all(Array.from({ length: 7 }, () => rows.next()));
  expect(asked.map(({ value }) => value)).toEqual([0, 1, 2, 3, 4, undefined, undefined]);
  expect(asked.map(({ done }) => done)).toEqual([false, false, false, false, false, true, true]);
});

test('an error comes once, and nothing behind it', async () => {
  const failing = async function* (): AsyncGenerator<readonly number[]> {
    yield [1];
    throw new Error('gone');
  };
  const rows = rowsOf(failing());
  const asked = await Promise.allSettled([rows.next(), rows.next(), rows.next()]);
  expect(asked.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await rows.next()).toEqual({ done: true, value: undefined });
});
