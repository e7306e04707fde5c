import { visible } from '../util/visible.ts';
import {
  type Accident,
  commaSplits,
  commentCuts,
  commentOnly,
  missingBlank,
  needsQuotes,
  type Written,
} from './accident.ts';
import { badEscape, badOpening, behindAlias, skipProperties } from './opener.ts';
import { MAX_DEPTH } from './scan.ts';
import {
  behindQuote,
  isBlank,
  type Lookahead,
  lineBreak,
  opensComment,
  plainStop,
  skipBlanks,
  trimEnd,
  writtenEndInFlow,
} from './written.ts';

/** A pass over what stands in brackets, up to `limit`, where the indentation ends it. */
export interface FlowScan {
  readonly text: string;
  readonly found: Accident[];
  readonly look: Lookahead;
  readonly limit: number;
  readonly depth: number;
}

/** Behind the bracket that closes the one at `from`; undefined where it is not closed. Accidents go to `found`. */
export function scanFlow(scan: FlowScan, from: number): number | undefined {
  if (scan.depth > MAX_DEPTH) return undefined;
  const map = scan.text[from] === '{';
  let at = from + 1;
  for (;;) {
    at = skipSpace(scan, at);
    if (at >= scan.limit) return undefined;
    const character = scan.text[at];
    if (character === (map ? '}' : ']')) return at + 1;
    if (character === ',' || character === '}' || character === ']') {
      at++;
      continue;
    }
    const behind = map ? scanEntry(scan, at) : scanItem(scan, at);
    if (behind === undefined) return undefined;
    at = Math.max(behind, at + 1);
  }
}

const PLAIN_KEY = /[^\s,[\]{}#][^,[\]{}\n]*?:(?=[\s,[\]{}]|$)/y;
const MEMBER_KEY = /[\w.-]*(?:\[\][\w.-]*)+(?=[ \t]*:\s)/y;
const GLUED_KEY = /([A-Za-z_][\w.-]*):(?=[^\s,[\]{}:])(?!\/\/)/y;

function scanEntry(scan: FlowScan, from: number): number | undefined {
  const { text, limit } = scan;
  const first = text[from];
  if (first === '"' || first === "'") {
    const behind = behindQuote(text, from, limit);
    if (behind < 0) return unclosedQuote(scan, from, undefined, true);
    const colon = skipBlanks(text, behind, limit);
    if (text[colon] === ':') return scanValue(scan, colon + 1, text.slice(from + 1, behind - 1), true, false);
    return noValue(scan, from, behind);
  }
  if (first === '{' || first === '[') {
    const behind = scanFlow({ ...scan, depth: scan.depth + 1 }, from);
    if (behind === undefined) return undefined;
    const colon = skipBlanks(text, behind, limit);
    return text[colon] === ':' ? scanValue(scan, colon + 1, undefined, true, false) : behind;
  }
  const plain = run(PLAIN_KEY, text, from);
  if (plain) return scanValue(scan, from + plain.length, plain.slice(0, -1).trim(), true, false);
  const member = run(MEMBER_KEY, text, from);
  if (member) {
    const behind = from + member.length;
    const message = `"[" ends the key "${visible(member, 60)}" inside { }`;
    const written = { text, start: from, end: behind, key: undefined, glued: false };
    scan.found.push(needsQuotes(written, { code: 'needs-quotes', message, silent: false }));
    return scanValue(scan, skipBlanks(text, behind, limit) + 1, member, true, false);
  }
  const glued = run(GLUED_KEY, text, from);
  if (glued) return scanValue(scan, from + glued.length, glued.slice(0, -1), true, true);
  const end = plainStop(text, from, Math.min(lineBreak(text, from, scan.look), limit), true);
  return noValue(scan, from, trimEnd(text, from, end));
}

function scanItem(scan: FlowScan, from: number): number | undefined {
  const pair = run(/[\w.-]+[ \t]*:(?=\s)/y, scan.text, from);
  if (pair) return scanValue(scan, from + pair.length, pair.slice(0, -1).trim(), true, false);
  return scanValue(scan, from, undefined, false, false);
}

/** Behind a value; `map` says whether a comma only ends it where a key follows. */
function scanValue(
  scan: FlowScan,
  from: number,
  key: string | undefined,
  map: boolean,
  glued: boolean,
): number | undefined {
  const { text, limit, found } = scan;
  const start = skipProperties(text, skipSpace(scan, from));
  if (start >= limit) return undefined;
  const first = text[start] ?? '';
  const writtenTo = (end: number): Written => ({ text, start, end, key, glued });
  if (first === ',' && map && key !== undefined && /[,}]/.test(text[skipBlanks(text, start + 1, limit)] ?? '')) {
    const message = `"," ends this value, "${visible(key, 60)}" is empty`;
    found.push(needsQuotes(writtenTo(start + 1), { code: 'needs-quotes', message, silent: true }));
    return start + 1;
  }
  if (first === ',' || first === '}' || first === ']') return start;
  if (first === '"' || first === "'") {
    const behind = behindQuote(text, start, limit);
    if (behind < 0) return unclosedQuote(scan, start, key, map);
    if (!trailing(scan, behind)) {
      const bad = first === '"' ? badEscape(writtenTo(behind)) : undefined;
      if (bad) found.push(bad);
      else if (glued) found.push(missingBlank(key ?? '', start, start, behind, true));
      return behind;
    }
    return trailingText(scan, writtenTo(writtenEndInFlow(text, start, limit, map, scan.look)), 'the closing quote');
  }
  if (first === '{' || first === '[') {
    const mark = found.length;
    const behind = scanFlow({ ...scan, depth: scan.depth + 1 }, start);
    if (behind !== undefined && !trailing(scan, behind)) {
      if (glued) found.push(missingBlank(key ?? '', start, start, behind, true));
      return behind;
    }
    const end = writtenEndInFlow(text, start, limit, map, scan.look);
    if (behind === undefined && !balanced(text.slice(start, end))) return undefined;
    found.length = mark;
    return trailingText(scan, writtenTo(end), `the closing "${first === '{' ? '}' : ']'}"`);
  }
  const alias = first === '*' ? behindAlias(text, start) : undefined;
  if (alias !== undefined) return alias;
  const end = writtenEndInFlow(text, start, limit, map, scan.look);
  const accident = plainAccident(writtenTo(end));
  if (accident) {
    found.push(accident);
    return end;
  }
  if (glued) found.push(missingBlank(key ?? '', start, start, end, true));
  return end < trimEnd(text, start, Math.min(lineBreak(text, start, scan.look), limit)) ? end : nextLines(scan, end);
}

