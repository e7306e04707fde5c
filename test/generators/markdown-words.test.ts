import { describe, expect, test } from 'vitest';
import { checkWords } from '../../generators/words/check.ts';
import { columnFacts, columnRules } from '../../generators/words/column.ts';
import { tableFacts } from '../../generators/words/table.ts';
import { PLAIN } from '../../generators/words/wording.ts';
import type { Table } from '../../src/model/contract.ts';
import { projectFolder } from '../support/project-folder.ts';
import { inputOf } from './input.ts';

/** The table that these lines declare, beside a table `u`. */
async function tableOf(lines: string): Promise<Table> {
  const folder = await projectFolder({
    'surety.yaml': 'calendars: { c: { days: mon-fri, hours: 09:00-18:00 } }\n',
    'contracts/a.yaml': `contract: a\nversion: 1.0.0\nstatus: draft\ncalendar: c\ntables:\n  t: ${lines}\n  u: { columns: { id: int64, other: string } }\n`,
  });
  const [table] = (await inputOf(folder)).contracts[0]?.contract.tables ?? [];
  if (!table) throw new Error('there is no table');
  return table;
}

describe('rules of columns', () => {
  test.each([
    ['{ type: string, unique: true }', ['unique']],
    ['{ type: string, unique: { allow: 0.1%, window: 7d } }', ['unique (exceptions: at most 0.1%) within 7d']],
    [
      '{ type: string, missing: { allow: { warn: 1, fail: 5% }, values: ["", N/A] } }',
      ['missing: warns above 1 row, fails above 5%', 'empty text and N/A count as missing'],
    ],
    ['{ type: string, missing: { allow: 0, values: [x] } }', ['missing: none', 'x counts as missing']],
    ['{ type: string, enum: [a] }', ['a']],
    ['{ type: string, enum: [a, "", c], openEnum: true }', ['one of a, empty text or c, or others']],
    [`{ type: string, enum: [${[...'abcdefghijklm'].join(', ')}] }`, ['one of 13 values']],
    ['{ type: string, pattern: "^a$", format: email }', ['matches ^a$', 'format email']],
    ['{ type: int32, min: 1, max: 9, invalid: 1% }', ['from 1 to 9', 'invalid: at most 1%']],
    ['{ type: int32, min: 1, exclusiveMax: 9 }', ['at least 1', 'below 9']],
    ['{ type: int32, exclusiveMin: 1, max: 9 }', ['above 1', 'at most 9']],
    ['{ type: string, minLength: 1 }', ['at least 1 character']],
    ['{ type: string, maxLength: 9 }', ['at most 9 characters']],
    ['{ type: string, minLength: 2, maxLength: 9 }', ['2 to 9 characters']],
    ['{ type: string, minLength: 2, maxLength: 2 }', ['exactly 2 characters']],
    ['{ type: int64, references: { to: u.id, allow: 3 } }', ['refers to u.id (exceptions: at most 3 rows)']],
    ['string', []],
  ])('%s', async (column, expected) => {
    const [read] = (await tableOf(`{ timeColumn: at, columns: { c: ${column}, at: instant } }`)).columns;
    expect(read && columnRules(read, PLAIN)).toEqual(expected);
  });

  test('other facts stand apart', async () => {
    const [column] = (
      await tableOf(
        '{ columns: { c: { type: timestamp, physicalName: [x, c, "y\\u200b"], default: 2020-01-01, timezone: UTC, renamedFrom: b } } }',
      )
    ).columns;
    expect(column && columnFacts(column, PLAIN)).toEqual([
      'x or y\\u200b in the source',
      'default 2020-01-01',
      'local time of UTC',
      'formerly b',
    ]);
  });
});

describe('checks', () => {
  test.each([
    ['a > 1', 'a > 1 holds'],
    [
      '{ expect: "a >\\n  1", where: b = 2, allow: 1%, window: 7d }',
      'a > 1 holds, where b = 2, over the last 7d; exceptions: at most 1%',
    ],
    ['{ unique: [a] }', 'a is unique'],
    ['{ unique: [a, b], allow: { warn: 1 } }', 'a, b are together unique; exceptions: warns above 1 row'],
    ['{ references: { columns: [a, c], to: [u.id, u.other] } }', 'each a, c is in u.id, u.other'],
    ['{ failingRows: "select 1 from {t}" }', 'no rows from select 1 from {t}'],
    ['{ metric: avg(a), min: { warn: 25, fail: 20 }, max: 300 }', 'avg(a) warns below 25, fails below 20, at most 300'],
    [
      '{ metric: share(a = 1), max: 5%, by: [c], segments: { NO: 10% }, minRows: 30 }',
      'share(a = 1) at most 5%, for each c; apart from NO at most 10%; groups under 30 rows are skipped',
    ],
    ['{ metric: sum(a), equals: 7, allow: 0.5% }', 'sum(a) equal to 7, at most 0.5% off'],
    ['{ metric: sum(a), equals: { from: u.id, where: id > 1 } }', 'sum(a) equal to that of u.id where id > 1'],
    [
      '{ metric: avg(a), change: { min: -20%, max: 40% }, from: 28d }',
      'avg(a) changes from -20% to 40%, compared with 28d',
    ],
    [
      '{ expect: a > 1, by: [c], allow: 1%, segments: { NO: 5% } }',
      'a > 1 holds, for each c; exceptions: at most 1%; apart from NO at most 5%',
    ],
  ])('%s', async (check, expected) => {
    const { checks } = await tableOf(
      `{ timeColumn: at, columns: { a: int64, b: int64, c: string, at: instant }, checks: { x: ${check} } }`,
    );
    const [only] = checks;
    expect(only && checkWords(only, PLAIN)).toBe(expected);
  });
});

describe('tables', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['', { Rows: 'at least 1', 'Other columns': 'allowed' }],
    [
      'key: { columns: [a], window: 7d }, window: 3d, where: a > 1, extraColumns: forbid',
      {
        Key: 'a within 7d',
        'Only rows where': 'a > 1',
        'Row checks look at': 'the last 3d',
        'Other columns': 'forbidden',
      },
    ],
    ['freshness: 2h', { Freshness: 'at most 2h old, by at', 'Time column': 'at' }],
    [
      'freshness: { column: b, within: { warn: 1h }, clock: business }',
      { Freshness: 'warns above 1h, by b, in business hours' },
    ],
    [
      'rows: { min: 10, max: 20, per: day, change: 40% }',
      { Rows: 'at least 1; per day at least 10, at most 20; changes from -40% to 40%' },
    ],
    ['updates: { every: 1h, grace: 10m }', { Updates: 'every 1h, 10m of grace' }],
    ['updates: { cron: "0 6 * * *" }', { Updates: '0 6 * * *' }],
    ['updates: on-demand', { Updates: 'on demand' }],
    ['retention: { min: 2y, max: 10y }', { Retention: 'reaches back 2y, nothing older than 10y' }],
    ['partitionedBy: [a], location: t.csv', { 'Partitioned by': 'a', Location: 't.csv' }],
  ])('%s', async (lines, expected) => {
    const table = await tableOf(
      `{ timeColumn: at, columns: { a: int64, at: instant, b: instant }${lines === '' ? '' : `, ${lines}`} }`,
    );
    expect(Object.fromEntries(tableFacts(table, PLAIN))).toMatchObject(expected);
  });
});
