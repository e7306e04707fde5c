import type { Amount, Bound, Duration, Threshold, Tolerance } from '../../src/model/threshold.ts';
import { type Decimal, multiplyDecimals, printDecimal } from '../../src/util/decimal.ts';
import { counted } from './wording.ts';

const HUNDRED: Decimal = { coefficient: 100n, scale: 0 };

/** `3 rows`, `2%` */
export function amountWords({ unit, value }: Amount): string {
  return unit === 'share' ? percent(value) : counted(Number(printDecimal(value)), 'row');
}

/** `99.5%` of 0.995. */
export function percent(value: Decimal): string {
  return `${printDecimal(multiplyDecimals(value, HUNDRED))}%`;
}

/** `at most 2%`, `none`, `warns above 0.1%, fails above 1%`: how many rows may be bad. */
export function toleranceWords(tolerance: Tolerance | undefined): string {
  const { warn, fail } = tolerance ?? {};
  if (warn) return thresholdWords({ warn: amountWords(warn), ...(fail && { fail: amountWords(fail) }) }, 'above');
  return fail && fail.value.coefficient !== 0n ? `at most ${amountWords(fail)}` : 'none';
}

/** `at most 0.5% off`, `warns above 0.01 off`: by how much a number may be missed. */
export function differenceWords({ warn, fail }: Tolerance): string {
  const off = ({ unit, value }: Amount): string => `${unit === 'rows' ? printDecimal(value) : percent(value)} off`;
  if (warn) return thresholdWords({ warn: off(warn), ...(fail && { fail: off(fail) }) }, 'above');
  return fail ? `at most ${off(fail)}` : 'nothing off';
}

/** `at least 20`, `warns below 25, fails below 20`; a share keeps its percent sign where the metric is one. */
export function boundWords({ warn, fail }: Bound, side: 'min' | 'max', print = printDecimal): string {
  if (warn)
    return thresholdWords(
      { warn: print(warn), ...(fail && { fail: print(fail) }) },
      side === 'min' ? 'below' : 'above',
    );
  return `${side === 'min' ? 'at least' : 'at most'} ${fail ? print(fail) : ''}`;
}

/** `at most 2h old`, `warns above 1h, fails above 2h`. */
export function ageWords({ warn, fail }: Threshold<Duration>): string {
  if (warn) return thresholdWords({ warn: warn.text, ...(fail && { fail: fail.text }) }, 'above');
  return `at most ${fail?.text} old`;
}

/** `from -20% to 40%`: by how much a number may change. */
export function changeWords({ min, max }: { readonly min?: Decimal; readonly max?: Decimal }): string {
  if (min) return max ? `from ${percent(min)} to ${percent(max)}` : `no lower than ${percent(min)}`;
  return max ? `no higher than ${percent(max)}` : 'at will';
}

function thresholdWords({ warn, fail }: { readonly warn: string; readonly fail?: string }, side: string): string {
  return `warns ${side} ${warn}${fail === undefined ? '' : `, fails ${side} ${fail}`}`;
}
