import fc from 'fast-check';
import { type Pattern, parsePattern } from '../../src/sql/pattern.ts';

/** Texts that engines see differently. */
export const SUBJECTS = {
  empty: '',
  a: 'a',
  A: 'A',
  abc: 'abc',
  long: 'a'.repeat(100_000),
  longTail: `${'a'.repeat(99_999)}!`,
  longEmoji: '😀'.repeat(100_000),
  newline: '\n',
  newlineAtEnd: 'abc\n',
  newlineInside: 'ab\nabc',
  return: 'a\r',
  lineSeparator: 'a\u2028b',
  verticalTab: '\v',
  noBreakSpace: '\u00a0',
  wideSpace: '\u3000',
  nextLine: '\u0085',
  blank: ' ',
  é: 'é',
  eAccent: 'e\u0301',
  arabic: '٣٤',
  digits: '12',
  kelvin: '\u212a',
  longS: 'ſ',
  emoji: '😀',
  emojis: '😀😁',
  last: '\u{10ffff}',
  underscore: '_',
  backslash: '\\',
  caret: '^',
  dash: '-',
  bracket: ']',
  dollar: '$',
  punctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  percent: 'a%b_',
  quote: "o'hara",
  aab: 'aab',
  a255: 'a'.repeat(255),
  a254: 'a'.repeat(254),
} as const;

export type Subject = keyof typeof SUBJECTS;
export const EVERY = Object.keys(SUBJECTS) as Subject[];

/** What people expect of each construct, written down by hand; all other subjects only have to agree. */
export const CASES: readonly [pattern: string, matches: readonly Subject[], not: readonly Subject[]][] = [
  ['', EVERY, []],
  [
    'a',
    ['a', 'abc', 'long', 'newlineInside', 'percent', 'eAccent'].filter((s) => s !== 'eAccent') as Subject[],
    ['A', 'empty', 'eAccent', 'é'],
  ],
  ['A', ['A'], ['a', 'abc']],
  ['é', ['é'], ['eAccent', 'a', 'empty']],
  ['^é$', ['é'], ['eAccent']],
  ['K', [], ['kelvin']],
  ['s', [], ['longS']],
  ['^abc$', ['abc'], ['newlineAtEnd', 'newlineInside', 'a']],
  ['abc$', ['abc', 'newlineInside'], ['newlineAtEnd']],
  ['^abc', ['abc', 'newlineAtEnd'], ['newlineInside']],
  ['^', EVERY, []],
  ['$', EVERY, []],
  ['^$', ['empty'], ['newline', 'a']],
  ['$^', ['empty'], ['newline']],
  ['a^', [], ['a', 'newlineInside']],
  ['$a', [], ['a', 'aab']],
  ['a$b', [], ['aab', 'abc']],
  ['[\\s\\S]*^b', [], ['abc', 'aab']],
  ['b$[\\s\\S]*', ['aab', 'lineSeparator'], ['abc', 'newlineAtEnd']],
  ['(^)b', [], ['abc', 'aab']],
  ['.', ['a', 'é', 'emoji', 'return', 'lineSeparator', 'verticalTab', 'nextLine', 'last'], ['empty', 'newline']],
  ['^.$', ['a', 'é', 'emoji', 'last', 'verticalTab', 'nextLine'], ['newline', 'emojis', 'eAccent', 'abc']],
  ['^..$', ['emojis', 'eAccent', 'return', 'arabic'], ['emoji', 'newline', 'abc']],
  [
    '^.{100000}$'.replace('{100000}', '*'),
    ['long', 'longEmoji', 'empty'],
    ['newlineAtEnd', 'newlineInside', 'newline'],
  ],
  ['\\d', ['digits'], ['arabic', 'a', 'empty']],
  ['^\\d{2}$', ['digits'], ['arabic']],
  ['^\\D+$', ['arabic', 'newline', 'emoji', 'last', 'longEmoji', 'newlineInside'], ['digits', 'empty']],
  ['\\w', ['a', 'A', 'digits', 'underscore'], ['é', 'arabic', 'kelvin', 'longS', 'blank', 'emoji', 'dash']],
  ['^\\w+$', ['abc', 'long', 'digits'], ['quote', 'newlineAtEnd', 'empty']],
  ['^\\W$', ['é', 'emoji', 'newline', 'last', 'kelvin', 'blank'], ['a', 'underscore', 'arabic', 'empty']],
  ['^\\s$', ['newline', 'verticalTab', 'blank'], ['noBreakSpace', 'wideSpace', 'nextLine', 'empty', 'a']],
  ['\\s', ['newlineAtEnd', 'return'], ['lineSeparator', 'abc']],
  ['^\\S$', ['noBreakSpace', 'wideSpace', 'nextLine', 'emoji', 'a'], ['newline', 'blank', 'verticalTab', 'empty']],
  ['^[\\s\\S]$', ['newline', 'emoji', 'a', 'last'], ['empty', 'abc']],
  ['^[\\s\\S]*$', EVERY, []],
  ['[ab]', ['a', 'abc', 'percent'], ['A', 'empty', 'é']],
  ['^[^a]$', ['A', 'newline', 'emoji', 'last', 'é', 'bracket'], ['a', 'abc', 'empty']],
  ['^[^a]*$', ['empty', 'longEmoji', 'newline'], ['long', 'longTail']],
  ['[^\\w\\s]', ['é', 'punctuation', 'longTail', 'emoji'], ['a', 'blank', 'long', 'underscore']],
  ['^[\\D]$', ['newline', 'a', 'emoji'], ['arabic', 'digits']],
  ['^[^\\D]+$', ['digits'], ['arabic', 'a']],
  ['[\\w.-]', ['dash', 'a', 'punctuation'], ['caret', 'é']],
  ['[a-c]', ['abc', 'percent'], ['A', 'digits']],
  ['^[a-]$', ['a', 'dash'], ['A', 'caret']],
  ['^[-a]$', ['a', 'dash'], ['A']],
  ['^[\\]]$', ['bracket'], ['backslash']],
  ['^[\\^a]$', ['caret', 'a'], ['backslash']],
  ['^[a^]$', ['caret', 'a'], ['A']],
  ['^[\\\\]$', ['backslash'], ['bracket']],
  ['^[.$|?*+(){}]$', ['dollar'], ['a', 'newline', 'caret']],
  ['^[à-ÿ]$', ['é'], ['a', 'eAccent']],
  ['^[😀-😎]+$', ['emoji', 'emojis', 'longEmoji'], ['a', 'last', 'é']],
  ['^[^😀]$', ['a', 'last', 'newline'], ['emoji', 'emojis']],
  ['^😀{2}$', [], ['emoji', 'emojis']],
  ['^(?:😀|😁){2}$', ['emojis'], ['emoji']],
  ['😀', ['emoji', 'emojis', 'longEmoji'], ['last', 'empty']],
  ['^[٠-٩]+$', ['arabic'], ['digits']],
  ['a|A', ['a', 'A', 'abc'], ['é', 'empty']],
  ['^a|b$', ['a', 'abc', 'lineSeparator'], ['A', 'digits']],
  ['^(a|A)$', ['a', 'A'], ['abc']],
  ['^(?:abc|)$', ['abc', 'empty'], ['a', 'newline']],
  ['^()$', ['empty'], ['newline']],
  ['^(a(b(c)))$', ['abc'], ['a']],
  ['^a*$', ['empty', 'a', 'long'], ['longTail', 'A', 'newline']],
  ['^a+$', ['a', 'long', 'a255'], ['empty', 'longTail']],
  ['^a?$', ['empty', 'a'], ['aab', 'newline']],
  ['^a{2}b$', ['aab'], ['abc']],
  ['^a{255}$', ['a255'], ['a254', 'long']],
  ['^a{255,}$', ['a255', 'long'], ['a254', 'longTail']],
  ['^a{0,254}$', ['empty', 'a', 'a254'], ['a255', 'long']],
  ['^a{0}$', ['empty'], ['a']],
  ['^(?:a{15}){17}$', ['a255'], ['a254']],
  ['^(a+)+$', ['a', 'long'], ['longTail', 'empty']],
  ['^(a|a)*$', ['empty', 'long'], ['longTail']],
  ['^(?:a*)*b', ['aab'], ['longTail', 'abc'].filter((s) => s !== 'abc') as Subject[]],
  ['^(?:\\w|\\W){3}$', ['abc', 'aab'], ['emojis', 'a', 'newlineAtEnd']],
  ['\\.', ['punctuation'], ['a', 'newline']],
  ['\\\\', ['backslash', 'punctuation'], ['a']],
  ['\\$', ['dollar', 'punctuation'], ['a', 'empty']],
  ['\\^', ['caret', 'punctuation'], ['a', 'empty']],
  [
    '^\\!\\"\\#\\$\\%\\&\\\'\\(\\)\\*\\+\\,\\-\\.\\/\\:\\;\\<\\=\\>\\?\\@\\[\\\\\\]\\^\\_\\`\\{\\|\\}\\~$',
    ['punctuation'],
    ['backslash'],
  ],
  ['^!"#\\$%&\'', ['punctuation'], ['dollar']],
  ['%', ['percent', 'punctuation'], ['abc', 'empty']],
  ['a_', [], ['abc', 'percent']],
  ['^a%b_$', ['percent'], ['abc']],
  ["'", ['quote', 'punctuation'], ['a']],
  ['b\na', ['newlineInside'], ['newlineAtEnd']],
  ['^(?:a|b|c|\n)+$', ['abc', 'newlineAtEnd', 'newlineInside'], ['return']],
  ['-', ['dash', 'punctuation'], ['a']],
  ['^[,-/]$', ['dash'], ['caret']],
];

