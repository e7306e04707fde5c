import { RE2JS } from 're2js';
import type { Problem } from '../model/problem.ts';
import { parseTree } from './pattern-parser.ts';
import { type CodePointRange, expandedSize, nestedCount, type Pattern } from './pattern-tree.ts';

export type { Pattern } from './pattern-tree.ts';

/** RE2 refuses a product of nested counts above 1,000. */
const MAX_NESTED_COUNT = 1_000;
/** RE2 needs about 0.2 s for 100,000 characters at this size, and four times as long at twice the size. */
const MAX_SIZE = 2_000;

/**
 * Reads a portable pattern (semantics §6): searched anywhere, case-sensitive, by code point; `^ $` are the ends of the value, `.` is
 * anything but a newline, `\d \w \s` are ASCII. A pattern that an engine would refuse for its size is a problem too.
 */
export function parsePattern(text: string): { readonly tree: Pattern } | { readonly problem: Problem } {
  const parsed = parseTree(text);
  if ('problem' in parsed) return parsed;
  if (nestedCount(parsed.tree) > MAX_NESTED_COUNT) {
    return {
      problem: {
        message: `repetitions inside repetitions multiply to more than ${MAX_NESTED_COUNT} times`,
        hint: 'write * or + instead of one of the counts, and bound the length by maxLength',
      },
    };
  }
  const size = expandedSize(parsed.tree);
  if (size <= MAX_SIZE) return parsed;
  return {
    problem: {
      message: `the pattern has ${size} characters and classes once its repetitions are written out, expected at most ${MAX_SIZE}`,
      hint: 'write a list of values as enum, and bound lengths by minLength and maxLength',
    },
  };
}

/** The pattern for RE2 (DuckDB's `regexp_matches`, re2js), to be searched anywhere; only ASCII letters and digits stand unescaped. */
export function printRe2(pattern: Pattern): string {
  const items = pattern.kind === 'sequence' ? pattern.items : [pattern];
  return items
    .map((item, index) => {
      if (item.kind === 'start' && index === 0) return '\\A';
      if (item.kind === 'end' && index === items.length - 1) return '\\z';
      return items.length === 1 ? printNode(item) : printItem(item);
    })
    .join('');
}

function printNode(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'character':
      return printCodePoint(pattern.code);
    case 'class':
      if (pattern.ranges.length === 0) return '(?s:.)';
      return `[${pattern.negated ? '^' : ''}${pattern.ranges.map(printRange).join('')}]`;
    // DuckDB turns constant patterns into LIKE and believes every bare anchor to stand at its end of the text; the group keeps it from that.
    case 'start':
      return '(\\A)';
    case 'end':
      return '(\\z)';
    case 'sequence':
      return pattern.items.map(printItem).join('');
    case 'choice':
      return pattern.options.map(printNode).join('|');
    case 'repeat':
      return `(?:${printNode(pattern.item)})${printCounts(pattern.min, pattern.max)}`;
  }
}

function printItem(item: Pattern): string {
  return item.kind === 'choice' ? `(?:${printNode(item)})` : printNode(item);
}

function printRange([first, last]: CodePointRange): string {
  return first === last ? printCodePoint(first) : `${printCodePoint(first)}-${printCodePoint(last)}`;
}

function printCodePoint(code: number): string {
  const character = String.fromCodePoint(code);
  return /[A-Za-z0-9]/.test(character) ? character : `\\x{${code.toString(16)}}`;
}

function printCounts(min: number, max: number | undefined): string {
  if (min === 0 && max === undefined) return '*';
  if (min === 1 && max === undefined) return '+';
  if (min === 0 && max === 1) return '?';
  if (max === undefined) return `{${min},}`;
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

const compiled = new WeakMap<Pattern, RE2JS>();

/** Whether the text holds a match, in time linear in its length; the same answer as on every engine. */
export function patternMatches(pattern: Pattern, text: string): boolean {
  let matcher = compiled.get(pattern);
  if (!matcher) {
    matcher = RE2JS.compile(printRe2(pattern));
    compiled.set(pattern, matcher);
  }
  return matcher.matcher(text).find();
}
