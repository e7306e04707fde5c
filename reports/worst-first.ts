import type { Verdict } from '../src/model/outcome.ts';

const ORDER: readonly Verdict[] = ['fail', 'error', 'warn', 'pass', 'skipped'];

interface Judged {
  readonly verdict: Verdict;
}

/** Broken promises first, then what could not be measured, then warnings; of equals as they were. */
export function worstFirst<T extends Judged>(list: readonly T[]): readonly T[] {
  return list.toSorted((left, right) => rank(left.verdict) - rank(right.verdict));
}

/** The same of things that have several checks each: by the worst of them, then by how many are as bad. */
export function worstOfFirst<T>(list: readonly T[], checksOf: (each: T) => readonly Judged[]): readonly T[] {
  return list
    .map((each) => ({ each, ...worstIn(checksOf(each)) }))
    .toSorted((left, right) => left.worst - right.worst || right.count - left.count)
    .map(({ each }) => each);
}

function worstIn(checks: readonly Judged[]): { readonly worst: number; readonly count: number } {
  const worst = checks.reduce((least, { verdict }) => Math.min(least, rank(verdict)), ORDER.length);
  // What keeps all its promises is no better for having more of them.
  const count = worst < rank('pass') ? checks.filter(({ verdict }) => rank(verdict) === worst).length : 0;
  return { worst, count };
}

/** Whether a person must look at it. */
export function isFound({ verdict }: Judged): boolean {
  return verdict !== 'pass' && verdict !== 'skipped';
}

function rank(verdict: Verdict): number {
  return ORDER.indexOf(verdict);
}
