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
    const isRuled = { old: hasRules(old), new: hasRules(now) };
    const counts = (side: 'old' | 'new') => isRuled[side] || isText(side, context, isRuled.old === isRuled.new);
    if (!counts('old') || !counts('new')) return 'equal';
    const found = toleranceChange(
      { value: old.invalid, at: old.at },
      { value: now.invalid, at: now.at },
      'be invalid',
    ).map((each) => ({ ...each, below: 'invalid', ...checksOf(context, 'invalid') }));
    return found.length > 0 ? found : 'equal';
  },
};

/** Whether a value of the column can be invalid by a rule or a size. */
function hasRules(column: Column): boolean {
  if (VALUE_RULES.some((rule) => column[rule] !== undefined)) return true;
  const { type } = column;
  if (type.name === 'string') return type.length !== undefined;
  return type.name === 'decimal' && type.precision !== undefined;
}

/**
 * Whether cells are text, which may be no value of the type at all. `unknown`: what holds where neither the format nor a place is given. A
 * tolerance that comes alone is meant for something; one that comes with a rule is taken to be meant for that.
 */
function isText(side: 'old' | 'new', { table, contract, world }: ColumnContext, unknown: boolean): boolean {
  const { read, location, warehouse = contract[side].warehouse } = table[side];
  if (world[side].engineOf(warehouse?.text) !== 'duckdb') return false;
  if (read?.format) return read.format !== 'parquet';
  return location ? /\.(?:csv|tsv|txt|json|jsonl|ndjson)(?:\.gz)?$/i.test(location.text.trim()) : unknown;
}
