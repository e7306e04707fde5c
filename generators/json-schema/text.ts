import type { Pattern } from '../../src/sql/pattern.ts';
import { type JsonObject, object } from './json.ts';

const BREAK = 0x0a;

/** Python takes the place before a line break at the end for the end: where no such text matches, that is said besides. */
export const NO_BREAK_AT_END: JsonObject = object(['type', 'string'], ['pattern', '\\n$']);

/** A text that matches all of the patterns, which hold its end and let no line break stand there. */
export function textSchema(...patterns: readonly string[]): JsonObject {
  return new Map([...patterned(...patterns), ['not', NO_BREAK_AT_END]]);
}

/** A text that matches all of the patterns. */
export function patterned(...patterns: readonly string[]): JsonObject {
  if (patterns.length === 1) return object(['type', 'string'], ['pattern', patterns[0]]);
  return object(
    ['type', 'string'],
    ['allOf', patterns.map((pattern) => object(['type', 'string'], ['pattern', pattern]))],
  );
}

/** Whether the pattern holds the end of a text, and a text that matches has no line break there. */
export function hasBareEnd(pattern: Pattern): boolean {
  if (pattern.kind === 'choice') return pattern.options.every(hasBareEnd);
  if (pattern.kind !== 'sequence' || pattern.items.at(-1)?.kind !== 'end') return false;
  const { mayBreak, mayBeEmpty } = endOf(pattern);
  return !mayBreak && !mayBeEmpty;
}

/** Whether what a pattern matches may end in a line break, and whether it may be nothing, so that what is before it is the end. */
interface End {
  readonly mayBreak: boolean;
  readonly mayBeEmpty: boolean;
}

function endOf(pattern: Pattern): End {
  switch (pattern.kind) {
    case 'character':
      return { mayBreak: pattern.code === BREAK, mayBeEmpty: false };
    case 'class': {
      const isAmong = pattern.ranges.some(([first, last]) => first <= BREAK && BREAK <= last);
      return { mayBreak: isAmong !== pattern.negated, mayBeEmpty: false };
    }
    case 'start':
      // Nothing is before it.
      return { mayBreak: false, mayBeEmpty: false };
    case 'end':
      return { mayBreak: false, mayBeEmpty: true };
    case 'sequence':
      return pattern.items
        .map(endOf)
        .reduceRight(
          (behind, before) =>
            behind.mayBeEmpty
              ? { mayBreak: behind.mayBreak || before.mayBreak, mayBeEmpty: before.mayBeEmpty }
              : behind,
          { mayBreak: false, mayBeEmpty: true },
        );
    case 'choice': {
      const ends = pattern.options.map(endOf);
      return { mayBreak: ends.some(({ mayBreak }) => mayBreak), mayBeEmpty: ends.some(({ mayBeEmpty }) => mayBeEmpty) };
    }
    case 'repeat': {
      const { mayBreak, mayBeEmpty } = endOf(pattern.item);
      return { mayBreak, mayBeEmpty: mayBeEmpty || pattern.min === 0 };
    }
  }
}
