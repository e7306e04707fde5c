import { expect, it } from 'vitest';
import { clockWarning } from '../../src/dialects/server/warnings.ts';

const facts = (clockOffset: number) => ({ server: 'PostgreSQL', place: 'here', beyondReading: [], clockOffset });

it.each([0, 60_000, -60_000])('a clock that is %d ms off is near enough', (offset) => {
  expect(clockWarning(facts(offset))).toEqual([]);
});

it.each([
  [61_000, /61 s ahead of/],
  [-3_600_000, /3600 s behind/],
])('a clock that is %d ms off is told', (offset, words) => {
  expect(clockWarning(facts(offset))).toEqual([expect.stringMatching(words)]);
});
