import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadContracts } from '../../src/contract/load.ts';
import { ROOT } from '../support/cli.ts';
import { projectFolder } from '../support/project-folder.ts';
import { NOW, notedPaths, runSample, unkept } from './made.ts';

const HEAD = {
  contract: 'shop.made',
  version: '1.0.0',
  raci: { responsible: 'x', accountable: 'x' },
  timezone: 'Europe/Paris',
};

/** Makes every table of the contract as a text file, and says what verification does not find kept. */
async function verified(tables: Readonly<Record<string, object>>, rows: number, seed: string) {
  const located = Object.entries(tables).map(([name, table]) => [name, { location: `../data/${name}.csv`, ...table }]);
  const folder = await projectFolder({
    'contracts/made.yaml': stringify({ ...HEAD, tables: Object.fromEntries(located) }),
  });
  const loaded = await loadContracts([join(folder, 'contracts')]);
  const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { errors: errors.map(({ message }) => message), noted: [], broken: [] };
  await mkdir(join(folder, 'data'));
  const noted: string[] = [];
  for (const name of Object.keys(tables)) {
    const { notes } = await runSample(
      folder,
      name,
      '--rows',
      String(rows),
      '--seed',
      seed,
      '--now',
      NOW,
      '--out',
      `data/${name}.csv`,
    );
    noted.push(...notedPaths(notes));
  }
  return { errors: [], noted, broken: await unkept(folder, noted) };
}

test.each([
  ['airports', 'data/airports.csv', 3000, ['airports.mostly-american']],
  ['birdstrikes', 'data/birdstrikes.parquet', 10_000, ['strikes.costs-add-up', 'strikes.larger-is-worse']],
  ['weather', 'data/weather.csv', 2922, ['weather.every-day', 'weather.mean-high', 'weather.snow-share']],
])('rows for the shipped contract %s keep it but for what notes name', async (name, location, rows, expected) => {
  const text = await readFile(join(ROOT, 'contracts', `${name}.yaml`), 'utf8');
  const folder = await projectFolder({ 'contracts/a.yaml': text.replace(location, 'made.csv') });
  const [, table = ''] = /^tables:\n {2}(\w+):/m.exec(text) ?? [];
  const { notes } = await runSample(folder, table, '--rows', String(rows), '--now', NOW, '--out', 'contracts/made.csv');
  expect(notedPaths(notes).toSorted()).toEqual(expected.toSorted());
  expect(await unkept(folder, notedPaths(notes))).toEqual([]);
});

test('rows for the example of a shop keep it but for what notes name', async () => {
  const folder = await projectFolder({});
  await cp(join(ROOT, 'examples', 'shop'), folder, { recursive: true });
  const loaded = await loadContracts([folder]);
  const tables = loaded.contracts.flatMap(({ contract }) => contract.tables.map((table) => ({ contract, table })));
  expect(tables.length).toBeGreaterThan(0);
  for (const { contract, table } of tables) {
    const told = await runSample(folder, `${contract.id}/${table.name}`, '--rows', '50', '--now', NOW);
    expect(told.out.split('\r\n').length, table.name).toBe(52);
  }
});

