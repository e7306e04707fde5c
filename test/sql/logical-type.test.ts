import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { LogicalType } from '../../src/model/logical-type.ts';
import { parseLogicalType, printLogicalType, sameFamily } from '../../src/sql/logical-type.ts';

function typeOf(text: string): LogicalType {
  const parsed = parseLogicalType(text);
  if ('problem' in parsed) throw new Error(`${text}: ${parsed.problem.message}`);
  return parsed.type;
}

describe('types that are read', () => {
  const integer = (bits: 8 | 16 | 32 | 64): LogicalType => ({ name: 'integer', bits });
  test.each<[string, LogicalType]>([
    ['string', { name: 'string' }],
    ['string(20)', { name: 'string', length: 20 }],
    ['varchar(20)', { name: 'string', length: 20 }],
    ['character varying ( 20 )', { name: 'string', length: 20 }],
    ['text', { name: 'string' }],
    ['char(3)', { name: 'string', length: 3 }],
    ['integer', { name: 'integer' }],
    ['INTEGER', { name: 'integer' }],
    ['int', integer(32)],
    ['int8', integer(8)],
    ['tinyint', integer(8)],
    ['smallint', integer(16)],
    ['bigint', integer(64)],
    ['BIGINT', integer(64)],
    ['decimal', { name: 'decimal' }],
    ['decimal(12,2)', { name: 'decimal', precision: 12, scale: 2 }],
    ['numeric(12, 2)', { name: 'decimal', precision: 12, scale: 2 }],
    ['decimal(5)', { name: 'decimal', precision: 5, scale: 0 }],
    ['decimal(38,38)', { name: 'decimal', precision: 38, scale: 38 }],
    ['float', { name: 'float' }],
    ['real', { name: 'float', bits: 32 }],
    ['double', { name: 'float', bits: 64 }],
    ['double  precision', { name: 'float', bits: 64 }],
    ['bool', { name: 'boolean' }],
    ['date', { name: 'date' }],
    ['time(0)', { name: 'time', precision: 0 }],
    ['timestamp', { name: 'timestamp' }],
    ['timestamp(6)', { name: 'timestamp', precision: 6 }],
    ['datetime(3)', { name: 'timestamp', precision: 3 }],
    ['timestamptz', { name: 'instant' }],
    ['timestamp(3) with time zone', { name: 'instant', precision: 3 }],
    ['timestamp with time zone', { name: 'instant' }],
    ['timestamp without time zone', { name: 'timestamp' }],
    ['instant(3)', { name: 'instant', precision: 3 }],
    ['uuid', { name: 'uuid' }],
    ['jsonb', { name: 'json' }],
    ['bytea', { name: 'bytes' }],
    ['struct', { name: 'struct' }],
    ['array<struct>', { name: 'array', element: { name: 'struct' } }],
    [
      'array< array<decimal(3,1)> >',
      { name: 'array', element: { name: 'array', element: { name: 'decimal', precision: 3, scale: 1 } } },
    ],
    [
      'map<string, array<int64>>',
      { name: 'map', key: { name: 'string' }, value: { name: 'array', element: integer(64) } },
    ],
    ['native(inet)', { name: 'native', native: 'inet' }],
    ['native( geometry(Point,4326) )', { name: 'native', native: 'geometry(Point,4326)' }],
    ['array<native(tstzrange)>', { name: 'array', element: { name: 'native', native: 'tstzrange' } }],
    ['  int64 ', integer(64)],
  ])('%s', (text, type) => {
    expect(typeOf(text)).toEqual(type);
  });
});

