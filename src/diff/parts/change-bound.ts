import type { ChangeBound } from '../../model/contract.ts';
import { compareDecimals, type Decimal, printDecimal } from '../../util/decimal.ts';
import { compareLimits, type Order, together } from './order.ts';

/** By how much a number may change; without a bound it may change as it likes. */
export function compareChanges(old: ChangeBound | undefined, now: ChangeBound | undefined): Order {
  return together([
    compareLimits(old?.min, now?.min, (before, after) => compareDecimals(before, after)),
    compareLimits(old?.max, now?.max, (before, after) => compareDecimals(after, before)),
  ]);
}

/** `40%` where it is both ways, `{ min: -20%, max: 40% }` otherwise; null where there is none. */
export function printChange(bound: ChangeBound | undefined): string | null {
  if (!bound) return null;
  const { min, max } = bound;
  if (min && max && compareDecimals({ ...min, coefficient: -min.coefficient }, max) === 0) return percent(max);
  const parts = [min && `min: ${percent(min)}`, max && `max: ${percent(max)}`].filter(Boolean);
  return `{ ${parts.join(', ')} }`;
}

export function percent(share: Decimal): string {
  return `${printDecimal({ ...share, coefficient: share.coefficient * 100n })}%`;
}