describe('a table is kept', () => {
  const CASES: readonly (readonly [string, Readonly<Record<string, object>>, number, readonly string[]])[] = [
    [
      'with tolerances',
      {
        t: {
          key: ['id'],
          columns: {
            id: 'int64',
            a: { type: 'string', missing: { allow: { warn: '1%', fail: '5%' }, values: ['', 'N/A'] } },
            b: { type: 'int32', missing: 3 },
            c: { type: 'date', missing: { allow: '2%', values: ['1900-01-01'] } },
          },
        },
      },
      500,
      [],
    ],
    [
      'with conditions over features',
      {
        t: {
          key: ['id'],
          where: 'twofold >= 4',
          columns: { id: { type: 'int32', min: 0, max: 500 }, a: { type: 'int32', min: 0, max: 99 } },
          features: {
            twofold: { type: 'int64', as: 'id * 2' },
            sum: { type: 'int64', as: 'id + a', min: 50 },
          },
          checks: { small: 'twofold < 600', both: { expect: 'sum > twofold', where: 'twofold < 100' } },
        },
      },
      200,
      [],
    ],
    [
      'with texts that a file reads as NULL',
      {
        t: {
          read: { missing: ['', '-', 'elm'] },
          columns: {
            a: { type: 'string', required: true, enum: ['-', 'x', 'elm'] },
            b: { type: 'string', required: true },
          },
        },
      },
      300,
      [],
    ],
    [
      'whose ordinary values could count as missing',
      {
        t: {
          columns: {
            a: { type: 'int8', min: -1, max: 4, missing: { allow: '3%', values: [-1, 0] } },
            b: { type: 'decimal(3,1)', min: -1, max: 1, missing: { allow: 0, values: [0, '0.5'] } },
            c: { type: 'string', enum: ['x', 'none'], missing: { allow: 0, values: ['none'] } },
            d: { type: 'int16', unique: true, min: 1, max: 103, missing: { allow: 0, values: [1, 7, 103] } },
            e: { type: 'boolean', missing: { allow: '2%', values: [false] } },
          },
        },
      },
      100,
      [],
    ],
    [
      'whose numbers and days could be read as NULL',
      {
        t: {
          key: ['id'],
          read: { decimal: ',', delimiter: ';', missing: ['', '0', '3', '0,5', '1/2/2026', 'true'] },
          columns: {
            id: { type: 'int32', min: 0 },
            a: { type: 'int8', required: true, min: 0, max: 4 },
            b: { type: 'decimal(2,1)', required: true, min: '0.4', max: '0.6' },
            c: { type: 'date', required: true, format: 'd/M/yyyy', min: '2026-02-01', max: '2026-02-02' },
            d: { type: 'boolean', required: true },
            e: { type: 'int8', min: 2, max: 4, missing: { allow: '20%', values: [3] } },
          },
        },
      },
      100,
      [],
    ],
    [
      'with parents that could count as missing',
      {
        p: { key: ['id'], columns: { id: 'int32' } },
        t: {
          read: { missing: ['', '2'] },
          columns: {
            p: { type: 'int32', references: 'p.id', missing: { allow: 0, values: [1] } },
          },
        },
      },
      4,
      [],
    ],
    [
      'whose missing values come twice in unique columns',
      {
        p: { key: ['id'], columns: { id: 'int32' } },
        t: {
          columns: {
            a: { type: 'int32', unique: true, missing: { allow: '40%', values: [-1] } },
            p: { type: 'int32', references: 'p.id', missing: { allow: '40%', values: [-1] } },
          },
        },
      },
      60,
      [],
    ],
    [
      'with its own marks',
      {
        t: {
          read: { format: 'csv', delimiter: ';', decimal: ',', header: 4 },
          columns: {
            a: 'decimal(8,2)',
            b: 'float64',
            c: { type: 'date', format: 'dd.MM.yyyy', required: true },
            d: { type: 'date', format: 'd/M/yyyy' },
            e: 'string',
          },
        },
      },
      100,
      [],
    ],
    [
      'without a header',
      {
        t: {
          read: { format: 'csv', delimiter: ',', header: false },
          columns: { column0: 'int64', column1: { type: 'string', required: true } },
        },
      },
      50,
      [],
    ],
    [
      'that is fresh and reaches back',
      {
        t: {
          freshness: '2h',
          timeColumn: 'at',
          retention: { min: '2y', max: '10y' },
          columns: {
            at: { type: 'instant', required: true },
            b: { type: 'timestamp', max: 'now' },
            c: { type: 'date', max: 'now' },
          },
        },
      },
      60,
      [],
    ],
    [
      'that is fresh by local time',
      {
        t: {
          freshness: '1h',
          timeColumn: 'at',
          window: '7d',
          columns: { at: { type: 'timestamp', timezone: 'America/New_York' }, a: { type: 'string', missing: '10%' } },
        },
      },
      60,
      [],
    ],
    ['that is fresh by day', { t: { freshness: { column: 'on', within: '2d' }, columns: { on: 'date' } } }, 40, []],
    [
      'with conditions',
      {
        t: {
          where: 'not is_test',
          columns: {
            a: 'int32',
            b: 'int32',
            s: { type: 'string', enum: ['x', 'y', 'z'] },
            begun: 'timestamp',
            ended: 'timestamp',
            is_test: 'boolean',
          },
          checks: {
            one: 'b >= a',
            two: { expect: 'begun is not null', where: "s = 'x'" },
            three: 'ended > begun',
            four: "s <> 'z' or a > 9000",
          },
        },
      },
      300,
      [],
    ],
    [
      'with a condition that nothing keeps',
      {
        t: {
          columns: { a: { type: 'int32', required: true, min: 0 }, b: { type: 'int32', required: true, min: 0 } },
          checks: { never: 'a < 0', ever: 'a >= b' },
        },
      },
      20,
      ['t.never'],
    ],
    [
      'with SQL of another engine',
      { t: { columns: { a: { type: 'int32', required: true } }, checks: { other: 'a > to_regclass(1)' } } },
      5,
      ['t.other'],
    ],
    [
      'with a condition that is undecided',
      {
        t: {
          columns: { a: { type: 'int32' }, b: { type: 'int32' } },
          checks: { rare: 'a > b', never: 'a > cast(null as integer)' },
        },
      },
      30,
      ['t.never'],
    ],
    [
      'with a condition that is rarely decided',
      { t: { columns: { a: { type: 'int32', required: true } }, checks: { rare: 'nullif(a > 9950, false)' } } },
      9,
      [],
    ],
    [
      'with features',
      {
        t: {
          columns: {
            a: { type: 'int32' },
            b: { type: 'int32', required: true },
            s: { type: 'string', required: true },
          },
          features: {
            more: { type: 'int32', as: 'a - b', min: 0, required: true },
            short: { type: 'string', as: 'left(s, 1)', enum: ['a', 'b', 'c'] },
          },
        },
      },
      60,
      [],
    ],
    [
      'with texts that may be empty',
      { t: { columns: { a: { type: 'string', required: true, pattern: '^(?:ab)?$' }, b: { type: 'int32' } } } },
      40,
      [],
    ],
    [
      'whose time is that of a parent',
      {
        day: { key: ['on'], columns: { on: { type: 'date', min: '2024-11-25', max: '2026-11-23' } } },
        t: {
          timeColumn: 'on',
          freshness: '2d',
          retention: { min: '30d', max: '700d' },
          columns: { on: { type: 'date', required: true, references: 'day.on' } },
        },
      },
      729,
      [],
    ],
    [
      'whose time is that of a parent that is old',
      {
        day: { key: ['on'], columns: { on: { type: 'date', min: '2020-01-01', max: '2020-12-31' } } },
        t: {
          timeColumn: 'on',
          freshness: '2d',
          retention: { min: '30d', max: '1y' },
          columns: { on: { type: 'date', required: true, references: 'day.on' } },
        },
      },
      60,
      ['t.freshness', 't.retention'],
    ],
    [
      'that reaches back and no more',
      { t: { timeColumn: 'at', retention: { min: '2y' }, columns: { at: { type: 'date', required: true } } } },
      20,
      [],
    ],
    [
      'with keys of several columns',
      {
        t: {
          key: ['a', 'b'],
          columns: {
            a: { type: 'string', enum: ['x', 'y', 'z'] },
            b: { type: 'date', min: '2026-01-01', max: '2026-01-31' },
          },
        },
      },
      93,
      [],
    ],
    ['with more rows than keys', { t: { key: ['a'], columns: { a: { type: 'int8', min: 1, max: 5 } } } }, 8, ['t.key']],
    [
      'with unique values',
      {
        t: {
          columns: {
            a: { type: 'string', unique: true, pattern: '^[A-Z]{2}$' },
            b: { type: 'uuid', unique: true },
            c: { type: 'string', unique: true, format: 'email' },
            d: { type: 'decimal(5,1)', unique: true },
            e: { type: 'time', unique: true },
            f: { type: 'date', unique: true },
            g: { type: 'float32', unique: true },
            h: { type: 'string', unique: true },
          },
        },
      },
      500,
      [],
    ],
    [
      'with unique values among some rows',
      {
        t: {
          columns: {
            a: { type: 'int32', min: 1, max: 40, required: true },
            s: { type: 'string', enum: ['open', 'closed'] },
          },
          checks: { one: { unique: ['a'], where: "s = 'open'" } },
        },
      },
      60,
      [],
    ],
    [
      'with parents',
      {
        p: {
          key: ['id'],
          columns: { id: { type: 'string', pattern: '^[A-Z]{4}$' }, other: { type: 'uuid', unique: true } },
        },
        t: {
          columns: {
            p: { type: 'string', required: true, references: 'p.id' },
            o: { type: 'uuid', unique: true, references: 'p.other' },
          },
        },
      },
      200,
      [],
    ],
    [
      'with parents of two columns',
      {
        p: { key: ['a', 'b'], columns: { a: 'int32', b: 'int32', c: 'string' } },
        t: {
          columns: { a: { type: 'int32', references: 'p.a' }, b: { type: 'int32', max: 500 } },
          checks: { known: { references: { columns: ['a', 'b'], to: ['p.a', 'p.b'] } } },
        },
      },
      150,
      [],
    ],
    [
      'that refers to itself',
      { t: { key: ['id'], columns: { id: 'int64', above: { type: 'int64', references: 't.id' } } } },
      50,
      [],
    ],
    [
      'that refers to itself in a condition',
      {
        t: {
          key: ['id'],
          columns: { id: 'int64', above: { type: 'int64', references: 't.id' } },
          checks: { before: 'above < id' },
        },
      },
      50,
      ['t.above.references', 't.before'],
    ],
    [
      'that refers to itself with a value in every row',
      {
        t: {
          key: ['id'],
          columns: {
            id: 'int64',
            above: { type: 'int64', required: true, references: 't.id' },
            twin: { type: 'int64', required: true, unique: true, references: 't.id' },
            next: { type: 'int64', unique: true, references: 't.id' },
            late: { type: 'int64', required: true, min: 30, references: 't.id' },
            most: { type: 'int64', missing: { allow: '5%' }, references: 't.id' },
          },
        },
      },
      50,
      [],
    ],
    [
      'of two whose keys are those of each other',
      {
        a: { columns: { p: { type: 'int64', required: true, references: 'b.id' } } },
        b: { key: ['id'], columns: { id: { type: 'int64', references: 'a.p' } } },
      },
      40,
      ['b.id.references'],
    ],
    [
      'of two whose keys are those of each other, the other way round',
      {
        b: { key: ['id'], columns: { id: { type: 'int64', references: 'a.p' } } },
        a: { columns: { p: { type: 'int64', required: true, references: 'b.id' } } },
      },
      40,
      ['a.p.references'],
    ],
    [
      'that keeps few NULLs though it leads back to itself',
      {
        t: {
          key: ['id'],
          columns: {
            id: 'int64',
            above: { type: 'int64', missing: { allow: '5%' }, references: 't.id' },
          },
          checks: { apart: 'above <> id' },
        },
      },
      50,
      ['t.above.references'],
    ],
    [
      'of two that refer to each other',
      {
        a: { key: ['id'], columns: { id: 'int64', b: { type: 'int64', references: 'b.id' } } },
        b: { key: ['id'], columns: { id: 'int64', a: { type: 'int64', references: 'a.id' } } },
      },
      50,
      [],
    ],
    [
      'with patterns',
      {
        t: {
          columns: {
            a: { type: 'string', pattern: '[0-9]$', minLength: 12, maxLength: 15 },
            b: { type: 'string', pattern: '^(?:a|b(?:c|^d)e)+[^x]\\.$' },
            c: { type: 'string', pattern: 'x', format: 'email' },
            d: { type: 'string(3)', pattern: '^.*$' },
            e: { type: 'string', pattern: '^a$b|c' },
            f: { type: 'string', minLength: 300 },
          },
        },
      },
      60,
      [],
    ],
    [
      'with a pattern that nothing matches',
      { t: { columns: { a: { type: 'string', pattern: 'a^b' } } } },
      5,
      ['t.a.invalid'],
    ],
    ['with rows that are too few', { t: { rows: { min: 50 }, columns: { a: 'int32' } } }, 10, ['t.rows']],
    [
      'with what looks at all rows',
      {
        t: {
          columns: { a: { type: 'int32', required: true } },
          checks: { mean: { metric: 'avg(a)', max: 10 }, none: { failingRows: 'select * from {t} where a > 5' } },
        },
      },
      10,
      ['t.mean', 't.none'],
    ],
  ];
  test.each(CASES)('%s', async (_, tables, rows, expected) => {
    const { errors, noted, broken } = await verified(tables, rows, '7');
    expect(errors).toEqual([]);
    expect(broken).toEqual([]);
    expect(noted.toSorted()).toEqual(expected.toSorted());
  });
});

