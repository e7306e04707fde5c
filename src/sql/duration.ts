import type { Problem } from '../model/problem.ts';
import type { Duration } from '../model/threshold.ts';

const SECOND = 1_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
const DAY = 24n * HOUR;

const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['s', SECOND],
  ['m', MINUTE],
  ['h', HOUR],
  ['d', DAY],
  ['w', 7n * DAY],
]);
const CALENDAR_UNITS: ReadonlyMap<string, number> = new Map([
  ['mo', 1],
  ['y', 12],
]);
const WORDS: Readonly<Record<string, string>> = {
  s: 'sec secs second seconds',
  m: 'min mins minute minutes',
  h: 'hr hrs hour hours',
  d: 'day days',
  w: 'wk wks week weeks',
  mo: 'month months mon',
  y: 'yr yrs year years',
};
/** A thousand years: whatever is longer is a slip, and would leave the calendars of the engines. */
const MAX_MONTHS = 12_000;
const MAX_MICROSECONDS = 365_250n * DAY;

/**
 * Reads `90s 15m 2h 1d 4w`: a whole number above zero and a unit; `m` is minutes, `d` 24 hours. `mo` and `y` are calendar months and
 * years, and only with `calendar` (semantics §8). At most a thousand years.
 */
export function parseDuration(
  text: string,
  { calendar }: { readonly calendar: boolean },
): { readonly duration: Duration } | { readonly problem: Problem } {
  const units = calendar ? '30s, 15m, 2h, 1d, 4w, 6mo or 2y' : '30s, 15m, 2h, 1d or 4w';
  const refuse = (message: string, hint = `write ${units}`) => ({ problem: { message, hint } });
  const trimmed = text.trim();
  const [, number, unit = ''] = /^(\d{1,18})([a-z]+)$/.exec(trimmed) ?? [];
  if (number === undefined) return refuse(`"${text}" is not a duration`, hintFor(trimmed, calendar, units));
  const count = BigInt(number);
  const months = CALENDAR_UNITS.get(unit);
  const microseconds = UNITS.get(unit);
  if (months !== undefined && !calendar) {
    return refuse(
      `"${text}" has calendar ${unit === 'y' ? 'years' : 'months'}, which vary in length`,
      'write days, such as 30d',
    );
  }
  if (months === undefined && microseconds === undefined) {
    return refuse(`"${text}" has the unknown unit "${unit}"`, hintFor(trimmed, calendar, units));
  }
  if (count === 0n) return refuse(`"${text}" is no length of time, expected more than zero`);
  const total = count * (microseconds ?? 0n);
  if (total > MAX_MICROSECONDS || count * BigInt(months ?? 0) > MAX_MONTHS) {
    return refuse(`"${text}" is longer than a thousand years`);
  }
  return { duration: { microseconds: total, months: Number(count) * (months ?? 0), text: `${count}${unit}` } };
}

function hintFor(text: string, calendar: boolean, units: string): string {
  const [, number, word = ''] = /^(\d+)\s*([a-z]+)$/i.exec(text) ?? [];
  if (number !== undefined) {
    const lower = word.toLowerCase();
    const known = UNITS.has(lower) || (calendar && CALENDAR_UNITS.has(lower));
    const unit = known ? lower : Object.keys(WORDS).find((key) => WORDS[key]?.split(' ').includes(lower));
    if (unit !== undefined && (calendar || UNITS.has(unit))) return `did you mean ${BigInt(number)}${unit}?`;
  }
  const together = plainSum(text);
  return together === undefined ? `write ${units}` : `write it in one unit: ${together}`;
}

/** `1h30m`, `1.5h`, `PT90M` in the largest unit that holds it whole. */
function plainSum(text: string): string | undefined {
  const form = text.toLowerCase().replace(/^p(?:t(?=\d))?|(?<=d)t/g, '');
  if (!/^(?:\d{1,9}(?:\.\d{1,6})?[smhdw]\s*)+$/.test(form)) return undefined;
  let total = 0n;
  for (const [, whole = '0', fraction = '', unit = ''] of form.matchAll(/(\d+)(?:\.(\d+))?([smhdw])/g)) {
    total += (BigInt(whole + fraction) * (UNITS.get(unit) ?? 0n)) / 10n ** BigInt(fraction.length);
  }
  if (total === 0n || total % SECOND !== 0n) return undefined;
  const [unit, size] = [...UNITS].reverse().find(([, each]) => total % each === 0n) ?? ['s', SECOND];
  return `${total / size}${unit}`;
}

const SHOWN: readonly (readonly [string, bigint])[] = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
];

/** A length of time for people, in its two largest units, cut: `2h 5m`, `3d 4h`, `45s`; below a second `0s`. */
export function printDuration(microseconds: bigint): string {
  const sign = microseconds < 0n ? '-' : '';
  const length = microseconds < 0n ? -microseconds : microseconds;
  const first = SHOWN.findIndex(([, size]) => length >= size);
  if (first === -1) return '0s';
  const [unit, size] = SHOWN[first] as readonly [string, bigint];
  const next = SHOWN[first + 1];
  const rest = next ? (length % size) / next[1] : 0n;
  return `${sign}${length / size}${unit}${next && rest > 0n ? ` ${rest}${next[0]}` : ''}`;
}
