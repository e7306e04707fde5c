import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duckdbSql } from '../../src/dialects/duckdb/expressions.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import type { Value } from '../../src/model/value.ts';
import type { Sql, Warehouse } from '../../src/sql/dialect.ts';
import { parseLiteral } from '../../src/sql/literal.ts';
import { parseLogicalType } from '../../src/sql/logical-type.ts';
import { parsePattern } from '../../src/sql/pattern.ts';
import { type Folder, folderWith, make, open, request, rowsOf } from './open-files.ts';

const d = duckdbSql;
const NOW = { microseconds: 1_772_000_000_123_456n };
let folder: Folder;
let warehouse: Warehouse;

beforeAll(async () => {
  folder = folderWith({});
  await make(':memory:', `copy (select 1 as a) to '${folder.path}/t.parquet'`);
  warehouse = await open([request(folder.path, {})]);
});
afterAll(async () => {
  await warehouse.close();
  folder.remove();
});

async function value(expression: Sql, from: Sql = sql`(select 1) x`): Promise<Value | undefined> {
  const [row] = await rowsOf(warehouse, sql`select ${expression} as v from ${from}`);
  return row?.['v'];
}

function typeOf(text: string): LogicalType {
  if (text === 'hugeint') return { name: 'decimal', precision: 39, scale: 0 };
  const parsed = parseLogicalType(text);
  if ('problem' in parsed) throw new Error(parsed.problem.message);
  return parsed.type;
}

const raw = (text: string): Sql => sql.raw(text);

