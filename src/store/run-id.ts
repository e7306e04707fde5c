import { randomInt } from 'node:crypto';

/** Crockford's base 32, whose digits sort as their numbers do; nothing in it looks like something else. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME = 9;
const CHANCE = 7;

/** A name for a run: 16 characters that sort by time (until the year 3084) and that no other run has (35 bits of chance a millisecond). */
export function createRunId(milliseconds: number): string {
  const time = Array.from({ length: TIME }, (_, place) => Math.floor(milliseconds / 32 ** (TIME - 1 - place)) % 32);
  const chance = Array.from({ length: CHANCE }, () => randomInt(32));
  return [...time, ...chance].map((digit) => DIGITS[digit]).join('');
}
