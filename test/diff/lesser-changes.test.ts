import { expect, test } from 'vitest';
import { changesOf } from './compare-spec.ts';

interface Case {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** `rule notice bump checks`, where a `-` stands for nothing. */
  readonly expect: readonly string[];
}

const table = (...lines: readonly string[]) =>
  ['tables:', '  orders:', '    timeColumn: at', ...lines.map((line) => `    ${line}`), ''].join('\n');
const COLUMNS = 'columns: { at: instant, amount: int64, email: string }';
const PII = 'columns: { at: instant, email: { type: string, classification: pii } }';
const OPEN = 'columns: { at: instant, email: { type: string, classification: internal } }';

/** What a change is less than its rule says, and which checks tell whether the rows there keep it. */
const CASES: readonly Case[] = [
  {
    name: 'rows are kept longer where nothing is hidden',
    before: table('retention: { max: 1y }', OPEN),
    after: table('retention: { max: 2y }', OPEN),
    expect: ['retention-extended notice - -'],
  },
  {
    name: 'rows with personal data are kept longer',
    before: table('retention: { max: 1y }', PII),
    after: table(PII),
    expect: ['retention-extended - - -'],
  },
  {
    name: 'what one row stands for is said for the first time',
    before: table(COLUMNS),
    after: table('grain: one row per order', COLUMNS),
    expect: ['grain-changed notice patch -'],
  },
  {
    name: 'what one row stands for is no longer said',
    before: table('grain: one row per order', COLUMNS),
    after: table(COLUMNS),
    expect: ['grain-changed - - -'],
  },
  {
    name: 'a zone is said for the first time',
    before: table(COLUMNS),
    after: `timezone: UTC\n${table(COLUMNS)}`,
    expect: ['timezone-convention-changed notice patch -'],
  },
  {
    name: 'a zone is no longer said',
    before: `timezone: UTC\n${table(COLUMNS)}`,
    after: table(COLUMNS),
    expect: ['timezone-convention-changed - - -'],
  },
  {
    name: 'a time column that nothing goes by',
    before: table(COLUMNS),
    after: table(COLUMNS).replace('    timeColumn: at\n', ''),
    expect: ['time-column-changed notice patch -'],
  },
  {
    name: 'verified more often, and less often',
    before: `schedule: "0 3 * * *"\n${table('schedule: "0 * * * *"', COLUMNS)}`,
    after: `schedule: "0 * * * *"\n${table('schedule: "0 3 * * *"', COLUMNS)}`,
    expect: ['check-scope-narrowed - - -', 'check-scope-widened notice patch -'],
  },
  {
    name: 'open values are called open',
    before: table(COLUMNS),
    after: table('columns: { at: instant, amount: int64, email: { type: string, classification: internal } }'),
    expect: ['classification-changed notice - -'],
  },
  {
    name: 'from internal to public',
    before: table(OPEN),
    after: table(OPEN.replace('internal', 'public')),
    expect: ['classification-changed - - -'],
  },
  {
    name: 'a check under another id',
    before: table(COLUMNS, 'checks: { a: amount > 0 }'),
    after: table(COLUMNS, 'checks: { b: amount > 0 }'),
    expect: ['check-renamed notice - -'],
  },
  {
    name: 'tightened and added promises name the check that tells',
    before: table(COLUMNS, 'freshness: 6h', 'rows: { min: 5 }', 'checks: { a: { expect: amount > 0, allow: 5% } }'),
    after: table(
      COLUMNS,
      'freshness: 5h',
      'rows: { min: 6 }',
      'checks: { a: { expect: amount > 0, allow: 1% }, b: amount < 9 }',
      'extraColumns: forbid',
    ),
    expect: [
      'check-added - - orders.b',
      'check-severity-raised - - orders.extraColumns',
      'check-threshold-tightened - - orders.a',
      'freshness-tightened - - orders.freshness',
      'rows-tightened - - orders.rows',
    ],
  },
  {
    name: 'no check tells of rows of each day',
    before: table(COLUMNS, 'rows: { min: 5, per: day }'),
    after: table(COLUMNS, 'rows: { min: 6, per: day }'),
    expect: ['rows-tightened - - -'],
  },
  {
    name: 'one limit of all tables is told by the checks of those that have it',
    before: `${table(COLUMNS)}  refunds: { timeColumn: at, columns: { at: instant } }
  own: { timeColumn: at, freshness: 1h, columns: { at: instant } }
sla: { freshness: 6h }
`,
    after: `${table(COLUMNS)}  refunds: { timeColumn: at, columns: { at: instant } }
  own: { timeColumn: at, freshness: 1h, columns: { at: instant } }
sla: { freshness: 5h }
`,
    expect: ['freshness-tightened - - orders.freshness,refunds.freshness'],
  },
];

test.each(CASES)('$name', async ({ name, before, after, expect: lines }) => {
  const changes = await changesOf({ name, before, after, expect: [] });
  const shown = changes.map(
    ({ rule, notice, bump, checks }) =>
      `${rule} ${notice ? 'notice' : '-'} ${bump ?? '-'} ${checks ? [...checks].sort().join() : '-'}`,
  );
  expect(shown.sort()).toEqual(lines);
});

test('a message says both values in words', async () => {
  const messages = async (before: string, after: string) =>
    (await changesOf({ name: 'words', before, after, expect: [] })).map(({ message }) => message);
  const check = (text: string) => table(COLUMNS, `checks: { a: { ${text} } }`);
  expect(
    await messages(check('expect: amount > 0'), check('expect: amount > 0, allow: { warn: 1, fail: 5% }')),
  ).toEqual(['bad rows are let pass up to 5% of the rows (a warning from 1 row on), none before']);
  expect(await messages(check('expect: "amount  >= 0"'), check('expect: amount >= 1'))).toEqual([
    'the check asks for `amount >= 1`, for `amount >= 0` before',
  ]);
  expect(
    await messages(table(COLUMNS, 'freshness: 6h'), table(COLUMNS, 'freshness: { within: { warn: 720m } }')),
  ).toEqual(['the newest row may be 12h old (only a warning), 6h before']);
});