describe('values come back exactly', () => {
  const VALUES: readonly (readonly [string, Value])[] = [
    ['127::tinyint', 127n],
    ['1::integer', 1n],
    ['4294967295::uinteger', 4294967295n],
    ['9007199254740993::bigint', 9007199254740993n],
    ['18446744073709551615::ubigint', 18446744073709551615n],
    ["'-170141183460469231731687303715884105728'::hugeint", -(2n ** 127n)],
    ['340282366920938463463374607431768211455::uhugeint', 2n ** 128n - 1n],
    ['1.10::decimal(3,2)', { coefficient: 110n, scale: 2 }],
    ['-0.00000000000000000000000000000000000001::decimal(38,38)', { coefficient: -1n, scale: 38 }],
    ['99999999999999999999999999999999999999::decimal(38,0)', { coefficient: 10n ** 38n - 1n, scale: 0 }],
    ['0.1::double', 0.1],
    ['0.1::float', Math.fround(0.1)],
    ["'nan'::double", Number.NaN],
    ["'-inf'::double", Number.NEGATIVE_INFINITY],
    ['true', true],
    ['null', null],
    ["'é😀\n'", 'é😀\n'],
    ["date '0001-01-01'", '0001-01-01'],
    ["date '1899-12-31'", '1899-12-31'],
    ["date '9999-12-31'", '9999-12-31'],
    ["date 'infinity'", 'infinity'],
    ["date '-infinity'", '-infinity'],
    ["time '23:59:59.000001'", '23:59:59.000001'],
    ["timestamp '9999-12-31 23:59:59.999999'", '9999-12-31T23:59:59.999999'],
    ["timestamp '0001-01-01 00:00:00'", '0001-01-01T00:00:00'],
    ["timestamp '-infinity'", '-infinity'],
    ["'2026-01-02 03:04:05.5'::timestamp_ms", '2026-01-02T03:04:05.5'],
    ["timestamptz '2026-03-29 02:30:00.123456+00'", '2026-03-29T02:30:00.123456Z'],
    ["timestamptz '1850-01-01 00:00:00+00'", '1850-01-01T00:00:00Z'],
    ["'6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid", '6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
  ];
  it.each(VALUES)('%s', async (text, expected) => expect(await value(raw(text))).toStrictEqual(expected));

  it('rows have no inherited names', async () => {
    const [row] = await rowsOf(warehouse, sql`select 1::bigint as "__proto__", 2::bigint as "constructor"`);
    expect(Object.getPrototypeOf(row)).toBeNull();
    expect(Object.entries(row ?? {})).toEqual([
      ['__proto__', 1n],
      ['constructor', 2n],
    ]);
    expect(row?.['toString']).toBeUndefined();
  });
});

describe('literals compare exactly and never raise', () => {
  /** Column value, its type, operator, literal, expected. */
  const COMPARISONS: readonly (readonly [string, string, string, string, boolean])[] = [
    ['5::bigint', 'int64', '<=', '4.5', false],
    ['5::bigint', 'int64', '>', '4.5', true],
    ['4::bigint', 'int64', '<', '4.5', true],
    ['0::hugeint', 'hugeint', '<', '0.5', true],
    ['1::hugeint', 'hugeint', '<', '0.5', false],
    ['-1::hugeint', 'hugeint', '>=', '-0.5', false],
    ['0::hugeint', 'hugeint', '>=', '-0.5', true],
    ['170141183460469231731687303715884105727::hugeint', 'hugeint', '>', '0.5', true],
    ['170141183460469231731687303715884105727::hugeint', 'hugeint', '>', '5', true],
    [
      '170141183460469231731687303715884105727::hugeint',
      'hugeint',
      '>',
      '99999999999999999999999999999999999999',
      true,
    ],
    [
      '12345678901234567890123456789012345678::hugeint',
      'hugeint',
      '>',
      '1234567890123456789012345678901234567.5',
      true,
    ],
    ['1234567890123456789012345678901234567::hugeint', 'hugeint', '<', '1234567890123456789012345678901234567.5', true],
    [
      '1234567890123456789012345678901234567::hugeint',
      'hugeint',
      '>=',
      '1234567890123456789012345678901234567.5',
      false,
    ],
    [
      '1234567890123456789012345678901234568::hugeint',
      'hugeint',
      '<=',
      '1234567890123456789012345678901234567.5',
      false,
    ],
    ['1234567890123456789012345678901234568::hugeint', 'hugeint', '>', '1234567890123456789012345678901234567.5', true],
    ['340282366920938463463374607431768211455::uhugeint', 'hugeint', '>', '-1', true],
    ['18446744073709551615::ubigint', 'decimal(20,0)', '>', '-0.5', true],
    ['18446744073709551615::ubigint', 'decimal(20,0)', '<', '18446744073709551615.5', true],
    ['9223372036854775807::bigint', 'int64', '<', '99999999999999999999999999999999999999', true],
    ['(-9223372036854775807 - 1)::bigint', 'int64', '>', '-99999999999999999999999999999999999999', true],
    ['9223372036854775807::bigint', 'int64', '<', '0.00000000000000000000000000000000000001', false],
    ['9223372036854775807::bigint', 'int64', '>', '9223372036854775806.5', true],
    ['0::bigint', 'int64', '<', '0.00000000000000000000000000000000000001', true],
    ['0::bigint', 'int64', '>=', '0.00000000000000000000000000000000000001', false],
    ['127::tinyint', 'int8', '<', '128', true],
    ['127::tinyint', 'int8', '<=', '127.00000000000000000000000000000000001', true],
    ['99999999.999999999999999999999999999999::decimal(38,30)', 'decimal(38,30)', '<', '1000000000', true],
    ['99999999.999999999999999999999999999999::decimal(38,30)', 'decimal(38,30)', '>=', '1000000000', false],
    ['-99999999.999999999999999999999999999999::decimal(38,30)', 'decimal(38,30)', '>', '-1000000000', true],
    ['0::decimal(38,30)', 'decimal(38,30)', '<', '0.0000000000000000000000000000000001', true],
    ['0::decimal(38,30)', 'decimal(38,30)', '>=', '0.0000000000000000000000000000000001', false],
    ['0::decimal(38,30)', 'decimal(38,30)', '<=', '-0.0000000000000000000000000000000001', false],
    ['0::decimal(38,30)', 'decimal(38,30)', '>', '-0.0000000000000000000000000000000001', true],
    [
      '99999999999999999999999999999999999999::decimal(38,0)',
      'decimal(38,0)',
      '<=',
      '99999999999999999999999999999999999998',
      false,
    ],
    ['99999999999999999999999999999999999999::decimal(38,0)', 'decimal(38,0)', '>', '0.5', true],
    [
      '12345678901234567890123456789012345678::decimal(38,0)',
      'decimal(38,0)',
      '<',
      '12345678901234567890123456789012345679',
      true,
    ],
    ['1.10::decimal(12,2)', 'decimal(12,2)', '<', '1.105', true],
    ['1.11::decimal(12,2)', 'decimal(12,2)', '<', '1.105', false],
    ['1.10::decimal(12,2)', 'decimal(12,2)', '>=', '1.1', true],
    ['9999999999.99::decimal(12,2)', 'decimal(12,2)', '<', '99999999999999999999999999999999999999', true],
    ['0.1::double', 'float64', '<=', '0.1', true],
    ['0.1::float', 'float32', '<=', '0.1', false],
    ["'inf'::double", 'float64', '>', '1e300', true],
    ['9007199254740993::bigint', 'int64', '>', '9007199254740992', true],
    ["date '0001-01-01'", 'date', '<', '0001-01-02', true],
    ["date 'infinity'", 'date', '>', '9999-12-31', true],
    ["timestamp '9999-12-31 23:59:59.999999'", 'timestamp', '>', '9999-12-31T23:59:59.999998', true],
    ["timestamp '2026-01-01 00:00:00'", 'timestamp', '>=', '2026-01-01', true],
    ["timestamptz '2026-01-01 00:00:00+00'", 'instant', '<', '2026-01-01T01:30:00+01:00', true],
    ["time '12:00:00'", 'time', '<=', '12:00', true],
    ["timestamptz '2026-03-01 00:00:00+00'", 'instant', '>', 'now', true],
    ["timestamp '2026-01-01 00:00:00'", 'timestamp', '<', 'now', true],
    ["date '2026-01-01'", 'date', '<', 'now', true],
  ];
  it.each(COMPARISONS)('%s (%s) %s %s is %s', async (column, type, operator, text, expected) => {
    const logical = typeOf(type);
    const parsed = parseLiteral(text, logical, 'bound');
    if ('problem' in parsed) throw new Error(parsed.problem.message);
    const limit = d.literal(parsed.literal, logical, NOW, operator as '<');
    expect(await value(sql`v ${raw(operator)} ${limit}`, sql`(select ${raw(column)} as v) x`)).toBe(expected);
  });

  /** Column value, its type, listed values, whether it is one of them. */
  const LISTS: readonly (readonly [string, string, readonly string[], boolean])[] = [
    ['9007199254740993::bigint', 'int64', ['9007199254740992', '1'], false],
    ['1.10::decimal(12,2)', 'decimal(12,2)', ['1.1', '7'], true],
    ["'a'", 'string', ['A', 'a '], false],
    ["'é'", 'string', ['e'], false],
    ["'6ba7b810-9dad-11d1-80b4-00c04fd430c8'::uuid", 'uuid', ['6BA7B810-9DAD-11D1-80B4-00C04FD430C8'], true],
    ['true', 'boolean', ['false'], false],
    ['0.1::float', 'float32', ['0.1'], true],
    ["date '2026-01-01'", 'date', ['2026-01-01'], true],
    ["timestamp '2026-01-01 00:00:00.000001'", 'timestamp', ['2026-01-01T00:00:00.000002'], false],
  ];
  it.each(LISTS)('%s (%s) in %j is %s', async (column, type, texts, expected) => {
    const logical = typeOf(type);
    const literals = texts.map((text) => {
      const parsed = parseLiteral(text, logical, 'value');
      if ('problem' in parsed) throw new Error(parsed.problem.message);
      return d.literal(parsed.literal, logical, NOW);
    });
    const comparable = (side: Sql): Sql => (logical.name === 'string' ? d.text(side) : side);
    const listed = sql`${comparable(sql`v`)} in (${sql.join(literals.map(comparable))})`;
    expect(await value(listed, sql`(select ${raw(column)} as v) x`)).toBe(expected);
  });
});

describe('texts', () => {
  it('compare and group by code point whatever the collation', async () => {
    const rows = await rowsOf(
      warehouse,
      sql`select ${d.text(sql`v`)} as k, count(*) as n from (values ('a' collate nocase), ('A'), ('á'), ('a ')) t(v) group by ${d.text(sql`v`)} order by 1`,
    );
    expect(rows.map(({ k }) => k)).toEqual(['A', 'a', 'a ', 'á']);
  });
  it.each([
    ['', 0n],
    ['é', 1n],
    ['e\u0301', 2n],
    ['🤦🏼‍♂️', 5n],
    ['😀😀', 2n],
    ['a\n', 2n],
  ])('%j has %s code points', async (text, length) =>
    expect(await value(d.codePoints(sql`cast(${text} as varchar)`))).toBe(length),
  );
  it.each([
    ['^a.c$', 'abc', true],
    ['^a.c$', 'a😀c', true],
    ['^a.c$', 'a\nc', false],
    ['b', 'abc', true],
    ['^\\d+$', '٣', false],
    ['^x$', 'x\n', false],
    ['^[^a]$', '\n', true],
    ["^'$", "'", true],
  ])('%s in %j is %s', async (pattern, text, expected) => {
    const parsed = parsePattern(pattern);
    if (!('tree' in parsed)) throw new Error('no pattern');
    expect(await value(d.matches(sql`cast(${text} as varchar)`, parsed.tree))).toBe(expected);
  });
  it.each([
    ['GB82WEST12345698765432', true],
    ['DE89370400440532013000', true],
    ['MT84MALT011000012345MTLCAST001S', true],
    ['GB83WEST12345698765432', false],
    ['DE89370400440532013001', false],
    ['', false],
    ['😀', false],
    ['GB', false],
  ])('check digits of %s: %s', async (text, expected) =>
    expect((await value(sql`coalesce(${d.ibanChecks(sql`cast(${text} as varchar)`)}, false)`)) ?? false).toBe(expected),
  );
});

describe('times', () => {
  const TIMES: readonly (readonly [string, string, bigint])[] = [
    ["date '1970-01-02'", 'date', 86_400_000_000n],
    ["date '0001-01-01'", 'date', -62_135_596_800_000_000n],
    ["date '9999-12-31'", 'date', 253_402_214_400_000_000n],
    ["timestamp '9999-12-31 23:59:59.999999'", 'timestamp', 253_402_300_799_999_999n],
    ["timestamp '0001-01-01 00:00:00.000001'", 'timestamp', -62_135_596_799_999_999n],
    ["timestamptz '2026-03-29 02:30:00+02'", 'instant', 1_774_744_200_000_000n],
    ["'2026-01-01 00:00:00.123'::timestamp_ms", 'timestamp', 1_767_225_600_123_000n],
  ];
  it.each(TIMES)('%s (%s) is %s µs', async (text, type, expected) =>
    expect(await value(d.microseconds(sql`v`, typeOf(type)), sql`(select ${raw(text)} as v) x`)).toBe(expected),
  );
  it.each(TIMES.slice(0, 6))('%s (%s) comes back from µs', async (text, type, expected) =>
    expect(await value(sql`v = ${d.fromMicroseconds(expected, typeOf(type))}`, sql`(select ${raw(text)} as v) x`)).toBe(
      true,
    ),
  );
  it('a date is rounded down', async () => {
    expect(await value(d.fromMicroseconds(-1n, { name: 'date' }))).toBe('1969-12-31');
    expect(await value(d.fromMicroseconds(86_399_999_999n, { name: 'date' }))).toBe('1970-01-01');
  });
  it.each([
    ["date 'infinity'", 'date', false],
    ["date '2026-01-01'", 'date', true],
    ["timestamp '-infinity'", 'timestamp', false],
    ["timestamptz 'infinity'", 'instant', false],
    ["timestamptz '2026-01-01 00:00:00+00'", 'instant', true],
    ["time '00:00:00'", 'time', true],
  ])('%s (%s) is finite: %s', async (text, type, expected) =>
    expect(await value(d.isFinite(sql`v`, typeOf(type)), sql`(select ${raw(text)} as v) x`)).toBe(expected),
  );
  it('infinities beside ordinary values do not raise in an aggregate', async () => {
    const type = typeOf('timestamp');
    const newest = sql`max(case when ${d.isFinite(sql`v`, type)} then ${d.microseconds(sql`v`, type)} end)`;
    expect(
      await value(newest, sql`(values (timestamp 'infinity'), (timestamp '1970-01-01 00:00:01'), (null)) x(v)`),
    ).toBe(1_000_000n);
  });
  it('now is the instant of the run', async () =>
    expect(await value(d.instant(NOW))).toBe('2026-02-25T06:13:20.123456Z'));
});

describe('numbers over rows', () => {
  const over = (values: string): Sql => sql`(values ${raw(values)}) x(v)`;
  it.each<[string, string, Value]>([
    ['(9223372036854775807::bigint), (9223372036854775807)', 'int64', 18446744073709551614n],
    ['(0.10::decimal(38,2)), (0.20)', 'decimal(38,2)', { coefficient: 30n, scale: 2 }],
    ['(0.5::double), (0.25)', 'float64', 0.75],
    ['(null::integer)', 'int32', null],
  ])('sum of %s (%s)', async (values, type, expected) =>
    expect(await value(d.sum(sql`v`, typeOf(type)), over(values))).toStrictEqual(expected),
  );

  it.each<[string, string, string, number]>([
    ['(1), (2), (3), (10)', 'int32', '0.5', 2.5],
    ['(1), (2), (null)', 'int32', '0.5', 1.5],
    ['(1::decimal(5,0)), (2)', 'decimal(5,0)', '0.5', 1.5],
    ['(1.5::double), (2.5)', 'float64', '0.25', 1.75],
    ['(10), (20), (30), (40), (50)', 'int32', '0.9', 46],
  ])('percentile of %s (%s) at %s', async (values, _, fraction, expected) => {
    const found = await value(d.percentile?.(sql`v`, fraction) ?? sql`null`, over(values));
    const number =
      typeof found === 'object' && found !== null ? Number(found.coefficient) / 10 ** found.scale : Number(found);
    expect(number).toBeCloseTo(expected, 12);
  });
  it('standard deviation of a sample', async () =>
    expect(await value(d.stddev(sql`v`), over('(2), (4), (4), (4), (5), (5), (7), (9)'))).toBeCloseTo(2.138089935, 8));
  it('NaN', async () =>
    expect(await value(d.isNaN(sql`v`, { name: 'float' }) ?? sql`null`, over("('nan'::double)"))).toBe(true));
});

describe('nested values', () => {
  const any = (list: string, condition: (element: Sql) => Sql): Promise<Value | undefined> =>
    value(d.anyElement(sql`v`, condition), sql`(select ${raw(list)} as v) x`);
  it('an element makes it true; NULL and the empty list do not', async () => {
    expect(await any('[1, null, 5]', (element) => sql`${element} > 4`)).toBe(true);
    expect(await any('[1, null]', (element) => sql`${element} > 4`)).toBe(false);
    expect(await any('[]::integer[]', (element) => sql`${element} > 4`)).toBe(false);
    expect(await any('null::integer[]', (element) => sql`${element} > 4`)).toBe(false);
    expect(await any('[null]::integer[]', (element) => sql`${element} is null`)).toBe(true);
  });
  it('lists in lists, maps and structs with quotes in their names', async () => {
    expect(await any('[[1], [2, 9]]', (outer) => d.anyElement(outer, (inner) => sql`${inner} > 8`))).toBe(true);
    expect(
      await any('[[1], [2, 9]]', (outer) => d.anyElement(outer, (inner) => sql`${inner} > len(${outer}) + 8`)),
    ).toBe(false);
    expect(
      await any(`[{'o''"q': [{'x': 1}]}]`, (outer) =>
        d.anyElement(d.member(outer, `o'"q`), (inner) => sql`${d.member(inner, 'x')} = 1`),
      ),
    ).toBe(true);
    expect(
      await value(
        d.anyElement(d.mapValues(sql`v`), (element) => sql`${element} = 'b'`),
        sql`(select map {'k': 'a', 'l': 'b'} as v) x`,
      ),
    ).toBe(true);
    expect(await value(d.member(sql`v`, '__proto__'), sql`(select {'__proto__': 7} as v) x`)).toBe(7n);
  });
  it('shows a value as text', async () => {
    expect(await value(d.display(raw(`[{'a': 1.10::decimal(3,2)}]`)))).toBe("[{'a': 1.10}]");
    expect(await value(d.display(raw("date '0001-01-01'")))).toBe('0001-01-01');
  });
});