const choice = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const LENGTHS = fc.record({ minLength: maybe(fc.nat({ max: 9 })), maxLength: maybe(fc.integer({ min: 12, max: 40 })) });
const STRING = fc.oneof(
  fc
    .tuple(
      choice('string', 'string(12)', 'string(300)'),
      maybe(choice('^[A-Z]{2}[0-9]+$', 'x|y', '^\\w+ \\d{2}$', '[^a-z]', '^(?:ab?|c){2,9}$', '^.{3,12}$')),
      LENGTHS,
    )
    .map(([type, pattern, lengths]) => ({ type, pattern, ...lengths })),
  fc.record({
    type: fc.constant('string'),
    format: choice(
      'email',
      'uri',
      'hostname',
      'ipv4',
      'ipv6',
      'phone',
      'iban',
      'country-code',
      'currency-code',
      'language-code',
      'date',
      'time',
      'date-time',
      'uuid',
    ),
  }),
  fc.record({
    type: fc.constant('string'),
    enum: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' }), { minLength: 2, maxLength: 5 }),
  }),
);
const bounded = (type: string, low: fc.Arbitrary<unknown>, high: fc.Arbitrary<unknown>) =>
  fc.record({ type: fc.constant(type), min: maybe(low), max: maybe(high) });
const NUMBER = fc.oneof(
  bounded('int8', fc.integer({ min: -120, max: 0 }), fc.integer({ min: 1, max: 120 })),
  bounded('int32', fc.integer({ max: 0 }), fc.integer({ min: 1 })),
  bounded('int64', choice<unknown>('-9223372036854775808', -5.5), choice<unknown>('9223372036854775807', 12.5)),
  bounded('decimal(9,3)', fc.integer({ min: -999_999, max: 0 }), choice<unknown>(0.001, 12.5, 999999.999)),
  bounded(
    'decimal(38,10)',
    choice<unknown>(-1.5, '-9999999999999999999999999999.9999999999'),
    choice<unknown>(3, '9999999999999999999999999999.9999999999'),
  ),
  bounded('float64', choice<unknown>(-1.5, -1e300, 0), choice<unknown>(1e-9, 1.5, 1e300)),
  bounded('float32', choice<unknown>(-0.5, 0), choice<unknown>(0.25, 1e30)),
);
const TIME = fc.oneof(
  bounded('date', choice<unknown>('0001-01-01', '2020-02-29'), choice<unknown>('2020-03-01', '9999-12-31', 'now')),
  bounded(
    'timestamp',
    choice<unknown>('0001-01-01T00:00:00', '2020-02-29T12:00:00.5'),
    choice<unknown>('2020-03-01', '9999-12-31T23:59:59.999999', 'now'),
  ),
  bounded(
    'instant',
    choice<unknown>('1970-01-01T00:00:00Z', '2020-02-29T12:00:00+02:00'),
    choice<unknown>('2020-03-01T00:00:00Z', 'now'),
  ),
  bounded('time', choice<unknown>('00:00', '06:30:00.25'), choice<unknown>('06:30:01', '23:59:59.999999')),
);
const PLAIN = fc.record({ type: choice('boolean', 'uuid', 'json', 'bytes') });
const COLUMN = fc
  .tuple(
    fc.oneof(STRING, NUMBER, TIME, PLAIN),
    fc.oneof(
      fc.record({ required: maybe(fc.constant(true)) }),
      fc.record({ missing: choice<unknown>('5%', 2, { allow: { warn: '1%', fail: '10%' } }) }),
      fc.record({ unique: fc.constant(true) }),
    ),
    fc.boolean(),
  )
  .map(([column, more, hasMarks]) => ({ ...column, ...(hasMarks ? withMarks(column.type, more) : more) }));
