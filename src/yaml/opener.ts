import { visible } from '../util/visible.ts';
import { type Accident, needsQuotes, type Written } from './accident.ts';
import { isBlank } from './written.ts';

const CORE_TAG = /!!(?:str|int|float|bool|null|map|seq)(?=[\s,\]}]|$)/y;
const ANCHOR = /&[^\s,[\]{}]+(?=\s)/y;
const ALIAS = /\*[\p{L}\p{N}_][\p{L}\p{N}_.-]*(?=[ \t]*(?:[,\]}\r\n]|\s#|$))/uy;
const BAD_ESCAPE = /\\(?:[^0abtnvfre \t"/\\N_LPxuU\r\n]|x(?![\da-fA-F]{2})|u(?![\da-fA-F]{4})|U(?![\da-fA-F]{8}))/;

/** Behind anchors and tags of YAML itself, which may stand before any value. */
export function skipProperties(text: string, from: number): number {
  let at = from;
  for (;;) {
    const found = match(ANCHOR, text, at) ?? match(CORE_TAG, text, at);
    if (found === undefined) return at;
    at = found;
    while (text[at] === ' ' || text[at] === '\t') at++;
  }
}

/** The offset behind an alias such as `*name` that is the whole value. */
export function behindAlias(text: string, at: number): number | undefined {
  return match(ALIAS, text, at);
}

/** What is wrong with an unquoted value because of its first character; undefined for a value that may begin so. */
export function badOpening(written: Written): Accident | undefined {
  const { text, start } = written;
  const first = text[start] ?? '';
  const silent = false;
  if (first === '!') {
    const tag = /^\S*/.exec(text.slice(start, Math.min(written.end, start + 40)))?.[0] ?? '!';
    const message = `"${visible(tag, 60)}" is a YAML tag here, custom tags are refused`;
    return needsQuotes(written, { code: 'tag', message, silent: true }, !tag.startsWith('!!'));
  }
  if (first === '*') return needsQuotes(written, { code: 'needs-quotes', message: begins('*', 'an alias'), silent });
  if (first === '&') return needsQuotes(written, { code: 'needs-quotes', message: begins('&', 'an anchor'), silent });
  if (first === '|' || first === '>') {
    return needsQuotes(written, { code: 'needs-quotes', message: begins(first, 'a block of text'), silent });
  }
  if (first !== '' && '@`%,]}'.includes(first)) {
    const message = `an unquoted value cannot begin with "${first}"`;
    return needsQuotes(written, { code: 'needs-quotes', message, silent });
  }
  const alone = isBlank(text[start + 1]) || ',]}'.includes(text[start + 1] ?? '');
  if ((first === '-' || first === '?') && alone) {
    const what = first === '-' ? 'a list item' : 'a key';
    return needsQuotes(written, { code: 'needs-quotes', message: begins(first, what), silent });
  }
  return undefined;
}

/** An escape that YAML does not know in a text in double quotes, such as `"\d"`. */
export function badEscape(written: Written): Accident | undefined {
  const content = written.text.slice(written.start + 1, written.end - 1);
  const found = BAD_ESCAPE.exec(content.replace(/\\\\/g, '  '));
  if (!found) return undefined;
  const meant = content.replaceAll('\\"', '"');
  const kind = {
    code: 'bad-escape',
    message: `"${visible(found[0].slice(0, 2))}" is not an escape that texts in double quotes know`,
    silent: false,
  };
  const single = `'${meant.replaceAll("'", "''")}'`;
  const accident = needsQuotes(written, kind, false);
  const repair = { start: written.start, end: written.end, text: `${written.glued ? ' ' : ''}${single}` };
  const hint = `write ${written.key === undefined ? '' : `${visible(written.key, 60)}: `}${visible(single, 120)}`;
  // With `\\` beside `\d` it is not clear which of them was meant as an escape.
  return { ...accident, hint, repair, ...(!content.includes('\\\\') && { fix: repair }) };
}

function begins(character: string, what: string): string {
  return `"${character}" begins ${what} here`;
}

function match(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
