import type { Node } from 'yaml';

/** Where a node begins and where its text ends; offsets are UTF-16 code units. */
export function startOf({ range }: Node): number {
  return range?.[0] ?? 0;
}

export function endOf({ range }: Node): number {
  return range?.[1] ?? 0;
}

/** How far in its line a character stands, from 0. */
export function columnOf(text: string, at: number): number {
  return at - (text.lastIndexOf('\n', at - 1) + 1);
}

/** The beginning of the next line; of what ends a line already the same place. */
export function behindLine(text: string, at: number): number {
  if (at > 0 && text[at - 1] === '\n') return at;
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** Behind a list's item and the comments below it that are indented further than its dash. */
export function behindItem(text: string, end: number, dash: number): number {
  let at = behindLine(text, end);
  for (;;) {
    const comment = /^ *(?=#)/.exec(text.slice(at, text.indexOf('\n', at) + 1 || undefined));
    if (!comment || comment[0].length <= dash) return at;
    at = behindLine(text, at + comment[0].length);
  }
}

/** Behind the colon of a key that ends at `at`. */
export function colonBehind(text: string, at: number): number {
  return text.indexOf(':', at) + 1;
}
