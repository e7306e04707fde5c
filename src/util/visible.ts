const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e0fff}\p{Surrogate}]/gu;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text that came from outside, safe to show: control characters, escape sequences, bidirectional overrides and
 * zero width characters become visible escapes; cut at `limit` characters (code points) with `…`.
 */
export function visible(text: string, limit = 256): string {
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
