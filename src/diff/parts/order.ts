import type { Amount, Bound, Duration, Threshold, Tolerance } from '../../model/threshold.ts';
import { compareDecimals, type Decimal, decimalOf, printDecimal } from '../../util/decimal.ts';

/** How the new promise stands to the old one: it allows more, less, the same, or partly more and partly less. */
export type Order = 'looser' | 'tighter' | 'equal' | 'incomparable';

/** Order of two numbers where the larger one allows more; undefined where they cannot be compared. */
export function orderOf(difference: number | undefined): Order {
  if (difference === undefined) return 'incomparable';
  return difference > 0 ? 'looser' : difference < 0 ? 'tighter' : 'equal';
}

export function reversed(order: Order): Order {
  return order === 'looser' ? 'tighter' : order === 'tighter' ? 'looser' : order;
}

/** Of several parts of one promise. */
export function together(orders: readonly Order[]): Order {
  const kinds = new Set(orders.filter((order) => order !== 'equal'));
  const [only] = kinds;
  return kinds.size > 1 ? 'incomparable' : (only ?? 'equal');
}

/** Two optional upper limits: without one everything is allowed. */
export function compareLimits<T>(
  old: T | undefined,
  now: T | undefined,
  difference: (old: T, now: T) => number | undefined,
): Order {
  if (old === undefined) return now === undefined ? 'equal' : 'tighter';
  return now === undefined ? 'looser' : orderOf(difference(old, now));
}

/** Thresholds whose larger bound allows more; a missing bound allows everything. */
export function compareThresholds<T>(
  old: Threshold<T> | undefined,
  now: Threshold<T> | undefined,
  difference: (old: T, now: T) => number | undefined,
): Order {
  return together([
    compareLimits(old?.fail, now?.fail, difference),
    // Beyond the fail bound nothing is left to warn of.
    compareLimits(old?.warn ?? old?.fail, now?.warn ?? now?.fail, difference),
  ]);
}

/** Upper bounds of a number; without one it may be as large as it likes. */
export function compareUpper(old: Bound | undefined, now: Bound | undefined): Order {
  return compareThresholds<Decimal>(old, now, (before, after) => compareDecimals(after, before));
}

/** Lower bounds of a number; without one it may be as small as it likes. */
export function compareLower(old: Bound | undefined, now: Bound | undefined): Order {
  return compareThresholds<Decimal>(old, now, (before, after) => compareDecimals(before, after));
}

const NONE: Tolerance['fail'] = { unit: 'rows', value: decimalOf(0n) };

/** Tolerances where none at all means that no row may be bad. */
export function compareTolerances(old: Tolerance | undefined, now: Tolerance | undefined): Order {
  const strict = (tolerance: Tolerance | undefined) => tolerance ?? { fail: NONE };
  return compareThresholds<Amount>(
    strict(old) as Threshold<Amount>,
    strict(now) as Threshold<Amount>,
    amountDifference,
  );
}

/** Rows and shares compare only where one of them is none. */
export function amountDifference(old: Amount, now: Amount): number | undefined {
  const isNone = ({ value }: Amount) => value.coefficient === 0n;
  if (old.unit === now.unit || isNone(old) || isNone(now)) return compareDecimals(now.value, old.value);
  return undefined;
}

export function durationDifference(old: Duration, now: Duration): number | undefined {
  if (old.months === 0 && now.months === 0) return Number(now.microseconds - old.microseconds);
  if (old.microseconds === 0n && now.microseconds === 0n) return now.months - old.months;
  // A month has 28 to 31 days.
  const day = 86_400_000_000n;
  const least = (duration: Duration) => duration.microseconds + BigInt(duration.months) * 28n * day;
  const most = (duration: Duration) => duration.microseconds + BigInt(duration.months) * 31n * day;
  if (least(now) > most(old)) return 1;
  return most(now) < least(old) ? -1 : undefined;
}

export function printAmount({ unit, value }: Amount): string {
  return unit === 'rows'
    ? printDecimal(value)
    : `${printDecimal({ ...value, coefficient: value.coefficient * 100n })}%`;
}

/** A duration in the largest unit that holds it whole: 24h and 1d are one text. */
export function printLength({ microseconds, months }: Duration): string {
  if (months > 0) return months % 12 === 0 ? `${months / 12}y` : `${months}mo`;
  const units = [
    ['d', 86_400n],
    ['h', 3600n],
    ['m', 60n],
    ['s', 1n],
  ] as const;
  const seconds = microseconds / 1_000_000n;
  const [unit, size] = units.find(([, each]) => seconds % each === 0n) ?? (['s', 1n] as const);
  return `${seconds / size}${unit}`;
}

/** A threshold as normalised text: `2h`, or `{ warn: 1h, fail: 2h }`; null where there is none. */
export function printThreshold<T>(threshold: Threshold<T> | undefined, print: (bound: T) => string): string | null {
  if (!threshold) return null;
  const { warn, fail } = threshold;
  if (warn === undefined) return fail === undefined ? null : print(fail);
  return fail === undefined ? `{ warn: ${print(warn)} }` : `{ warn: ${print(warn)}, fail: ${print(fail)} }`;
}

export function printTolerance(tolerance: Tolerance | undefined): string | null {
  return printThreshold(tolerance, printAmount);
}

export function printBound(bound: Bound | undefined): string | null {
  return printThreshold<Decimal>(bound, printDecimal);
}
