import { type Pattern, type PatternSyntax, parsePattern, printPattern } from '../../src/sql/pattern.ts';

/** Regular expressions of ECMAScript with the flag `u`, which JSON Schema asks for; nothing but classes, so that others read them alike. */
const ECMA: PatternSyntax = {
  start: ['^', '^'],
  end: ['$', '$'],
  any: '[\\s\\S]',
  codePoint: (code) => printed(code, /[\^$\\.*+?()[\]{}|/]/),
  set: (negated, ranges) => `[${negated ? '^' : ''}${ranges.map(range).join('')}]`,
};

/** A portable pattern in JSON Schema; undefined where the text is none. */
export function ecmaPattern(text: string): string | undefined {
  const parsed = parsePattern(text);
  return 'tree' in parsed ? printEcma(parsed.tree) : undefined;
}

export function printEcma(pattern: Pattern): string {
  // A class or a letter needs no group to be repeated.
  return printPattern(pattern, ECMA).replace(ALONE, '$1');
}

const ALONE = /\(\?:(\[(?:[^\\\]]|\\.)*\]|\\[^\w]|[A-Za-z0-9])\)(?=[*+?{])/g;

function range([first, last]: readonly [number, number]): string {
  const member = (code: number): string => printed(code, /[\^\\\]\-[]/);
  if (first === last) return member(first);
  return last === first + 1 ? member(first) + member(last) : `${member(first)}-${member(last)}`;
}

function printed(code: number, special: RegExp): string {
  const character = String.fromCodePoint(code);
  if (special.test(character)) return `\\${character}`;
  const isPlain = /[\p{L}\p{N}\p{P}\p{S} ]/u.test(character);
  if (isPlain) return character;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
