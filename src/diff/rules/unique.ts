import type { ChangeRule } from '../../model/change.ts';
import type { Column, Table } from '../../model/contract.ts';
import { checksOf, toleranceChange, windowChange } from '../parts/column-part.ts';
import { printLength, printTolerance } from '../parts/order.ts';
import { affects } from './affects.ts';
import { exampleColumn } from './example.ts';
import type { ColumnContext, ColumnSubject, Comparison, Found, Pair } from './rule.ts';

const LOOSER = { direction: 'loosen', effects: affects('breaks', 'none', 'breaks', 'none'), bump: 'major' } as const;
const TIGHTER = { direction: 'tighten', effects: affects('none', 'none', 'none', 'data'), bump: 'minor' } as const;
const KEEP = 'keep the promise, or raise the major version and tell those who join on it';
const SEE_ROWS = 'see with --live that no two rows have the same values';

function together(columns: string): string {
  return `tables:\n  orders:\n    columns:\n      customer_id: int64\n      placed_on: date\n    checks:\n      one-a-day:\n        unique: [${columns}]\n`;
}

const RULES: readonly ChangeRule[] = [
  {
    ...LOOSER,
    id: 'unique-removed',
    purpose: 'values may come twice',
    why: 'Joins on the column can find several rows where they found one, and sums over them count twice.',
    categories: ['guarantee'],
    remedy: KEEP,
    example: {
      before: exampleColumn('invoice_no', 'type: string', 'unique: true'),
      after: exampleColumn('invoice_no', 'type: string'),
    },
    opposite: 'unique-added',
  },
  {
    ...TIGHTER,
    id: 'unique-added',
    purpose: 'no value may come twice',
    why: 'Readers get more than they had. Values that are there twice break the promise.',
    categories: ['guarantee'],
    remedy: SEE_ROWS,
    example: {
      before: exampleColumn('invoice_no', 'type: string'),
      after: exampleColumn('invoice_no', 'type: string', 'unique: true'),
    },
    opposite: 'unique-removed',
  },
  {
    ...LOOSER,
    id: 'unique-widened',
    purpose: 'only more columns than before are unique together',
    why: 'What was unique can come several times, as long as the added columns differ: joins on the old columns find more rows.',
    categories: ['guarantee'],
    remedy: KEEP,
    example: { before: together('customer_id'), after: together('customer_id, placed_on') },
    opposite: 'unique-narrowed',
  },
  {
    ...TIGHTER,
    id: 'unique-narrowed',
    purpose: 'fewer columns than before are unique together',
    why: 'Readers get more than they had. Rows that differed only in the columns left out break the promise.',
    categories: ['guarantee'],
    remedy: SEE_ROWS,
    example: { before: together('customer_id, placed_on'), after: together('customer_id') },
    opposite: 'unique-widened',
  },
];

/** That no value of a column comes twice. */
export const unique: ColumnSubject = {
  on: 'column',
  name: 'unique',
  keys: ['unique'],
  rules: RULES,
  compare(pair, context): Comparison {
    const [before, after] = [pair.old.unique, pair.new.unique];
    if (!before || !after) {
      // A key of this column alone promises as much, and the finding about the key tells when it comes or goes.
      const kept = after ? isKey(context.table.old, pair.old) : isKey(context.table.new, pair.new);
      return kept ? 'equal' : [thereOrNot(pair, context)];
    }
    const found = [
      ...toleranceChange(
        { value: before.allow, at: before.at },
        { value: after.allow, at: after.at },
        'repeat a value',
      ).map((each) => ({ ...each, ...checksOf(context, 'unique') })),
      ...windowChange(
        { value: before.window, at: before.at },
        { value: after.window, at: after.at },
        'values are unique',
      ).map((each) => ({ ...each, ...checksOf(context, 'unique') })),
    ];
    return found.length > 0 ? found.map((each) => ({ ...each, below: 'unique' })) : 'equal';
  },
};

function isKey({ key }: Table, { name }: Column): boolean {
  return key?.columns.length === 1 && key.columns[0]?.text === name && key.window === undefined;
}

function thereOrNot({ old, new: now }: Pair<Column>, context: ColumnContext): Found {
  return {
    rule: now.unique ? 'unique-added' : 'unique-removed',
    before: printed(old),
    after: printed(now),
    message: now.unique
      ? `${tolerated(now)}, any number before`
      : `any number of rows may repeat a value, ${tolerated(old)} before`,
    ...(now.unique && { at: now.unique.at, ...checksOf(context, 'unique') }),
    ...(old.unique && { was: old.unique.at }),
  };
}

function tolerated({ unique: promise }: Column): string {
  const tolerance = printTolerance(promise?.allow);
  return tolerance === null || tolerance === '0'
    ? 'no value may come twice'
    : `${tolerance} of the rows may repeat a value`;
}

function printed({ unique: promise }: Column): string | null {
  if (!promise) return null;
  const tolerance = promise.allow ? `, ${printTolerance(promise.allow)} allowed` : '';
  return `unique${promise.window ? ` over the last ${printLength(promise.window)}` : ''}${tolerance}`;
}
