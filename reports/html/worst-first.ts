import type { Verdict } from '../../src/model/outcome.ts';

const ORDER: readonly Verdict[] = ['fail', 'error', 'warn', 'pass', 'skipped'];

/** Worst first; of equals as they were. */
export function inOrderOfVerdict<T extends { readonly verdict: Verdict }>(list: readonly T[]): readonly T[] {
  return list.toSorted((left, right) => ORDER.indexOf(left.verdict) - ORDER.indexOf(right.verdict));
}