describe('types that are refused', () => {
  test.each<[string, string, string?]>([
    ['', 'a type is missing', 'write one of'],
    ['strng', '"strng"', 'did you mean string?'],
    ['integr', '"integr"', 'did you mean integer?'],
    ['timestmap', '"timestmap"', 'did you mean timestamp?'],
    ['inet', '"inet"', 'native(inet)'],
    ['frobnicator', '"frobnicator"', 'native(frobnicator)'],
    ['number', '"number"', 'decimal'],
    ['int4', '"int4"', 'int32'],
    ['uint64', '"uint64"', 'decimal(20,0)'],
    ['bigint unsigned', '"bigint unsigned"', 'next wider'],
    ['hugeint', '"hugeint"', 'decimal'],
    ['string(0)', 'length 0'],
    ['string(x)', '"x"'],
    ['string(-1)', '"-1"'],
    ['string()', 'size ""'],
    ['string(1,2)', 'whole number'],
    ['decimal(39,0)', '39 digits', 'decimal for any size'],
    ['decimal(0)', '0 digits'],
    ['decimal(4,5)', '5 of 4 digits'],
    ['decimal(12', '"decimal(12"'],
    ['decimal(1,2,3)', 'decimal(p,s)'],
    ['timestamp(7)', '7 digits'],
    ['int64(8)', 'takes none', 'write int64'],
    ['varbinary(20)', 'takes none', 'write bytes'],
    ['array', '"array"', 'array<T>'],
    ['array<>', 'a type is missing'],
    ['array<int64', '"array<int64"'],
    ['array<int64>>', 'unbalanced'],
    ['array<a,b>', '2 inner types'],
    ['list<int64>', '"list<int64>"', 'array<int64>'],
    ['int64[]', '"int64[]"', 'array<int64>'],
    ['map<string>', '1 inner types, expected 2', 'map<K,V>'],
    ['map<struct,string>', 'struct keys'],
    ['struct<a int64>', 'lists members', 'by path'],
    ['struct(a int64)', '"struct(a int64)"', 'by path'],
    ['native()', 'names no type'],
    ['native(a) (b)', 'not one type'],
    ['native(a; drop)', 'not one type'],
    ['int64 not null', '"int64 not null"'],
    ['__proto__', '"__proto__"'],
    ['constructor', '"constructor"'],
    [`${'array<'.repeat(40)}int64${'>'.repeat(40)}`, 'nest more than'],
  ])('%s', (text, message, hint) => {
    const parsed = parseLogicalType(text);
    if (!('problem' in parsed)) throw new Error(`${text} was read as ${printLogicalType(parsed.type)}`);
    expect(parsed.problem.message).toContain(message);
    if (hint !== undefined) expect(parsed.problem.hint).toContain(hint);
  });
});

const scalar = fc.oneof(
  fc.constantFrom<LogicalType>(
    { name: 'string' },
    { name: 'integer' },
    { name: 'integer', bits: 8 },
    { name: 'integer', bits: 64 },
    { name: 'decimal' },
    { name: 'float' },
    { name: 'float', bits: 32 },
    { name: 'boolean' },
    { name: 'date' },
    { name: 'uuid' },
    { name: 'json' },
    { name: 'bytes' },
    { name: 'native', native: 'inet' },
    { name: 'native', native: 'Geometry(Point, 4326)' },
  ),
  fc.integer({ min: 1, max: 2_147_483_647 }).map((length): LogicalType => ({ name: 'string', length })),
  fc
    .tuple(fc.integer({ min: 1, max: 38 }), fc.integer({ min: 0, max: 38 }))
    .map(([precision, scale]): LogicalType => ({ name: 'decimal', precision, scale: Math.min(scale, precision) })),
  fc
    .tuple(
      fc.constantFrom('time', 'timestamp', 'instant'),
      fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined }),
    )
    .map(([name, precision]): LogicalType => (precision === undefined ? { name } : { name, precision })),
);
const anyType: fc.Arbitrary<LogicalType> = fc.letrec<{ type: LogicalType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.constant<LogicalType>({ name: 'struct' }),
    tie('type').map((element): LogicalType => ({ name: 'array', element })),
    fc.tuple(scalar, tie('type')).map(([key, value]): LogicalType => ({ name: 'map', key, value })),
  ),
})).type;

test('what is printed is read back', () => {
  fc.assert(
    fc.property(anyType, (type) => {
      expect(typeOf(printLogicalType(type))).toEqual(type);
    }),
  );
});

test('no text crashes it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z<>(),\d ]{0,30}$/), (text) => {
      const parsed = parseLogicalType(text);
      if ('type' in parsed) expect(typeOf(printLogicalType(parsed.type))).toEqual(parsed.type);
      else expect(parsed.problem.message).not.toBe('');
    }),
  );
});

test.each<[string, string, boolean]>([
  ['int32', 'int64', true],
  ['integer', 'int8', true],
  ['int64', 'decimal(10,0)', false],
  ['decimal(10,2)', 'decimal', true],
  ['float32', 'float64', true],
  ['string(3)', 'text', true],
  ['string', 'uuid', false],
  ['timestamp', 'instant', false],
  ['date', 'timestamp', false],
  ['array<int32>', 'array<int64>', true],
  ['array<int32>', 'array<string>', false],
  ['map<string,int8>', 'map<string,date>', false],
  ['native(inet)', 'native(INET)', true],
  ['native(inet)', 'native(cidr)', false],
])('%s and %s are of one family: %s', (left, right, same) => {
  expect(sameFamily(typeOf(left), typeOf(right))).toBe(same);
});
