import type { Instant } from './types.ts';

/**
 * An instant as a `Date`, cut to milliseconds. Throws `RangeError` for `infinity` and `-infinity`, which a `Date` cannot be.
 */
export function toDate(instant: Instant): Date {
  const text: string = instant;
  const date = new Date(text.replace(/(\.\d{3})\d*Z$/, '$1Z'));
  if (Number.isNaN(date.getTime())) throw new RangeError(`"${text}" is no Date`);
  return date;
}
