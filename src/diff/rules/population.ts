import type { Table } from '../../model/contract.ts';
import { compareWindows, rowsWhere } from '../parts/check-scope-parts.ts';
import { compareSql } from '../parts/contract-sql.ts';
import { printLength } from '../parts/order.ts';
import { code, instead, listed } from '../parts/wording.ts';
import { affects } from './affects.ts';
import { timeOfFreshness } from './freshness.ts';
import type { TableSubject } from './rule.ts';

/** Which rows the promises of a table are about. */
export const population: TableSubject = {
  on: 'table',
  name: 'population',
  keys: ['where'],
  rules: [
    {
      id: 'where-changed',
      purpose: 'the promises of the table are about other rows',
      why: 'Every check, key and number of the table is about these rows alone. What falls out is promised nothing any more, and what comes in may break what was promised of the others.',
      direction: 'incomparable',
      categories: ['meaning'],
      effects: affects('breaks', 'none', 'breaks', 'breaks'),
      bump: 'major',
      remedy: 'put the condition into the checks that need it and keep that of the table, or raise the major version',
      example: {
        before:
          'tables:\n  orders:\n    where: not is_test\n    columns:\n      is_test: boolean\n      amount: int64\n',
        after: 'tables:\n  orders:\n    where: amount > 0\n    columns:\n      is_test: boolean\n      amount: int64\n',
      },
      opposite: 'where-changed',
    },
  ],
  compare({ old, new: now }, context) {
    const sql = compareSql(context);
    if (sql.order(old.where, now.where) === 'equal') return 'equal';
    const texts = sql.texts(old.where, now.where);
    return [
      {
        rule: 'where-changed',
        below: 'where',
        before: texts.old,
        after: texts.new,
        message: `the promises of ${code(now.name)} are about ${instead(rowsWhere(now.where), rowsWhere(old.where))}`,
        ...(now.where && { at: now.where.at }),
        ...(old.where && { was: old.where.at }),
      },
    ];
  },
};

/** How far back the row checks of a table look. */
export const tableWindow: TableSubject = {
  on: 'table',
  name: 'population',
  keys: ['window'],
  rules: [],
  compare({ old, new: now }) {
    const order = compareWindows(old.window, now.window);
    if (order === 'equal') return 'equal';
    const [before, after] = [old.window, now.window].map((duration) => (duration ? printLength(duration) : null));
    const words = (text: string | null | undefined) => (text ? `the rows of the last ${text}` : 'rows of any age');
    return [
      {
        rule: order === 'looser' ? 'check-scope-narrowed' : 'check-scope-widened',
        below: 'window',
        before: before ?? null,
        after: after ?? null,
        message: `the checks of ${code(now.name)} look at ${instead(words(after), words(before))}`,
      },
    ];
  },
};

/** The column that windows, time slots, updates and retention go by; of freshness another finding tells. */
export const timeColumn: TableSubject = {
  on: 'table',
  name: 'population',
  keys: ['timeColumn'],
  rules: [
    {
      id: 'time-column-changed',
      purpose: 'windows, time slots, updates or retention go by another time column',
      why: 'The same length of time now cuts out other rows: a row can be inside by when it was loaded and outside by when it happened.',
      direction: 'incomparable',
      categories: ['meaning'],
      effects: affects('breaks', 'none', 'breaks', 'warns'),
      bump: 'major',
      remedy: 'keep the column, or raise the major version and say which time the promises mean now',
      example: {
        before: `tables:
  orders:
    timeColumn: placed_at
    retention: { min: 2y }
    columns:
      placed_at: instant
      loaded_at: instant
`,
        after: `tables:
  orders:
    timeColumn: loaded_at
    retention: { min: 2y }
    columns:
      placed_at: instant
      loaded_at: instant
`,
      },
      opposite: 'time-column-changed',
    },
  ],
  compare({ old, new: now }, { renamed }) {
    const before = axisOf(old) === undefined ? null : renamed(axisOf(old) ?? '');
    const after = axisOf(now) ?? null;
    const isFreshness = old.freshness && now.freshness && renamed(timeOfFreshness(old) ?? '') !== timeOfFreshness(now);
    const [was, is] = [usersOf(old), usersOf(now)];
    // What comes and goes with what needs it is told there.
    const isClaimed = (before === null && is.length > 0) || (after === null && was.length > 0);
    if (before === after || isFreshness || isClaimed) return 'equal';
    const users = was.filter((user) => is.includes(user));
    const means = users.length > 0 ? `; it matters for ${listed(users)}` : '';
    const shown = (column: string | null) => (column === null ? 'from no column' : `from ${code(column)}`);
    return [
      {
        rule: 'time-column-changed',
        below: 'timeColumn',
        before,
        after,
        message: `the time of a row is read ${instead(shown(after), shown(before))}${means}`,
        ...(now.timeColumn && { at: now.timeColumn.at }),
        ...(old.timeColumn && { was: old.timeColumn.at }),
        ...(users.length === 0 && { notice: true, bump: 'patch' as const }),
      },
    ];
  },
};

function axisOf(table: Table): string | undefined {
  return table.timeColumn?.text ?? table.freshness?.column?.text;
}

/** What goes by the time column of the table. */
function usersOf(table: Table): readonly string[] {
  const { freshness, checks, columns } = table;
  return [
    ...(freshness && !freshness.column ? ['freshness'] : []),
    ...(table.window || table.key?.window || checks.some(({ window }) => window) ? ['windows'] : []),
    ...(columns.some(({ unique }) => unique?.window) ? ['the windows of unique columns'] : []),
    ...(table.retention ? ['retention'] : []),
    ...(table.updates && !table.updates.onDemand ? ['updates'] : []),
    ...(table.rows.slots || checks.some(({ per }) => per) ? ['time slots'] : []),
  ];
}
