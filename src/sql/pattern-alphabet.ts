import type { CodePointRange } from './pattern-tree.ts';

/** Code points that two patterns never tell apart, as one letter; letters are numbered. */
export interface Alphabet {
  readonly size: number;
  /** The letters of a class. */
  lettersOf(ranges: readonly CodePointRange[]): readonly number[];
  /** A code point of the letter, the most readable one that is easy to find. */
  example(letter: number): number;
}

/** Cuts all code points into letters by the classes of both patterns. */
export function alphabetOf(classes: readonly (readonly CodePointRange[])[]): Alphabet {
  const distinct = new Map(classes.map((ranges) => [String(ranges), ranges]));
  const cuts = new Set<number>();
  for (const ranges of distinct.values()) {
    for (const [first, last] of ranges) cuts.add(first).add(last + 1);
  }
  const starts = [...cuts].sort((left, right) => left - right);
  const place = new Map(starts.map((start, index) => [start, index]));
  // Which classes a stretch is in, as a text: equal texts make one letter.
  const signatures = starts.map(() => '');
  for (const [id, ranges] of [...distinct.values()].entries()) {
    for (const [first, last] of ranges) {
      const end = place.get(last + 1) ?? starts.length;
      for (let index = place.get(first) ?? 0; index < end; index += 1) signatures[index] += `${id},`;
    }
  }
  const letters = new Map<string, number>();
  const examples: number[] = [];
  const letterAt = signatures.map((signature, index) => {
    if (signature === '') return undefined;
    const letter = letters.get(signature) ?? letters.size;
    letters.set(signature, letter);
    const code = readableIn(starts[index] as number, (starts[index + 1] ?? 0x110000) - 1);
    const known = examples[letter];
    if (known === undefined || rank(code) < rank(known)) examples[letter] = code;
    return letter;
  });
  return {
    size: letters.size,
    lettersOf(ranges) {
      const found = new Set<number>();
      for (const [first, last] of ranges) {
        const end = place.get(last + 1) ?? starts.length;
        for (let index = place.get(first) ?? 0; index < end; index += 1) found.add(letterAt[index] as number);
      }
      return [...found];
    },
    example: (letter) => examples[letter] as number,
  };
}

const PREFERRED: readonly CodePointRange[] = [
  [0x61, 0x7a],
  [0x41, 0x5a],
  [0x30, 0x39],
  [0x21, 0x7e],
  [0x20, 0x20],
  [0xa1, 0xd7ff],
];

function readableIn(first: number, last: number): number {
  for (const [low, high] of PREFERRED) {
    if (first <= high && last >= low) return Math.max(first, low);
  }
  return first;
}

function rank(code: number): number {
  const index = PREFERRED.findIndex(([low, high]) => low <= code && code <= high);
  return index < 0 ? PREFERRED.length : index;
}
