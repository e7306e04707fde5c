import type { Table } from '../../model/contract.ts';
import type { Bound } from '../../model/threshold.ts';
import { type Decimal, printDecimal } from '../../util/decimal.ts';
import { compareChanges, printChange } from '../parts/change-bound.ts';
import { normalFrom } from '../parts/check-scope-parts.ts';
import { compareLower, compareUpper, type Order, printBound } from '../parts/order.ts';
import { counted, instead, spoken } from '../parts/wording.ts';
import { affects } from './affects.ts';
import type { Found, TableSubject } from './rule.ts';

type Rows = Table['rows'];
type Part = Omit<Found, 'rule'> & { readonly order: Order };

const RULE: Readonly<Record<Exclude<Order, 'equal'>, string>> = {
  looser: 'rows-loosened',
  tighter: 'rows-tightened',
  incomparable: 'rows-changed',
};

/** How many rows there are; at least one where nothing is said. */
export const rows: TableSubject = {
  on: 'table',
  name: 'rows',
  keys: ['rows'],
  rules: [
    {
      id: 'rows-loosened',
      purpose: 'the table may have fewer rows, more rows, or a number that changes more',
      why: 'A half-empty or a doubled load that the old bounds stopped gets through to reports and models.',
      direction: 'loosen',
      categories: ['guarantee'],
      effects: affects('warns', 'none', 'warns', 'none'),
      bump: 'minor',
      remedy: 'keep the bounds, or tell the readers what they are from now on',
      example: {
        before: 'tables:\n  orders:\n    rows: { min: 1000 }\n    columns:\n      amount: int64\n',
        after: 'tables:\n  orders:\n    rows: { min: 500 }\n    columns:\n      amount: int64\n',
      },
      opposite: 'rows-tightened',
    },
    {
      id: 'rows-tightened',
      purpose: 'the number of rows has narrower bounds',
      why: 'Readers get more than they had. A load that met the old bounds may miss the new ones.',
      direction: 'tighten',
      categories: ['guarantee'],
      effects: affects('none', 'none', 'none', 'data'),
      bump: 'minor',
      remedy: 'see with --live that the table keeps the new bounds',
      example: {
        before: 'tables:\n  orders:\n    rows: { min: 500 }\n    columns:\n      amount: int64\n',
        after: 'tables:\n  orders:\n    rows: { min: 1000 }\n    columns:\n      amount: int64\n',
      },
      opposite: 'rows-loosened',
    },
    {
      id: 'rows-changed',
      purpose: 'the number of rows has other bounds, of which neither is the stricter one',
      why: 'Rows are counted by other time slots, or the number is compared with another one: some loads pass now that failed before, and some fail that passed.',
      direction: 'incomparable',
      categories: ['guarantee'],
      effects: affects('warns', 'none', 'warns', 'data'),
      bump: 'minor',
      remedy: 'see with --live that the table keeps the new bounds, and tell the readers',
      example: {
        before: `tables:
  orders:
    timeColumn: at
    rows: { min: 1000, per: day }
    columns:
      at: instant
`,
        after: `tables:
  orders:
    timeColumn: at
    rows: { min: 1000, per: week }
    columns:
      at: instant
`,
      },
      opposite: 'rows-changed',
    },
  ],
  compare({ old, new: now }) {
    const parts = [...counts(old.rows, now.rows), change(old.rows, now.rows), from(old.rows, now.rows)];
    const found = parts.flatMap(({ order, ...part }) =>
      order === 'equal'
        ? []
        : [
            {
              ...part,
              rule: RULE[order],
              ...(order !== 'looser' && isMeasured(part, now) && { checks: [`${now.name}.rows`] }),
            },
          ],
    );
    return found.length === 0 ? 'equal' : found;
  },
};

/** The check on the number of all rows tells nothing of time slots and changes. */
function isMeasured({ below }: Omit<Found, 'rule'>, { rows: { slots: own } }: Table): boolean {
  return !own && (below === 'rows.min' || below === 'rows.max');
}

function counts(old: Rows, now: Rows): readonly Part[] {
  if (old.slots === undefined && now.slots === undefined) {
    return [
      bound('min', old.min, now.min, compareLower(old.min, now.min), old, now),
      bound('max', old.max, now.max, compareUpper(old.max, now.max), old, now),
    ];
  }
  if (old.slots?.per !== now.slots?.per) return [slots(old, now)];
  const per = ` each ${now.slots?.per}`;
  const [before, after] = [old.slots, now.slots];
  return [
    bound('min', before?.min, after?.min, compareLower(before?.min, after?.min), old, now, per),
    bound('max', before?.max, after?.max, compareUpper(before?.max, after?.max), old, now, per),
  ];
}

function bound(
  key: 'min' | 'max',
  before: Bound | undefined,
  after: Bound | undefined,
  order: Order,
  old: Rows,
  now: Rows,
  per = '',
): Part {
  const [was, is] = [printBound(before), printBound(after)];
  const word = key === 'min' ? 'at least' : 'at most';
  return {
    order,
    below: `rows.${key}`,
    before: was,
    after: is,
    message: `there ${instead(limits(word, after, per), limits(word, before, per))}`,
    at: after?.at ?? now.at,
    was: before?.at ?? old.at,
  };
}

/** `are at least 10 rows each day (a warning from 20 on)` */
function limits(word: string, rows: Bound | undefined, per: string): string {
  const said = (limit: Decimal) => `${word} ${counted(printDecimal(limit), 'row')}${per}`;
  return `are ${spoken(rows, said) ?? `any number of rows${per}`}`;
}

/** Numbers of a slot say nothing of those of another one, but that there is a row at all. */
function slots(old: Rows, now: Rows): Part {
  const isPlain = ({ min, max, slots: own }: Rows) => !own && !max && printBound(min) === '1';
  const [was, is] = [old, now].map(printCounts);
  return {
    order: isPlain(old) ? 'tighter' : isPlain(now) ? 'looser' : 'incomparable',
    below: 'rows.per',
    before: was ?? null,
    after: is ?? null,
    message: `there are ${instead(is ?? null, was ?? null)}`,
    at: now.at,
    was: old.at,
  };
}

function printCounts({ min, max, slots: own }: Rows): string {
  const [least, most] = own ? [own.min, own.max] : [min, max];
  const words = [least && `at least ${printBound(least)}`, most && `at most ${printBound(most)}`].filter(Boolean);
  return `${words.join(' and ')} rows ${own ? `each ${own.per}` : 'in all'}`.replace(
    'at least 1 rows',
    'at least 1 row',
  );
}

function change(old: Rows, now: Rows): Part {
  const [before, after] = [printChange(old.change), printChange(now.change)];
  return {
    order: compareChanges(old.change, now.change),
    below: 'rows.change',
    before,
    after,
    message: `the number of rows may change by ${instead(after, before, 'any amount')}`,
    at: now.change?.at ?? now.at,
    was: old.change?.at ?? old.at,
  };
}

/** What a change is measured against; it comes and goes with `change`. */
function from(old: Rows, now: Rows): Part {
  const [before, after] = [old.from, now.from].map(normalFrom);
  return {
    order: before === after || !old.change || !now.change ? 'equal' : 'incomparable',
    below: 'rows.from',
    before: before ?? null,
    after: after ?? null,
    message: `the number of rows is compared with that of ${instead(after ?? null, before ?? null, 'the time before')}`,
    at: now.at,
    was: old.at,
  };
}
