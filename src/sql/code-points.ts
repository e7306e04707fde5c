import type { CodePointRange, Pattern } from './pattern-tree.ts';

const LAST = 0x10ffff;

const DIGIT: readonly CodePointRange[] = [[0x30, 0x39]];
const WORD: readonly CodePointRange[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const SPACE: readonly CodePointRange[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
];

/** What `\d \w \s` and their capitals mean on every engine; undefined for any other letter. */
export function classEscape(letter: string): readonly CodePointRange[] | undefined {
  switch (letter) {
    case 'd':
      return DIGIT;
    case 'w':
      return WORD;
    case 's':
      return SPACE;
    case 'D':
      return complement(DIGIT);
    case 'W':
      return complement(WORD);
    case 'S':
      return complement(SPACE);
    default:
      return undefined;
  }
}

/** Sorted, disjoint, with neighbours joined. */
export function normalize(ranges: readonly CodePointRange[]): readonly CodePointRange[] {
  const sorted = [...ranges].sort((left, right) => left[0] - right[0]);
  const joined: [number, number][] = [];
  for (const [first, last] of sorted) {
    const before = joined.at(-1);
    if (before && first <= before[1] + 1) before[1] = Math.max(before[1], last);
    else joined.push([first, last]);
  }
  return joined;
}

/** All code points outside normalized ranges. */
export function complement(ranges: readonly CodePointRange[]): readonly CodePointRange[] {
  const outside: CodePointRange[] = [];
  let next = 0;
  for (const [first, last] of ranges) {
    if (first > next) outside.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= LAST) outside.push([next, LAST]);
  return outside;
}

/** The class of normalized members. It is negated exactly if it has NUL, which no person can write and no text column holds. */
export function classOf(members: readonly CodePointRange[]): Pattern {
  const negated = members[0]?.[0] === 0;
  return { kind: 'class', negated, ranges: negated ? complement(members) : members };
}