/** Values of the type that count as missing, some of which would come anyway. */
function withMarks(type: string, rules: object): object {
  const values = /^int|^dec/.test(type) ? [0, 1, -3] : type === 'boolean' ? [true] : undefined;
  if (!values || !('missing' in rules) || typeof rules.missing === 'object') return rules;
  return { ...rules, missing: { allow: rules.missing, values } };
}
const TABLE = fc.record({
  columns: fc.array(COLUMN, { minLength: 2, maxLength: 6 }),
  key: fc.integer({ min: 0, max: 3 }),
  rows: fc.integer({ min: 1, max: 90 }),
  seed: fc.string({ maxLength: 5 }),
  isRelated: fc.boolean(),
  own: choice<readonly object[]>([], [{}], [{ required: true }, { unique: true }]),
  marks: choice<readonly string[]>([''], ['', '0', '2', 'true', '2020-03-01']),
});

test('property: sample rows of any contract pass its verification, but for the checks that notes name', {
  timeout: 600_000,
}, async () => {
  let looked = 0;
  let clean = 0;
  await fc.assert(
    fc.asyncProperty(TABLE, async ({ columns, key, rows, seed, isRelated, own, marks }) => {
      const named = Object.fromEntries(columns.map((column, at) => [`c${at}`, JSON.parse(JSON.stringify(column))]));
      const keys = Object.keys(named).slice(0, key);
      for (const name of keys) for (const rule of ['required', 'missing', 'unique']) delete named[name][rule];
      const numbers = columns.flatMap(({ type }, at) => (/^int(?:8|32)$/.test(type) ? [`c${at}`] : []));
      const links = own.map((rules, at) => [`own${at}`, { type: 'int64', references: 't.id', ...rules }]);
      const ids = links.length > 0 ? { id: { type: 'int64', required: true, unique: true } } : {};
      const tables = {
        t: {
          read: { missing: marks },
          ...(keys.length > 0 && { key: keys }),
          columns: {
            ...named,
            ...(isRelated && { link: { type: 'int64', references: 'p.id' } }),
            ...ids,
            ...Object.fromEntries(links),
          },
          ...(numbers.length > 1 && { checks: { order: `${numbers[0]} <= ${numbers[1]}` } }),
        },
        ...(isRelated && { p: { key: ['id'], columns: { id: 'int64', name: 'string' } } }),
      };
      const { errors, noted, broken } = await verified(tables, rows, seed);
      if (errors.length > 0) return;
      looked += 1;
      if (noted.length === 0) clean += 1;
      expect(broken).toEqual([]);
    }),
    { numRuns: 80, seed: 20261125 },
  );
  // Most contracts are valid, and most of those need no note.
  expect(looked).toBeGreaterThan(50);
  expect(clean).toBeGreaterThan(looked / 2);
});
