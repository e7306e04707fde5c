import { type Pattern, type PatternSyntax, parsePattern, printPattern } from '../../src/sql/pattern.ts';

/** How a dialect of regular expressions differs, for patterns that people read. */
export interface RegexStyle {
  readonly start: readonly [outer: string, inner: string];
  readonly end: readonly [outer: string, inner: string];
  readonly any: string;
  /** A character that nobody sees. */
  hidden(code: number): string;
}

/** A printer of portable patterns with as few backslashes as there can be, for literals in which they may mean something else. */
export function regexPrinter(style: RegexStyle): (pattern: Pattern) => string {
  const shown = (code: number): string => {
    const character = String.fromCodePoint(code);
    return isShown(character) ? character : style.hidden(code);
  };
  const alone = (code: number): string => {
    const character = String.fromCodePoint(code);
    if ('^[]\\'.includes(character)) return `\\${character}`;
    return '.*+?(){}|$'.includes(character) ? `[${character}]` : shown(code);
  };
  const member = (code: number): string => {
    const character = String.fromCodePoint(code);
    return '[]\\^-&'.includes(character) ? `\\${character}` : shown(code);
  };
  const range = ([first, last]: Range): string => {
    if (first === last) return member(first);
    return last === first + 1 ? member(first) + member(last) : `${member(first)}-${member(last)}`;
  };
  const syntax: PatternSyntax = {
    ...style,
    codePoint: alone,
    set(negated, ranges) {
      // A hyphen is itself at the end of a class, a caret anywhere but at its beginning, and an ampersand where it is alone.
      const { left, taken } = takeOut(ranges, [AMPERSAND, CARET, HYPHEN]);
      const before = left.map(range).join('');
      const isFirst = before === '' && !negated;
      const after = taken.map((code) =>
        code === CARET && isFirst && taken[0] === CARET ? '\\^' : String.fromCodePoint(code),
      );
      return `[${negated ? '^' : ''}${before}${after.join('')}]`;
    },
  };
  return (pattern) => printPattern(pattern, syntax).replace(ALONE, '$1');
}

type Range = readonly [first: number, last: number];

const HYPHEN = 0x2d;
const CARET = 0x5e;
const AMPERSAND = 0x26;
/** A class or a letter needs no group to be repeated. */
const ALONE = /\(\?:(\[(?:[^\\\]]|\\.)*\]|[A-Za-z0-9])\)(?=[*+?{])/g;

function isShown(character: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S} ]/u.test(character);
}

/** The ranges without the code points that stand at the ends of one, and those that were taken. */
function takeOut(
  ranges: readonly Range[],
  codes: readonly number[],
): { readonly left: readonly Range[]; readonly taken: readonly number[] } {
  let left = ranges;
  const taken: number[] = [];
  for (const code of codes) {
    const at = left.find(([first, last]) => first === code || last === code);
    if (!at) continue;
    taken.push(code);
    const [first, last] = at;
    const rest: Range[] = first === last ? [] : [first === code ? [code + 1, last] : [first, code - 1]];
    left = left.flatMap((each) => (each === at ? rest : [each]));
  }
  return { left, taken };
}

/** Most code points of a text that matches; undefined where there is no bound, or the pattern does not hold both ends of the text. */
export function longestMatch(text: string): number | undefined {
  const parsed = parsePattern(text);
  if ('problem' in parsed || parsed.tree.kind !== 'sequence') return undefined;
  const { items } = parsed.tree;
  return items[0]?.kind === 'start' && items.at(-1)?.kind === 'end' ? lengthOf(parsed.tree) : undefined;
}

function lengthOf(pattern: Pattern): number | undefined {
  switch (pattern.kind) {
    case 'character':
    case 'class':
      return 1;
    case 'start':
    case 'end':
      return 0;
    case 'sequence':
      return pattern.items
        .map(lengthOf)
        .reduce((sum, each) => (sum === undefined || each === undefined ? undefined : sum + each), 0);
    case 'choice':
      return pattern.options
        .map(lengthOf)
        .reduce((most, each) => (most === undefined || each === undefined ? undefined : Math.max(most, each)), 0);
    case 'repeat': {
      const one = lengthOf(pattern.item);
      return pattern.max === undefined || one === undefined ? undefined : one * pattern.max;
    }
  }
}
