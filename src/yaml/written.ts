import { quoteYaml } from './quote.ts';

/** Blank, or behind the end of the text. */
export function isBlank(character: string | undefined): boolean {
  return character === undefined || character === ' ' || character === '\t' || character === '\n' || character === '\r';
}

/** Where the line that holds `at` ends, before its line break. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline;
  return end > at && text[end - 1] === '\r' ? end - 1 : end;
}

export function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(text[at - 1])) at--;
  return at;
}

/** Behind spaces and tabs, on the same line. */
export function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at++;
  return at;
}

/** A `#` that opens a comment for people: blank before it, blank or the line's end behind it (or behind `##`). */
export function opensComment(text: string, at: number): boolean {
  if (text[at] !== '#' || (at > 0 && !isBlank(text[at - 1]))) return false;
  let behind = at + 1;
  while (text[behind] === '#') behind++;
  return isBlank(text[behind]);
}

/** The offset behind the quote that closes the one at `from`, or -1; both kinds may go over several lines. */
export function behindQuote(text: string, from: number, end: number): number {
  const quote = text[from];
  for (let at = from + 1; at < end; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== "'") return at + 1;
      at++;
    }
  }
  return -1;
}

/** Where YAML ends an unquoted value on one line: at `: `, at ` #`, and inside brackets at any of `,[]{}`. */
export function plainStop(text: string, from: number, end: number, flow: boolean): number {
  for (let at = from; at < end; at++) {
    const character = text[at];
    if (character === ':' && (isBlank(text[at + 1]) || (flow && /[,[\]{}]/.test(text[at + 1] ?? '')))) return at;
    if (character === '#' && at > from && isBlank(text[at - 1])) return at;
    if (flow && character !== undefined && ',[]{}'.includes(character)) return at;
  }
  return end;
}

/** Where the person who wrote an unquoted value in block style meant it to end, on its line. */
export function writtenEndOfLine(text: string, from: number, end: number): number {
  for (let at = from; at < end; at = next(text, at, from, end)) {
    if (at > from && opensComment(text, at)) return trimEnd(text, from, at);
  }
  return trimEnd(text, from, end);
}

/**
 * Where the person who wrote an unquoted value inside brackets meant it to end: brackets and quotes in it are taken
 * to belong together, and in a map a comma only ends it where a key follows.
 */
export function writtenEndInFlow(text: string, from: number, limit: number, map: boolean, look: Lookahead): number {
  const end = Math.min(lineBreak(text, from, look), limit);
  for (const openers of look.left > 0 ? ['([{', '[{', ''] : []) {
    const found = balancedEnd(text, from, end, map, openers);
    look.left -= (found ?? end) - from;
    if (found !== undefined) return trimEnd(text, from, found);
  }
  return trimEnd(text, from, plainStop(text, from, end, true));
}

/** What keeps a pass over hostile lines linear. */
export interface Lookahead {
  /** How many characters may still be looked at again. */
  left: number;
  /** The line last looked up: from some place in it to its end. */
  from: number;
  to: number;
}

export function lookaheadFor(text: string): Lookahead {
  return { left: 4 * text.length, from: 0, to: -1 };
}

/** The offset of the line break that ends the line, or of the text's end. */
export function lineBreak(text: string, at: number, look: Lookahead): number {
  if (at < look.from || at > look.to) {
    const found = text.indexOf('\n', at);
    look.from = at;
    look.to = found < 0 ? text.length : found;
  }
  return look.to;
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

function balancedEnd(text: string, from: number, end: number, map: boolean, openers: string): number | undefined {
  const open: string[] = [];
  for (let at = from; at < end; at = next(text, at, from, end)) {
    const character = text[at] ?? '';
    if (open.length > 0 && character === open.at(-1)) open.pop();
    else if (openers.includes(character)) open.push(CLOSERS[character] ?? '');
    else if (open.length === 0) {
      if (character === (map ? '}' : ']')) return at;
      if (character === ',' && (!map || keyFollows(text, at + 1, end))) return at;
      if (at > from && opensComment(text, at)) return at;
    }
  }
  return open.length === 0 ? end : undefined;
}

/** A quote that opens a piece inside a value stands behind no letter (`don't`) and is closed on the same line. */
function next(text: string, at: number, from: number, end: number): number {
  const character = text[at];
  if ((character !== "'" && character !== '"') || (at > from && /[\p{L}\p{N}_]/u.test(text[at - 1] ?? '')))
    return at + 1;
  const close = text.indexOf(character, at + 1);
  return close < 0 || close >= end ? at + 1 : close + 1;
}

const KEY = /(?:"[^"\n]*"[ \t]*|'[^'\n]*'[ \t]*|[^\s,{}#'"][^,{}\n]*?):(?=[\s[\]{},]|$)|[A-Za-z_][\w.-]*:(?![\s:/])/y;

/** Whether a comma in a map is followed by a key, by the map's end, or by a line break. */
function keyFollows(text: string, from: number, end: number): boolean {
  const at = skipBlanks(text, from, end);
  if (at >= end || text[at] === '}' || text[at] === '#') return true;
  KEY.lastIndex = at;
  return KEY.test(text);
}

/**
 * The content that a person meant with what is written: the text itself, without quotes that stand around all of it.
 */
export function meantBy(written: string): string {
  const inner = /^'(.*)'$/s.exec(written)?.[1];
  if (inner !== undefined && !/(?<![\p{L}\p{N}])'|'(?![\p{L}\p{N}])/u.test(inner)) return inner;
  return written;
}

/** What is written, in quotes that YAML leaves alone. */
export function quoteWritten(written: string): string {
  return quoteYaml(meantBy(written));
}
