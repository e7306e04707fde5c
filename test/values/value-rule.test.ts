import { expect, test } from 'vitest';
import { type ValueRuleSpec, valueRule } from '../../src/values/value-rule.ts';

type Case = readonly [spec: ValueRuleSpec, value: unknown, reason: string | undefined];

const NULL = 'is null, though the contract promises a value';

const CASES: readonly Case[] = [
  [{ type: 'string' }, null, undefined],
  [{ type: 'string', required: true }, null, NULL],
  [{ type: 'string', required: true }, undefined, NULL],
  [{ type: 'string', required: true, minLength: 1 }, '', '"" is shorter than 1 characters'],
  [{ type: 'string' }, 'a\ud800', '"a\\ud800" holds half of a character'],
  [{ type: 'string' }, '😀\u0000', undefined],
  [{ type: 'string(2)' }, '😀😀', undefined],
  [{ type: 'string(2)', maxLength: 1 }, '😀😀', '"😀😀" is longer than 1 characters'],
  [{ type: 'string', enum: ['é'] }, 'e\u0301', '"e\u0301" is none of the values that may come'],
  [{ type: 'string', format: 'iban' }, 'DE89370400440532013001', '"DE89370400440532013001" is no iban'],
  [{ type: 'string', pattern: '^a.b$' }, 'a\nb', '"a\\nb" does not match ^a.b$'],
  [{ type: 'string', missing: ['N/A'], maxLength: 1 }, 'N/A', undefined],
  [{ type: 'string', missing: ['N/A'], maxLength: 1 }, 'n/a', '"n/a" is longer than 1 characters'],
  [{ type: 'string', lax: true, maxLength: 1 }, 'abc', undefined],
  [{ type: 'string', lax: true }, 1, '1 is a number, expected a string'],
  [{ type: 'int8' }, 128, '128 is outside int8'],
  [{ type: 'int8' }, -0, undefined],
  [{ type: 'int8', max: '4.5' }, 5, '5 is above 4.5'],
  [{ type: 'int64' }, 2n ** 63n, '9223372036854775808 is outside int64'],
  [
    { type: 'int64', max: '9223372036854775806.9' },
    2n ** 63n - 1n,
    '9223372036854775807 is above 9223372036854775806.9',
  ],
  [
    { type: 'int64', enum: ['1', '9007199254740993'] },
    9007199254740992n,
    '9007199254740992 is none of the values that may come',
  ],
  [{ type: 'decimal(4,2)' }, '100.00', '"100.00" does not fit decimal(4,2)'],
  [{ type: 'decimal(4,2)' }, '1.005', '"1.005" does not fit decimal(4,2)'],
  [{ type: 'decimal(2,2)' }, '0.99', undefined],
  [{ type: 'decimal(2,2)' }, '1.00', '"1.00" does not fit decimal(2,2)'],
  [{ type: 'decimal(4,0)' }, '9999', undefined],
  [{ type: 'decimal(4,0)' }, '0.5', '"0.5" does not fit decimal(4,0)'],
  [{ type: 'decimal', enum: ['1.10'] }, '1.1', undefined],
  [
    { type: 'decimal(38,10)', exclusiveMax: '1234567890123456789012345678.0123456789' },
    '1234567890123456789012345678.0123456789',
    '"1234567890123456789012345678.0123456789" is not below 1234567890123456789012345678.0123456789',
  ],
  [{ type: 'float64', min: '0' }, Number.NaN, 'NaN is below 0'],
  [{ type: 'float64', max: '0' }, Number.NaN, 'NaN is above 0'],
  [{ type: 'float64', min: '0', missing: ['NaN'] }, Number.NaN, undefined],
  [{ type: 'float64', min: '0', missing: ['-1', 'NaN'] }, -1, undefined],
  [{ type: 'float64', min: '0', missing: ['-1', 'NaN'] }, -2, '-2 is below 0'],
  [{ type: 'int64', min: '0', missing: ['-1', 'n/a'] }, -1n, undefined],
  [{ type: 'decimal(5,2)', min: '0', missing: ['-1.5'] }, '-1.50', undefined],
  [{ type: 'date', min: '2000-01-01', missing: ['1900-01-01'] }, '1900-01-01', undefined],
  [{ type: 'float64', max: '1' }, -Infinity, undefined],
  [{ type: 'float64', exclusiveMin: '0' }, -0, '0 is not above 0'],
  [{ type: 'float32', max: '0.1' }, Math.fround(0.1), '0.10000000149011612 is above 0.1'],
  [{ type: 'float32', enum: ['0.1'] }, Math.fround(0.1), undefined],
  [{ type: 'float32' }, 0.1, '0.1 is not in its canonical form 0.10000000149011612'],
  [{ type: 'json' }, { a: [1, 'x', null, { b: true }] }, undefined],
  [{ type: 'json' }, { a: [1n] }, 'an object stands there, expected what JSON can hold'],
  [{ type: 'json' }, Number.NaN, 'NaN is a number, expected what JSON can hold'],
  [{ type: 'boolean', enum: ['true'] }, false, 'false is none of the values that may come'],
  [{ type: 'date', max: '9999-12-31' }, 'infinity', '"infinity" is above 9999-12-31'],
  [{ type: 'date', min: '0001-01-01' }, '-infinity', '"-infinity" is below 0001-01-01'],
  [{ type: 'date' }, '2023-02-29', '"2023-02-29" is not a day of the calendar'],
  [{ type: 'time', max: '23:59:59' }, '23:59:59.000001', '"23:59:59.000001" is above 23:59:59'],
  [
    { type: 'timestamp', min: '1582-10-10T12:00:00' },
    '1582-10-10T11:59:59.999999',
    '"1582-10-10T11:59:59.999999" is below 1582-10-10T12:00:00',
  ],
  [
    { type: 'instant', max: '2026-03-01T13:00:00+01:00' },
    '2026-03-01T12:00:00.000001Z',
    '"2026-03-01T12:00:00.000001Z" is above 2026-03-01T13:00:00+01:00',
  ],
  [{ type: 'instant', enum: ['2026-03-01T13:00:00+01:00'] }, '2026-03-01T12:00:00.000000Z', undefined],
  [
    { type: 'instant', enum: ['2026-03-01T13:00:00+01:00'], instants: 'date' },
    new Date('2026-03-01T12:00:00Z'),
    undefined,
  ],
  [{ type: 'uuid', enum: ['00000000-0000-0000-0000-00000000000A'] }, '00000000-0000-0000-0000-00000000000a', undefined],
  [{ type: 'bytes' }, Buffer.from('a'), undefined],
  [{ type: 'json' }, [1], undefined],
  [{ type: 'struct' }, new Map(), 'a Map stands there, expected an object'],
  [{ type: 'int64', classification: 'pii' }, 'Ada', '‹pii› is a string, expected a bigint'],
  [{ type: 'decimal(4,2)', classification: 'pii' }, '7', '‹pii› is not in its canonical form ‹pii›'],
  [{ type: 'date', classification: 'internal' }, 'x', '"x" is not a date; write YYYY-MM-DD'],
];

test.each(CASES.map((each) => ({ each })))('$each', ({ each: [spec, value, reason] }) => {
  expect(valueRule(spec)(value)).toBe(reason);
});

test('what is no rule is told when it is first asked', () => {
  const specs: readonly ValueRuleSpec[] = [
    { type: 'nothing' },
    { type: 'string', pattern: '(?=a)' },
    { type: 'string', format: 'x' },
    { type: 'int8', min: 'x' },
  ];
  for (const spec of specs) expect(() => valueRule(spec)('a')).toThrow(RangeError);
});
