import type { ChangeRule } from '../../model/change.ts';
import { checksOf, toleranceChange } from '../parts/column-part.ts';
import { referenceTarget } from '../parts/reference-target.ts';
import { printReference } from '../parts/reference-text.ts';
import { affects } from './affects.ts';
import type { ColumnSubject, Comparison } from './rule.ts';

function customers(references?: string): string {
  const line = references === undefined ? '' : `        references: ${references}\n`;
  const columns = '      id: int64\n      number: int64\n';
  return `tables:\n  orders:\n    columns:\n      customer:\n        type: int64\n${line}  customers:\n    columns:\n${columns}`;
}

const RULES: readonly ChangeRule[] = [
  {
    id: 'reference-removed',
    purpose: 'values need no partner in the other table any more',
    why: 'Inner joins drop the rows without a partner in silence, and totals come out too low.',
    direction: 'loosen',
    categories: ['guarantee'],
    effects: affects('breaks', 'none', 'warns', 'none'),
    bump: 'major',
    remedy: 'keep the reference, with a tolerance if it must be, or raise the major version',
    example: { before: customers('customers.id'), after: customers() },
    opposite: 'reference-added',
  },
  {
    id: 'reference-added',
    purpose: 'every value needs a partner in another table',
    why: 'Readers get more than they had. Rows that are there may have no partner, and writers must fill the other table first.',
    direction: 'tighten',
    categories: ['guarantee'],
    effects: affects('none', 'none', 'none', 'data'),
    bump: 'minor',
    remedy: 'see with --live that every value has its partner',
    example: { before: customers(), after: customers('customers.id') },
    opposite: 'reference-removed',
  },
  {
    id: 'reference-target-changed',
    purpose: 'values have their partners elsewhere',
    why: 'The values mean something else: joins to the old column find other rows, or none, and nothing fails.',
    direction: 'incomparable',
    categories: ['meaning'],
    effects: affects('breaks', 'warns', 'breaks', 'breaks'),
    bump: 'major',
    remedy: 'add a column for the new reference and deprecate this one, or raise the major version',
    example: { before: customers('customers.id'), after: customers('customers.number') },
    opposite: 'reference-target-changed',
  },
];

/** Where each value has its partner. */
export const reference: ColumnSubject = {
  on: 'column',
  name: 'reference',
  keys: ['references'],
  rules: RULES,
  compare({ old, new: now }, context): Comparison {
    const [from, to] = [old.references, now.references];
    const before = from ? printReference(referenceTarget(from.to, context, 'old')) : null;
    const after = to ? printReference(referenceTarget(to.to, context, 'new')) : null;
    const places = { ...(to && { at: to.to.at }), ...(from && { was: from.to.at }) };
    const checks = checksOf(context, 'references');
    if (!to) {
      const message = `values need no partner any more, one in ${before} before`;
      return [{ rule: 'reference-removed', before, after, message, ...places }];
    }
    if (!from) {
      const message = `every value needs its partner in ${after}`;
      return [{ rule: 'reference-added', before, after, message, ...places, ...checks }];
    }
    const target =
      before === after
        ? []
        : [
            {
              rule: 'reference-target-changed',
              before,
              after,
              message: `values have their partners in ${after}, in ${before} before`,
              ...places,
              ...checks,
            },
          ];
    const tolerance = toleranceChange(
      { value: from.allow, at: from.at },
      { value: to.allow, at: to.at },
      'be without a partner',
    ).map((each) => ({ ...each, below: 'references', ...checks }));
    const found = [...target, ...tolerance];
    return found.length > 0 ? found : 'equal';
  },
};
