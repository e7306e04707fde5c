import { visible, withoutCommands } from './visible.ts';

/** How much of a sentence is shown. */
const SENTENCE = 1000;

/** What Markdown would act on inside a line. */
const ACTIVE = /[\\`*_[\]<>#|~&{}]/g;
/** Words that platforms make links, mentions, formulas or pictures of: `@team`, `#12`, `!7`, `GH-3`, `www.x`, `x://y`, `:tada:`, a hash. */
const LINKED = /[@$]|[#!%~&^]\w|:\/\/|:[\w+-]+:|www\.|\b[A-Za-z]+-\d|\b[0-9a-f]{7,}\b/i;
/** What a code span between backticks cannot hold, or not in a table. */
const NOT_IN_SPAN = /[`|]|^\s|\s$/;

/** A name or a value: shown as it is, in a code span. */
export function code(text: string, limit = 256): string {
  return span(shown(text, limit));
}

/** A sentence; what stands between backticks, and words that would come alive, become code spans. */
export function prose(text: string, limit = SENTENCE): string {
  const parts = shown(text, limit).split(/`([^`]+)`/);
  return parts.map((part, index) => (index % 2 === 1 ? span(part) : plain(part))).join('');
}

function plain(text: string): string {
  const words = text.split(' ').map((word) => (LINKED.test(word) ? span(word) : word.replace(ACTIVE, '\\$&')));
  return words.join(' ');
}

function span(text: string): string {
  if (text === '') return '';
  return NOT_IN_SPAN.test(text) ? `<code>${entities(text)}</code>` : `\`${text}\``;
}

/** Text of an HTML comment or of its key. */
export function commentText(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
    .replaceAll('--', '-%2D')
    .replaceAll('%2F', '/');
}

function entities(text: string): string {
  const escaped = text.replace(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0)};`);
  // An address is made a link even here, unless its text is in two pieces.
  return escaped.replaceAll('&#64;', '&#64;<wbr>');
}

function shown(text: string, limit: number): string {
  return withoutCommands(visible(text, limit));
}
