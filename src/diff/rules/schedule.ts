import type { Schedule } from '../../model/contract.ts';
import type { Position } from '../../model/diagnostic.ts';
import { countOf, sameTimes, timesOf } from '../parts/cron.ts';
import { sameZone } from '../parts/zone.ts';
import { affects } from './affects.ts';
import type { ContractSubject, Found, Pair, TableSubject } from './rule.ts';

/** A schedule, with the zone that it is in where it says none. */
export interface Effective {
  readonly schedule?: Schedule | undefined;
  readonly timezone?: string | undefined;
}

/** When Surety verifies a contract. */
export const contractSchedule: ContractSubject = {
  on: 'contract',
  name: 'schedule',
  keys: ['schedule'],
  rules: [
    {
      id: 'schedule-changed',
      purpose: 'Surety verifies at other times, as often as before',
      why: 'Nothing that is promised changes. A breach is found at another time of the day or the week.',
      direction: 'annotate',
      categories: ['guarantee'],
      effects: affects('none', 'none', 'none', 'none'),
      bump: 'patch',
      remedy: 'see that the data has arrived by then',
      example: {
        before: 'schedule: "0 3 * * *"\ntables:\n  orders:\n    columns:\n      amount: int64\n',
        after: 'schedule: "0 5 * * *"\ntables:\n  orders:\n    columns:\n      amount: int64\n',
      },
      opposite: 'schedule-changed',
    },
  ],
  compare({ old, new: now }) {
    return compareSchedules({ old, new: now }) ?? 'equal';
  },
};

/** When Surety verifies a table that has a schedule of its own. */
export const tableSchedule: TableSubject = {
  on: 'table',
  name: 'schedule',
  keys: ['schedule'],
  rules: [],
  compare({ old, new: now }, { contract }) {
    const effective = (table: typeof old, of: typeof contract.old): Effective => ({
      schedule: table.schedule ?? of.schedule,
      timezone: of.timezone,
    });
    return compareSchedules({ old: effective(old, contract.old), new: effective(now, contract.new) }) ?? 'equal';
  },
};

/** Two schedules that hold for the same; undefined where they say the same. Verified less often, a breach stays unseen for longer. */
export function compareSchedules({ old, new: now }: Pair<Effective>): readonly Found[] | undefined {
  const [before, after] = [old, now].map(printSchedule);
  const places: { at?: Position; was?: Position } = {
    ...(now.schedule && { at: now.schedule.at }),
    ...(old.schedule && { was: old.schedule.at }),
  };
  const texts = { below: 'schedule', before: before ?? null, after: after ?? null, ...places };
  const message = `it is verified at ${after ?? 'no set time'}, at ${before ?? 'no set time'} before`;
  const isRarer = (): Found => ({ ...texts, rule: 'check-scope-narrowed', message: `${message}: less often` });
  // Verifying more often asks nothing more of any row.
  const isOftener = (): Found => ({
    ...texts,
    rule: 'check-scope-widened',
    message: `${message}: more often`,
    notice: true,
    bump: 'patch',
  });
  if (!old.schedule || !now.schedule) {
    if (old.schedule === now.schedule) return undefined;
    return [now.schedule ? isOftener() : isRarer()];
  }
  const [first, second] = [timesOf(old.schedule.cron), timesOf(now.schedule.cron)];
  const [left, right] = [countOf(first), countOf(second)];
  if (right < left) return [isRarer()];
  if (right > left) return [isOftener()];
  // The zone of the contract has a finding of its own.
  const isZone = (!old.schedule.timezone && !now.schedule.timezone) || sameZone(zoneOf(old), zoneOf(now));
  return sameTimes(first, second) && isZone
    ? undefined
    : [{ ...texts, rule: 'schedule-changed', message, notice: true }];
}

function zoneOf({ schedule, timezone }: Effective): string | undefined {
  return schedule?.timezone ?? timezone;
}

function printSchedule(effective: Effective): string | null {
  const { schedule } = effective;
  if (!schedule) return null;
  const zone = zoneOf(effective);
  return `"${schedule.cron.trim().replace(/\s+/g, ' ')}"${zone === undefined ? '' : ` ${zone}`}`;
}
