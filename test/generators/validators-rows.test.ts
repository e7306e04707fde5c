import { describe, expect, test } from 'vitest';
import { InvalidRowError } from '../../src/accessor/invalid-row.ts';
import type { Contract, Table } from '../../src/model/contract.ts';
import { FIXTURE, inputOf } from './input.ts';
import { contractOf, type RunOptions, told, validationOf, validatorsRunning } from './validators-run.ts';

const { contracts } = await inputOf(FIXTURE);

function tableOf(path: string): { readonly table: Table; readonly contract: Contract } {
  for (const { contract } of contracts) {
    const table = contract.tables.find(({ name }) => `${contract.id}/${name}` === path);
    if (table) return { table, contract };
  }
  throw new Error(`there is no ${path}`);
}

async function onlyTable(table: unknown, options: RunOptions = {}, head: unknown = {}) {
  const contract = await contractOf({ t: table }, head);
  const [only] = contract.tables;
  if (!only) throw new Error('no table');
  return { ...validationOf(only, contract, options), validators: validatorsRunning(only, contract, options) };
}

/** Path → reason, of the problems that are thrown. */
function problemsOf(run: () => unknown): Readonly<Record<string, string>> {
  try {
    run();
  } catch (error) {
    if (!(error instanceof InvalidRowError)) throw error;
    return Object.fromEntries(
      error.problems.map(({ path, reason, row }) => [`${row === undefined ? '' : `${row}:`}${path}`, reason]),
    );
  }
  return {};
}

