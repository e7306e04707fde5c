import type { ChangeRule } from '../../model/change.ts';
import type { TypeClass } from '../parts/type-class.ts';
import { affects } from './affects.ts';
import { exampleColumn } from './example.ts';

function decimals(before: string, after: string): ChangeRule['example'] {
  return {
    before: exampleColumn('amount', `type: decimal(${before})`),
    after: exampleColumn('amount', `type: decimal(${after})`),
  };
}

const WIDER_SINKS = 'widen what copies the column first; then widen the column';

/** Digits before and behind the point. */
export const DECIMAL_RULES: readonly (ChangeRule & { readonly id: TypeClass })[] = [
  {
    id: 'decimal-precision-increased',
    purpose: 'a decimal has more digits before the point and as many behind it',
    why: 'Every value is kept. What copies the column into a narrower one of its own overflows once a larger value comes.',
    direction: 'loosen',
    categories: ['schema', 'write'],
    effects: affects('warns', 'none', 'warns', 'none'),
    bump: 'minor',
    remedy: WIDER_SINKS,
    example: decimals('10,2', '12,2'),
    opposite: 'decimal-precision-decreased',
  },
  {
    id: 'decimal-precision-decreased',
    purpose: 'a decimal has fewer digits before the point and as many behind it',
    why: 'Readers meet nothing new. A value that no longer fits is refused, and the pipeline that writes it stops.',
    direction: 'tighten',
    categories: ['schema', 'write'],
    effects: affects('none', 'none', 'none', 'data'),
    bump: 'minor',
    remedy: 'see with --live that the rows there fit; let writers know before the column changes',
    example: decimals('12,2', '10,2'),
    opposite: 'decimal-precision-increased',
  },
  {
    id: 'decimal-scale-increased',
    purpose: 'a decimal has more digits behind the point and no fewer before it',
    why: 'Every value is kept. What copies the column into one with fewer digits behind the point rounds without a word.',
    direction: 'loosen',
    categories: ['schema'],
    effects: affects('warns', 'none', 'warns', 'none'),
    bump: 'minor',
    remedy: WIDER_SINKS,
    example: decimals('10,2', '12,4'),
    opposite: { none: 'the change back rounds, which is `decimal-scale-decreased` and breaks readers' },
  },
  {
    id: 'decimal-scale-decreased',
    purpose: 'a decimal has fewer digits behind the point',
    why: 'How fine the numbers are is a promise. Engines round to the new digits without an error: 1.25 is stored as 1.3, and totals no longer add up.',
    direction: 'incomparable',
    categories: ['guarantee'],
    effects: affects('breaks', 'none', 'breaks', 'data'),
    bump: 'major',
    remedy: 'keep the digits, or raise the major version and tell the readers',
    example: decimals('12,4', '12,2'),
    opposite: 'decimal-integer-digits-lost',
  },
  {
    id: 'decimal-integer-digits-lost',
    purpose: 'a decimal has more digits behind the point at the cost of those before it',
    why: 'The size in all is as it was, so it looks like a gain. Large values no longer fit: inserts of them fail.',
    direction: 'incomparable',
    categories: ['schema', 'write'],
    effects: affects('warns', 'none', 'warns', 'breaks'),
    bump: 'major',
    remedy: 'raise the digits in all by as many as those behind the point',
    example: decimals('10,2', '10,4'),
    opposite: 'decimal-scale-decreased',
  },
];
