const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text as a string of Python, in the quotes that need fewer escapes. */
export function pythonText(text: string): string {
  const quote = text.includes('"') && !text.includes("'") ? "'" : '"';
  const escaped = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replace(UNSEEN, escapeOf);
  return `${quote}${escaped}${quote}`;
}

/** A regular expression as a raw string; it has no unseen character, and every quote in it stands behind a backslash. */
export function rawText(pattern: string): string {
  return `r"${pattern}"`;
}

/** Lines of a docstring, which nothing in the text can end. */
export function docstring(lines: readonly string[], margin: string): string {
  const shown = lines
    .flatMap((line) => line.split(/\r\n|[\n\r\u2028\u2029]/))
    .map((line) => line.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"').replace(UNSEEN, escapeOf).trimEnd());
  const [first = ''] = shown;
  const isShort = shown.length === 1 && !first.endsWith('"') && margin.length + first.length + 6 <= 88;
  if (isShort) return `${margin}"""${first}"""\n`;
  return `${shown.map((line, index) => `${line === '' ? '' : margin}${index === 0 ? '"""' : ''}${line}\n`).join('')}${margin}"""\n`;
}

/** A comment behind code, of one line and two blanks before it. */
export function pythonComment(text: string): string {
  return ` # ${text
    .trim()
    .replace(/\s*(?:\r\n|[\n\r\u2028\u2029])\s*/g, ' ')
    .replace(UNSEEN, escapeOf)}`;
}

function escapeOf(character: string): string {
  const named = NAMED[character];
  if (named) return named;
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
