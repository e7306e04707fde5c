import { CURRENCY_CODES } from '../../sql/currency-codes.ts';
import { affects } from './affects.ts';
import type { ColumnSubject } from './rule.ts';

const MEANING = { categories: ['meaning'] } as const;
const MOVED = affects('breaks', 'none', 'breaks', 'breaks');

function orders(unit: string | null): string {
  const type = unit === null ? 'int64' : `{ type: int64, unit: ${unit} }`;
  return `tables:\n  orders:\n    columns:\n      amount: ${type}\n`;
}

/** What the numbers of a column count. */
export const unit: ColumnSubject = {
  on: 'column',
  name: 'unit',
  keys: ['unit'],
  rules: [
    {
      ...MEANING,
      id: 'unit-changed',
      purpose: 'the numbers of a column count something else',
      why: 'Name and type stay, so neither the database nor the compiler sees it: sums mix old and new numbers, and models take them for what they were trained on.',
      direction: 'incomparable',
      effects: MOVED,
      bump: 'major',
      remedy: 'add a column with the new unit and deprecate this one, or raise the major version',
      example: { before: orders('cm'), after: orders('mm') },
      opposite: 'unit-changed',
    },
    {
      ...MEANING,
      id: 'currency-changed',
      purpose: 'the amounts of a column are in another currency',
      why: 'Name and type stay, so no query fails: reports add up two currencies, and prices are wrong by the rate between them. Only typed accessors stop compiling, since each currency is a type of its own.',
      direction: 'incomparable',
      effects: affects('breaks', 'breaks', 'breaks', 'breaks'),
      bump: 'major',
      remedy: 'add a column in the new currency and deprecate this one, or raise the major version',
      example: { before: orders('EUR'), after: orders('USD') },
      opposite: 'currency-changed',
    },
    {
      ...MEANING,
      id: 'unit-removed',
      purpose: 'what the numbers of a column count is no longer said',
      why: 'From now on any unit keeps the contract: the next writer may change it without a finding.',
      direction: 'loosen',
      effects: affects('breaks', 'none', 'breaks', 'none'),
      bump: 'major',
      remedy: 'keep the unit',
      example: { before: orders('cm'), after: orders(null) },
      opposite: 'unit-added',
    },
    {
      ...MEANING,
      id: 'unit-added',
      purpose: 'what the numbers of a column count is said for the first time',
      why: 'Readers no longer have to guess. The values stay what they are.',
      direction: 'tighten',
      effects: affects('none', 'none', 'none', 'none'),
      bump: 'patch',
      remedy: 'see that it is the unit that the values have had all along',
      example: { before: orders(null), after: orders('cm') },
      opposite: 'unit-removed',
    },
    {
      ...MEANING,
      id: 'currency-removed',
      purpose: 'in which currency the amounts of a column are is no longer said',
      why: 'From now on any currency keeps the contract: the next writer may change it without a finding. Code that asks for amounts in the currency does not compile any more.',
      direction: 'loosen',
      effects: affects('breaks', 'breaks', 'breaks', 'none'),
      bump: 'major',
      remedy: 'keep the currency',
      example: { before: orders('EUR'), after: orders(null) },
      opposite: 'currency-added',
    },
    {
      ...MEANING,
      id: 'currency-added',
      purpose: 'in which currency the amounts of a column are is said for the first time',
      why: 'Readers no longer have to guess. The values stay what they are, and code that reads them compiles as before.',
      direction: 'tighten',
      effects: affects('none', 'none', 'none', 'none'),
      bump: 'patch',
      remedy: 'see that it is the currency that the values have had all along',
      example: { before: orders(null), after: orders('EUR') },
      opposite: 'currency-removed',
    },
  ],
  compare({ old, new: now }) {
    const [before, after] = [old.unit, now.unit].map((text) => text?.trim() || null);
    if (before === after) return 'equal';
    if (!before) {
      const rule = isCurrency(after) ? 'currency-added' : 'unit-added';
      const message = `the unit is ${after}, nothing said it before`;
      return [{ rule, before: null, after: after ?? null, message }];
    }
    if (!after) {
      const rule = isCurrency(before) ? 'currency-removed' : 'unit-removed';
      return [{ rule, before, after: null, message: `the unit is no longer said, ${before} before` }];
    }
    return [
      isCurrency(before) || isCurrency(after)
        ? { rule: 'currency-changed', before, after, message: `the amounts are in ${after}, in ${before} before` }
        : { rule: 'unit-changed', before, after, message: `the unit is ${after}, ${before} before` },
    ];
  },
};

function isCurrency(unit: string | null | undefined): boolean {
  return CURRENCY_CODES.includes(unit ?? '');
}
