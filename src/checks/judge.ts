import type { Outcome, Verdict } from '../model/outcome.ts';
import type { Amount, Bound, Duration, Threshold, Tolerance } from '../model/threshold.ts';
import type { Value } from '../model/value.ts';
import { compareDecimals, type Decimal, decimalOf, multiplyDecimals, printDecimal, quotient } from '../util/decimal.ts';

/** An exact fraction; `denominator` is positive. */
export interface Ratio {
  readonly numerator: Decimal;
  readonly denominator: bigint;
}

/** Whether `bad` of `rows` stays within the amount; exact integers, met exactly holds (semantics §1). */
function within(amount: Amount, bad: bigint, rows: bigint): boolean {
  const limit = amount.unit === 'rows' ? amount.value : multiplyDecimals(amount.value, decimalOf(rows));
  return compareDecimals(decimalOf(bad), limit) <= 0;
}

function judge<T>(threshold: Threshold<T>, holds: (bound: T) => boolean): Verdict {
  if (threshold.fail !== undefined && !holds(threshold.fail)) return 'fail';
  if (threshold.warn !== undefined && !holds(threshold.warn)) return 'warn';
  return 'pass';
}

/** Verdict on `bad` of `rows`; without a tolerance no bad row is allowed. */
export function judgeTolerance(tolerance: Tolerance | undefined, bad: bigint, rows: bigint): Verdict {
  if (!tolerance) return bad === 0n ? 'pass' : 'fail';
  return judge(tolerance, (amount) => within(amount, bad, rows));
}

/** Verdict on a value against the bounds; `value × denominator` is compared, so that nothing is rounded. */
export function judgeBound(bound: Bound | undefined, side: 'min' | 'max', value: Ratio | number): Verdict {
  if (!bound) return 'pass';
  return judge(bound, (limit) => {
    if (typeof value === 'number') return holdsFloat(value, limit, side);
    const order = compareDecimals(value.numerator, multiplyDecimals(limit, decimalOf(value.denominator)));
    return side === 'min' ? order >= 0 : order <= 0;
  });
}

function holdsFloat(value: number, limit: Decimal, side: 'min' | 'max'): boolean {
  const number = Number(printDecimal(limit));
  return side === 'min' ? value >= number : value <= number;
}

const ORDER: readonly Verdict[] = ['skipped', 'pass', 'warn', 'fail', 'error'];

/** The worst of several verdicts; skipped does not count, and nothing but skipped is skipped. */
export function worst(verdicts: Iterable<Verdict>): Verdict {
  let result: Verdict = 'skipped';
  for (const verdict of verdicts) if (ORDER.indexOf(verdict) > ORDER.indexOf(result)) result = verdict;
  return result;
}

export function skipped(reason: string, message: string = reason): Outcome {
  return { verdict: 'skipped', reason, message, measured: {} };
}

export function failedToMeasure(reason: string, message: string, hint?: string): Outcome {
  return { verdict: 'error', reason, message, ...(hint && { hint }), measured: {} };
}

/** `1.23%` of a whole, for people. */
export function share(part: bigint, whole: bigint): string {
  if (whole === 0n) return '0%';
  const percent = quotient(decimalOf(part * 100n), decimalOf(whole), 2);
  return percent.coefficient === 0n && part > 0n ? 'under 0.01%' : `${printDecimal(percent)}%`;
}

/** `1,234,567` */
export function grouped(count: bigint): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

export function printAmount(amount: Amount): string {
  if (amount.unit === 'rows')
    return `${printDecimal(amount.value)} ${printDecimal(amount.value) === '1' ? 'row' : 'rows'}`;
  return `${printDecimal(multiplyDecimals(amount.value, decimalOf(100n)))}%`;
}

/** `at most 2% allowed`, `warns above 0.1%, fails above 1%`. */
export function printTolerance(tolerance: Tolerance | undefined): string {
  const { warn, fail } = tolerance ?? {};
  if (warn && fail) return `warns above ${printAmount(warn)}, fails above ${printAmount(fail)}`;
  if (warn) return `warns above ${printAmount(warn)}`;
  return fail && fail.value.coefficient !== 0n ? `at most ${printAmount(fail)} allowed` : 'none allowed';
}

/** `at most 0.5% off`, `warns above 0.01 off, fails above 1 off`. */
export function printDifference({ warn, fail }: Tolerance): string {
  const off = ({ unit, value }: Amount): string =>
    unit === 'rows' ? printDecimal(value) : printAmount({ unit, value });
  if (warn) return `warns above ${off(warn)} off${fail ? `, fails above ${off(fail)} off` : ''}`;
  return fail ? `at most ${off(fail)} off` : 'nothing off';
}

/** `at least 20`, `warns below 25, fails below 20`. */
export function printBound(bound: Bound, side: 'min' | 'max'): string {
  const [word, beyond] = side === 'min' ? ['at least', 'below'] : ['at most', 'above'];
  const { warn, fail } = bound;
  if (!warn) return `${word} ${printDecimal(fail as Decimal)}`;
  return `warns ${beyond} ${printDecimal(warn)}${fail ? `, fails ${beyond} ${printDecimal(fail)}` : ''}`;
}

/** `at most 2h old`, `warns above 1h, fails above 2h`. */
export function printAge({ warn, fail }: Threshold<Duration>): string {
  if (!warn) return `at most ${fail?.text} old`;
  return `warns above ${warn.text}${fail ? `, fails above ${fail.text}` : ''}`;
}

/** A count that an engine gave. */
export function countOf(value: Value | undefined): bigint {
  if (typeof value === 'bigint') return value;
  if (value === null || value === undefined) return 0n;
  if (typeof value === 'object' && value.scale === 0) return value.coefficient;
  return BigInt(String(value));
}
