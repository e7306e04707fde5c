import { visible } from '../../util/visible.ts';
import type { Found } from '../rules/rule.ts';

/** How much of a text a message shows. */
const SHOWN = 60;

/** A text for people that reads otherwise: line breaks and blanks do not count. */
export function textChange(
  rule: string,
  what: string,
  old: string | undefined,
  now: string | undefined,
): Found | undefined {
  return valueChange(rule, what, flat(old), flat(now));
}

/** The same where every character counts. */
export function valueChange(
  rule: string,
  what: string,
  before: string | null,
  after: string | null,
): Found | undefined {
  if (before === after) return undefined;
  return { rule, before, after, message: `the ${what} ${said(before, after)}` };
}

function said(before: string | null, after: string | null): string {
  const quoted = (text: string) => `"${visible(text, SHOWN)}"`;
  if (after === null) return `is gone, it was ${quoted(before ?? '')}`;
  return before === null ? `is new: ${quoted(after)}` : `is ${quoted(after)}, ${quoted(before)} before`;
}

function flat(text: string | undefined): string | null {
  return text?.replace(/\s+/g, ' ').trim() || null;
}
