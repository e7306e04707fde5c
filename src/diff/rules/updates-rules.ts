import type { ChangeRule } from '../../model/change.ts';
import { affects } from './affects.ts';

/** Orders of which it is said when new ones come, or nothing of it. */
function orders(promise: string | null): string {
  const lines = promise === null ? [] : [`    updates: ${promise}`];
  return ['tables:', '  orders:', '    timeColumn: at', ...lines, '    columns:', '      at: instant', ''].join('\n');
}

const GUARANTEE = { categories: ['guarantee'] } as const;

/** What can happen to the promise when new data comes. */
export const UPDATES_RULES: readonly ChangeRule[] = [
  {
    ...GUARANTEE,
    id: 'updates-decreased',
    purpose: 'new data comes less often',
    why: 'Reports that run between two updates show the same numbers twice, and models decide on old ones.',
    direction: 'loosen',
    effects: affects('breaks', 'none', 'breaks', 'none'),
    bump: 'major',
    remedy: 'keep the rhythm, or raise the major version and tell the readers',
    example: { before: orders('hourly'), after: orders('daily') },
    opposite: 'updates-increased',
  },
  {
    ...GUARANTEE,
    id: 'updates-increased',
    purpose: 'new data comes more often',
    why: 'Readers who take one load for one day now meet several: they count twice, or read a table that changes under them. The pipeline has to run more often.',
    direction: 'tighten',
    effects: affects('warns', 'none', 'warns', 'data'),
    bump: 'minor',
    remedy: 'tell the readers who count on one load a day',
    example: { before: orders('daily'), after: orders('hourly') },
    opposite: 'updates-decreased',
  },
  {
    ...GUARANTEE,
    id: 'updates-changed',
    purpose: 'new data comes at other times, neither more nor less often in every case',
    why: 'On some days or hours that readers know nothing comes any more, and on others it does for the first time.',
    direction: 'incomparable',
    effects: affects('breaks', 'none', 'breaks', 'data'),
    bump: 'major',
    remedy: 'keep the old times and add the new ones, or raise the major version and tell the readers',
    example: {
      before: orders('{ cron: "0 6 * * 1-5" }'),
      after: orders('{ cron: "0 6 * * 0,3,6" }'),
    },
    opposite: 'updates-changed',
  },
  {
    ...GUARANTEE,
    id: 'updates-removed',
    purpose: 'when new data comes is no longer promised',
    why: 'A load can stay out without a breach: readers wait for it, and nobody is told.',
    direction: 'loosen',
    effects: affects('breaks', 'none', 'breaks', 'none'),
    bump: 'major',
    remedy: 'keep a rhythm that the pipeline can meet, or raise the major version and tell the readers',
    example: { before: orders('daily'), after: orders(null) },
    opposite: 'updates-added',
  },
  {
    ...GUARANTEE,
    id: 'updates-added',
    purpose: 'when new data comes is promised for the first time',
    why: 'Readers get more than they had. A pipeline that knew no rhythm may miss it.',
    direction: 'tighten',
    effects: affects('none', 'none', 'none', 'data'),
    bump: 'minor',
    remedy: 'look at the past loads: would they have kept it?',
    example: { before: orders(null), after: orders('daily') },
    opposite: 'updates-removed',
  },
  {
    ...GUARANTEE,
    id: 'delivery-time-later',
    purpose: 'new data is there later: the slot begins later, or it may be late for longer',
    why: 'What starts at a fixed time on the old promise, such as a report at seven, now runs before the data is there and shows the day before.',
    direction: 'loosen',
    effects: affects('breaks', 'none', 'warns', 'none'),
    bump: 'major',
    remedy: 'keep the time, or raise the major version and have the readers move theirs first',
    example: {
      before: orders('{ cron: "0 6 * * *", grace: 30m }'),
      after: orders('{ cron: "0 6 * * *", grace: 2h }'),
    },
    opposite: 'delivery-time-earlier',
  },
  {
    ...GUARANTEE,
    id: 'delivery-time-earlier',
    purpose: 'new data is there earlier: the slot begins earlier, or it may be late for less long',
    why: 'Readers get more than they had. A pipeline that met the old time may miss the new one.',
    direction: 'tighten',
    effects: affects('none', 'none', 'none', 'data'),
    bump: 'minor',
    remedy: 'look at the past loads: would they have kept it?',
    example: {
      before: orders('{ cron: "0 6 * * *", grace: 2h }'),
      after: orders('{ cron: "0 6 * * *", grace: 30m }'),
    },
    opposite: 'delivery-time-later',
  },
];
