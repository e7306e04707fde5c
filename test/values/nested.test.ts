import { expect, test } from 'vitest';
import { readerOf } from '../../src/values/reader.ts';
import { ValueProblem } from '../../src/values/value-problem.ts';
import { fieldOf, plainField } from './fields.ts';

const ORDER = {
  order: 'struct',
  'order.id': 'int64',
  'order.total': 'decimal(30,2)',
  'order.lines': 'array<struct>',
  'order.lines[].qty': 'int32',
  'order.lines[].note': 'json',
  'order.scores': 'map<string,float64>',
};

function faults(read: (raw: unknown) => unknown, raw: unknown): readonly (readonly [string, string])[] {
  try {
    read(raw);
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    return error.faults.map(({ path, reason }) => [path, reason]);
  }
  return [];
}

test('JSON is read member by member, and no number loses a digit', () => {
  const read = readerOf(fieldOf(ORDER));
  const text =
    '{"id":9007199254740993,"total":1234567890123456789012345678.90,"lines":[{"qty":1e2,"note":"{}"},{"note":{"a":1}}],' +
    '"scores":{"a":0.1,"b":1.7976931348623157e308},"more":1}';
  const expected = {
    id: 9007199254740993n,
    total: '1234567890123456789012345678.90',
    lines: [
      { qty: 100, note: '{}' },
      { qty: null, note: { a: 1 } },
    ],
    scores: new Map([
      ['a', 0.1],
      ['b', 1.7976931348623157e308],
    ]),
  };
  expect(read(text)).toStrictEqual(expected);
  expect(read({ ...expected, id: '9007199254740993' })).toStrictEqual(expected);
  expect(read(expected)).toStrictEqual(expected);
});

test('everything that is wrong inside is told with its place', () => {
  const read = readerOf(fieldOf(ORDER));
  const raw = { id: 'x', lines: [{ qty: 1 }, { qty: 1.5 }, 3], scores: { a: 'y' } };
  expect(faults(read, raw)).toEqual([
    ['order.id', '"x" is not a whole number'],
    ['order.lines[1].qty', '1.5 is not a whole number'],
    ['order.lines[2]', '3 is not an object'],
    ['order.scores{"a"}', '"y" is not a number'],
  ]);
  expect(faults(read, '[1]')).toEqual([['order', '"[1]" is not an object']]);
  expect(faults(read, '{"id":')).toEqual([['order', '"{"id":" is not JSON']]);
  expect(faults(readerOf(plainField('array<int8>')), { items: [1] })).toEqual([['c', 'an object is not a list']]);
});

test('a class inside keeps the whole out of messages', () => {
  const name = { name: 'person.name', type: { name: 'integer' as const }, required: false, classification: 'pii' };
  const field = fieldOf({ person: 'struct', 'person.name': 'integer' });
  const masked = {
    ...field,
    shape: {
      kind: 'struct' as const,
      isOpen: false,
      fields: [
        {
          ...name,
          name: 'name',
          path: 'person.name',
          column: name,
          shape: { kind: 'value' as const, type: name.type },
        },
      ],
    },
  };
  const read = readerOf(masked);
  expect(faults(read, 'Ada')).toEqual([['person', '‹pii› is not JSON']]);
  expect(faults(read, { name: 'Ada' })).toEqual([['person.name', '‹pii› is not a whole number']]);
  expect(faults(readerOf(plainField('map<string,int8>', 'pii')), { Ada: 'x' })).toEqual([
    ['c{‹pii›}', '‹pii› is not a whole number'],
  ]);
});

test('names of every object are names like others, and no prototype is changed', () => {
  const columns = { c: 'struct', 'c.__proto__': 'string', 'c.constructor': 'int32', 'c.toString': 'string' };
  const read = readerOf(fieldOf(columns));
  const value = read('{"__proto__":"p","constructor":"1"}') as object;
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(Object.entries(value)).toEqual([
    ['__proto__', 'p'],
    ['constructor', 1],
    ['toString', null],
  ]);
  // Long numbers take the other way through JSON.
  const long = read('{"__proto__":"p","x":10000000000000000001}') as object;
  expect(Object.entries(long)[0]).toEqual(['__proto__', 'p']);
  const open = readerOf(plainField('struct'))('{"__proto__":{"polluted":1},"a":[1]}') as object;
  expect(Object.keys(open)).toEqual(['__proto__', 'a']);
  expect(Object.getPrototypeOf(open)).toBe(Object.prototype);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test("PostgreSQL's arrays are read from their own text", () => {
  expect(readerOf(plainField('array<int64>'))('{1,NULL,-9223372036854775808}')).toEqual([
    1n,
    null,
    -9223372036854775808n,
  ]);
  expect(readerOf(plainField('array<string>'))('{"a,b","q\\"\\\\",NULL,"NULL",""}')).toEqual([
    'a,b',
    'q"\\',
    null,
    'NULL',
    '',
  ]);
  expect(readerOf(plainField('array<array<int32>>'))('{{1,2},{3,4}}')).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(readerOf(plainField('array<instant>'))('{"2026-03-29 02:30:00+00",infinity}')).toEqual([
    '2026-03-29T02:30:00.000000Z',
    'infinity',
  ]);
  expect(readerOf(plainField('array<int32>'))('[0:1]={5,6}')).toEqual([5, 6]);
  expect(readerOf(plainField('array<int32>'))('{}')).toEqual([]);
  expect(readerOf(plainField('array<json>'))('{"{\\"a\\": 1}"}')).toEqual([{ a: 1 }]);
  for (const text of ['{1,{2}', '{1,,2}', '{1,}', '{,1}', '{1}{2}', '{1}x', 'x{1}', '{"a}', '{', '{1}}']) {
    expect(faults(readerOf(plainField('array<string>')), text)[0]?.[0]).toBe('c');
  }
});

test('keys of maps are read as their type, each once', () => {
  const read = readerOf(plainField('map<int64,boolean>'));
  expect(read('{"1":true,"9007199254740993":null}')).toEqual(
    new Map([
      [1n, true],
      [9007199254740993n, null],
    ]),
  );
  expect(read(new Map([['1', 0]]))).toEqual(new Map([[1n, false]]));
  expect(faults(read, { '1': true, '01': true })).toEqual([['c{"01"}', '"01" is no key of its own']]);
});

test('what has no members is no struct', () => {
  const read = readerOf(fieldOf(ORDER));
  for (const raw of [new Date(0), new Uint8Array(1), new Map(), [], '5', 5])
    expect(faults(read, raw)[0]?.[0]).toBe('order');
  expect(read('null')).toBeNull();
});

test('JSON that nests thousands deep is refused, not fatal', () => {
  const deep = `${'['.repeat(100_000)}1e2${']'.repeat(100_000)}`;
  expect(faults(readerOf(plainField('array<int32>')), deep)[0]?.[0]).toBe('c');
});
