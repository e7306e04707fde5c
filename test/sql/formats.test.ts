import { beforeAll, describe, expect, test } from 'vitest';
import { FORMATS, formatByName, formatHolds } from '../../src/sql/formats.ts';
import { LANGUAGE_CODES } from '../../src/sql/language-codes.ts';
import { parsePattern, patternMatches, printRe2 } from '../../src/sql/pattern.ts';
import { duckdbMatches } from './duckdb-matches.ts';
import { TABLE } from './format-cases.ts';

describe.each(FORMATS)('$name', ({ name }) => {
  const [good, bad] = TABLE[name] ?? [[], []];

  test.each(good)('%j has it', (text) => {
    expect(formatHolds(name, text)).toBe(true);
  });

  test.each(bad)('%j does not', (text) => {
    expect(formatHolds(name, text)).toBe(false);
  });

  test('there are good and bad texts', () => {
    expect([good.length > 2, bad.length > 2]).toEqual([true, true]);
  });
});

describe('DuckDB', () => {
  const texts = [...new Set(Object.values(TABLE).flat(2))];
  const trees = FORMATS.map(({ name, pattern }) => {
    const parsed = parsePattern(pattern);
    if ('problem' in parsed) throw new Error(`${name}: ${parsed.problem.message}`);
    return parsed.tree;
  });
  let answers: readonly (readonly boolean[])[];
  beforeAll(async () => {
    answers = await duckdbMatches(trees.map(printRe2), texts);
  });

  test.each(FORMATS.map(({ name }, index) => ({ name, index })))('matches $name as JavaScript does', ({ index }) => {
    const tree = trees[index] as (typeof trees)[number];
    expect(texts.filter((_, row) => answers[row]?.[index])).toEqual(texts.filter((text) => patternMatches(tree, text)));
  });
});

test('every day from 1890 to 2110 and no other is a date', () => {
  for (let year = 1890; year <= 2110; year += 1) {
    for (let month = 1; month <= 12; month += 1) {
      for (const day of [1, 28, 29, 30, 31]) {
        const text = `${year}-${String(month).padStart(2, '0')}-${day === 1 ? '01' : day}`;
        const real = new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1;
        if (formatHolds('date', text) !== real) expect.fail(text);
      }
    }
  }
});

test('two letters are a language exactly if they are listed', () => {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const pairs = letters.flatMap((first) => letters.map((second) => first + second));
  const known = pairs.filter((code) => formatHolds('language-code', code));
  expect(known).toEqual([...LANGUAGE_CODES]);
  expect(known).toHaveLength(183);
});

describe('code lists', () => {
  const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const values = (name: string): readonly string[] => formatByName(name)?.values ?? [];

  test.each([
    ['country-code', 249],
    ['currency-code', 178],
  ])('%s has %d different values', (name, count) => {
    expect([values(name).length, new Set(values(name)).size]).toEqual([count, count]);
  });

  test('countries and currencies are known to Unicode', () => {
    expect(values('country-code').filter((code) => regions.of(code) === undefined)).toEqual([]);
    const names = new Intl.DisplayNames(['en'], { type: 'currency', fallback: 'none' });
    expect(values('currency-code').filter((code) => names.of(code) === undefined)).toEqual(['XAD']);
  });

  test('every currency that Unicode calls current is listed, but for withdrawn ones', () => {
    const missing = Intl.supportedValuesOf('currency').filter((code) => !values('currency-code').includes(code));
    expect(missing).toEqual(expect.arrayContaining(['ANG', 'BGN', 'HRK']));
    expect(['EUR', 'SLE', 'VES', 'XCG'].filter((code) => missing.includes(code))).toEqual([]);
  });
});

test('an unknown format is refused', () => {
  expect(formatByName('mail')).toBeUndefined();
  expect(() => formatHolds('mail', 'x')).toThrow('"mail" is no format');
});
