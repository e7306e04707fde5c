import { type Pattern, type PatternSyntax, parsePattern, printPattern } from '../../src/sql/pattern.ts';

/** Regular expressions of Rust, by which pydantic matches: searched anywhere, by code point, in linear time. */
const RUST: PatternSyntax = {
  start: ['^', '^'],
  end: ['$', '$'],
  any: '(?s:.)',
  codePoint,
  set(negated, ranges) {
    const members = ranges.map(([first, last]) =>
      first === last ? member(first) : `${member(first)}-${member(last)}`,
    );
    return `[${negated ? '^' : ''}${members.join('')}]`;
  },
};

/** A quote behind a backslash does not end a raw string of Python. */
function codePoint(code: number): string {
  const character = String.fromCodePoint(code);
  if (/^[ !#%,/:;<=>@_-]$/.test(character)) return character;
  return /^[!-/:-@[-`{-~]$/.test(character) ? `\\${character}` : `\\x{${code.toString(16)}}`;
}

/** In a class a hyphen stands for a range. */
function member(code: number): string {
  const character = String.fromCodePoint(code);
  return /[A-Za-z0-9]/.test(character) ? character : character === '-' ? '\\-' : codePoint(code);
}

/** A class or a letter needs no group to be repeated. */
const ALONE = /\(\?:(\[(?:[^\\\]]|\\.)*\]|\\[^\w]|[A-Za-z0-9])\)(?=[*+?{])/g;

/** A portable pattern for pydantic, to stand in a raw string. */
export function pythonPattern(pattern: Pattern | string): string {
  const parsed = typeof pattern === 'string' ? parsePattern(pattern) : { tree: pattern };
  if ('problem' in parsed) throw new Error(`${String(pattern)}: ${parsed.problem.message}`);
  return printPattern(parsed.tree, RUST).replace(ALONE, '$1');
}
