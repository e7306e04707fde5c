import type { Fix } from '../model/diagnostic.ts';
import { visible } from '../util/visible.ts';
import { quoteWritten } from './written.ts';

/** A value that YAML reads otherwise than it was meant. Offsets are UTF-16 code units, `end` is behind the last one. */
export interface Accident {
  /** Kebab case. */
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly start: number;
  readonly end: number;
  /** YAML does not complain about it by itself. */
  readonly silent: boolean;
  /** What `lint --fix` does; absent where that would be a guess. */
  readonly fix?: Fix;
  /** What the parser reads instead, so that one accident does not hide the next; the fix where there is one. */
  readonly repair?: Fix;
}

/** A value as it stands in the file. */
export interface Written {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly key: string | undefined;
  /** A blank is missing before it. */
  readonly glued: boolean;
}

type Kind = Pick<Accident, 'code' | 'message' | 'silent'>;

/** An accident that quotes mend. `fixable: false` keeps the repair from being offered. */
export function needsQuotes(written: Written, kind: Kind, fixable = true): Accident {
  const { text, start, end, key, glued } = written;
  const repair = { start, end, text: `${glued ? ' ' : ''}${quoteWritten(text.slice(start, end))}` };
  const hint = `write ${assigned(key, text.slice(start, end))}`;
  return { ...kind, hint, start, end, repair, ...(fixable && { fix: repair }) };
}

export function commaSplits(written: Written, comma: number): Accident {
  const { text, start, end, key } = written;
  const piece = visible(text.slice(start, comma).trim(), 60);
  const message = `a comma splits this value: ${key ? `"${visible(key, 60)}"` : 'the item'} would be "${piece}"`;
  // `{ type: string, required }` more likely misses a value than quotes.
  const bare = key && /,[ \t]+([a-z][A-Za-z]*)[ \t]*$/.exec(text.slice(comma, end))?.[1];
  const kind = { code: 'comma-splits', message, silent: true };
  if (!bare || /[()]/.test(text.slice(start, end))) return needsQuotes(written, kind);
  const hint = `write ${assigned(key, text.slice(start, end))}, or give "${bare}" a value`;
  return { ...kind, message: `"${bare}" has no value: ${message}`, hint, start, end };
}

export function commentCuts(written: Written, hash: number): Accident {
  const { text, start, end, key, glued } = written;
  const token = visible(/^\S+/.exec(text.slice(hash, hash + 20))?.[0] ?? '#');
  const value = text.slice(start, hash).trimEnd();
  const message = `"${token}" starts a comment here and cuts the value short to "${visible(value, 60)}"`;
  const hint = `write ${assigned(key, text.slice(start, end))}, or put a space after # if a comment is meant`;
  const kind = { code: 'comment-cuts', message, silent: true };
  // Behind a number, true or false nothing but a comment makes sense; one more key on the line would be cut off as well.
  const last = /^[ \t]*\r?(?:\n|$)/.test(text.slice(end, end + 80));
  if (/^(?:true|false|null|[-+]?[\d.]+%?)$/.test(value) && last && !glued) {
    const blank = { start: hash + 1, end: hash + 1, text: ' ' };
    return { ...kind, hint: 'put a space after # if a comment is meant', start, end, repair: blank, fix: blank };
  }
  return { ...needsQuotes(written, kind), hint };
}

export function commentOnly(written: Written): Accident {
  const { text, start, end, key } = written;
  const message = `"${visible(text.slice(start, end), 60)}" is a comment here, ${key ? `"${visible(key, 60)}"` : 'the item'} is empty`;
  return needsQuotes(written, { code: 'comment-cuts', message, silent: true });
}

export function missingBlank(key: string, at: number, start: number, end: number, silent: boolean): Accident {
  const fix = { start: at, end: at, text: ' ' };
  const message = `a blank is missing behind "${visible(key, 60)}:"`;
  return { code: 'missing-blank', message, hint: `write ${visible(key, 60)}: …`, silent, start, end, fix, repair: fix };
}

/** `key: "value"` for a hint. */
function assigned(key: string | undefined, value: string): string {
  const shown = quoteWritten(value.replace(/\s*\n\s*/g, ' '));
  return `${key === undefined ? '' : `${visible(key, 60)}: `}${visible(shown, 120)}`;
}
