import type { ChangeRule } from '../../model/change.ts';
import type { Column } from '../../model/contract.ts';
import { sameValue, shownValue, valueText } from '../parts/value.ts';
import { affects } from './affects.ts';
import { exampleColumn } from './example.ts';
import type { ColumnSubject, Comparison, Found } from './rule.ts';

function currency(...lines: readonly string[]): string {
  return exampleColumn('currency', 'type: string', ...lines);
}

const RULES: readonly ChangeRule[] = [
  {
    id: 'default-added',
    purpose: 'a value stands in where writers give none',
    why: 'Writers may leave the column out from now on. Nothing changes for readers and for rows that are there.',
    direction: 'loosen',
    categories: ['meaning', 'write'],
    effects: affects('none', 'none', 'none', 'none'),
    bump: 'patch',
    remedy: 'nothing to do',
    example: { before: currency(), after: currency('default: EUR') },
    opposite: 'default-removed',
  },
  {
    id: 'default-changed',
    purpose: 'another value stands in where writers give none',
    why: 'The same insert now writes another value. Old rows keep the old one, so one value means two things over time.',
    direction: 'incomparable',
    categories: ['meaning', 'write'],
    effects: affects('warns', 'none', 'warns', 'warns'),
    bump: 'minor',
    remedy: 'let writers give the value themselves; tell readers from which day on the new one comes',
    example: { before: currency('default: EUR'), after: currency('default: USD') },
    opposite: 'default-changed',
  },
  {
    id: 'default-removed',
    purpose: 'nothing stands in where writers give no value',
    why: 'A writer that leaves the column out is refused where a value is required; elsewhere readers meet NULL where the default stood.',
    direction: 'tighten',
    categories: ['meaning', 'write'],
    effects: affects('warns', 'none', 'none', 'breaks'),
    bump: 'minor',
    remedy: 'make sure that every writer gives the value, then remove the default',
    example: {
      before: currency('required: true', 'default: EUR'),
      after: currency('required: true'),
    },
    opposite: 'default-added',
  },
];

/** What stands in where writers give no value. */
export const defaultValue: ColumnSubject = {
  on: 'column',
  name: 'default',
  keys: ['default'],
  rules: RULES,
  compare({ old, new: now }): Comparison {
    const [before, after] = [old.default, now.default];
    if (before && after && sameValue(before.text, old.type, after.text, now.type)) return 'equal';
    return [found(old, now)];
  },
};

function found(old: Column, now: Column): Found {
  const print = ({ default: written, type }: Column) => (written ? shownValue(valueText(written.text, type)) : null);
  const [before, after] = [print(old), print(now)];
  const places = { ...(now.default && { at: now.default.at }), ...(old.default && { was: old.default.at }) };
  if (after === null) {
    return {
      rule: 'default-removed',
      before,
      after,
      message: `a value that is not given stays missing, it became ${before} before`,
      ...places,
      // Where a value may be missing, writers go on as they are.
      ...(!now.required && { notice: true }),
    };
  }
  return {
    rule: before === null ? 'default-added' : 'default-changed',
    before,
    after,
    message:
      before === null
        ? `a value that is not given becomes ${after}, it stayed missing before`
        : `a value that is not given becomes ${after}, ${before} before`,
    ...places,
  };
}
