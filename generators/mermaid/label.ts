import { visible } from '../../src/util/visible.ts';

/** What stands for itself between double quotes. A ligature begins mermaid's own marks for characters. */
const ACTIVE = /[^\p{L}\p{M}\p{N}\p{So} _.,()\-+/@]|\ufb02/gu;
/** A word that attributes may be named by in every version of mermaid. */
const WORD = /^[A-Za-z_][A-Za-z0-9_-]*$/;
/** Marks of keys, which mermaid reads in any case. */
const MARK = /^(?:pk|fk|uk)\b/i;

/** Text between double quotes, in one line; what mermaid or Markdown would act on becomes a character code. */
export function quoted(...lines: readonly string[]): string {
  return `"${lines.map(encoded).join('<br/>')}"`;
}

/** Whether a name may stand as the name of an attribute. */
export function isWord(name: string): boolean {
  return WORD.test(name) && !MARK.test(name);
}

function encoded(line: string): string {
  const codes = visible(line.trim().replace(/\s+/g, ' '), Number.MAX_SAFE_INTEGER).replace(
    ACTIVE,
    (character) => `#${character.codePointAt(0)};`,
  );
  // A line with these two words sets the direction of the diagram, wherever they stand in it.
  return codes === '' ? '#32;' : codes.replace(/(direction) /gi, '$1#32;');
}
