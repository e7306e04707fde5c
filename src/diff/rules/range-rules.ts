import type { ChangeRule } from '../../model/change.ts';
import { affects } from './affects.ts';
import { exampleColumn } from './example.ts';

function amount(...lines: readonly string[]): string {
  return exampleColumn('amount', 'type: decimal(12,2)', ...lines);
}

const LOOSER = affects('breaks', 'none', 'breaks', 'none');
const TIGHTER = affects('none', 'none', 'none', 'data');
const KEEP =
  'keep the bound, with a tolerance `invalid` if it must be, or raise the major version and tell the readers';
const SEE_ROWS = 'see with --live that the values there lie within';

/** What can become of one end of the values or of their lengths. */
export const RANGE_RULES: readonly ChangeRule[] = [
  {
    id: 'range-loosened',
    purpose: 'values may lie further out, or texts be shorter or longer',
    why: 'Readers meet values that could not come: a division by an amount that was above 0 fails at 0, axes and buckets of reports end too early, and models extrapolate.',
    direction: 'loosen',
    categories: ['guarantee'],
    effects: LOOSER,
    bump: 'major',
    remedy: KEEP,
    example: { before: amount('exclusiveMin: 0'), after: amount('min: 0') },
    opposite: 'range-tightened',
  },
  {
    id: 'range-tightened',
    purpose: 'values must lie further in, or texts be longer or shorter',
    why: 'Readers get more than they had. Values that are there may lie outside.',
    direction: 'tighten',
    categories: ['guarantee'],
    effects: TIGHTER,
    bump: 'minor',
    remedy: SEE_ROWS,
    example: { before: amount('min: 0'), after: amount('exclusiveMin: 0') },
    opposite: 'range-loosened',
  },
  {
    id: 'range-removed',
    purpose: 'values have no lower or upper bound any more, or texts none of their length',
    why: 'Readers meet values that could not come: negative amounts, dates in the future, empty texts.',
    direction: 'loosen',
    categories: ['guarantee'],
    effects: LOOSER,
    bump: 'major',
    remedy: KEEP,
    example: { before: amount('min: 0'), after: amount() },
    opposite: 'range-added',
  },
  {
    id: 'range-added',
    purpose: 'values have a lower or upper bound that they had not, or texts one of their length',
    why: 'Readers get more than they had. Values that are there may lie outside.',
    direction: 'tighten',
    categories: ['guarantee'],
    effects: TIGHTER,
    bump: 'minor',
    remedy: SEE_ROWS,
    example: { before: amount(), after: amount('min: 0') },
    opposite: 'range-removed',
  },
  {
    id: 'range-changed',
    purpose: 'values have another bound, which is sometimes further out and sometimes further in',
    why: '`now` moves with the time of the run and a date does not: which of them allows more depends on the day.',
    direction: 'incomparable',
    categories: ['guarantee'],
    effects: affects('breaks', 'none', 'breaks', 'data'),
    bump: 'major',
    remedy: 'keep the bound and write the new one as a check of its own, or raise the major version',
    example: {
      before: exampleColumn('placed_on', 'type: date', 'timezone: UTC', 'max: now'),
      after: exampleColumn('placed_on', 'type: date', 'timezone: UTC', 'max: 2030-12-31'),
    },
    opposite: 'range-changed',
  },
];
