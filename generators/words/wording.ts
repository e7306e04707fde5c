import type { Reference } from '../../src/model/contract.ts';
import { visible } from '../../src/util/visible.ts';

/** How a format sets names, values and SQL off from words. */
export interface Wording {
  code(text: string): string;
  /** The target of a reference, perhaps as a link. */
  reference(reference: Reference): string;
}

/** Words without any marks, in one line. */
export const PLAIN: Wording = { code: shown, reference: ({ text }) => shown(text) };

function shown(text: string): string {
  return visible(text, Number.MAX_SAFE_INTEGER);
}

/** SQL as one line. */
export function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** `1 row`, `2 rows`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