export const TREES: readonly Pattern[] = CASES.map(([text]) => {
  const parsed = parsePattern(text);
  if ('problem' in parsed) throw new Error(`${text}: ${parsed.problem.message}`);
  return parsed.tree;
});

const patternText: fc.Arbitrary<string> = fc.letrec<{ pattern: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(
      'a',
      'b',
      'é',
      '😀',
      '.',
      '\\d',
      '\\w',
      '\\s',
      '\\D',
      '\\W',
      '\\S',
      '\n',
      '٣',
      '\\.',
      '[ab]',
      '[^a]',
      '[^\\w]',
    ),
    tie('pattern').map((inner) => `(?:${inner})`),
  ),
  pattern: fc
    .array(
      fc.oneof(
        {
          weight: 6,
          arbitrary: fc.tuple(tie('atom'), fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '{0}', '{2,}')),
        },
        { weight: 1, arbitrary: fc.constantFrom(['^', ''], ['$', ''], ['|', '']) },
      ),
      { maxLength: 5 },
    )
    .map((pieces) => pieces.map(([one, count]) => `${one}${count}`).join('')),
})).pattern;

/** Texts of few characters, in which random patterns often match. */
export const RANDOM_TEXTS = fc.sample(
  fc
    .array(fc.constantFrom('a', 'b', 'é', '😀', '\n', '1', '٣', '_', ' ', '.', '\r'), { maxLength: 7 })
    .map((parts) => parts.join('')),
  { numRuns: 60, seed: 7 },
);

/** Random patterns that are portable. */
export const RANDOM_TREES = fc.sample(patternText, { numRuns: 500, seed: 11 }).flatMap((text) => {
  const parsed = parsePattern(text);
  return 'tree' in parsed ? [parsed.tree] : [];
});
