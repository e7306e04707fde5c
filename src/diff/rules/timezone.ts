import { code, instead } from '../parts/wording.ts';
import { sameZone } from '../parts/zone.ts';
import { affects } from './affects.ts';
import type { ColumnSubject, ContractSubject, Found } from './rule.ts';

/** The zone of dates and of times without one, of cron expressions and of calendar days. */
export const contractTimezone: ContractSubject = {
  on: 'contract',
  name: 'timezone',
  keys: ['timezone'],
  rules: [
    {
      id: 'timezone-convention-changed',
      purpose: 'times without a zone are meant in another zone',
      why: 'The stored values stay and mean other moments: every comparison with a time, every day that is cut off and every join by time is off by hours, without an error.',
      direction: 'incomparable',
      categories: ['meaning'],
      effects: affects('breaks', 'none', 'breaks', 'breaks'),
      bump: 'major',
      remedy: 'add a column of type instant beside the old one, or raise the major version',
      example: {
        before: 'timezone: Europe/Paris\ntables:\n  orders:\n    columns:\n      placed_at: timestamp\n',
        after: 'timezone: UTC\ntables:\n  orders:\n    columns:\n      placed_at: timestamp\n',
      },
      opposite: 'timezone-convention-changed',
    },
  ],
  compare({ old, new: now }) {
    return compareZones(old.timezone, now.timezone, 'times without a zone of their own') ?? 'equal';
  },
};

/** The zone of one column: its own, else the contract's. */
export const columnTimezone: ColumnSubject = {
  on: 'column',
  name: 'timezone',
  keys: ['timezone'],
  rules: [],
  compare({ old, new: now }, { contract }) {
    // Between times with and without a zone the change of the type tells it.
    if (old.type.name !== now.type.name) return 'equal';
    const [before, after] = [old.timezone ?? contract.old.timezone, now.timezone ?? contract.new.timezone];
    return compareZones(before, after, `values of ${code(now.name)}`) ?? 'equal';
  },
};

function compareZones(old: string | undefined, now: string | undefined, what: string): readonly Found[] | undefined {
  if (sameZone(old, now)) return undefined;
  return [
    {
      rule: 'timezone-convention-changed',
      below: 'timezone',
      before: old ?? null,
      after: now ?? null,
      message: `${what} are meant in ${instead(now ?? null, old ?? null, 'a zone that nothing says')}`,
      // What was not said before, nobody could rely on.
      ...(old === undefined && { notice: true, bump: 'patch' as const }),
    },
  ];
}
