import type { Position } from '../../model/diagnostic.ts';
import type { Duration, Tolerance } from '../../model/threshold.ts';
import type { ColumnContext, Found } from '../rules/rule.ts';
import {
  compareLimits,
  compareTolerances,
  durationDifference,
  type Order,
  printLength,
  printTolerance,
} from './order.ts';

/** Paths of the checks on a column or a feature, by kind. */
export function checksOf(
  { table, column }: ColumnContext,
  ...kinds: readonly string[]
): { readonly checks?: string[] } {
  return { checks: kinds.map((kind) => `${table.new.name}.${column.new.name}.${kind}`) };
}

const THRESHOLD = {
  looser: 'check-threshold-loosened',
  tighter: 'check-threshold-tightened',
  incomparable: 'check-threshold-changed',
} as const;

const SCOPE = {
  looser: 'check-scope-narrowed',
  tighter: 'check-scope-widened',
  incomparable: 'check-scope-changed',
} as const;

type Placed<T> = { readonly value: T | undefined; readonly at: Position };

/** How many rows may break a promise of a column or a key; without a tolerance none may. `what` ends the sentence. */
export function toleranceChange(old: Placed<Tolerance>, now: Placed<Tolerance>, what: string): readonly Found[] {
  const order = compareTolerances(old.value, now.value);
  if (order === 'equal') return [];
  const [before, after] = [printTolerance(old.value) ?? '0', printTolerance(now.value) ?? '0'];
  return [
    {
      rule: THRESHOLD[order],
      before,
      after,
      message: `${some(after)} may ${what}, ${some(before)} before`,
      at: now.value?.at ?? now.at,
      was: old.value?.at ?? old.at,
    },
  ];
}

function some(tolerance: string): string {
  return tolerance === '0' ? 'no row' : `${tolerance} of the rows`;
}

/** Over which rows something has to be unique; without a window over all. */
export function windowChange(old: Placed<Duration>, now: Placed<Duration>, what: string): readonly Found[] {
  // Beyond a window nothing is promised: the longer it is, the more is.
  const order: Order = compareLimits(now.value, old.value, durationDifference);
  if (order === 'equal') return [];
  const print = ({ value }: Placed<Duration>) => (value ? `rows of the last ${printLength(value)}` : 'all rows');
  return [
    {
      rule: SCOPE[order],
      before: print(old),
      after: print(now),
      message: `${what} over ${print(now)}, over ${print(old)} before`,
      at: now.at,
      was: old.at,
    },
  ];
}
