import { beforeAll, describe, expect, test } from 'vitest';
import { type Pattern, patternMatches, printRe2 } from '../../src/sql/pattern.ts';
import { duckdbMatches } from './duckdb-matches.ts';
import { naiveMatches } from './naive-pattern.ts';
import { CASES, EVERY, RANDOM_TEXTS, RANDOM_TREES, SUBJECTS, TREES } from './pattern-cases.ts';

let duckdb: readonly (readonly boolean[])[];
beforeAll(async () => {
  duckdb = await duckdbMatches(TREES.map(printRe2), Object.values(SUBJECTS));
});

describe.each(CASES.map(([text, matches, not], index) => ({ text, matches, not, index })))(
  '$text',
  ({ matches, not, index }) => {
    const tree = TREES[index] as Pattern;

    test.each(EVERY)('%s', (subject) => {
      const answer = patternMatches(tree, SUBJECTS[subject]);
      expect(duckdb[EVERY.indexOf(subject)]?.[index], 'DuckDB and re2js').toBe(answer);
      if (matches.includes(subject) || not.includes(subject))
        expect(answer, 'as written down').toBe(matches.includes(subject));
      if (SUBJECTS[subject].length < 1_000)
        expect(naiveMatches(tree, SUBJECTS[subject]), 'naive evaluation').toBe(answer);
    });
  },
);

test('no case is written down twice or both ways', () => {
  expect(new Set(CASES.map(([text]) => text)).size).toBe(CASES.length);
  for (const [text, matches, not] of CASES)
    expect(
      matches.filter((subject) => not.includes(subject)),
      text,
    ).toEqual([]);
});

test('a catastrophic pattern answers at once', async () => {
  const text = `${'a'.repeat(5_000)}!`;
  const tree = TREES[CASES.findIndex(([pattern]) => pattern === '^(a+)+$')] as Pattern;
  const start = performance.now();
  expect(patternMatches(tree, text)).toBe(false);
  expect(performance.now() - start).toBeLessThan(1_000);
  const other = performance.now();
  expect(await duckdbMatches([printRe2(tree)], [text])).toEqual([[false]]);
  expect(performance.now() - other).toBeLessThan(2_000);
});

test('random patterns mean the same to DuckDB, re2js and the naive evaluation', async () => {
  const texts = RANDOM_TEXTS;
  const trees = RANDOM_TREES;
  expect(trees.length).toBeGreaterThan(300);
  const answers = await duckdbMatches(trees.map(printRe2), texts);
  const wrong = texts.flatMap((text, row) =>
    trees.flatMap((tree, column) => {
      const naive = naiveMatches(tree, text);
      const same = answers[row]?.[column] === naive && patternMatches(tree, text) === naive;
      return same ? [] : [`${printRe2(tree)} over ${JSON.stringify(text)}`];
    }),
  );
  expect(wrong).toEqual([]);
});
