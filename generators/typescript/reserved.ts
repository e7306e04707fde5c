/** Words that no constant of a module can be called. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  `
  break case catch class const continue debugger default delete do else enum export extends false finally for function if import in
  instanceof new null return super switch this throw true try typeof var void while with
  implements interface let package private protected public static yield await arguments eval
  undefined globalThis
  `
    .trim()
    .split(/\s+/),
);

/** Global names that a module uses: one of its own would hide them. */
export const RESERVED_TYPES: ReadonlySet<string> = new Set([
  'Array',
  'Date',
  'Map',
  'Number',
  'Object',
  'Partial',
  'Pick',
  'ReadonlyArray',
  'ReadonlyMap',
  'Record',
  'Set',
  'String',
  'Uint8Array',
]);

/** Letters that compilers of today do not all know: those beyond 16 bits, and those that Unicode got after version 15. */
const UNKNOWN_LETTER =
  /[\u{10000}-\u{10ffff}\u088f\u0897\u0c5c\u0cdc\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2\ua7d4\ua7da-\ua7dc\ua7f1]|[\u1acf-\u1add\u1ae0-\u1aeb]/gu;

/** Whether every compiler reads the text as one identifier. */
export function isIdentifier(text: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(text) && text.search(UNKNOWN_LETTER) === -1;
}

/** A name whose letters may all stand in an identifier, if they are letters at all. */
export function withKnownLetters(name: string): string {
  return name.replace(UNKNOWN_LETTER, (letter) => `U${letter.codePointAt(0)?.toString(16).toUpperCase()}`);
}
