/** Control, format and private characters, what only looks like a blank, and variation selectors. */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Variation_Selector}\u115f\u1160\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;

/** Most texts, which need no closer look. */
const PLAIN = /^[\x20-\x7e]*$/;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text that came from outside, safe to show: control characters, escape sequences, bidirectional overrides and
 * zero width characters become visible escapes; cut at `limit` characters (code points) with `…`.
 */
export function visible(text: string, limit = 256): string {
  if (text.length <= limit && PLAIN.test(text)) return text;
  // A slice first: the text may be megabytes long.
  const head = [...text.slice(0, 2 * limit + 2)];
  const shown = head.length > limit ? `${head.slice(0, limit).join('')}…` : head.join('');
  return shown.replace(INVISIBLE, escapeOf);
}

function escapeOf(character: string): string {
  const named = NAMED[character];
  if (named) return named;
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/**
 * Text of several lines whose control characters are visible already: lines that a CI log would take for its own commands
 * (`::error::…` at the beginning, `##[error]` anywhere) begin with an escape instead.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^([^\S\n]*):(?=:)/gm, '$1\\x3a').replaceAll('##[', '#\\x23[');
}
