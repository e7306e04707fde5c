import { expect, test } from 'vitest';
import { type ReaderOptions, readerOf } from '../../src/values/reader.ts';
import { ValueProblem } from '../../src/values/value-problem.ts';
import { plainField } from './fields.ts';

type Case = readonly [type: string, raw: unknown, canonical: unknown, options?: ReaderOptions];

/** What raw values mean. */
const READ: readonly Case[] = [
  ['string', '', ''],
  ['string', ' 😀\u0000 ', ' 😀\u0000 '],
  ['int8', '-128', -128],
  ['int8', '+7', 7],
  ['int16', 32767, 32767],
  ['int32', '-0', 0],
  ['int32', -0, 0],
  ['int32', 5n, 5],
  ['int64', '9223372036854775807', 9223372036854775807n],
  ['int64', '-9223372036854775808', -9223372036854775808n],
  ['int64', '+9223372036854775807', 9223372036854775807n],
  ['int64', '000000000000000000000000000005', 5n],
  ['int64', 9007199254740991, 9007199254740991n],
  ['int64', 12n, 12n],
  ['integer', '99999999999999999999999999999999999999', 99999999999999999999999999999999999999n],
  ['decimal(12,2)', '1', '1.00'],
  ['decimal(12,2)', '+01.5', '1.50'],
  ['decimal(12,2)', '-0.00', '0.00'],
  ['decimal(12,2)', '-0.50', '-0.50'],
  ['decimal(12,2)', '1.50000', '1.50'],
  ['decimal(12,2)', '1.505', '1.505'],
  ['decimal(12,2)', 12.5, '12.50'],
  ['decimal(12,2)', 7n, '7.00'],
  ['decimal(12,2)', { value: -5n, scale: 2, width: 12 }, '-0.05'],
  ['decimal(12,2)', { value: 12345n, scale: 4, width: 12 }, '1.2345'],
  ['decimal(12,2)', { value: 12n, scale: 0, width: 12 }, '12.00'],
  ['decimal(38,0)', '99999999999999999999999999999999999999', '99999999999999999999999999999999999999'],
  ['decimal(38,38)', '-0.99999999999999999999999999999999999999', '-0.99999999999999999999999999999999999999'],
  ['decimal', '1.500', '1.5'],
  ['decimal', '-0', '0'],
  ['decimal', '100', '100'],
  ['decimal', 1e-7, '0.0000001'],
  ['decimal', { value: 1500n, scale: 3, width: 12 }, '1.5'],
  ['float64', '0.1', 0.1],
  ['float64', '-1.5e-300', -1.5e-300],
  ['float64', 'NaN', Number.NaN],
  ['float64', 'inf', Infinity],
  ['float64', '-Infinity', -Infinity],
  ['float64', Number.NaN, Number.NaN],
  ['float64', 3n, 3],
  ['float64', { value: 15n, scale: 1 }, 1.5],
  ['float32', '0.1', Math.fround(0.1)],
  ['float32', 0.1, Math.fround(0.1)],
  ['boolean', 'TRUE', true],
  ['boolean', 'f', false],
  ['boolean', 1, true],
  ['boolean', 0n, false],
  ['boolean', Buffer.from([1]), true],
  ['date', '2026-03-29', '2026-03-29'],
  ['date', '0001-01-01', '0001-01-01'],
  ['date', '9999-12-31', '9999-12-31'],
  ['date', '2024-02-29', '2024-02-29'],
  ['date', 'infinity', 'infinity'],
  ['date', { days: -719162 }, '0001-01-01'],
  ['date', { days: 2932896 }, '9999-12-31'],
  ['date', { days: -2147483647 }, '-infinity'],
  ['time', '23:59', '23:59:00.000000'],
  ['time', '02:30:00.12', '02:30:00.120000'],
  ['time', { micros: 86399999999n }, '23:59:59.999999'],
  ['timestamp', '2026-03-29 02:30:00', '2026-03-29T02:30:00.000000'],
  ['timestamp', '2026-03-29T02:30', '2026-03-29T02:30:00.000000'],
  ['timestamp', '0001-01-01 00:00:00.000001', '0001-01-01T00:00:00.000001'],
  ['timestamp', '2024-02-29 02:30:00.5', '2024-02-29T02:30:00.500000'],
  ['timestamp', '-infinity', '-infinity'],
  ['timestamp', { micros: -1n }, '1969-12-31T23:59:59.999999'],
  ['timestamp', { micros: -62135596800000000n }, '0001-01-01T00:00:00.000000'],
  ['timestamp', { seconds: 1n }, '1970-01-01T00:00:01.000000'],
  ['timestamp', { millis: -1n }, '1969-12-31T23:59:59.999000'],
  ['timestamp', { nanos: 1000n }, '1970-01-01T00:00:00.000001'],
  ['timestamp', { micros: 9223372036854775807n }, 'infinity'],
  ['instant', '2026-03-29 02:30:00.123456+00', '2026-03-29T02:30:00.123456Z'],
  ['instant', '2026-03-29 02:30:00+02', '2026-03-29T00:30:00.000000Z'],
  ['instant', '2026-03-29T02:30:00.1-05:30', '2026-03-29T08:00:00.100000Z'],
  ['instant', '9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
  ['instant', { micros: -1n }, '1969-12-31T23:59:59.999999Z'],
  ['instant', { micros: -9223372036854775807n }, '-infinity'],
  ['instant', '2026-03-29 02:30:00.5', '2026-03-29T02:30:00.500000Z', { naiveInstants: 'utc' }],
  ['instant', '2026-03-29 02:30:00.5+01:00', '2026-03-29T01:30:00.500000Z', { naiveInstants: 'utc' }],
  ['instant', '2026-03-29T02:30:00.123999Z', new Date('2026-03-29T02:30:00.123Z'), { instants: 'date' }],
  ['instant', '1969-12-31T23:59:59.999999Z', new Date(-1), { instants: 'date' }],
  ['instant', new Date(5), new Date(5), { instants: 'date' }],
  ['uuid', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'],
  ['uuid', { hugeint: -(2n ** 127n) + 10n }, '00000000-0000-0000-0000-00000000000a'],
  ['json', '{"a":[1,null]}', { a: [1, null] }],
  ['json', '"x"', 'x'],
  ['json', [1], [1]],
  ['bytes', Buffer.from([0, 255]), new Uint8Array([0, 255])],
  ['bytes', { bytes: new Uint8Array([7]) }, new Uint8Array([7])],
  ['bytes', '\\x00fF', new Uint8Array([0, 255])],
  ['native(inet)', '::1', '::1'],
  ['date', '29.03.2026', '2026-03-29', { cell: { dateFormat: 'dd.MM.yyyy' } }],
  ['date', '3/29/2026', '2026-03-29', { cell: { dateFormat: 'M/d/yyyy' } }],
  ['decimal(12,2)', '12,5', '12.50', { cell: { decimal: ',' } }],
  ['float64', '12,5', 12.5, { cell: { decimal: ',' } }],
  ['int32', '', null, { cell: { missing: [] } }],
  ['string', '', '', { cell: { missing: [] } }],
  ['string', 'N/A', null, { cell: { missing: ['N/A'] } }],
  ['int32', null, null],
  ['json', undefined, null],
];

test.each(READ.map((each) => ({ each })))('$each', ({ each: [type, raw, canonical, options] }) => {
  const value = readerOf(plainField(type), options)(raw);
  expect(value).toStrictEqual(canonical);
  expect(Object.is(value, -0)).toBe(false);
});

type Refusal = readonly [type: string, raw: unknown, reason: string, options?: ReaderOptions];
const DIGITS = '; a JavaScript number has no more than 15 exact digits: give a text, or a bigint';
const DATE =
  '; the driver made it a Date, which shifts zones and cuts microseconds: use connect(), or let the driver give texts';

/** What is refused, and the words. */
const REFUSED: readonly Refusal[] = [
  ['string', 12, '12 is not a text'],
  ['string', Buffer.from('abc'), '3 bytes is not a text'],
  ['int32', '12.5', '"12.5" is not a whole number'],
  ['int32', '1e3', '"1e3" is not a whole number'],
  ['int32', ' 12', '" 12" is not a whole number'],
  ['int32', '0x1F', '"0x1F" is not a whole number'],
  ['int32', '', 'an empty text is not a whole number'],
  ['int32', 12.5, '12.5 is not a whole number'],
  ['int32', true, 'true is not a whole number'],
  ['int32', '2147483648', '"2147483648" is outside int32'],
  ['int8', -129, '-129 is outside int8'],
  ['int64', '9223372036854775808', '"9223372036854775808" is outside int64'],
  ['int64', -9223372036854775809n, '-9223372036854775809 is outside int64'],
  ['int64', 9007199254740992, `9007199254740992 may have lost digits${DIGITS}`],
  ['decimal(12,2)', 0.1 + 0.2, `0.30000000000000004 may have lost digits${DIGITS}`],
  ['decimal', 1e21, `1e+21 may have lost digits${DIGITS}`],
  ['decimal(12,2)', '1e3', '"1e3" is not a decimal number; write it without an exponent'],
  ['decimal(12,2)', '12,5', '"12,5" is not a decimal number; write a point instead of the comma'],
  ['decimal(12,2)', '.5', '".5" is not a decimal number'],
  ['decimal(12,2)', 'NaN', '"NaN" is not a decimal number'],
  ['decimal(12,2)', '12.5', '"12.5" is not a decimal number', { cell: { decimal: ',' } }],
  ['float64', '1e400', '"1e400" is outside float64'],
  ['float32', '1e39', '"1e39" is outside float32'],
  ['float64', 'nan', '"nan" is not a number'],
  ['boolean', 'maybe', '"maybe" is not a boolean; write true or false'],
  ['boolean', 2, '2 is not a boolean; write true or false'],
  ['date', '29.03.2026', '"29.03.2026" is not a date; write YYYY-MM-DD'],
  ['date', '2023-02-29', '"2023-02-29" is not a day of the calendar'],
  ['date', '0000-01-01', '"0000-01-01" is not a day of the calendar'],
  ['date', '0044-03-15 BC', '"0044-03-15 BC" is outside the years 0001 to 9999'],
  ['date', '10000-01-01', '"10000-01-01" is outside the years 0001 to 9999'],
  ['date', new Date(0), `a Date is not a date${DATE}`],
  ['date', { days: 2932897 }, 'an object is outside the years 0001 to 9999'],
  ['date', { days: 1, months: 0, micros: 0n }, 'an object is not a date'],
  ['date', '2026-03-29', '"2026-03-29" is not a date; write dd.MM.yyyy', { cell: { dateFormat: 'dd.MM.yyyy' } }],
  ['date', '30.02.2026', '"30.02.2026" is not a date; write dd.MM.yyyy', { cell: { dateFormat: 'dd.MM.yyyy' } }],
  ['time', '24:00:00', '"24:00:00" is not a time of the day; expected 00:00:00 to 23:59:59'],
  ['time', { micros: 86400000000n }, 'an object is not a time of the day'],
  ['timestamp', '2026-03-29', '"2026-03-29" is not a timestamp: it needs a time'],
  [
    'timestamp',
    '2026-03-29T02:30:00Z',
    '"2026-03-29T02:30:00Z" has an offset, but a timestamp has none; leave it out, or declare the column as instant',
  ],
  [
    'timestamp',
    '2026-03-29 02:30:00.1234567',
    '"2026-03-29 02:30:00.1234567" has 7 digits of a second, expected at most 6',
  ],
  ['timestamp', { nanos: 1n }, 'an object has nanoseconds'],
  [
    'instant',
    '2026-03-29 02:30:00',
    '"2026-03-29 02:30:00" is not an instant: it needs a time and an offset; write 2026-03-29T02:30:00Z, or its offset such as +02:00',
  ],
  ['instant', new Date(0), `a Date is not an instant${DATE}`],
  ['instant', 'infinity', '"infinity" is no Date; generate with --instants text', { instants: 'date' }],
  ['instant', new Date(Number.NaN), 'a Date is no valid Date', { instants: 'date' }],
  [
    'uuid',
    'a0eebc999c0b4ef8bb6d6bb9bd380a11',
    '"a0eebc999c0b4ef8bb6d6bb9bd380a11" is not a uuid; write 8-4-4-4-12 hexadecimal digits',
  ],
  ['json', '{a:1}', '"{a:1}" is not JSON'],
  ['bytes', 'abc', '"abc" is not bytes; give a Uint8Array, or \\x and hexadecimal digits'],
];

function reasonOf(type: string, raw: unknown, options?: ReaderOptions, classification?: string): string {
  try {
    readerOf(plainField(type, classification), options)(raw);
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    expect(error.faults.map(({ path }) => path)).toEqual(['c']);
    return error.faults[0]?.reason ?? '';
  }
  return 'it was read';
}

test.each(REFUSED.map((each) => ({ each })))('refused: $each', ({ each: [type, raw, reason, options] }) => {
  expect(reasonOf(type, raw, options)).toBe(reason);
});

test('a value of a class is not quoted, nor are hints that hold it', () => {
  for (const [type, raw, , options] of REFUSED) {
    const reason = reasonOf(type, raw, options, 'pii');
    if (raw === '') continue;
    expect(reason).toContain('‹pii›');
    if (typeof raw === 'string') expect(reason).not.toContain(raw);
    if (typeof raw === 'string' && raw.startsWith('2026')) expect(reason).not.toContain(raw.slice(0, 10));
  }
  expect(reasonOf('int32', 'x', {}, 'internal')).toBe('"x" is not a whole number');
});

test('long and invisible texts are cut and shown', () => {
  expect(reasonOf('int32', `${'9'.repeat(500)}x`)).toBe(`"${'9'.repeat(60)}…" is not a whole number`);
  expect(reasonOf('int32', '1\u202e\n')).toBe('"1\\u202e\\n" is not a whole number');
});
