import { isIdentifier } from './reserved.ts';

/** Characters that nobody sees, or that end a line somewhere. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** The same, but for the joiners inside emoji and words, which do no harm in a comment. */
const UNSEEN_IN_COMMENT = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Most texts are names: nothing in them is escaped. */
const PLAIN = /^[\w .,:;()[\]{}<>=+\-*/$%^&!?@#|~]*$/;
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const WIDTH = 110;

/** A text as a string literal, in the quotes that need fewer escapes. */
export function literal(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`;
  const quote = count(text, "'") > count(text, '"') ? '"' : "'";
  const escaped = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replace(UNSEEN, escapeOf);
  return `${quote}${escaped}${quote}`;
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

function escapeOf(character: string): string {
  const named = NAMED[character];
  if (named) return named;
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/** A name as the key of a property: quoted where it is no identifier. */
export function propertyName(name: string): string {
  return isIdentifier(name) ? name : literal(name);
}

/** Lines of a JSDoc comment that begin at `indent`; empty without any line. */
export function comment(lines: readonly string[], indent = ''): string {
  const [first, second] = lines;
  if (first === undefined) return '';
  if (second === undefined && !first.startsWith('@')) return `${indent}/** ${first} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`;
}

/**
 * Text of the contract as lines of a comment: it can neither end the comment nor begin a tag, and nothing in it is unseen. Long lines are
 * broken between words.
 */
export function prose(text: string): readonly string[] {
  return text
    .trimEnd()
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(inComment)
    .flatMap(broken);
}

/** The same for a text that stands within a line. */
export function inComment(text: string): string {
  return text
    .replace(UNSEEN_IN_COMMENT, escapeOf)
    .replaceAll('*/', '*\\/')
    .replace(/(^|\s)@/g, '$1\\@')
    .trimEnd();
}

/** A text within a line that Markdown shows as it is, unless it would begin a tag: compilers look for tags in code too. */
export function code(text: string): string {
  const shown = text.replace(UNSEEN_IN_COMMENT, escapeOf).replaceAll('*/', '*\\/');
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  const space = shown === '' || /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  const span = `${fence}${space}${shown}${space}${fence}`;
  return /\s@/.test(span) ? inComment(text) : span;
}

/** Lines that Markdown reads by their form stay whole. */
function broken(line: string): readonly string[] {
  return /^\s|^[-+*#>|=\d]|^```|^~~~/.test(line) ? [line] : wrapped(line);
}

/** A line of a comment as several that are not too long, where it has blanks. */
export function wrapped(line: string): readonly string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > WIDTH) {
    // What follows the break must not look like a list, a heading or a quote.
    const breaks = [...rest.matchAll(/(?<=\S) (?=[^\s\-+*#>|~=\d])/g)].map(({ index }) => index);
    const at = breaks.findLast((index) => index <= WIDTH) ?? breaks[0];
    if (at === undefined) break;
    lines.push(rest.slice(0, at));
    rest = rest.slice(at + 1);
  }
  return [...lines, rest];
}
