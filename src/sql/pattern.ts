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

/** How an engine's regular expressions say what the portable ones say in another way. */
export interface PatternSyntax {
  /** The ends of the text where they begin and end the whole pattern, and elsewhere. */
  readonly start: readonly [outer: string, inner: string];
  readonly end: readonly [outer: string, inner: string];
  /** Any character, newlines included. */
  readonly any: string;
  /** A code point that is no ASCII letter or digit. */
  codePoint(code: number): string;
  /** A class with ranges; absent: its code points stand there as elsewhere. */
  set?(negated: boolean, ranges: readonly CodePointRange[]): string;
}

const RE2: PatternSyntax = {
  // DuckDB turns constant patterns into LIKE and believes every bare anchor to stand at its end of the text; the group keeps it from that.
  start: ['\\A', '(\\A)'],
  end: ['\\z', '(\\z)'],
  any: '(?s:.)',
  codePoint: (code) => `\\x{${code.toString(16)}}`,
};

/** The pattern for RE2 (DuckDB's `regexp_matches`, re2js), to be searched anywhere. */
export function printRe2(pattern: Pattern): string {
  return printPattern(pattern, RE2);
}

/** The pattern in an engine's syntax, to be searched anywhere; only ASCII letters and digits stand unescaped. */
export function printPattern(pattern: Pattern, syntax: PatternSyntax): string {
  const items = pattern.kind === 'sequence' ? pattern.items : [pattern];
  return items
    .map((item, index) => {
      if (item.kind === 'start' && index === 0) return syntax.start[0];
      if (item.kind === 'end' && index === items.length - 1) return syntax.end[0];
      return items.length === 1 ? printNode(item, syntax) : printItem(item, syntax);
    })
    .join('');
}

function printNode(pattern: Pattern, syntax: PatternSyntax): string {
  switch (pattern.kind) {
    case 'character':
      return printCodePoint(pattern.code, syntax);
    case 'class':
      if (pattern.ranges.length === 0) return syntax.any;
      if (syntax.set) return syntax.set(pattern.negated, pattern.ranges);
      return `[${pattern.negated ? '^' : ''}${pattern.ranges.map((range) => printRange(range, syntax)).join('')}]`;
    case 'start':
      return syntax.start[1];
    case 'end':
      return syntax.end[1];
    case 'sequence':
      return pattern.items.map((item) => printItem(item, syntax)).join('');
    case 'choice':
      return pattern.options.map((option) => printNode(option, syntax)).join('|');
    case 'repeat':
      // PCRE takes an anchor inside a group that is never there for one of the whole pattern.
      if (pattern.max === 0) return '';
      return `(?:${printNode(pattern.item, syntax)})${printCounts(pattern.min, pattern.max)}`;
  }
}

function printItem(item: Pattern, syntax: PatternSyntax): string {
  return item.kind === 'choice' ? `(?:${printNode(item, syntax)})` : printNode(item, syntax);
}

function printRange([first, last]: CodePointRange, syntax: PatternSyntax): string {
  return first === last
    ? printCodePoint(first, syntax)
    : `${printCodePoint(first, syntax)}-${printCodePoint(last, syntax)}`;
}

function printCodePoint(code: number, syntax: PatternSyntax): string {
  const character = String.fromCodePoint(code);
  return /[A-Za-z0-9]/.test(character) ? character : syntax.codePoint(code);
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
