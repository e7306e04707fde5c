import type { Tolerance } from '../../src/model/threshold.ts';
import { printDecimal } from '../../src/util/decimal.ts';
import type { Json } from './yaml.ts';

/** How much a test may find, as a test's configuration says it; undefined where dbt cannot. */
export type Tolerated = { readonly [key: string]: Json | undefined };

/** Of a test that gives one row for each bad row. */
export function toleratedRows(tolerance: Tolerance | undefined): Tolerated | undefined {
  if (!tolerance) return {};
  const { warn, fail } = tolerance;
  if (warn?.unit === 'share' || fail?.unit === 'share') return isNone(tolerance) ? {} : undefined;
  const above = (amount: NonNullable<Tolerance['fail']>): string => `> ${printDecimal(amount.value)}`;
  if (!fail) return warn ? { severity: 'warn', warn_if: above(warn) } : {};
  return isNone(tolerance) ? {} : { error_if: above(fail), warn_if: above(warn ?? fail) };
}

/** Of a test that counts otherwise: dbt can say only that there may be none. */
export function toleratedNone(tolerance: Tolerance | undefined): Tolerated | undefined {
  return !tolerance || isNone(tolerance) ? {} : undefined;
}

function isNone({ warn, fail }: Tolerance): boolean {
  return !warn && fail?.value.coefficient === 0n;
}