describe('orders, with every type and rule', () => {
  const { table, contract } = tableOf('shop.orders@2/orders');
  const { parse, validate, insertable } = validationOf(table, contract);
  /** As CSV has it, under the names of the source. */
  const RAW = {
    order_id: '9223372036854775807',
    customer_id: '1',
    account_id: 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
    placed_on: '2026-03-29',
    placed_at: '2026-03-29 02:30:00',
    loaded_at: '2026-03-29 02:30:00.123456+02',
    shipped_at: null,
    is_test: 'no',
    invoice_no: 'INV-000001',
    tracking_no: '😀😀😀😀😀😀😀😀',
    amount: '12.5',
    cents: -9223372036854775808n,
    ratio: '1.5',
    weight: 'NaN',
    small: 5,
    count: '0',
    loose: '99999999999999999999',
    exact: '1.10',
    big: '99999999999999999999999999999999999999',
    status: 'placed',
    chan: 'fax',
    priority: 3,
    email: 'no address',
    country: 'DE',
    homepage: null,
    opens_at: '08:00',
    payload: '{"a":1}',
    checksum: '\\x00ff',
  };
  const ROW = parse(RAW);

  test('parse decodes every column, under its name in the contract', () => {
    expect(ROW).toStrictEqual({
      order_id: 9223372036854775807n,
      customer_id: 1n,
      account_id: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
      placed_on: '2026-03-29',
      placed_at: '2026-03-29T02:30:00.000000',
      loaded_at: '2026-03-29T00:30:00.123456Z',
      shipped_at: null,
      is_test: false,
      invoice_no: 'INV-000001',
      tracking_no: '😀😀😀😀😀😀😀😀',
      amount: '12.50',
      cents: -9223372036854775808n,
      ratio: 1.5,
      weight: Number.NaN,
      small: 5,
      count: 0,
      loose: 99999999999999999999n,
      exact: '1.1',
      big: '99999999999999999999999999999999999999',
      status: 'placed',
      channel: 'fax',
      priority: 3,
      email: 'no address',
      country: 'DE',
      homepage: null,
      opens_at: '08:00:00.000000',
      payload: { a: 1 },
      checksum: new Uint8Array([0, 255]),
    });
    expect(parse({ ...ROW, other: 1 })).toStrictEqual(ROW);
    expect(validate([ROW, { ...ROW, net_amount: '10.42' }])).toEqual([ROW, { ...ROW, net_amount: '10.42' }]);
  });

  test('all that is wrong is told at once', () => {
    const { placed_on: _, ...without } = RAW;
    const wrong = {
      ...without,
      order_id: null,
      customer_id: '1.5',
      amount: '0',
      cents: '9223372036854775808',
      ratio: 'NaN',
      small: 6,
      status: 'lost',
      priority: 4,
      tracking_no: '😀',
      country: 'XX',
      exact: 0.1 + 0.2,
    };
    expect(problemsOf(() => parse(wrong))).toEqual({
      placed_on: 'is not there',
      order_id: 'is null, though the contract promises a value',
      customer_id: '"1.5" is not a whole number',
      amount: '"0.00" is not above 0',
      cents: '"9223372036854775808" is outside int64',
      ratio: 'NaN is below 0',
      small: '6 is above 5',
      status: '"lost" is none of the values that may come',
      priority: '4 is none of the values that may come',
      tracking_no: '"😀" is shorter than 8 characters',
      country: '"XX" is no country-code',
      exact:
        '0.30000000000000004 may have lost digits; a JavaScript number has no more than 15 exact digits: give a text, or a bigint',
    });
  });

  test('validate takes decoded values only, and names the row', () => {
    const rows = [
      ROW,
      { ...ROW, order_id: 5, amount: '12.5', loaded_at: '2026-03-29T00:30:00Z', placed_on: new Date(0) },
      7,
    ];
    expect(problemsOf(() => validate(rows))).toEqual({
      '1:order_id': '5 is a number, expected a bigint',
      '1:amount': '"12.5" is not in its canonical form "12.50"',
      '1:loaded_at': '"2026-03-29T00:30:00Z" is not in its canonical form "2026-03-29T00:30:00.000000Z"',
      '1:placed_on': 'a Date stands there, expected a string',
      '2:': 'the row is not an object',
    });
    expect(problemsOf(() => validate([{ ...ROW, net_amount: '-1.00', is_big: null }]))).toEqual({
      '0:net_amount': '"-1.00" is below 0',
      '0:is_big': 'is null, though the contract promises a value',
    });
  });

  test('a column some of whose values may be invalid is lax when read, and strict when written', () => {
    expect(parse({ ...RAW, email: 'x' })['email']).toBe('x');
    expect(problemsOf(() => parse({ ...RAW, email: 7 }))).toEqual({ email: '‹pii› is not a text' });
    const { loaded_at: _, ...row } = ROW;
    expect(problemsOf(() => insertable({ ...row, email: 'x' }))).toEqual({ email: '‹pii› is no email' });
    expect(insertable({ ...row, email: 'N/A' })['email']).toBe('N/A');
  });

  test('insertable needs what has neither default nor NULL, and gives the names of the source', () => {
    const given = {
      order_id: 1n,
      customer_id: 2n,
      placed_on: '2026-03-29',
      placed_at: '2026-03-29T02:30:00',
      amount: '5',
      channel: 'web',
      shipped_at: undefined,
    };
    expect(insertable(given)).toStrictEqual({
      order_id: 1n,
      customer_id: 2n,
      placed_on: '2026-03-29',
      placed_at: '2026-03-29T02:30:00.000000',
      amount: '5.00',
      chan: 'web',
    });
    expect(
      problemsOf(() =>
        insertable({
          order_id: 1n,
          is_test: null,
          net_amount: '1.00',
          loaded_at: '2026-03-29T02:30:00Z',
          chan: 'web',
          typo: 1,
        }),
      ),
    ).toEqual({
      customer_id: 'is not there',
      placed_on: 'is not there',
      placed_at: 'is not there',
      amount: 'is not there',
      is_test: 'is null, though the contract promises a value',
      loaded_at: 'is generated where it is stored: leave it out',
      net_amount: 'is no column of the contract',
      chan: 'is no column of the contract',
      typo: 'is no column of the contract',
    });
  });
});

test('nested values are checked inside', () => {
  const { table, contract } = tableOf('shop.orders@2/events');
  const { parse, validate } = validationOf(table, contract);
  const row = parse({
    customer_id: 1,
    at: '2026-03-29T02:30:00Z',
    address: '{"country":"DE","geo":{"lat":1}}',
    lines: [{ qty: 1, price: 2.5 }, null],
    tags: '{a,NULL}',
    scores: { a: 1 },
  });
  expect(row['lines']).toEqual([{ qty: 1, price: '2.50' }, null]);
  expect(validate([row])).toEqual([row]);
  const wrong = {
    ...row,
    address: { country: null, street: null, geo: { lat: null } },
    lines: [{ qty: 1 }, 3],
    tags: 'a',
    scores: new Map<unknown, unknown>([
      [1, 1],
      ['b', '1'],
    ]),
  };
  expect(problemsOf(() => validate([wrong]))).toEqual({
    '0:address.country': 'is null, though the contract promises a value',
    '0:address.geo.lat': 'is null, though the contract promises a value',
    '0:lines[0].price': 'is not there',
    '0:lines[1]': '3 is a number, expected an object',
    '0:tags': '"a" is a string, expected an array',
    '0:scores{1}': '1 is a number, expected a string',
    '0:scores{b}': '"1" is a string, expected a number',
  });
});

