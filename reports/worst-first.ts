import type { Verdict } from '../src/model/outcome.ts';

const ORDER: readonly Verdict[] = ['fail', 'error', 'warn', 'pass', 'skipped'];

/** Broken promises first, then what could not be measured, then warnings; of equals as they were. */
export function worstFirst<T extends { readonly verdict: Verdict }>(list: readonly T[]): readonly T[] {
  return list.toSorted((left, right) => ORDER.indexOf(left.verdict) - ORDER.indexOf(right.verdict));
}

/** Whether a person must look at it. */
export function isFound({ verdict }: { readonly verdict: Verdict }): boolean {
  return verdict !== 'pass' && verdict !== 'skipped';
}
