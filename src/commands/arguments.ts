import { InvalidArgumentError } from 'commander';
import { parseDuration } from '../sql/duration.ts';
import { parseInstant } from '../util/instant.ts';

/** A number of things, as an option. */
export function count(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('expected a whole number, such as 5 (0 for none).');
  return Number(text);
}

/** An instant in microseconds, as an option. */
export function instant(text: string): bigint {
  const read = parseInstant(text);
  if (read === undefined)
    throw new InvalidArgumentError('expected an instant with its offset, such as 2026-11-23T08:00:00Z.');
  return read;
}

/** The word `all`, as an option. */
export function onlyAll(text: string): 'all' {
  if (text !== 'all') throw new InvalidArgumentError('expected all.');
  return 'all';
}

/** A duration in milliseconds, as an option. */
export function milliseconds(text: string): number {
  const parsed = parseDuration(text, { calendar: false });
  if ('problem' in parsed || parsed.duration.microseconds < 1000n)
    throw new InvalidArgumentError('expected a duration, such as 30s or 5m.');
  return Number(parsed.duration.microseconds / 1000n);
}

/** A day as `YYYY-MM-DD`, as an option. */
export function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  const isReal =
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
  if (!isReal) throw new InvalidArgumentError('expected a date, such as 2026-11-25.');
  return text;
}

/** For options that may come again. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Words for a message: `text, json or sarif`. */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
