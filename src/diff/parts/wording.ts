import type { WrittenText } from '../../model/contract.ts';
import type { Threshold } from '../../model/threshold.ts';
import { visible } from '../../util/visible.ts';

/** `5, 3 before`, with other words where one of them is not there; lists are kept apart by a semicolon. */
export function instead(now: string | null, before: string | null, none = 'none'): string {
  const [after, former] = [now ?? none, before ?? none];
  return `${after}${`${after}${former}`.includes(',') ? ';' : ','} ${former} before`;
}

/** `a, b and c` */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** A name or SQL inside a sentence. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** Contract SQL inside a sentence: as it was written, on one line. */
export function shownSql(text: WrittenText): string {
  return code(visible(text.text.trim().replace(/\s+/g, ' '), 120));
}

/** A threshold inside a sentence: `5 (a warning from 3 on)`; null where there is none. */
export function spoken<T>(threshold: Threshold<T> | undefined, print: (bound: T) => string): string | null {
  const { warn, fail } = threshold ?? {};
  if (warn === undefined) return fail === undefined ? null : print(fail);
  return fail === undefined ? `${print(warn)} (only a warning)` : `${print(fail)} (a warning from ${print(warn)} on)`;
}

/** `1 row`, `3 rows` */
export function counted(count: string, word: string): string {
  return `${count} ${word}${count === '1' ? '' : 's'}`;
}
