import type { Amount, Threshold } from '../model/threshold.ts';
import type { Value } from '../model/value.ts';
import {
  absoluteDecimal,
  compareDecimals,
  type Decimal,
  decimalOf,
  multiplyDecimals,
  printDecimal,
  quotient,
  subtractDecimals,
} from '../util/decimal.ts';
import type { Ratio } from './judge.ts';

/** A measured number: exact where the engine is exact, a float where it is not. */
export type Measure = Ratio | number;

/** Reads a value as a number; undefined where it is none. */
export function measureOf(value: Value | undefined, denominator = 1n): Measure | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return { numerator: decimalOf(value), denominator };
  if (value !== null && typeof value === 'object') return { numerator: value, denominator };
  return undefined;
}

export function printMeasure(measure: Measure): string {
  if (typeof measure === 'number') return String(measure);
  return printDecimal(quotient(measure.numerator, decimalOf(measure.denominator), 6));
}

function asFloat(measure: Measure): number {
  return typeof measure === 'number'
    ? measure
    : Number(printDecimal(quotient(measure.numerator, decimalOf(measure.denominator), 18)));
}

/** Whether two numbers differ by no more than the amount: absolute, or a share of `expected`; exact where both are. */
export function closeEnough(measured: Measure, expected: Measure, amount: Amount | undefined): boolean {
  if (typeof measured === 'number' || typeof expected === 'number') {
    const [left, right] = [asFloat(measured), asFloat(expected)];
    const limit = amount ? Number(printDecimal(amount.value)) * (amount.unit === 'share' ? Math.abs(right) : 1) : 0;
    return Math.abs(left - right) <= limit;
  }
  const over = (ratio: Ratio, denominator: bigint): Decimal =>
    multiplyDecimals(ratio.numerator, decimalOf(denominator));
  const difference = absoluteDecimal(
    subtractDecimals(over(measured, expected.denominator), over(expected, measured.denominator)),
  );
  if (!amount) return difference.coefficient === 0n;
  const scale =
    amount.unit === 'share'
      ? absoluteDecimal(over(expected, measured.denominator))
      : decimalOf(measured.denominator * expected.denominator);
  return compareDecimals(difference, multiplyDecimals(amount.value, scale)) <= 0;
}

/** Verdict on `equals` with the difference that is allowed. */
export function judgeEquals(
  measured: Measure,
  expected: Measure,
  allow: Threshold<Amount> | undefined,
): 'pass' | 'warn' | 'fail' {
  if (!allow) return closeEnough(measured, expected, undefined) ? 'pass' : 'fail';
  if (allow.fail && !closeEnough(measured, expected, allow.fail)) return 'fail';
  if (allow.warn && !closeEnough(measured, expected, allow.warn)) return 'warn';
  return 'pass';
}
