import { instead } from '../parts/wording.ts';
import { affects } from './affects.ts';
import type { ContractSubject, Found } from './rule.ts';

/** Which hours and days count as business: the calendar of a contract, and what surety.yaml says in it. */
export const calendar: ContractSubject = {
  on: 'contract',
  name: 'calendar',
  keys: ['calendar'],
  rules: [
    {
      id: 'calendar-changed',
      purpose: 'other hours and days count as business',
      why: 'Limits that count business hours end at other times: what was late can be in time now, and the other way round.',
      direction: 'incomparable',
      categories: ['guarantee'],
      effects: affects('warns', 'none', 'none', 'warns'),
      bump: 'minor',
      remedy: 'tell the readers from when on the other calendar holds',
      example: {
        before: 'calendar: office\ntables:\n  orders:\n    columns:\n      amount: int64\n',
        after: 'calendar: warehouse\ntables:\n  orders:\n    columns:\n      amount: int64\n',
        around: {
          project: `calendars:
  office: { days: mon-fri, hours: 09:00-18:00 }
  warehouse: { days: mon-sat, hours: 06:00-22:00 }
`,
        },
      },
      opposite: 'calendar-changed',
    },
  ],
  compare({ old, new: now }, { world }) {
    const [was, is] = [old.calendar?.text, now.calendar?.text];
    const content = is === undefined ? undefined : world.new.calendarOf(is);
    if (was === is || (was !== undefined && content !== undefined && world.old.calendarOf(was) === content))
      return 'equal';
    return [
      {
        rule: 'calendar-changed',
        below: 'calendar',
        before: was ?? null,
        after: is ?? null,
        message: `business hours are those of ${instead(is ?? null, was ?? null, 'no calendar')}`,
        ...(now.calendar && { at: now.calendar.at }),
        ...(old.calendar && { was: old.calendar.at }),
      },
    ];
  },
  conclude({ contract, world }): readonly Found[] {
    const { old, new: now } = contract;
    if (!old.calendar || old.calendar.text !== now.calendar?.text) return [];
    const [before, after] = [world.old.calendarOf(old.calendar.text), world.new.calendarOf(now.calendar.text)];
    if (before === after) return [];
    return [
      {
        rule: 'calendar-changed',
        below: 'calendar',
        before: before ?? null,
        after: after ?? null,
        message: `the calendar ${now.calendar.text} says ${instead(after ?? null, before ?? null, 'nothing')}`,
        at: now.calendar.at,
        was: old.calendar.at,
      },
    ];
  },
};
