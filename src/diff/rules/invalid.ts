import { type Column, VALUE_RULES } from '../../model/contract.ts';
import { checksOf, toleranceChange } from '../parts/column-part.ts';
import type { ColumnContext, ColumnSubject, Comparison } from './rule.ts';

/** How many values may break the rules of their column. */
export const invalid: ColumnSubject = {
  on: 'column',
  name: 'invalid',
  keys: ['invalid'],
  rules: [],
  compare({ old, new: now }, context): Comparison {
    // A tolerance of rules that are not there says nothing; whoever brings or removes them tells.
    if (!countsAnything(old, 'old', context) || !countsAnything(now, 'new', context)) return 'equal';
    const found = toleranceChange(
      { value: old.invalid, at: old.at },
      { value: now.invalid, at: now.at },
      'be invalid',
    ).map((each) => ({ ...each, below: 'invalid', ...checksOf(context, 'invalid') }));
    return found.length > 0 ? found : 'equal';
  },
};

/** Whether a value of the column can be invalid: by a rule or a size, or, where cells are text, because it cannot be read. */
function countsAnything(column: Column, side: 'old' | 'new', { table, contract, world }: ColumnContext): boolean {
  if (VALUE_RULES.some((rule) => column[rule] !== undefined)) return true;
  const { type } = column;
  if (type.name === 'string') return type.length !== undefined;
  if (type.name === 'decimal' && type.precision !== undefined) return true;
  const warehouse = table[side].warehouse ?? contract[side].warehouse;
  return world[side].engineOf(warehouse?.text) === 'duckdb';
}
