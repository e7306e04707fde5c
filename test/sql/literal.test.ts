import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareLiterals, type Literal, parseLiteral } from '../../src/sql/literal.ts';
import { parseLogicalType } from '../../src/sql/logical-type.ts';

function read(text: string, typeText: string, use: 'bound' | 'value') {
  const parsed = parseLogicalType(typeText);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return parseLiteral(text, parsed.type, use);
}

function literal(text: string, type: string, use: 'bound' | 'value' = 'bound'): Literal {
  const parsed = read(text, type, use);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return parsed.literal;
}

describe('what is read, and how it is written', () => {
  const NUMBERS: readonly (readonly [
    text: string,
    type: string,
    use: 'bound' | 'value',
    canonical: string,
    p: number,
    s: number,
  ])[] = [
    ['4.5', 'int32', 'bound', '4.5', 2, 1],
    ['0', 'int8', 'bound', '0', 1, 0],
    ['-0', 'int8', 'bound', '0', 1, 0],
    ['+7', 'int64', 'bound', '7', 1, 0],
    ['1.10', 'decimal(12,2)', 'bound', '1.1', 2, 1],
    ['-0.05', 'decimal(12,2)', 'bound', '-0.05', 2, 2],
    ['1e3', 'int64', 'value', '1000', 4, 0],
    ['01', 'int64', 'value', '1', 1, 0],
    ['9223372036854775807', 'int64', 'value', '9223372036854775807', 19, 0],
    ['-9223372036854775808', 'int64', 'value', '-9223372036854775808', 19, 0],
    ['9223372036854775808', 'int64', 'bound', '9223372036854775808', 19, 0],
    ['300', 'int8', 'bound', '300', 3, 0],
    ['99999999999999999999999999999999999999', 'decimal', 'bound', '99999999999999999999999999999999999999', 38, 0],
    ['123.45', 'decimal(5,2)', 'value', '123.45', 5, 2],
    ['100', 'integer', 'value', '100', 3, 0],
  ];
  test.each(NUMBERS)('number %s of %s as %s is %s', (text, type, use, canonical, precision, scale) => {
    expect(literal(text, type, use)).toEqual({ text: canonical, kind: 'decimal', precision, scale });
  });

  test.each([
    ['0.1', 'float64', 'bound', 'float', '0.1'],
    ['1e300', 'float', 'bound', 'float', '1e+300'],
    ['-0', 'float64', 'value', 'float', '0'],
    ['0.1', 'float32', 'bound', 'float', '0.1'],
    ['0.1', 'float32', 'value', 'float', '0.10000000149011612'],
    ['-inf', 'float64', 'bound', 'float', '-Infinity'],
    ['.inf', 'float64', 'value', 'float', 'Infinity'],
    ['NaN', 'float64', 'value', 'float', 'NaN'],
    [' any  text ', 'string', 'bound', 'text', ' any  text '],
    ['1.10', 'string(4)', 'value', 'text', '1.10'],
    ['now', 'string', 'value', 'text', 'now'],
    ['', 'string', 'value', 'text', ''],
    ['TRUE', 'boolean', 'value', 'boolean', 'true'],
    ['2024-02-29', 'date', 'bound', 'date', '2024-02-29'],
    ['2000-02-29', 'date', 'bound', 'date', '2000-02-29'],
    ['09:30', 'time', 'bound', 'time', '09:30:00'],
    ['23:59:59.1200', 'time', 'value', 'time', '23:59:59.12'],
    ['2024-02-29 09:30', 'timestamp', 'bound', 'timestamp', '2024-02-29T09:30:00'],
    ['2024-02-29T09:30:01.000001', 'timestamp(6)', 'value', 'timestamp', '2024-02-29T09:30:01.000001'],
    ['2015-01-01', 'timestamp', 'bound', 'timestamp', '2015-01-01T00:00:00'],
    ['2024-03-01T00:30:00+02:00', 'instant', 'bound', 'instant', '2024-02-29T22:30:00Z'],
    ['2024-02-29 22:30:00.5Z', 'instant', 'value', 'instant', '2024-02-29T22:30:00.5Z'],
    ['2024-12-31T23:30-0130', 'instant', 'bound', 'instant', '2025-01-01T01:00:00Z'],
    ['2024-12-31T23:30 +05', 'instant', 'bound', 'instant', '2024-12-31T18:30:00Z'],
    ['0001-01-01T00:00Z', 'instant', 'bound', 'instant', '0001-01-01T00:00:00Z'],
    ['now', 'date', 'bound', 'now', 'now'],
    ['now', 'timestamp', 'bound', 'now', 'now'],
    ['now', 'instant', 'value', 'now', 'now'],
    ['6F9619FF-8B86-D011-B42D-00C04FC964FF', 'uuid', 'value', 'uuid', '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
  ] as const)('%j of %s as %s is %s %s', (text, type, use, kind, canonical) => {
    expect(literal(text, type, use)).toEqual({ text: canonical, kind });
  });
});

describe('what is refused, and the way out', () => {
  test.each([
    ['1.5', 'int32', 'value', 'not an integer', 'decimal'],
    ['128', 'int8', 'value', 'does not fit int8', undefined],
    ['-129', 'int8', 'value', 'does not fit int8', undefined],
    ['9223372036854775808', 'int64', 'value', 'does not fit int64', undefined],
    ['1.234', 'decimal(12,2)', 'value', 'does not fit decimal(12,2)', undefined],
    ['1000', 'decimal(5,2)', 'value', 'does not fit decimal(5,2)', undefined],
    [`1${'0'.repeat(38)}`, 'decimal', 'bound', '39 digits', undefined],
    [`0.${'0'.repeat(38)}1`, 'int64', 'bound', '39 digits', undefined],
    ['1_000', 'int64', 'bound', 'not a number', 'write 1000'],
    ['1,000', 'int64', 'bound', 'not a number', 'write 1000'],
    ['0,5', 'decimal', 'bound', 'not a number', 'write 0.5'],
    ['0x1F', 'int64', 'value', 'not a number', 'write 31'],
    ['now', 'int64', 'bound', 'not a number', 'dates and times'],
    ['', 'int64', 'bound', 'not a number', undefined],
    ['NaN', 'float64', 'bound', 'NaN', undefined],
    ['1e400', 'float64', 'bound', 'does not fit float64', undefined],
    ['1e39', 'float32', 'value', 'does not fit float32', undefined],
    ['NaN', 'decimal', 'value', 'not a number', undefined],
    ['yes', 'boolean', 'value', 'not a boolean', 'write true'],
    ['true', 'boolean', 'bound', 'no order', 'enum'],
    ['6f9619ff-8b86-d011-b42d-00c04fc964ff', 'uuid', 'bound', 'no order', undefined],
    ['6f9619ff8b86d011b42d00c04fc964ff', 'uuid', 'value', 'not a uuid', '8-4-4-4-12'],
    ['2023-02-29', 'date', 'bound', 'not a day', undefined],
    ['1900-02-29', 'date', 'bound', 'not a day', undefined],
    ['2024-04-31', 'date', 'bound', 'not a day', undefined],
    ['0000-01-01', 'date', 'bound', 'not a day', undefined],
    ['2024-1-5', 'date', 'bound', 'not a date', 'write 2024-01-05'],
    ['20240105', 'date', 'bound', 'not a date', 'write 2024-01-05'],
    ['24-01-05', 'date', 'bound', 'not a date', 'YYYY-MM-DD'],
    ['2024-01-05T00:00', 'date', 'bound', 'not a date', undefined],
    ['today', 'date', 'bound', 'not a date', 'did you mean now?'],
    ['NOW', 'instant', 'bound', 'not an instant', 'did you mean now?'],
    ['now', 'time', 'bound', 'not a time', undefined],
    ['24:00', 'time', 'bound', 'not a time of the day', undefined],
    ['12:60', 'time', 'bound', 'not a time of the day', undefined],
    ['12:00:60', 'time', 'bound', 'not a time of the day', undefined],
    ['9:30', 'time', 'bound', 'not a time', 'HH:MM'],
    ['12:00:00.1234567', 'time', 'bound', '7 digits', undefined],
    ['2024-01-05T00:00:00Z', 'timestamp', 'bound', 'has an offset', 'instant'],
    ['2024-01-05T00:00:00+01:00', 'timestamp', 'bound', 'has an offset', 'instant'],
    ['2024-02-30T00:00:00', 'timestamp', 'bound', '"2024-02-30T00:00:00" is not a day', undefined],
    ['2024-01-05', 'instant', 'bound', 'offset', 'write 2024-01-05T00:00:00Z'],
    ['2024-01-05T10:00', 'instant', 'bound', 'offset', 'write 2024-01-05T10:00:00Z'],
    ['2024-01-05T10:00', 'instant', 'value', 'offset', 'write 2024-01-05T10:00:00Z'],
    ['2024-01-05T10:00+19:00', 'instant', 'bound', 'offset outside', undefined],
    ['2024-01-05T10:00+01:75', 'instant', 'bound', 'offset outside', undefined],
    ['2024-02-30T10:00Z', 'instant', 'bound', '"2024-02-30T10:00Z" is not a day', undefined],
    ['0001-01-01T00:00+01:00', 'instant', 'bound', 'outside the years', undefined],
    ['9999-12-31T23:59-01:00', 'instant', 'bound', 'outside the years', undefined],
    ['{}', 'json', 'value', 'type json', 'row condition'],
    ['1', 'native(inet)', 'bound', 'type native', 'row condition'],
    ['1', 'array<int64>', 'bound', 'type array', 'row condition'],
  ] as const)('%j of %s as %s: %s', (text, type, use, message, hint) => {
    const parsed = read(text, type, use);
    const problem = 'problem' in parsed ? parsed.problem : undefined;
    expect(problem?.message).toContain(message);
    expect(problem?.message).toContain(`"${text}"`);
    if (hint !== undefined) expect(problem?.hint).toContain(hint);
  });
});

describe('order', () => {
  test.each([
    ['9', '10', 'int64', -1],
    ['1.10', '1.1', 'decimal', 0],
    ['-0.5', '-0.25', 'decimal', -1],
    ['inf', '1e300', 'float64', 1],
    ['inf', 'inf', 'float64', 0],
    ['a', 'B', 'string', 1],
    ['\u{ffff}', '\u{1f600}', 'string', -1],
    ['2024-01-09', '2024-01-10', 'date', -1],
    ['10:00', '10:00:00.5', 'time', -1],
    ['2024-01-01T10:00Z', '2024-01-01T10:00:00.5Z', 'instant', -1],
    ['2024-01-01T12:00+02:00', '2024-01-01T10:00Z', 'instant', 0],
    ['now', 'now', 'date', 0],
    ['now', '2024-01-01', 'date', undefined],
  ] as const)('%s and %s of %s: %s', (left, right, type, order) => {
    expect(compareLiterals(literal(left, type), literal(right, type))).toBe(order);
    const back = compareLiterals(literal(right, type), literal(left, type));
    expect(back).toBe(order === undefined ? undefined : 0 - order);
  });

  test('what has no order', () => {
    const nan = literal('NaN', 'float64', 'value');
    expect(compareLiterals(nan, nan)).toBeUndefined();
    expect(compareLiterals(nan, literal('1', 'float64'))).toBeUndefined();
    expect(compareLiterals(literal('1', 'float64'), literal('1', 'int64'))).toBeUndefined();
    expect(compareLiterals(literal('true', 'boolean', 'value'), literal('false', 'boolean', 'value'))).toBeUndefined();
  });
});

test.each(['a\0b', '\ud83d'])('no engine stores the text %j', (text) => {
  expect(read(text, 'string', 'value')).toHaveProperty(
    'problem.message',
    expect.stringContaining('half of a character'),
  );
});

test('dates and instants agree with the calendar of the platform', () => {
  const years = fc.date({ min: new Date('0001-01-02'), max: new Date('9999-12-30'), noInvalidDate: true });
  fc.assert(
    fc.property(years, fc.integer({ min: -1080, max: 1080 }), (date, minutes) => {
      const iso = date.toISOString();
      expect(literal(iso.slice(0, 10), 'date').text).toBe(iso.slice(0, 10));
      const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 23);
      const size = Math.abs(minutes);
      const two = (part: number): string => String(part).padStart(2, '0');
      const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
      expect(Date.parse(literal(`${local}${offset}`, 'instant').text)).toBe(date.getTime());
    }),
  );
});

test('a canonical text reads as itself', () => {
  const types = [
    'int64',
    'decimal(12,2)',
    'float64',
    'float32',
    'date',
    'time',
    'timestamp',
    'instant',
    'uuid',
    'boolean',
  ] as const;
  const texts = fc.oneof(
    fc.string(),
    fc.double().map(String),
    fc.constantFrom('2024-02-29', '10:00', '2024-01-01T10:00+02:00', '1.50'),
  );
  fc.assert(
    fc.property(texts, fc.constantFrom(...types), fc.constantFrom('bound', 'value'), (text, type, use) => {
      const parsed = read(text, type, use);
      if ('literal' in parsed) expect(read(parsed.literal.text, type, use)).toEqual(parsed);
    }),
  );
});
