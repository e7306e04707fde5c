import type { ChangeRule } from '../../model/change.ts';
import { affects } from './affects.ts';
import { exampleColumn } from './example.ts';

function email(...lines: readonly string[]): string {
  return exampleColumn('email', 'type: string', ...lines);
}

const LOOSER = affects('breaks', 'none', 'breaks', 'none');
const TIGHTER = affects('none', 'none', 'none', 'data');
const KEEP = 'keep the promise, or raise the major version and tell the readers';
const SEE_ROWS = 'see with --live that the rows there keep it';

/** What can become of the promise that values are there. */
export const REQUIRED_RULES: readonly ChangeRule[] = [
  {
    id: 'required-removed',
    purpose: 'a value may be missing where none was',
    why: 'One NULL makes `NOT IN (select …)` find no row at all, and equal joins drop the row. Typed code no longer compiles where it took the value for granted, and models get gaps.',
    direction: 'loosen',
    categories: ['guarantee', 'code'],
    effects: affects('breaks', 'breaks', 'breaks', 'none'),
    bump: 'major',
    remedy: 'keep it required and write a default, or raise the major version',
    example: { before: email('required: true'), after: email() },
    opposite: 'required-added',
  },
  {
    id: 'required-added',
    purpose: 'no value may be missing any more',
    why: 'Readers get more than they had. Rows that are there without a value break the promise, and a writer that leaves the column out is refused.',
    direction: 'tighten',
    categories: ['write'],
    effects: TIGHTER,
    bump: 'minor',
    remedy: 'see with --live that no row is without a value; fill the gaps first',
    example: { before: email(), after: email('required: true') },
    opposite: 'required-removed',
  },
  {
    id: 'missing-threshold-loosened',
    purpose: 'more values than before may be missing',
    why: 'Reports and models that were built on the old share meet more gaps, and nothing tells them.',
    direction: 'loosen',
    categories: ['guarantee'],
    effects: LOOSER,
    bump: 'major',
    remedy: KEEP,
    example: { before: email('missing: 2%'), after: email('missing: 5%') },
    opposite: 'missing-threshold-tightened',
  },
  {
    id: 'missing-threshold-tightened',
    purpose: 'fewer values than before may be missing',
    why: 'Readers get more than they had. The rows that are there may have more gaps than the new share allows.',
    direction: 'tighten',
    categories: ['guarantee'],
    effects: TIGHTER,
    bump: 'minor',
    remedy: SEE_ROWS,
    example: { before: email('missing: 5%'), after: email('missing: 2%') },
    opposite: 'missing-threshold-loosened',
  },
  {
    id: 'missing-threshold-removed',
    purpose: 'any number of values may be missing',
    why: 'Reports and models that were built on the share can meet a column that is empty, and nothing tells them.',
    direction: 'loosen',
    categories: ['guarantee'],
    effects: LOOSER,
    bump: 'major',
    remedy: KEEP,
    example: { before: email('missing: 2%'), after: email() },
    opposite: 'missing-threshold-added',
  },
  {
    id: 'missing-threshold-added',
    purpose: 'only so many values may be missing',
    why: 'Readers get more than they had. The rows that are there may have more gaps than that.',
    direction: 'tighten',
    categories: ['guarantee'],
    effects: TIGHTER,
    bump: 'minor',
    remedy: SEE_ROWS,
    example: { before: email(), after: email('missing: 2%') },
    opposite: 'missing-threshold-removed',
  },
  {
    id: 'missing-threshold-changed',
    purpose: 'how many values may be missing is counted in another way',
    why: 'A number of rows and a share of them cannot be compared: on a large table the share allows more, on a small one the number does.',
    direction: 'incomparable',
    categories: ['guarantee'],
    effects: affects('breaks', 'none', 'breaks', 'data'),
    bump: 'major',
    remedy: 'keep rows or shares as they were, or raise the major version and tell the readers',
    example: { before: email('missing: 100'), after: email('missing: 1%') },
    opposite: 'missing-threshold-changed',
  },
  {
    id: 'missing-definition-changed',
    purpose: 'other values count as missing',
    why: 'Whoever leaves missing values out now leaves out others: counts, averages and features change although no row did.',
    direction: 'incomparable',
    categories: ['meaning'],
    effects: affects('warns', 'none', 'breaks', 'warns'),
    bump: 'major',
    remedy: 'keep the list, or write NULL for the new values instead; else raise the major version',
    example: {
      before: email('missing:', '  allow: 2%', '  values: [""]'),
      after: email('missing:', '  allow: 2%', '  values: ["", N/A]'),
    },
    opposite: 'missing-definition-changed',
  },
];
