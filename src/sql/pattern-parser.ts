import type { Problem } from '../model/problem.ts';
import { classEscape, classOf, complement, normalize } from './code-points.ts';
import { escapeProblem, groupProblem } from './pattern-problems.ts';
import type { CodePointRange, Pattern } from './pattern-tree.ts';

const MAX_COUNT = 255;
const MAX_DEPTH = 100;
const PUNCTUATION = /^[!-/:-@[-`{-~]$/;
const DOT = classOf(complement([[0x0a, 0x0a]]));

/** Carries the first problem out of the recursion; never leaves this file. */
class Refusal extends Error {
  readonly problem: Problem;

  constructor(message: string, hint?: string) {
    super(message);
    this.problem = hint === undefined ? { message } : { message, hint };
  }
}

interface Cursor {
  readonly characters: readonly string[];
  at: number;
  depth: number;
}

/** The tree of a portable pattern, or the first construct that is outside the portable subset. */
export function parseTree(text: string): { readonly tree: Pattern } | { readonly problem: Problem } {
  try {
    if (/[\0\p{Cs}]/u.test(text)) throw new Refusal('the pattern holds NUL or half of a character');
    const cursor: Cursor = { characters: [...text], at: 0, depth: 0 };
    const tree = choice(cursor);
    if (peek(cursor) === ')')
      throw new Refusal(`")" at ${cursor.at + 1} closes nothing`, 'write \\) for the character');
    return { tree };
  } catch (refusal) {
    if (refusal instanceof Refusal) return { problem: refusal.problem };
    throw refusal;
  }
}

function peek(cursor: Cursor, ahead = 0): string | undefined {
  return cursor.characters[cursor.at + ahead];
}

function choice(cursor: Cursor): Pattern {
  const options = [sequence(cursor)];
  while (peek(cursor) === '|') {
    cursor.at += 1;
    options.push(sequence(cursor));
  }
  return options.length === 1 ? (options[0] as Pattern) : { kind: 'choice', options };
}

function sequence(cursor: Cursor): Pattern {
  const items: Pattern[] = [];
  for (let next = peek(cursor); next !== undefined && next !== '|' && next !== ')'; next = peek(cursor)) {
    items.push(quantified(cursor, atom(cursor)));
  }
  return items.length === 1 ? (items[0] as Pattern) : { kind: 'sequence', items };
}

function atom(cursor: Cursor): Pattern {
  const character = cursor.characters[cursor.at] as string;
  cursor.at += 1;
  switch (character) {
    case '(':
      return group(cursor);
    case '[':
      return characterClass(cursor);
    case '.':
      return DOT;
    case '^':
      return { kind: 'start' };
    case '$':
      return { kind: 'end' };
    case '\\': {
      const read = escaped(cursor);
      return typeof read === 'number' ? { kind: 'character', code: read } : classOf(read);
    }
    case '*':
    case '+':
    case '?':
    case '{':
      throw new Refusal(`"${character}" at ${cursor.at} repeats nothing`, `write \\${character} for the character`);
    case ']':
    case '}':
      throw new Refusal(`"${character}" at ${cursor.at} closes nothing`, `write \\${character} for the character`);
    default:
      return { kind: 'character', code: character.codePointAt(0) as number };
  }
}

function group(cursor: Cursor): Pattern {
  const start = cursor.at;
  if (peek(cursor) === '?' || peek(cursor) === '*') {
    const head = cursor.characters.slice(cursor.at, cursor.at + 4).join('');
    if (!head.startsWith('?:')) {
      const { message, hint } = groupProblem(head);
      throw new Refusal(message, hint);
    }
    cursor.at += 2;
  }
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) throw new Refusal(`groups nest more than ${MAX_DEPTH} deep`);
  const inner = choice(cursor);
  if (peek(cursor) !== ')') throw new Refusal(`"(" at ${start} is not closed`, 'write \\( for the character');
  cursor.depth -= 1;
  cursor.at += 1;
  return inner;
}

function quantified(cursor: Cursor, item: Pattern): Pattern {
  const start = cursor.at;
  const counts = quantifier(cursor);
  if (!counts) return item;
  const written = cursor.characters.slice(start, cursor.at).join('');
  if (item.kind === 'start' || item.kind === 'end') throw new Refusal(`"${written}" repeats an end of the text`);
  const next = peek(cursor);
  if (next === '?')
    throw new Refusal(`"${written}?" is a lazy quantifier`, `write ${written}: what matches is the same`);
  if (next === '+') throw new Refusal(`"${written}+" is a possessive quantifier`, `write ${written}`);
  if (next === '*' || next === '{')
    throw new Refusal(`"${next}" at ${cursor.at + 1} repeats a repetition`, 'group it: (?:…)');
  return { kind: 'repeat', item, ...counts };
}

function quantifier(cursor: Cursor): { readonly min: number; readonly max: number | undefined } | undefined {
  const character = peek(cursor);
  if (character === '*' || character === '+' || character === '?') {
    cursor.at += 1;
    return { min: character === '+' ? 1 : 0, max: character === '?' ? 1 : undefined };
  }
  if (character !== '{') return undefined;
  const close = cursor.characters.indexOf('}', cursor.at);
  const written = cursor.characters.slice(cursor.at, close === -1 ? undefined : close + 1).join('');
  const match = /^\{(\d{1,9})(,(\d{1,9})?)?\}$/.exec(written);
  if (!match) throw new Refusal(`"${written}" is no quantifier`, 'write {n}, {n,} or {n,m}, or \\{ for the character');
  const min = Number(match[1]);
  const max = match[2] === undefined ? min : match[3] === undefined ? undefined : Number(match[3]);
  if (Math.max(min, max ?? 0) > MAX_COUNT) throw new Refusal(`"${written}" repeats more than ${MAX_COUNT} times`);
  if (max !== undefined && max < min) throw new Refusal(`"${written}" has its counts the wrong way round`);
  cursor.at = close + 1;
  return { min, max };
}

/** The code point of an escaped character, or the members of `\d \w \s` and their capitals. */
function escaped(cursor: Cursor): number | readonly CodePointRange[] {
  const character = peek(cursor);
  if (character === undefined) throw new Refusal('the pattern ends in a backslash', 'write \\\\ for the character');
  const members = classEscape(character);
  if (!members && !PUNCTUATION.test(character)) {
    const { message, hint } = escapeProblem(character);
    throw new Refusal(message, hint);
  }
  cursor.at += 1;
  return members ?? (character.codePointAt(0) as number);
}

function characterClass(cursor: Cursor): Pattern {
  const start = cursor.at;
  const negated = peek(cursor) === '^';
  if (negated) cursor.at += 1;
  if (peek(cursor) === ']') throw new Refusal(`the class at ${start} is empty`, 'write \\] for the character');
  const ranges: CodePointRange[] = [];
  for (let first = true; peek(cursor) !== ']'; first = false) ranges.push(...classItem(cursor, start, first));
  cursor.at += 1;
  const members = normalize(ranges);
  const chosen = negated ? complement(members) : members;
  if (chosen.length === 0) throw new Refusal(`the class at ${start} matches no character`);
  return classOf(chosen);
}

function classItem(cursor: Cursor, start: number, first: boolean): readonly CodePointRange[] {
  const begin = cursor.at;
  const low = classMember(cursor, start);
  const ranged = peek(cursor) === '-' && peek(cursor, 1) !== ']';
  if (!ranged) {
    if (cursor.characters[begin] === '-' && !first && peek(cursor) !== ']') {
      throw new Refusal(`"-" at ${begin + 1} stands between two characters of a class`, 'write \\- for the character');
    }
    return typeof low === 'number' ? [[low, low]] : low;
  }
  cursor.at += 1;
  const high = classMember(cursor, start);
  const written = cursor.characters.slice(begin, cursor.at).join('');
  if (typeof low !== 'number' || typeof high !== 'number') {
    throw new Refusal(`"${written}" is no range of characters`, 'write \\- for the character');
  }
  if (high < low) throw new Refusal(`the range "${written}" is the wrong way round`);
  return [[low, high]];
}

function classMember(cursor: Cursor, start: number): number | readonly CodePointRange[] {
  const character = peek(cursor);
  if (character === undefined) throw new Refusal(`"[" at ${start} is not closed`, 'write \\[ for the character');
  cursor.at += 1;
  if (character === '\\') return escaped(cursor);
  if (character === '[') {
    const next = peek(cursor);
    throw next === ':' || next === '.' || next === '='
      ? new Refusal(`"[${next}…${next}]" is a POSIX class`, 'write the characters: [A-Za-z], [0-9]')
      : new Refusal(`"[" at ${cursor.at} stands inside a class`, 'write \\[ for the character');
  }
  return character.codePointAt(0) as number;
}
