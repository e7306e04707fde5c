import { scopeParts } from '../parts/check-scope-parts.ts';
import { compareSql } from '../parts/contract-sql.ts';
import type { Order } from '../parts/order.ts';
import { affects } from './affects.ts';
import { withCheck } from './check-example.ts';
import type { CheckSubject } from './rule.ts';
import { compareSchedules, type Effective } from './schedule.ts';

/** The rule for each order of what has to hold. */
const RULE: Readonly<Record<Exclude<Order, 'equal'>, string>> = {
  looser: 'check-scope-narrowed',
  tighter: 'check-scope-widened',
  incomparable: 'check-scope-changed',
};

/** Which rows, groups and times a check looks at. */
export const checkScope: CheckSubject = {
  on: 'check',
  name: 'check-scope',
  keys: ['where', 'window', 'by', 'minRows', 'per', 'from', 'schedule'],
  rules: [
    {
      id: 'check-scope-narrowed',
      purpose: 'a promise is about fewer rows, columns, groups or times than before',
      why: 'What is outside is no longer looked at: nobody finds what is wrong there.',
      direction: 'loosen',
      categories: ['guarantee'],
      effects: affects('breaks', 'none', 'warns', 'none'),
      bump: 'major',
      remedy: 'keep what it looked at, or raise the major version and tell the readers',
      example: {
        before: withCheck(['expect: amount > 0']),
        after: withCheck(['expect: amount > 0', "where: status = 'paid'"]),
      },
      opposite: 'check-scope-widened',
    },
    {
      id: 'check-scope-widened',
      purpose: 'a promise is about more rows, columns, groups or times than before',
      why: 'Readers get more than they had. What was not looked at so far may fail.',
      direction: 'tighten',
      categories: ['guarantee'],
      effects: affects('none', 'none', 'none', 'data'),
      bump: 'minor',
      remedy: 'see with --live that the rows there pass',
      example: {
        before: withCheck(['expect: amount > 0', "where: status = 'paid'"]),
        after: withCheck(['expect: amount > 0']),
      },
      opposite: 'check-scope-narrowed',
    },
    {
      id: 'check-scope-changed',
      purpose: 'a promise is about other rows or groups, neither clearly fewer nor more',
      why: 'What was looked at may no longer be, and other rows are for the first time: readers may lose what they relied on, and writers may fail.',
      direction: 'incomparable',
      categories: ['guarantee'],
      effects: affects('breaks', 'none', 'warns', 'data'),
      bump: 'major',
      remedy:
        'keep the check and declare a second one for the other rows, or raise the major version and tell the readers',
      example: {
        before: withCheck(['expect: amount > 0', "where: status = 'paid'"]),
        after: withCheck(['expect: amount > 0', "where: status = 'sent'"]),
      },
      opposite: 'check-scope-changed',
    },
  ],
  compare({ old, new: now }, context) {
    const { contract, table } = context;
    const sql = compareSql(context);
    const parts = scopeParts({ old, new: now }, context, sql).flatMap(({ order, ...part }) =>
      order === 'equal'
        ? []
        : [{ ...part, rule: RULE[order], ...(order !== 'looser' && { checks: [`${table.new.name}.${now.id}`] }) }],
    );
    const effective = (side: 'old' | 'new'): Effective => ({
      schedule: (side === 'old' ? old : now).schedule ?? table[side].schedule ?? contract[side].schedule,
      timezone: contract[side].timezone,
    });
    const isOwn = old.schedule !== undefined || now.schedule !== undefined;
    const schedule = isOwn ? compareSchedules({ old: effective('old'), new: effective('new') }) : undefined;
    const found = [...parts, ...(schedule ?? [])];
    return found.length === 0 ? 'equal' : found;
  },
};
