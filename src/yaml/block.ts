import { visible } from '../util/visible.ts';
import { type Accident, commentCuts, commentOnly, missingBlank, needsQuotes, type Written } from './accident.ts';
import { scanFlow } from './flow.ts';
import { badEscape, badOpening, behindAlias, skipProperties } from './opener.ts';
import {
  behindQuote,
  isBlank,
  type Lookahead,
  lineEnd,
  lookaheadFor,
  opensComment,
  plainStop,
  skipBlanks,
  trimEnd,
  writtenEndOfLine,
} from './written.ts';

interface BlockScan {
  readonly text: string;
  readonly found: Accident[];
  readonly look: Lookahead;
  /** Unclosed quotes and brackets, each of which may be looked for up to the end of the file. */
  unclosed: number;
}

const MAX_UNCLOSED = 20;

/** Every value that YAML would read otherwise than it was meant (language §3), from the text alone, in linear time. */
export function findAccidents(text: string): readonly Accident[] {
  const scan: BlockScan = { text, found: [], look: lookaheadFor(text), unclosed: 0 };
  let at = 0;
  while (at < text.length && scan.unclosed < MAX_UNCLOSED) at = Math.max(at + 1, scanLine(scan, at));
  return scan.found;
}

/** Looks at the line that begins at `start`, with all lines that its value goes over; the start of the next one. */
function scanLine(scan: BlockScan, start: number): number {
  const { text } = scan;
  const end = lineEnd(text, start);
  let at = start;
  while (at < end && text[at] === ' ') at++;
  let parent = at - start - 1;
  at = skipBlanks(text, at, end);
  if (at >= end || text[at] === '#' || (at === start && text[at] === '%')) return nextLine(text, at);
  if (at === start && /^(?:---|\.\.\.)(?:\s|$)/.test(text.slice(at, at + 4))) at = skipBlanks(text, at + 3, end);
  while (at < end && (text[at] === '-' || text[at] === '?') && isBlank(text[at + 1])) {
    parent = at - start;
    at = skipBlanks(text, at + 1, end);
  }
  const key = at < end ? readKey(text, at, end) : undefined;
  if (key) return scanValue(scan, key.behind, at - start, key.name);
  return at < end ? scanValue(scan, at, parent, undefined) : nextLine(text, at);
}

function readKey(
  text: string,
  from: number,
  end: number,
): { readonly name: string; readonly behind: number } | undefined {
  const at = skipProperties(text, from);
  const first = text[at] ?? '';
  if (first === '"' || first === "'") {
    const behind = behindQuote(text, at, end);
    const colon = behind < 0 ? end : skipBlanks(text, behind, end);
    if (text[colon] !== ':' || !isBlank(text[colon + 1])) return undefined;
    return { name: text.slice(at + 1, behind - 1), behind: colon + 1 };
  }
  if ('[{@`%|>!&*#,]}'.includes(first)) return undefined;
  const colon = plainStop(text, at, end, false);
  return text[colon] === ':' && colon < end ? { name: text.slice(at, colon).trim(), behind: colon + 1 } : undefined;
}

