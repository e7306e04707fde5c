import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseLogicalType } from '../../src/sql/logical-type.ts';
import { type Field, fieldsOf } from '../../src/sql/shape.ts';
import { encoderOf } from '../../src/values/encode.ts';
import { type Readable, readerOf } from '../../src/values/reader.ts';
import { ACCESSOR_ENGINES, type Place } from '../accessor/engines.ts';

const COLUMNS: Readonly<Record<string, string>> = {
  id: 'int64',
  small: 'int32',
  exact: 'decimal(38,10)',
  ratio: 'float64',
  flag: 'boolean',
  day: 'date',
  clock: 'time',
  local: 'timestamp',
  instant: 'instant',
  note: 'string',
  bytes: 'bytes',
  data: 'json',
  address: 'struct',
  'address.zip': 'int64',
  'address.geo': 'decimal(30,12)',
  scores: 'map<string,float64>',
  items: 'array<struct>',
  'items[].at': 'instant',
};

const FIELDS = fieldsOf(
  Object.entries(COLUMNS).map(([name, text]): Readable => {
    const parsed = parseLogicalType(text);
    if ('problem' in parsed) throw new Error(parsed.problem.message);
    return { name, type: parsed.type, required: false };
  }),
);

const PHYSICAL = {
  postgres: `id bigint, small integer, exact numeric(38,10), ratio double precision, flag boolean, day date, clock time, local timestamp,
    instant timestamptz, note text, bytes bytea, data jsonb, address jsonb, scores jsonb, items jsonb`,
  mysql: `id bigint, small int, exact decimal(38,10), ratio double, flag boolean, day date, clock time(6), local datetime(6),
    instant timestamp(6) null, note text character set utf8mb4, bytes blob, data json, address json, scores json, items json`,
};

const ROWS: readonly Readonly<Record<string, unknown>>[] = [
  {
    id: 9223372036854775807n,
    small: -5,
    exact: '-1234567890123456789012345678.0123456789',
    ratio: 0.1,
    flag: true,
    day: '9999-12-31',
    clock: '23:59:59.999999',
    local: '0001-01-01T00:00:00.000001',
    instant: '2026-03-29T02:30:00.123456Z',
    note: "😀 '; drop table t; -- \\ 2026-03-29T02:30:00.123456Z",
    bytes: new Uint8Array([0, 39, 92, 255]),
    data: { a: [1, 'x', null] },
    address: { zip: 9007199254740993n, geo: '0.100000000000' },
    scores: new Map([['a"b', 0.5]]),
    items: [{ at: '2026-03-29T02:30:00.123456Z' }, null],
  },
  Object.fromEntries(FIELDS.map(({ name }) => [name, null])),
];

describe.each(ACCESSOR_ENGINES.filter(({ key }) => key !== 'duckdb'))('$name', (engine) => {
  let place: Place;
  const key = engine.key === 'mysql' ? 'mysql' : 'postgres';
  beforeAll(async () => {
    const physical = engine.name === 'mysql' ? PHYSICAL.mysql.replace('0001', '1000') : PHYSICAL[key];
    place = await engine.create([`create table $s.t (n integer, ${physical})`]);
  });
  afterAll(() => place?.drop());

  test('what is written is what is read', async () => {
    const db = (place.db as Kysely<Record<string, Record<string, unknown>>>).withSchema(place.schema);
    for (const [n, row] of ROWS.entries()) {
      const encoded = FIELDS.map((field: Field<Readable>) => [field.name, encoderOf(field, key)(row[field.name])]);
      await db
        .insertInto('t')
        .values({ n, ...Object.fromEntries(encoded) })
        .execute();
    }
    const stored = await db.selectFrom('t').selectAll().orderBy('n').execute();
    const read = stored.map((raw) =>
      Object.fromEntries(
        FIELDS.map((field) => [
          field.name,
          readerOf(field, key === 'mysql' ? { naiveInstants: 'utc' } : {})(raw[field.name]),
        ]),
      ),
    );
    expect(read).toStrictEqual(ROWS);
  });
});

test('lists of plain values are arrays of PostgreSQL, and JSON of MySQL', () => {
  const [field] = fieldsOf<Readable>([
    { name: 'c', type: { name: 'array', element: { name: 'integer', bits: 64 } }, required: false },
  ]);
  if (!field) throw new Error('no field');
  expect(encoderOf(field, 'postgres')([1n, null])).toEqual(['1', null]);
  expect(encoderOf(field, 'mysql')([9007199254740993n, null])).toBe('[9007199254740993,null]');
  expect(encoderOf(field, 'duckdb')([1n])).toEqual([1n]);
});
