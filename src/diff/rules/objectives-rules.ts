import type { ChangeRule } from '../../model/change.ts';
import { affects } from './affects.ts';

/** A contract with objectives. */
function shop(...objectives: readonly string[]): string {
  return [
    'tables:',
    '  orders:',
    '    columns:',
    '      amount: int64',
    'sla:',
    '  objectives:',
    ...objectives.map((objective) => `    ${objective}`),
    '',
  ].join('\n');
}

const GUARANTEE = { categories: ['guarantee'] } as const;
const LOST = affects('breaks', 'none', 'none', 'none');
const GAINED = affects('none', 'none', 'none', 'data');

/** What can happen to an objective. */
export const OBJECTIVES_RULES: readonly ChangeRule[] = [
  {
    ...GUARANTEE,
    id: 'objective-loosened',
    purpose: 'a smaller share of the time is promised to be good',
    why: 'The table may be out, late or wrong for longer before anybody breaks a promise: readers who planned with the old share come up short.',
    direction: 'loosen',
    effects: LOST,
    bump: 'major',
    remedy: 'keep the share, or raise the major version and tell the readers',
    example: { before: shop('availability: 99.9% over 30d'), after: shop('availability: 99.5% over 30d') },
    opposite: 'objective-tightened',
  },
  {
    ...GUARANTEE,
    id: 'objective-tightened',
    purpose: 'a larger share of the time is promised to be good',
    why: 'Readers get more than they had. The team behind the table has less room for failures.',
    direction: 'tighten',
    effects: GAINED,
    bump: 'minor',
    remedy: 'look at the past: would the table have kept it?',
    example: { before: shop('availability: 99.5% over 30d'), after: shop('availability: 99.9% over 30d') },
    opposite: 'objective-loosened',
  },
  {
    ...GUARANTEE,
    id: 'objective-removed',
    purpose: 'what share of the time is good is no longer promised',
    why: 'However often the table is out, late or wrong, nobody breaks a promise by it any more.',
    direction: 'loosen',
    effects: LOST,
    bump: 'major',
    remedy: 'keep an objective that the table can meet, or raise the major version and tell the readers',
    example: {
      before: shop('availability: 99.5% over 30d', 'quality: 99% per month'),
      after: shop('availability: 99.5% over 30d'),
    },
    opposite: 'objective-added',
  },
  {
    ...GUARANTEE,
    id: 'objective-added',
    purpose: 'what share of the time is good is promised for the first time',
    why: 'Readers get more than they had. The team behind the table has a budget of failures for the first time.',
    direction: 'tighten',
    effects: GAINED,
    bump: 'minor',
    remedy: 'look at the past: would the table have kept it?',
    example: {
      before: shop('availability: 99.5% over 30d'),
      after: shop('availability: 99.5% over 30d', 'quality: 99% per month'),
    },
    opposite: 'objective-removed',
  },
  {
    ...GUARANTEE,
    id: 'objective-window-changed',
    purpose: 'the share is measured over another window',
    why: 'Over a longer window one long outage is forgiven that a shorter one would not forgive; over a shorter one a bad day weighs more. Neither is the stricter promise.',
    direction: 'incomparable',
    effects: affects('warns', 'none', 'none', 'warns'),
    bump: 'minor',
    remedy: 'tell the readers how long an outage may be now',
    example: { before: shop('availability: 99.5% over 30d'), after: shop('availability: 99.5% over 90d') },
    opposite: 'objective-window-changed',
  },
];
