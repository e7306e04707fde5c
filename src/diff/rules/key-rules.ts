import type { ChangeRule } from '../../model/change.ts';
import { affects } from './affects.ts';

function keyed(key?: string): string {
  const line = key === undefined ? '' : `    key: ${key}\n`;
  return `tables:\n  lines:\n${line}    columns:\n      order_id: int64\n      line_no: int32\n      product: string\n`;
}

const KEEP = 'keep the key, or raise the major version and tell those who join on it';
const SEE_ROWS = 'see with --live that no two rows have the same key and that its columns are filled';

/** What can become of a key. */
export const KEY_RULES: readonly ChangeRule[] = [
  {
    id: 'key-removed',
    purpose: 'nothing tells rows apart any more',
    why: 'Joins on the old key can find several rows where they found one, and sums over them count twice. Accessors by key are gone, and the columns may be empty.',
    direction: 'loosen',
    categories: ['guarantee', 'code'],
    effects: affects('breaks', 'breaks', 'breaks', 'none'),
    bump: 'major',
    remedy: KEEP,
    example: { before: keyed('[order_id, line_no]'), after: keyed() },
    opposite: 'key-added',
  },
  {
    id: 'key-added',
    purpose: 'columns tell rows apart that were not promised to',
    why: 'Readers get more than they had. Rows that are there may have the same key, or none.',
    direction: 'tighten',
    categories: ['guarantee', 'code'],
    effects: affects('none', 'none', 'none', 'data'),
    bump: 'minor',
    remedy: SEE_ROWS,
    example: { before: keyed(), after: keyed('[order_id, line_no]') },
    opposite: 'key-removed',
  },
  {
    id: 'key-widened',
    purpose: 'more columns than before are needed to tell rows apart',
    why: 'Joins on the old key can find several rows where they found one, and sums over them count twice. Accessors by key ask for more.',
    direction: 'loosen',
    categories: ['guarantee', 'code'],
    effects: affects('breaks', 'breaks', 'breaks', 'none'),
    bump: 'major',
    remedy: KEEP,
    example: { before: keyed('[order_id]'), after: keyed('[order_id, line_no]') },
    opposite: 'key-narrowed',
  },
  {
    id: 'key-narrowed',
    purpose: 'fewer columns than before tell rows apart',
    why: 'Queries go on as they are. Accessors by key ask for fewer columns and stop compiling, and rows that are there may have the same shorter key.',
    direction: 'tighten',
    categories: ['guarantee', 'code'],
    effects: affects('none', 'breaks', 'none', 'data'),
    bump: 'major',
    remedy: SEE_ROWS,
    example: {
      before: keyed('[order_id, line_no]').replace('line_no: int32', 'line_no: { type: int32, required: true }'),
      after: keyed('[order_id]').replace('line_no: int32', 'line_no: { type: int32, required: true }'),
    },
    opposite: 'key-widened',
  },
  {
    id: 'key-changed',
    purpose: 'other columns tell rows apart',
    why: 'Joins on the old key can find several rows or none, accessors by key stop compiling, and writers that looked rows up by the old key write twice.',
    direction: 'incomparable',
    categories: ['guarantee', 'code'],
    effects: affects('breaks', 'breaks', 'breaks', 'breaks'),
    bump: 'major',
    remedy: 'keep the old key and declare the new columns as a check `unique`, or raise the major version',
    example: {
      before: keyed('[order_id, line_no]').replace('line_no: int32', 'line_no: { type: int32, required: true }'),
      after: keyed('[order_id, product]').replace('line_no: int32', 'line_no: { type: int32, required: true }'),
    },
    opposite: 'key-changed',
  },
];
