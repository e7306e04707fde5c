import type { Tolerance } from '../../model/threshold.ts';
import type { Found } from '../rules/rule.ts';
import { type Order, printAmount } from './order.ts';
import { counted, spoken } from './wording.ts';

/** A bound that may have changed. */
export type Part = Omit<Found, 'rule'> & { readonly order: Order };

/** A tolerance inside a sentence; null where no row may be bad. */
export function allowed(tolerance: Tolerance | undefined): string | null {
  const { warn, fail } = tolerance ?? {};
  if (warn === undefined && (fail === undefined || fail.value.coefficient === 0n)) return null;
  return spoken(tolerance, (amount) =>
    amount.unit === 'rows' ? counted(printAmount(amount), 'row') : `${printAmount(amount)} of the rows`,
  );
}
