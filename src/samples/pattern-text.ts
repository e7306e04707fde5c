import { complement } from '../sql/code-points.ts';
import { patternMatches } from '../sql/pattern.ts';
import { comparePatterns } from '../sql/pattern-inclusion.ts';
import type { CodePointRange, Pattern } from '../sql/pattern-tree.ts';
import type { Random } from './random.ts';
import { letters } from './words.ts';

/** Code points that people like to read, the best first. */
const READABLE: readonly (readonly CodePointRange[])[] = [
  [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  [[0x21, 0x7e]],
  [[0x20, 0x20]],
  [
    [0xa1, 0x17f],
    [0x370, 0x3ff],
  ],
  [
    [0x180, 0xd7ff],
    [0xe000, 0x10ffff],
  ],
  [[0x01, 0x1f]],
];
/** How many more repetitions than the fewest, by attempt. */
const SPREADS = [4, 4, 12, 40, 120, 255];
/** Characters after which nothing is repeated more often than it has to be. */
const ENOUGH = 400;
/** Nothing begins behind its first character. */
const NOTHING: Pattern = { kind: 'sequence', items: [{ kind: 'character', code: 0x61 }, { kind: 'start' }] };

/** How freely a text grows. */
interface Growth {
  readonly spread: number;
  /** Characters that may still come before it ends as soon as it can. */
  left: number;
}

interface Length {
  /** Fewest characters. */
  readonly least: number;
}

/** A text that matches the pattern; undefined where none was found: later attempts look further, and for the shortest one at last. */
export function patternText(tree: Pattern, random: Random, attempt: number, length: Length): string | undefined {
  const spread = SPREADS[attempt % SPREADS.length] ?? 4;
  const text = filled(textOf(tree, random, { spread, left: ENOUGH }), random, length);
  if (patternMatches(tree, text)) return text;
  return attempt > 0 && attempt % 20 === 0 ? shortest(tree) : undefined;
}

/** Texts that are too short are filled up, which matters only where the pattern is open at its ends. */
function filled(text: string, random: Random, { least }: Length): string {
  const missing = least - [...text].length;
  if (missing <= 0) return text;
  return random.oneIn(2) ? `${text}${letters(random, missing)}` : `${letters(random, missing)}${text}`;
}

const found = new WeakMap<Pattern, string | undefined>();

/** The shortest text that matches; anchors inside a pattern leave no other way to find one. */
function shortest(tree: Pattern): string | undefined {
  if (!found.has(tree)) found.set(tree, comparePatterns(NOTHING, tree)?.onlyNew);
  return found.get(tree);
}

function textOf(pattern: Pattern, random: Random, growth: Growth): string {
  switch (pattern.kind) {
    case 'character':
      growth.left -= 1;
      return String.fromCodePoint(pattern.code);
    case 'class':
      growth.left -= 1;
      return character(pattern.negated ? complementOf(pattern.ranges) : pattern.ranges, random);
    case 'start':
    case 'end':
      return '';
    case 'sequence':
      return pattern.items.map((item) => textOf(item, random, growth)).join('');
    case 'choice':
      return textOf(random.pick(pattern.options), random, growth);
    case 'repeat': {
      const more = growth.left > 0 ? Math.min(growth.spread, (pattern.max ?? Infinity) - pattern.min) : 0;
      const count = pattern.min + random.below(more + 1);
      const parts: string[] = [];
      for (let index = 0; index < count && (growth.left > 0 || index < pattern.min); index += 1) {
        parts.push(textOf(pattern.item, random, growth));
      }
      return parts.join('');
    }
  }
}

const complements = new WeakMap<readonly CodePointRange[], readonly CodePointRange[]>();

function complementOf(ranges: readonly CodePointRange[]): readonly CodePointRange[] {
  const known = complements.get(ranges) ?? complement(ranges);
  complements.set(ranges, known);
  return known;
}

/** Of the most readable kind that the class has; now and then of the next one too. */
function character(ranges: readonly CodePointRange[], random: Random): string {
  const kinds = kindsOf(ranges);
  const kind = (random.oneIn(12) ? kinds[1] : undefined) ?? kinds[0] ?? ranges;
  const sizes = kind.map(([first, last]) => last - first + 1);
  let index = random.below(sizes.reduce((sum, size) => sum + size, 0));
  for (const [at, size] of sizes.entries()) {
    if (index < size) return String.fromCodePoint((kind[at]?.[0] ?? 0) + index);
    index -= size;
  }
  return '';
}

const readable = new WeakMap<readonly CodePointRange[], readonly (readonly CodePointRange[])[]>();

/** What a class has of each readable kind. */
function kindsOf(ranges: readonly CodePointRange[]): readonly (readonly CodePointRange[])[] {
  const known = readable.get(ranges);
  if (known) return known;
  const kinds = READABLE.map((kind) => common(ranges, kind)).filter((kind) => kind.length > 0);
  readable.set(ranges, kinds);
  return kinds;
}

function common(one: readonly CodePointRange[], other: readonly CodePointRange[]): readonly CodePointRange[] {
  return one.flatMap(([first, last]) =>
    other.flatMap(([low, high]): readonly CodePointRange[] => {
      const [start, end] = [Math.max(first, low), Math.min(last, high)];
      return start <= end ? [[start, end]] : [];
    }),
  );
}