/** `parent`: the column that lines must be indented beyond to belong to this value. */
function scanValue(scan: BlockScan, from: number, parent: number, key: string | undefined): number {
  const { text, found } = scan;
  const end = lineEnd(text, from);
  const start = skipProperties(text, skipBlanks(text, from, end));
  if (start >= end) return nextLine(text, from);
  const first = text[start] ?? '';
  const written = (to: number): Written => ({ text, start, end: to, key, glued: false });
  const next = nextLine(text, start);
  if (first === '#') {
    // Before an indented block it is a comment on that block.
    const empty = !opensComment(text, start) && !indented(text, next, parent);
    if (empty) found.push(commentOnly(written(trimEnd(text, start, end))));
    return next;
  }
  if (first === '"' || first === "'") return scanQuoted(scan, written(end), parent);
  if (first === '|' || first === '>') {
    if (!/^[|>](?:[+-]?[1-9]?|[1-9][+-])(?:[ \t]+#.*|[ \t]*)$/.test(text.slice(start, end))) {
      return scanPlain(scan, written(end), parent);
    }
    const behind = behindIndented(text, next, parent);
    if (behind.empty && key !== undefined) {
      const to = writtenEndOfLine(text, start, end);
      const message = `"${text.slice(start, to)}" begins a block of text here, which is empty`;
      found.push(needsQuotes(written(to), { code: 'empty-block', message, silent: true }));
    }
    return behind.at;
  }
  if (first === '[' || first === '{') return scanBrackets(scan, written(end), parent);
  if (first === '*' && behindAlias(text, start) !== undefined) return next;
  return scanPlain(scan, written(end), parent);
}

function scanQuoted(scan: BlockScan, line: Written, parent: number): number {
  const { text, start, end } = line;
  const limit = behindIndented(text, nextLine(text, start), parent).at;
  const behind = behindQuote(text, start, limit);
  if (behind < 0) {
    scan.unclosed++;
    const kind = { code: 'unclosed', message: `the quote ${text[start]} is not closed`, silent: false };
    scan.found.push(needsQuotes({ ...line, end: writtenEndOfLine(text, start, end) }, kind, false));
    return nextLine(text, start);
  }
  if (line.key === undefined && text[behind] === ':' && !isBlank(text[behind + 1])) {
    scan.found.push(missingBlank(text.slice(start + 1, behind - 1), behind + 1, start, behind + 1, false));
    return nextLine(text, behind);
  }
  const rest = skipBlanks(text, behind, lineEnd(text, behind));
  const done = rest >= lineEnd(text, behind) || (text[rest] === '#' && rest > behind);
  const accident = done
    ? text[start] === '"' && badEscape({ ...line, end: behind })
    : behind <= end &&
      needsQuotes(
        { ...line, end: writtenEndOfLine(text, start, end) },
        { code: 'needs-quotes', message: 'text behind the closing quote of this value', silent: false },
      );
  if (accident) scan.found.push(accident);
  return nextLine(text, behind);
}

function scanBrackets(scan: BlockScan, line: Written, parent: number): number {
  const { text, start, end } = line;
  const mark = scan.found.length;
  const limit = parent < 0 ? text.length : behindIndented(text, nextLine(text, start), parent, true).at;
  const behind = scanFlow({ ...scan, limit, depth: 1 }, start);
  const to = writtenEndOfLine(text, start, end);
  if (behind === undefined) {
    scan.unclosed++;
    // Where a value ends inside it is anybody's guess.
    scan.found.length = mark;
    const message = `the bracket "${text[start]}" is not closed`;
    const close = text[start] === '[' ? ']' : '}';
    const hint = `close it with "${close}" before the next key`;
    scan.found.push({ code: 'unclosed', message, hint, start, end: to, silent: false });
    return limit;
  }
  const rest = skipBlanks(text, behind, lineEnd(text, behind));
  if (text[rest] === ']' || text[rest] === '}') {
    const message = `the bracket "${text[rest]}" closes nothing`;
    const repair = { start: rest, end: rest + 1, text: '' };
    const hint = 'remove it, or write the bracket that it closes';
    scan.found.push({ code: 'stray-bracket', message, hint, start: rest, end: rest + 1, silent: false, repair });
    return nextLine(text, behind);
  }
  const done =
    rest >= lineEnd(text, behind) || ':]}'.includes(text[rest] ?? '') || (text[rest] === '#' && rest > behind);
  if (!done && behind <= end) {
    scan.found.length = mark;
    const message = `text behind the closing "${text[start] === '[' ? ']' : '}'}" of this value`;
    scan.found.push(needsQuotes({ ...line, end: to }, { code: 'needs-quotes', message, silent: false }));
  }
  return nextLine(text, behind);
}

function scanPlain(scan: BlockScan, line: Written, parent: number): number {
  const { text, start } = line;
  const first = writtenEndOfLine(text, start, line.end);
  if (text[start] === '!' && /^\S+$/.test(text.slice(start, first)) && indented(text, nextLine(text, start), parent)) {
    // The tag of a whole block, which is read without it.
    const message = `"${visible(text.slice(start, first), 60)}" is a YAML tag here, custom tags are refused`;
    const repair = { start, end: first, text: '' };
    scan.found.push({ code: 'tag', message, hint: 'remove it', start, end: first, silent: true, repair });
    return nextLine(text, start);
  }
  let end = first;
  let next = nextLine(text, start);
  // More lines belong to it as long as they are indented, are no comments and begin no key of their own.
  while (next < text.length && trimEnd(text, start, lineEnd(text, end)) === end) {
    const stop = lineEnd(text, next);
    const at = skipBlanks(text, next, stop);
    if (at < stop && (at - next <= parent || text[at] === '#' || /^[\w.-]+:(?=\s|$)/.test(text.slice(at, at + 80))))
      break;
    if (at < stop) end = writtenEndOfLine(text, at, stop);
    next = nextLine(text, next);
    if (at >= stop) continue;
  }
  const accident = badOpening({ ...line, end }) ?? cut({ ...line, end });
  if (accident) scan.found.push(accident);
  return Math.max(nextLine(text, end), nextLine(text, start));
}

/** Where `: ` or ` #` ends an unquoted value before it was meant to end. */
function cut(written: Written): Accident | undefined {
  const { text, start, end } = written;
  const stop = plainStop(text, start, end, false);
  if (stop >= end) return undefined;
  if (text[stop] === '#') return commentCuts(written, stop);
  const piece = visible(
    /^\S*/.exec(text.slice(Math.max(start, text.lastIndexOf(' ', stop - 1) + 1), stop + 1))?.[0] ?? ':',
    40,
  );
  const message = `"${piece} " makes a key of its own of a part of this value`;
  return needsQuotes(written, { code: 'needs-quotes', message, silent: false });
}

/** The start of the first line that is not indented beyond `parent`; blank lines, and in brackets comments, do not count. */
function behindIndented(
  text: string,
  from: number,
  parent: number,
  flow = false,
): { readonly at: number; readonly empty: boolean } {
  let empty = true;
  for (let start = from; start < text.length; start = nextLine(text, start)) {
    const end = lineEnd(text, start);
    const at = skipBlanks(text, start, end);
    if (at >= end || (flow && text[at] === '#')) continue;
    const closes = flow && (text[at] === ']' || text[at] === '}');
    if (at - start < parent + (closes ? 0 : 1)) return { at: start, empty };
    empty = false;
  }
  return { at: text.length, empty };
}

function indented(text: string, from: number, parent: number): boolean {
  for (let start = from; start < text.length; start = nextLine(text, start)) {
    const end = lineEnd(text, start);
    const at = skipBlanks(text, start, end);
    if (at >= end || text[at] === '#') continue;
    // A list may stand at its key's own column.
    return at - start > parent || (at - start === parent && text[at] === '-' && isBlank(text[at + 1]));
  }
  return false;
}

function nextLine(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  return found < 0 ? text.length : found + 1;
}
