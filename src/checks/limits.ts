import type { Limit } from '../model/outcome.ts';
import type { Bound, Duration, Threshold, Tolerance } from '../model/threshold.ts';
import { type Decimal, decimalOf } from '../util/decimal.ts';

/** What a number of bad rows is held against; without a tolerance none is allowed. `of` is its name among the measured values. */
export function toleranceLimits(tolerance: Tolerance | undefined, of = 'bad'): readonly Limit[] {
  if (!tolerance) return [{ verdict: 'fail', side: 'max', of, unit: 'rows', value: decimalOf(0n) }];
  return limits(tolerance, ({ unit, value }) => ({ side: 'max', of, unit, value }));
}

/** What a number is held against on one side. */
export function boundLimits(bound: Bound | undefined, side: Limit['side'], of: string): readonly Limit[] {
  return bound ? limits(bound, (value) => ({ side, of, unit: 'number', value })) : [];
}

/** What an age in seconds is held against. */
export function ageLimits(within: Threshold<Duration>, of: string): readonly Limit[] {
  return limits(within, ({ microseconds }) => ({ side: 'max', of, unit: 'seconds', value: inSeconds(microseconds) }));
}

function limits<T>({ warn, fail }: Threshold<T>, limitOf: (given: T) => Omit<Limit, 'verdict'>): readonly Limit[] {
  return [
    ...(warn === undefined ? [] : [{ verdict: 'warn' as const, ...limitOf(warn) }]),
    ...(fail === undefined ? [] : [{ verdict: 'fail' as const, ...limitOf(fail) }]),
  ];
}

function inSeconds(microseconds: bigint): Decimal {
  return microseconds % 1_000_000n === 0n
    ? decimalOf(microseconds / 1_000_000n)
    : { coefficient: microseconds, scale: 6 };
}
