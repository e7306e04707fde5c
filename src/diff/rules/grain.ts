import { code, instead } from '../parts/wording.ts';
import { affects } from './affects.ts';
import type { TableSubject } from './rule.ts';

/** What one row stands for, in words. */
export const grain: TableSubject = {
  on: 'table',
  name: 'grain',
  keys: ['grain'],
  rules: [
    {
      id: 'grain-changed',
      purpose: 'one row stands for something else than before',
      why: 'A query that counts rows, adds them up or joins to them still runs and gives other numbers: no type and no check stops it.',
      direction: 'incomparable',
      categories: ['meaning'],
      effects: affects('breaks', 'none', 'breaks', 'breaks'),
      bump: 'major',
      remedy:
        'publish the other rows as a table of their own, or raise the major version; where only the words are better, waive it',
      example: {
        before: 'tables:\n  orders:\n    grain: one row per order\n    columns:\n      amount: int64\n',
        after: 'tables:\n  orders:\n    grain: one row per order line\n    columns:\n      amount: int64\n',
      },
      opposite: 'grain-changed',
    },
  ],
  compare({ old, new: now }) {
    const [before, after] = [normal(old.grain), normal(now.grain)];
    if (before === after) return 'equal';
    return [
      {
        rule: 'grain-changed',
        below: 'grain',
        before,
        after,
        message: `a row of ${code(now.name)} stands for ${instead(quoted(after), quoted(before), 'what nothing says')}`,
        // What was not said before, nobody could rely on.
        ...(before === null && { notice: true, bump: 'patch' as const }),
      },
    ];
  },
};

/** Blanks, case and a full stop do not matter. */
function normal(text: string | undefined): string | null {
  const words = text?.trim().replace(/\s+/g, ' ').replace(/\.$/, '').toLowerCase();
  return words ? words : null;
}

function quoted(text: string | null): string | null {
  return text === null ? null : `"${text}"`;
}
