/** Characters that nobody sees, or that end a line somewhere. */
export const UNSEEN = /[\p{Cc}\u2028\u2029]/u;

/** A text cut into runs of characters that are `special` and runs of those that are not. */
export function pieces(
  text: string,
  special: RegExp,
): readonly { readonly text: string; readonly isSpecial: boolean }[] {
  const found: { text: string; isSpecial: boolean }[] = [];
  for (const character of text) {
    const isSpecial = special.test(character);
    const last = found.at(-1);
    if (last && last.isSpecial === isSpecial) last.text += character;
    else found.push({ text: character, isSpecial });
  }
  return found;
}