test('hostile names are names like others', () => {
  const { table, contract } = tableOf('hostile.names/class');
  const { parse, validate, insertable } = validationOf(table, contract);
  const names = table.columns.map(({ name }) => name);
  const problems = problemsOf(() => parse({}));
  const required = table.columns.filter((column) => column.required).map(({ name }) => name);
  expect(required).toHaveLength(3);
  expect(problems).toEqual(Object.fromEntries(required.map((name) => [name, 'is not there'])));
  const raw = Object.fromEntries(names.map((name) => [name, null]));
  const given = Object.defineProperty({ ...raw, constructor: '1', default: true, toString: "a'b" }, '__proto__', {
    value: 'p',
    enumerable: true,
  });
  const row = parse(given);
  expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  expect(Object.entries(row).slice(0, 3)).toEqual([
    ['constructor', 1n],
    ['__proto__', 'p'],
    ['toString', "a'b"],
  ]);
  expect(validate([row])).toEqual([row]);
  expect(problemsOf(() => insertable({ constructor: 1n }))).toEqual({ ['__proto__']: 'is not there' });
  const less = { ...row, '*/': 1, "it's": 2 };
  expect(problemsOf(() => validate([less]))).toMatchObject({
    '0:*/': '1 is a number, expected a string',
    "0:it's": '2 is a number, expected a string',
  });
});

test('columns that the contract does not have are refused where it says so', async () => {
  const { parse, validate } = await onlyTable({
    location: 's.t',
    extraColumns: 'forbid',
    columns: { a: 'string', b: { type: 'string', physicalName: 'bb' } },
  });
  expect(parse({ a: 'x', bb: 'y' })).toEqual({ a: 'x', b: 'y' });
  expect(parse({ A: 'x', BB: 'y' })).toEqual({ a: 'x', b: 'y' });
  expect(problemsOf(() => parse({ a: 'x', b: 'y', c: 'z' }))).toEqual({ c: 'is no column of the contract' });
  expect(problemsOf(() => validate([{ a: 'x', b: 'y', c: 'z' }]))).toEqual({ '0:c': 'is no column of the contract' });
});

test('cells of text files are read as the contract says', async () => {
  const { parse } = await onlyTable({
    location: 't.csv',
    read: { format: 'csv', decimal: ',', missing: ['NULL'] },
    columns: {
      id: { type: 'int64', required: true },
      amount: 'decimal(12,2)',
      day: { type: 'date', format: 'dd.MM.yyyy' },
      note: 'string',
    },
  });
  expect(parse({ id: '1', amount: '1,5', day: '29.03.2026', note: '' })).toEqual({
    id: 1n,
    amount: '1.50',
    day: '2026-03-29',
    note: '',
  });
  expect(parse({ id: '1', amount: '', day: 'NULL', note: 'NULL' })).toEqual({
    id: 1n,
    amount: null,
    day: null,
    note: null,
  });
  expect(problemsOf(() => parse({ id: '', amount: '1.5', day: '2026-03-29', note: '' }))).toEqual({
    id: 'is null, though the contract promises a value',
    amount: '"1.5" is not a decimal number',
    day: '"2026-03-29" is not a date; write dd.MM.yyyy',
  });
});

test('instants may be held as Date', async () => {
  const { parse, validate, insertable } = await onlyTable(
    { location: 's.t', columns: { i: { type: 'instant', min: '2026-01-01T00:00:00Z' } } },
    { instants: 'date' },
  );
  const row = parse({ i: '2026-03-29T02:30:00.123456Z' });
  expect(row).toEqual({ i: new Date('2026-03-29T02:30:00.123Z') });
  expect(validate([row])).toEqual([row]);
  expect(insertable(row)).toEqual(row);
  expect(problemsOf(() => validate([{ i: new Date(0) }, { i: new Date(Number.NaN) }]))).toEqual({
    '0:i': 'a Date is below 2026-01-01T00:00:00Z',
    '1:i': 'an invalid Date stands there, expected a valid Date',
  });
});