function plainAccident(written: Written): Accident | undefined {
  const { text, start, end } = written;
  if (text[start] === '#') return commentOnly(written);
  const opening = badOpening(written);
  if (opening) return opening;
  const stop = plainStop(text, start, end, true);
  if (stop >= end) return undefined;
  const character = text[stop] ?? '';
  if (character === ',') return commaSplits(written, stop);
  if (character === '#') return commentCuts(written, stop);
  const message = `"${character}" ends an unquoted value inside brackets`;
  return needsQuotes(written, { code: 'needs-quotes', message, silent: false });
}

/** An unquoted value goes on over further lines until something ends it; keys there mean that a comma is missing. */
function nextLines(scan: FlowScan, from: number): number {
  let at = from;
  for (;;) {
    const start = skipSpace(scan, at);
    if (start >= scan.limit || /[,\]}#]/.test(scan.text[start] ?? '')) return start;
    const end = Math.min(lineBreak(scan.text, start, scan.look), scan.limit);
    const stop = plainStop(scan.text, start, end, true);
    if (stop < trimEnd(scan.text, start, end)) return scan.text[stop] === ':' ? start : stop;
    at = end;
  }
}

function trailing(scan: FlowScan, behind: number): boolean {
  const at = skipBlanks(scan.text, behind, scan.limit);
  const character = scan.text[at];
  if (at >= scan.limit || character === undefined || ',]}\r\n:'.includes(character)) return false;
  if (character === '#' && at > behind) return false;
  // A key means that a comma is missing.
  return !run(PLAIN_KEY, scan.text, at);
}

function trailingText(scan: FlowScan, written: Written, what: string): number {
  const message = `text behind ${what} of this value`;
  scan.found.push(needsQuotes(written, { code: 'needs-quotes', message, silent: false }));
  return written.end;
}

function unclosedQuote(scan: FlowScan, start: number, key: string | undefined, map: boolean): number {
  const { text, limit } = scan;
  const end = Math.max(start + 1, writtenEndInFlow(text, start, limit, map, scan.look));
  const message = `the quote ${text[start]} is not closed`;
  const kind = { code: 'unclosed', message, silent: false };
  scan.found.push(needsQuotes({ text, start, end, key, glued: false }, kind, false));
  return end;
}

function noValue(scan: FlowScan, start: number, end: number): number {
  if (scan.text[start] === ':' || end <= start) return Math.max(end, start + 1);
  const shown = visible(scan.text.slice(start, end), 60);
  const message = `"${shown}" is a key without a value inside { }`;
  const hint = `write ${shown}: …, or quote the whole value if a text is meant`;
  scan.found.push({ code: 'no-value', message, hint, start, end, silent: true });
  return end;
}

/** Blanks, line breaks and comments; a comment that touches its `#` stops it where it takes the place of a value. */
function skipSpace(scan: FlowScan, from: number): number {
  const { text, limit } = scan;
  let at = from;
  while (at < limit) {
    if (isBlank(text[at])) at++;
    else if (text[at] === '#' && (opensComment(text, at) || text[from - 1] !== ':'))
      at = lineBreak(text, at, scan.look);
    else return at;
  }
  return limit;
}

function balanced(text: string): boolean {
  const count = (characters: string) => [...text].filter((each) => characters.includes(each)).length;
  return count('[') === count(']') && count('{') === count('}');
}

function run(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
