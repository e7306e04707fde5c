import { thresholdParts } from '../parts/check-threshold-parts.ts';
import { compareSql } from '../parts/contract-sql.ts';
import type { Order } from '../parts/order.ts';
import { affects } from './affects.ts';
import { withCheck } from './check-example.ts';
import type { CheckSubject } from './rule.ts';

/** The rule for each order. */
const RULE: Readonly<Record<Exclude<Order, 'equal'>, string>> = {
  looser: 'check-threshold-loosened',
  tighter: 'check-threshold-tightened',
  incomparable: 'check-threshold-changed',
};

/** How many rows may be bad, and within what bounds a number has to be. */
export const checkThreshold: CheckSubject = {
  on: 'check',
  name: 'check-threshold',
  keys: ['allow', 'min', 'max', 'equals', 'change', 'segments'],
  rules: [
    {
      id: 'check-threshold-loosened',
      purpose: 'a check lets more pass: more bad rows, or a number further off',
      why: 'Reports and models meet bad rows, or numbers, that the old bound would have stopped.',
      direction: 'loosen',
      categories: ['guarantee'],
      effects: affects('breaks', 'none', 'breaks', 'none'),
      bump: 'major',
      remedy: 'keep the bound, or raise the major version and tell the readers',
      example: {
        before: withCheck(['expect: amount > 0', 'allow: 1%']),
        after: withCheck(['expect: amount > 0', 'allow: 5%']),
      },
      opposite: 'check-threshold-tightened',
    },
    {
      id: 'check-threshold-tightened',
      purpose: 'a check lets less pass: fewer bad rows, or a number less far off',
      why: 'Readers get more than they had. Data that met the old bound may fail the new one.',
      direction: 'tighten',
      categories: ['guarantee'],
      effects: affects('none', 'none', 'none', 'data'),
      bump: 'minor',
      remedy: 'see with --live that the rows there pass',
      example: {
        before: withCheck(['expect: amount > 0', 'allow: 5%']),
        after: withCheck(['expect: amount > 0', 'allow: 1%']),
      },
      opposite: 'check-threshold-loosened',
    },
    {
      id: 'check-threshold-changed',
      purpose: 'a check has other bounds, of which neither is the stricter one',
      why: 'A number of rows instead of a share of rows, or another number to be equal to: some data passes now that failed before, and some fails that passed.',
      direction: 'incomparable',
      categories: ['guarantee'],
      effects: affects('breaks', 'none', 'breaks', 'data'),
      bump: 'major',
      remedy: 'say the new bound in the unit of the old one, or raise the major version and tell the readers',
      example: {
        before: withCheck(['expect: amount > 0', 'allow: 10']),
        after: withCheck(['expect: amount > 0', 'allow: 1%']),
      },
      opposite: 'check-threshold-changed',
    },
  ],
  compare({ old, new: now }, context) {
    const sql = compareSql(context);
    if (old.kind === 'metric' && now.kind === 'metric' && !sql.same(old.metric, now.metric)) return 'equal';
    const found = thresholdParts({ old, new: now }, context, sql).flatMap(({ order, ...part }) =>
      order === 'equal'
        ? []
        : [
            {
              ...part,
              rule: RULE[order],
              ...(order !== 'looser' && { checks: [`${context.table.new.name}.${now.id}`] }),
            },
          ],
    );
    return found.length === 0 ? 'equal' : found;
  },
};