test('now is the moment of the call, in the zone of the column', async () => {
  const columns = { d: { type: 'date', max: 'now', timezone: 'Europe/Paris' }, i: { type: 'instant', max: 'now' } };
  const { parse } = await onlyTable({ location: 's.t', columns });
  const hour = 3_600_000;
  const late = new Date(Date.now() + hour).toISOString();
  expect(problemsOf(() => parse({ d: '9999-12-31', i: late }))).toEqual({
    d: '"9999-12-31" is above now',
    i: expect.stringContaining('is above now'),
  });
  const { parse: then } = await onlyTable(
    { location: 's.t', columns },
    { now: BigInt(Date.parse('2026-03-01T23:30:00Z')) * 1000n },
  );
  expect(then({ d: '2026-03-02', i: '2026-03-01T23:30:00Z' })).toEqual({
    d: '2026-03-02',
    i: '2026-03-01T23:30:00.000000Z',
  });
  expect(problemsOf(() => then({ d: '2026-03-03', i: '2026-03-01T23:30:00.000001Z' }))).toEqual({
    d: '"2026-03-03" is above now',
    i: '"2026-03-01T23:30:00.000001Z" is above now',
  });
});

test('keys and values of a class are not quoted, wherever they stand', async () => {
  const columns = {
    m: { type: 'map<string,int8>', classification: 'pii' },
    s: { type: 'struct', classification: 'pii' },
    's.a': { type: 'string', maxLength: 1 },
  };
  const { validators, parse } = await onlyTable({ location: 's.t', columns });
  expect(told(validators.row, { m: new Map([['Ada', 'x']]), s: { a: 'Lovelace' } })).toEqual({
    'm{}': '‹pii› is a string, expected a number',
    's.a': '‹pii› is longer than 1 characters',
  });
  const whole = await onlyTable({
    location: 's.t',
    columns: {
      s: 'struct',
      's.a': { type: 'string', classification: 'pii' },
      l: 'array<struct>',
      'l[].a': { type: 'string', classification: 'pii' },
    },
  });
  // The whole might be what should stand in a member.
  expect(told(whole.validators.row, { s: 'Lovelace', l: ['Lovelace'] })).toEqual({
    s: '‹pii› is a string, expected an object',
    'l[0]': '‹pii› is a string, expected an object',
  });
  const problems = problemsOf(() => parse({ m: { Ada: 'Lovelace' }, s: 'Lovelace' }));
  expect(JSON.stringify(problems)).not.toMatch(/Ada|Lovelace/);
  expect(Object.keys(problems)).toEqual(['m{‹pii›}', 's']);
});

test('the message names a few problems, and how many more there are', async () => {
  const columns = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [`c${at}`, { type: 'int8', required: true }]),
  );
  const { validate } = await onlyTable({ location: 's.t', columns });
  let given = 0;
  function* rows(): Iterable<unknown> {
    for (; given < 2000; given++) yield Object.fromEntries(Object.keys(columns).map((name) => [name, null]));
  }
  let error: unknown;
  try {
    validate(rows());
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(InvalidRowError);
  const { message, problems, table } = error as InvalidRowError;
  expect(table).toBe('t');
  expect(problems.length).toBe(1000);
  // 34 rows have 1,020 problems: no more are read.
  expect(given).toBe(33);
  expect(message).toMatch(/^t: the contract is broken several times: row 0, c0: is null, though .*; and 980 more$/);
  expect(message.split('; ').length).toBe(21);
});

test('patterns take time that grows with the text only', async () => {
  const { parse } = await onlyTable({ location: 's.t', columns: { s: { type: 'string', pattern: '^(a+)+$' } } });
  const start = performance.now();
  expect(problemsOf(() => parse({ s: `${'a'.repeat(50_000)}!` }))['s']).toMatch(/^"a{60}…" does not match/);
  expect(performance.now() - start).toBeLessThan(10_000);
});
