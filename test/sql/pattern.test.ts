import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Pattern, parsePattern, patternMatches, printRe2 } from '../../src/sql/pattern.ts';

function tree(text: string): Pattern {
  const parsed = parsePattern(text);
  if ('problem' in parsed) throw new Error(`${text}: ${parsed.problem.message}`);
  return parsed.tree;
}

describe('patterns outside the portable subset name the construct', () => {
  test.each<[string, string]>([
    ['(?=a)', 'look-ahead'],
    ['(?!a)', 'look-ahead'],
    ['(?<=a)', 'look-behind'],
    ['(?<!a)', 'look-behind'],
    ['(?<name>a)', 'named group'],
    ['(?P<name>a)', 'named group'],
    ['(?P=name)', 'back-reference'],
    ['(?>a)', 'atomic group'],
    ['(?i)a', 'flag'],
    ['(?i:a)', 'flag'],
    ['(?-s)a', 'flag'],
    ['(?#note)', 'comment'],
    ['(?|a)', 'branch reset'],
    ['(?(1)a)', 'conditional'],
    ['(*FAIL)', 'control verb'],
    ['(?)', 'no group'],
    ['(a)\\1', 'back-reference'],
    ['\\k<n>', 'back-reference'],
    ['a*?', 'lazy quantifier'],
    ['a+?', 'lazy quantifier'],
    ['a??', 'lazy quantifier'],
    ['a{2}?', 'lazy quantifier'],
    ['a++', 'possessive quantifier'],
    ['a{2}+', 'possessive quantifier'],
    ['a**', 'repeats a repetition'],
    ['a{2}{3}', 'repeats a repetition'],
    ['\\bword', 'word boundary'],
    ['\\B', 'word boundary'],
    ['\\Aa', 'anchor'],
    ['a\\z', 'anchor'],
    ['a\\Z', 'anchor'],
    ['\\p{L}', 'Unicode property'],
    ['\\pL', 'Unicode property'],
    ['\\x41', 'character by number'],
    ['\\u0041', 'character by number'],
    ['\\0', 'character by number'],
    ['\\n', 'control character'],
    ['\\t', 'control character'],
    ['\\Qa\\E', 'quotation'],
    ['\\R', 'line ends'],
    ['\\h', 'blanks'],
    ['\\K', 'reset'],
    ['\\q', '"\\q" is no escape'],
    ['\\é', '"\\é" is no escape'],
    ['\\ ', '"\\ " is no escape'],
    ['\\', 'ends in a backslash'],
    ['[\\b]', 'word boundary'],
    ['[[:alpha:]]', 'POSIX class'],
    ['[[.a.]]', 'POSIX class'],
    ['[[=a=]]', 'POSIX class'],
    ['[a[b]]', 'inside a class'],
    ['[]', 'empty'],
    ['[^]', 'empty'],
    ['[]a]', 'empty'],
    ['[^\\s\\S]', 'matches no character'],
    ['[a', 'not closed'],
    ['[a-', 'not closed'],
    ['[', 'not closed'],
    ['[z-a]', 'wrong way round'],
    ['[\\w-z]', 'no range'],
    ['[a-\\d]', 'no range'],
    ['[a-c-e]', '"-" at 5'],
    ['(a', '"(" at 1 is not closed'],
    ['a)', '")" at 2 closes nothing'],
    ['a]', '"]" at 2 closes nothing'],
    ['a}', '"}" at 2 closes nothing'],
    ['*a', 'repeats nothing'],
    ['+', 'repeats nothing'],
    ['?', 'repeats nothing'],
    ['{2}', 'repeats nothing'],
    ['(*a)', 'control verb'],
    ['(+a)', 'repeats nothing'],
    ['a|*', 'repeats nothing'],
    ['^*', 'repeats an end'],
    ['$+', 'repeats an end'],
    ['a{', 'no quantifier'],
    ['a{}', 'no quantifier'],
    ['a{,3}', 'no quantifier'],
    ['a{ 2 }', 'no quantifier'],
    ['a{x}', '"{x}" is no quantifier'],
    ['a{3,2}', 'wrong way round'],
    ['a{256}', '"{256}" repeats more than 255 times'],
    ['a{0,300}', 'more than 255'],
    ['a{256,}', 'more than 255'],
    ['(?:a{255}){4}', 'multiply to more than 1000'],
    ['(?:(?:(?:a{9}){9}){9}){9}', 'multiply to more than 1000'],
    ['(?:abcdefghij){255}', '2550 characters'],
    ['a\0b', 'NUL'],
    ['\ud800', 'half of a character'],
  ])('%s', (text, construct) => {
    const parsed = parsePattern(text);
    expect('problem' in parsed ? parsed.problem.message : 'was read').toContain(construct);
  });

  test.each<[string, string, string]>([
    ['101 groups', `${'('.repeat(101)}${')'.repeat(101)}`, 'nest more than 100 deep'],
    ['20,000 openers', '(?:'.repeat(20_000), 'nest more than 100 deep'],
    ['a million characters', 'a'.repeat(1_000_000), '1000000 characters'],
  ])('%s', (_, text, construct) => {
    const parsed = parsePattern(text);
    expect('problem' in parsed ? parsed.problem.message : 'was read').toContain(construct);
  });
});

test.each<[string, string]>([
  ['^\\d{3}$', '\\A(?:[0-9]){3}\\z'],
  ['.', '[^\\x{a}]'],
  ['\\W', '[^0-9A-Z\\x{5f}a-z]'],
  ['[\\s\\S]', '(?s:.)'],
  ['(a|b)c', '(?:a|b)c'],
  ['a|b', 'a|b'],
  ['^', '\\A'],
  ['$', '\\z'],
  ['$^', '(\\z)(\\A)'],
  ['^a|b$', '(\\A)a|b(\\z)'],
  ['(?:ab)*', '(?:ab)*'],
  ['a{0,}', '(?:a)*'],
  ['a{1,}', '(?:a)+'],
  ['a{0,1}', '(?:a)?'],
  ['a{2,}', '(?:a){2,}'],
  ['a{2,3}', '(?:a){2,3}'],
  ['😀', '\\x{1f600}'],
  ['[a-cb-dx]', '[a-dx]'],
])('%s is printed as %s', (text, printed) => {
  expect(printRe2(tree(text))).toBe(printed);
});

test('the tree holds classes and no groups', () => {
  expect(tree('^(?:[^a]|\\d)+$')).toEqual({
    kind: 'sequence',
    items: [
      { kind: 'start' },
      {
        kind: 'repeat',
        min: 1,
        max: undefined,
        item: {
          kind: 'choice',
          options: [
            { kind: 'class', negated: true, ranges: [[0x61, 0x61]] },
            { kind: 'class', negated: false, ranges: [[0x30, 0x39]] },
          ],
        },
      },
      { kind: 'end' },
    ],
  });
});

test('any text is either refused or matched without a crash', () => {
  const piece = fc.constantFrom(...'ab()[]{}|*+?.^$\\-:=!<>,123dwsDWSbpxu😀\n'.split(''));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 8 }), (pieces, text) => {
      const parsed = parsePattern(pieces.join(''));
      if ('tree' in parsed) expect(typeof patternMatches(parsed.tree, text)).toBe('boolean');
      else expect(parsed.problem.message).not.toBe('');
    }),
    { numRuns: 2_000 },
  );
});
