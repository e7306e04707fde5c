import type { Problem } from '../model/problem.ts';

const ESCAPES: Readonly<Record<string, readonly [what: string, hint?: string]>> = Object.assign(Object.create(null), {
  b: ['a word boundary', 'write the neighbours: (?:^|[^A-Za-z0-9_])'],
  B: ['a word boundary'],
  A: ['an anchor', 'write ^'],
  z: ['an anchor', 'write $'],
  Z: ['an anchor', 'write $'],
  G: ['an anchor'],
  p: ['a Unicode property', 'write the characters, such as [A-Za-zÀ-ÿ]'],
  P: ['a Unicode property', 'write the characters, such as [^A-Za-z]'],
  x: ['a character by number', 'write the character itself'],
  u: ['a character by number', 'write the character itself'],
  U: ['a character by number', 'write the character itself'],
  N: ['a character by name', 'write the character itself'],
  c: ['a control character', 'write the character itself'],
  n: ['a control character', 'write the character itself, in a double-quoted text of YAML'],
  r: ['a control character', 'write the character itself, in a double-quoted text of YAML'],
  t: ['a control character', 'write the character itself, in a double-quoted text of YAML'],
  f: ['a control character', 'write the character itself, in a double-quoted text of YAML'],
  v: ['a control character', 'write the character itself, in a double-quoted text of YAML'],
  a: ['a control character', 'write the character itself, in a double-quoted text of YAML'],
  e: ['a control character', 'write the character itself, in a double-quoted text of YAML'],
  h: ['a class of blanks', 'write [ \\-] or \\s'],
  H: ['a class of blanks', 'write \\S'],
  V: ['a class of line ends', 'write .'],
  R: ['a class of line ends', 'write \\s'],
  X: ['a grapheme', 'write .'],
  Q: ['a quotation', 'write \\ before each punctuation mark'],
  E: ['a quotation', 'write \\ before each punctuation mark'],
  K: ['a reset of the match'],
  k: ['a back-reference'],
  g: ['a back-reference'],
  0: ['a character by number', 'write the character itself'],
});

/** Why `\` before this character is outside the portable subset. */
export function escapeProblem(character: string): Problem {
  if (/[1-9]/.test(character)) return { message: `"\\${character}" is a back-reference, which is not portable` };
  const known = ESCAPES[character];
  if (!known) {
    return {
      message: `"\\${character}" is no escape`,
      hint: `write ${character}: \\ stands only before punctuation and d w s D W S`,
    };
  }
  const [what, hint] = known;
  const message = `"\\${character}" is ${what}, which is not portable`;
  return hint === undefined ? { message } : { message, hint };
}

/** Why a group that begins with this text is outside the portable subset. */
export function groupProblem(head: string): Problem {
  const named = (what: string, hint?: string): Problem => {
    const message = `"(${head.trimEnd()}…" is ${what}, which is not portable`;
    return hint === undefined ? { message } : { message, hint };
  };
  const condition = 'write a row condition in checks for what one pattern cannot say';
  if (head.startsWith('*')) return named('a control verb', 'write \\* for the character');
  if (/^\?[=!]/.test(head)) return named('a look-ahead', condition);
  if (/^\?<[=!]/.test(head)) return named('a look-behind', condition);
  if (/^\?(?:P?<|')/.test(head)) return named('a named group', 'write (?:…)');
  if (head.startsWith('?P=')) return named('a back-reference');
  if (head.startsWith('?>')) return named('an atomic group', 'write (?:…)');
  if (head.startsWith('?#')) return named('a comment');
  if (head.startsWith('?|')) return named('a branch reset', 'write (?:…)');
  if (head.startsWith('?(')) return named('a conditional');
  if (/^\?[\^a-zA-Z-]/.test(head)) return named('a flag', 'write both cases: [Aa]');
  return named('no group', 'write (?:…)');
}
