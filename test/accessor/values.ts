import type { EngineKey } from './engines.ts';

type PerEngine = string | Readonly<Partial<Record<EngineKey | 'mariadb', string>>>;

/** A column as each engine stores it, and values: as each engine writes them, and as every accessor gives them. */
export interface ValueCase {
  readonly name: string;
  readonly type: string;
  /** Absent for an engine: it has no such column. */
  readonly native: PerEngine;
  /** Statements that have to run before the table can be made. */
  readonly before?: Partial<Record<EngineKey, readonly string[]>>;
  readonly values: readonly { readonly sql: PerEngine; readonly value: unknown }[];
}

const text = (value: string): string => `'${value}'`;

export const VALUE_CASES: readonly ValueCase[] = [
  {
    name: 'int64',
    type: 'int64',
    native: 'bigint',
    values: [
      { sql: '9223372036854775807', value: 9223372036854775807n },
      { sql: '-9223372036854775808', value: -9223372036854775808n },
      { sql: '9007199254740993', value: 9007199254740993n },
      { sql: '0', value: 0n },
    ],
  },
  {
    name: 'integer',
    type: 'integer',
    native: { postgres: 'numeric(38,0)', mysql: 'decimal(38,0)', duckdb: 'hugeint' },
    values: [{ sql: '99999999999999999999999999999999999999', value: 99999999999999999999999999999999999999n }],
  },
  { name: 'int32', type: 'int32', native: 'integer', values: [{ sql: '-2147483648', value: -2147483648 }] },
  { name: 'int16', type: 'int16', native: 'smallint', values: [{ sql: '32767', value: 32767 }] },
  {
    name: 'int8',
    type: 'int8',
    native: { postgres: 'smallint', mysql: 'tinyint', duckdb: 'tinyint' },
    values: [{ sql: '-128', value: -128 }],
  },
  {
    name: 'long_decimal',
    type: 'decimal(38,10)',
    native: { postgres: 'numeric(38,10)', mysql: 'decimal(38,10)', duckdb: 'decimal(38,10)' },
    values: [
      { sql: '1234567890123456789012345678.0123456789', value: '1234567890123456789012345678.0123456789' },
      { sql: '-0.0000000001', value: '-0.0000000001' },
      { sql: '0', value: '0.0000000000' },
    ],
  },
  {
    name: 'amount',
    type: 'decimal(12,2)',
    native: { postgres: 'numeric(12,2)', mysql: 'decimal(12,2)', duckdb: 'decimal(12,2)' },
    values: [{ sql: '12.5', value: '12.50' }],
  },
  {
    name: 'float64',
    type: 'float64',
    native: { postgres: 'double precision', mysql: 'double', duckdb: 'double' },
    values: [
      { sql: '1.7976931348623157e308', value: 1.7976931348623157e308 },
      { sql: '0.1', value: 0.1 },
      { sql: { postgres: "'NaN'", duckdb: "'NaN'" }, value: Number.NaN },
      { sql: { postgres: "'-Infinity'", duckdb: "'-Infinity'" }, value: -Infinity },
    ],
  },
  {
    name: 'float32',
    type: 'float32',
    native: { postgres: 'real', mysql: 'float', duckdb: 'float' },
    values: [
      { sql: '0.1', value: Math.fround(0.1) },
      { sql: '16777216', value: 16777216 },
    ],
  },
  {
    name: 'flag',
    type: 'boolean',
    native: { postgres: 'boolean', mysql: 'tinyint(1)', duckdb: 'boolean' },
    values: [
      { sql: 'true', value: true },
      { sql: 'false', value: false },
    ],
  },
  { name: 'bit', type: 'boolean', native: { mysql: 'bit(1)' }, values: [{ sql: "b'1'", value: true }] },
  {
    name: 'words',
    type: 'string',
    native: { postgres: 'text', mysql: 'varchar(200) character set utf8mb4', duckdb: 'varchar' },
    values: [
      { sql: "'😀 naïve 漢字'", value: '😀 naïve 漢字' },
      { sql: { postgres: "'a''b\\c\"d'", mysql: "'a''b\\\\c\"d'", duckdb: "'a''b\\c\"d'" }, value: 'a\'b\\c"d' },
      { sql: "''", value: '' },
    ],
  },
  {
    name: 'day',
    type: 'date',
    native: 'date',
    values: [
      { sql: "'0001-01-01'", value: '0001-01-01' },
      { sql: "'9999-12-31'", value: '9999-12-31' },
      { sql: { postgres: "'infinity'", duckdb: "'infinity'" }, value: 'infinity' },
      { sql: { postgres: "'-infinity'", duckdb: "'-infinity'" }, value: '-infinity' },
    ],
  },
  {
    name: 'clock',
    type: 'time',
    native: { postgres: 'time', mysql: 'time(6)', duckdb: 'time' },
    values: [
      { sql: "'23:59:59.999999'", value: '23:59:59.999999' },
      { sql: "'00:00:00'", value: '00:00:00.000000' },
    ],
  },
  {
    name: 'local',
    type: 'timestamp',
    native: { postgres: 'timestamp', mysql: 'datetime(6)', duckdb: 'timestamp' },
    values: [
      { sql: "'0001-01-01 00:00:00'", value: '0001-01-01T00:00:00.000000' },
      { sql: "'9999-12-31 23:59:59.999999'", value: '9999-12-31T23:59:59.999999' },
      { sql: "'2026-03-29 02:30:00.000001'", value: '2026-03-29T02:30:00.000001' },
      { sql: { postgres: "'infinity'", duckdb: "'infinity'" }, value: 'infinity' },
    ],
  },
  {
    name: 'moment',
    type: 'instant',
    native: { postgres: 'timestamptz', mysql: 'timestamp(6) null', duckdb: 'timestamptz' },
    values: [
      {
        sql: {
          postgres: "'1970-01-01 00:00:01+00'",
          mysql: "'1970-01-01 00:00:01'",
          duckdb: "'1970-01-01 00:00:01+00'",
        },
        value: '1970-01-01T00:00:01.000000Z',
      },
      {
        sql: {
          postgres: "'2038-01-19 03:14:07.999999+00'",
          mysql: "'2038-01-19 03:14:07.999999'",
          duckdb: "'2038-01-19 03:14:07.999999+00'",
        },
        value: '2038-01-19T03:14:07.999999Z',
      },
      {
        sql: { postgres: "'0001-01-01 00:00:00+00'", duckdb: "'0001-01-01 00:00:00+00'" },
        value: '0001-01-01T00:00:00.000000Z',
      },
      {
        sql: { postgres: "'9999-12-31 23:59:59.999999+00'", duckdb: "'9999-12-31 23:59:59.999999+00'" },
        value: '9999-12-31T23:59:59.999999Z',
      },
      { sql: { postgres: "'infinity'", duckdb: "'infinity'" }, value: 'infinity' },
      { sql: { postgres: "'-infinity'", duckdb: "'-infinity'" }, value: '-infinity' },
    ],
  },
  {
    name: 'id',
    type: 'uuid',
    native: { postgres: 'uuid', mysql: 'char(36)', mariadb: 'uuid', duckdb: 'uuid' },
    values: [{ sql: "'5C6E8B7A-0000-4000-8000-000000000ABC'", value: '5c6e8b7a-0000-4000-8000-000000000abc' }],
  },
  {
    name: 'anything',
    type: 'json',
    native: { postgres: 'jsonb', mysql: 'json', duckdb: 'json' },
    values: [
      { sql: text('{"a": [1, 2.5, "x", null], "b": {"c": true}}'), value: { a: [1, 2.5, 'x', null], b: { c: true } } },
      { sql: text('"123"'), value: '123' },
      { sql: text('"no JSON"'), value: 'no JSON' },
      { sql: text('"null"'), value: 'null' },
    ],
  },
  {
    name: 'bytes',
    type: 'bytes',
    native: { postgres: 'bytea', mysql: 'blob', duckdb: 'blob' },
    values: [
      {
        sql: { postgres: "'\\x00ff10'", mysql: "x'00ff10'", duckdb: "'\\x00\\xFF\\x10'" },
        value: new Uint8Array([0, 255, 16]),
      },
    ],
  },
  {
    name: 'numbers',
    type: 'array<int64>',
    native: { postgres: 'bigint[]', mysql: 'json', duckdb: 'bigint[]' },
    values: [
      {
        sql: {
          postgres: "'{9223372036854775807,NULL,1}'",
          mysql: "'[9223372036854775807, null, 1]'",
          duckdb: '[9223372036854775807, null, 1]',
        },
        value: [9223372036854775807n, null, 1n],
      },
      { sql: { postgres: "'{}'", mysql: "'[]'", duckdb: '[]' }, value: [] },
    ],
  },
  {
    name: 'labels',
    type: 'array<string>',
    native: { postgres: 'text[]', mysql: 'json', duckdb: 'varchar[]' },
    values: [
      {
        sql: {
          postgres: `'{"a,b","{\\"}","NULL"}'`,
          mysql: `'["a,b", "{\\\\"}", "NULL"]'`,
          duckdb: `['a,b', '{"}', 'NULL']`,
        },
        value: ['a,b', '{"}', 'NULL'],
      },
    ],
  },
  {
    name: 'days',
    type: 'array<date>',
    native: { postgres: 'date[]', duckdb: 'date[]' },
    values: [
      {
        sql: { postgres: "'{0001-01-01,infinity}'", duckdb: "[date '0001-01-01', date 'infinity']" },
        value: ['0001-01-01', 'infinity'],
      },
    ],
  },
  {
    name: 'scores',
    type: 'map<string, decimal(5,2)>',
    native: { postgres: 'jsonb', mysql: 'json', duckdb: 'map(varchar, decimal(5,2))' },
    values: [
      {
        sql: { postgres: `'{"a": 1.5}'`, mysql: `'{"a": 1.5}'`, duckdb: "map {'a': 1.5}" },
        value: new Map([['a', '1.50']]),
      },
    ],
  },
  {
    name: 'address',
    type: 'struct',
    native: { postgres: '$s.address', mysql: 'json', duckdb: 'struct(city varchar, zip bigint)' },
    before: { postgres: ['create type $s.address as (city text, zip bigint)'] },
    values: [
      {
        sql: {
          postgres: "row('Köln', 9007199254740993)",
          mysql: `'{"city": "Köln", "zip": 9007199254740993}'`,
          duckdb: "{'city': 'Köln', 'zip': 9007199254740993}",
        },
        value: { city: 'Köln', zip: 9007199254740993n },
      },
    ],
  },
];

/** Members that the contract declares. */
export const MEMBERS = [
  { name: 'address.city', type: 'string', required: false },
  { name: 'address.zip', type: 'int64', required: false },
] as const;

export function on(of: PerEngine, engine: { readonly key: EngineKey; readonly name: string }): string | undefined {
  return typeof of === 'string' ? of : ((of as Record<string, string>)[engine.name] ?? of[engine.key]);
}
