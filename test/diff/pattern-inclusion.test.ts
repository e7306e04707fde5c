import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Pattern, parsePattern } from '../../src/sql/pattern.ts';
import { comparePatterns } from '../../src/sql/pattern-inclusion.ts';
import { naiveMatches } from '../sql/naive-pattern.ts';

function tree(text: string): Pattern {
  const parsed = parsePattern(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return parsed.tree;
}

function order(old: string, now: string): string {
  const found = comparePatterns(tree(old), tree(now));
  if (!found) return 'undecided';
  const { onlyNew, onlyOld } = found;
  if (onlyNew !== undefined) return onlyOld === undefined ? 'looser' : 'incomparable';
  return onlyOld === undefined ? 'equal' : 'tighter';
}

describe('what two patterns allow', () => {
  test.each([
    ['^[0-9]{3}$', '^\\d{3}$', 'equal'],
    ['^(?:ab)$', '^ab$', 'equal'],
    ['a', '^[\\S\\s]*a', 'equal'],
    ['a+', 'a', 'equal'],
    ['^a|b$', '(?:^a)|(?:b$)', 'equal'],
    ['[^a]', 'b|[^ab]', 'equal'],
    ['^$', '^a{0}$', 'equal'],
    ['', 'a*', 'equal'],
    ['$^', '^$', 'equal'],
    ['^(a|aa)+$', '^a+$', 'equal'],
    // No text holds NUL or half of a character.
    ['^[^\\s]$', '^\\S$', 'equal'],
    ['^[\u{d7ff}-\u{e000}]$', '^(?:\u{d7ff}|\u{e000})$', 'equal'],
    ['^.$', '^[^\n]$', 'equal'],
    ['^.$', '^[\\s\\S]$', 'looser'],
    ['^a$', '^a', 'looser'],
    ['^a', 'a', 'looser'],
    ['^INV-[0-9]{6}$', '^INV-[0-9]{6,8}$', 'looser'],
    ['^INV-[0-9]{6}$', 'INV-[0-9]{6}', 'looser'],
    ['^[A-Z]{2}$', '^[A-Za-z]{2}$', 'looser'],
    ['[0-9]{6}', '[0-9]{3}', 'looser'],
    ['^a$', '', 'looser'],
    ['x$y', 'z', 'looser'],
    ['a^', '$b', 'equal'],
    ['😀', '^.*😀', 'tighter'],
    ['^😀$', '^.$', 'looser'],
    ['a', 'b', 'incomparable'],
    ['^a{2,4}$', '^a{3,5}$', 'incomparable'],
    ['(^|-)a', '^-?a', 'tighter'],
  ])('%s → %s is %s', (old, now, expected) => {
    expect(order(old, now)).toBe(expected);
    const back: Record<string, string> = { looser: 'tighter', tighter: 'looser' };
    expect(order(now, old)).toBe(back[expected] ?? expected);
  });

  test('the shortest text that shows it is given, in letters where it can be', () => {
    expect(comparePatterns(tree('^INV-[0-9]{2}$'), tree('^INV-[0-9]{2,3}$'))).toEqual({
      onlyNew: 'INV-000',
      onlyOld: undefined,
    });
    expect(comparePatterns(tree('^[a-z]{2}$'), tree('^[^!]{2}$'))?.onlyNew).toBe('AA');
  });

  const ALPHABET = ['a', 'b', '\n', '😀'];
  const TEXTS = textsUpTo(3);

  const leaf = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('a', 'b') },
    fc.constantFrom('[ab]', '[^a]', '.', '\\w', '\\S', '😀', '', '^', '$'),
  );
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `${left}${right}`),
      fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(?:${left}|${right})`),
      fc
        .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{2,}', '{0}'))
        .map(([item, count]) => `(?:${item})${count}`),
    ),
  }));

  test('is what every short text says', () => {
    fc.assert(
      fc.property(pattern, pattern, (first, second) => {
        // A repeated anchor is no portable pattern.
        fc.pre([first, second].every((text) => 'tree' in parsePattern(text)));
        const [old, now] = [tree(first), tree(second)];
        const found = comparePatterns(old, now);
        if (!found) throw new Error('these are small');
        const { onlyNew, onlyOld } = found;
        if (onlyNew !== undefined)
          expect([naiveMatches(old, onlyNew), naiveMatches(now, onlyNew)]).toEqual([false, true]);
        if (onlyOld !== undefined)
          expect([naiveMatches(old, onlyOld), naiveMatches(now, onlyOld)]).toEqual([true, false]);
        for (const text of TEXTS) {
          const [before, after] = [naiveMatches(old, text), naiveMatches(now, text)];
          if (after && !before) expect([...(onlyNew ?? '_'.repeat(99))].length).toBeLessThanOrEqual([...text].length);
          if (before && !after) expect([...(onlyOld ?? '_'.repeat(99))].length).toBeLessThanOrEqual([...text].length);
        }
      }),
      { seed: 5, numRuns: 2_000 },
    );
  });

  function textsUpTo(length: number): readonly string[] {
    const texts = [''];
    for (const text of texts) {
      if ([...text].length < length) texts.push(...ALPHABET.map((character) => text + character));
    }
    return texts;
  }
});

describe('patterns that are meant to take long', () => {
  const many = Array.from({ length: 300 }, (_, index) => String.fromCodePoint(0x4e00 + index));

  test.each([
    ['a choice far from the end', '[ab]*a[ab]{200}$', '[ab]*a[ab]{201}$'],
    ['the same with another class', 'a.{250}$', '[ab].{250}$'],
    ['an unanchored count', '[a-c].{250}', '[a-d].{250}'],
    ['nested counts', '(?:a?b?c?d?){0,250}$', '(?:a?b?c?d?){0,249}$'],
    ['nested stars', '^(?:(?:a*)*b*)*$', '^[ab]*$'],
    ['exponential backtracking', '^(?:a|aa)+$', '^(?:a|aaa)+$'],
    ['coprime counts', '^(?:a{31})*$', '^(?:a{31}|a{37})*$'],
    ['coprime counts, product', '^(?:a{127})*$', '^(?:(?:a{127})*|(?:a{131})*)$'],
    ['cyclic', '^(?:(?:a{97})*|(?:a{89})*|(?:a{83})*)$', '^(?:(?:a{79})*|(?:a{73})*|(?:a{71})*)+$'],
    ['optional chains', `^${'a?'.repeat(500)}$`, `^${'a?'.repeat(499)}$`],
    ['many classes', many.map((c) => `[^${c}]`).join(''), many.map((c) => `[^${c}${c}a]`).join('')],
    ['many letters', `^(?:${many.join('|')})+$`, `^[${many.join('')}]+$`],
    ['two choices far from the end', '(?:a|b)*(?:a.{20}|b.{21})$', '(?:a|b)*(?:b.{20}|a.{21})$'],
    ['a universal one', `^(?:(?:a|b)*a(?:a|b){14})$`, `^(?:[ab]{0,14}|[ab]*a[ab]{14}|[ab]*b[ab]{14})$`],
    ['a blow-up that holds', `^[ab]*a[ab]{18}$`, `^(?:[ab]*a[ab]{18}|[ab]*a[ab]{17}b)$`],
  ])('%s: an answer or none, soon', (_, first, second) => {
    for (const [old, now] of [
      [first, second],
      [second, first],
    ] as const) {
      const [before, after] = [tree(old), tree(now)];
      const start = performance.now();
      const found = comparePatterns(before, after);
      const time = performance.now() - start;
      expect(time).toBeLessThan(10_000);
      if (!found) continue;
      if (found.onlyNew !== undefined)
        expect([naiveMatches(before, found.onlyNew), naiveMatches(after, found.onlyNew)]).toEqual([false, true]);
      if (found.onlyOld !== undefined)
        expect([naiveMatches(before, found.onlyOld), naiveMatches(after, found.onlyOld)]).toEqual([true, false]);
    }
  });

  test('without effort there is no answer', () => {
    expect(comparePatterns(tree('^[ab]*a[ab]{8}$'), tree('^[ab]*b[ab]{8}$'), 100)).toBeUndefined();
  });
});
