import type { LogicalType } from '../model/logical-type.ts';

/** How a name takes sizes in brackets. */
export type SizeRule = 'none' | 'length' | 'precision-scale' | 'fraction';

export interface TypeName {
  readonly type: LogicalType;
  readonly sizes: SizeRule;
}

const plain = (type: LogicalType): TypeName => ({ type, sizes: 'none' });
const text: TypeName = { type: { name: 'string' }, sizes: 'length' };
const exact: TypeName = { type: { name: 'decimal' }, sizes: 'precision-scale' };
const clock = (name: 'time' | 'timestamp' | 'instant'): TypeName => ({ type: { name }, sizes: 'fraction' });
const integer = (bits: 8 | 16 | 32 | 64): TypeName => plain({ name: 'integer', bits });
const float = (bits: 32 | 64): TypeName => plain({ name: 'float', bits });

/** The logical names of semantics §3; these are what messages and hints offer. `integer decimal float string` are families. */
export const LOGICAL_NAMES: ReadonlyMap<string, TypeName> = new Map([
  ['string', text],
  ['integer', plain({ name: 'integer' })],
  ['int8', integer(8)],
  ['int16', integer(16)],
  ['int32', integer(32)],
  ['int64', integer(64)],
  ['decimal', exact],
  ['float', plain({ name: 'float' })],
  ['float32', float(32)],
  ['float64', float(64)],
  ['boolean', plain({ name: 'boolean' })],
  ['date', plain({ name: 'date' })],
  ['time', clock('time')],
  ['timestamp', clock('timestamp')],
  ['instant', clock('instant')],
  ['uuid', plain({ name: 'uuid' })],
  ['json', plain({ name: 'json' })],
  ['bytes', plain({ name: 'bytes' })],
  ['struct', plain({ name: 'struct' })],
]);

/**
 * Names that SQL engines use. `integer` is not here: it is the family, so that it never means two things; `int` is SQL's 32 bits.
 * Words of one name are separated by one blank.
 */
export const SQL_NAMES: ReadonlyMap<string, TypeName> = new Map([
  ['text', text],
  ['varchar', text],
  ['char', text],
  ['character', text],
  ['character varying', text],
  ['char varying', text],
  ['nvarchar', text],
  ['nchar', text],
  ['bpchar', text],
  ['clob', text],
  ['tinytext', text],
  ['mediumtext', text],
  ['longtext', text],
  ['tinyint', integer(8)],
  ['smallint', integer(16)],
  ['int', integer(32)],
  ['bigint', integer(64)],
  ['numeric', exact],
  ['dec', exact],
  ['real', float(32)],
  ['float4', float(32)],
  ['float8', float(64)],
  ['double', float(64)],
  ['double precision', float(64)],
  ['bool', plain({ name: 'boolean' })],
  ['time without time zone', clock('time')],
  ['datetime', clock('timestamp')],
  ['timestamp without time zone', clock('timestamp')],
  ['timestamptz', clock('instant')],
  ['timestamp with time zone', clock('instant')],
  ['jsonb', plain({ name: 'json' })],
  ['bytea', plain({ name: 'bytes' })],
  ['blob', plain({ name: 'bytes' })],
  ['binary', plain({ name: 'bytes' })],
  ['varbinary', plain({ name: 'bytes' })],
]);

const engineOwn =
  'inet cidr macaddr interval money xml tsvector bit varbit geometry geography point hstore variant object timetz enum set year oid citext';

/** Names that people know from elsewhere and that must not be guessed at: what to write instead. */
export const FOREIGN_NAMES: ReadonlyMap<string, string> = new Map([
  ['number', 'write decimal, decimal(p,s), integer or float64'],
  ['int1', 'this name counts bytes; write int8'],
  ['int2', 'this name counts bytes; write int16'],
  ['int4', 'this name counts bytes; write int32'],
  ['int128', 'write decimal'],
  ['hugeint', 'write decimal'],
  ['uint8', 'write int16'],
  ['utinyint', 'write int16'],
  ['uint16', 'write int32'],
  ['usmallint', 'write int32'],
  ['uint32', 'write int64'],
  ['uinteger', 'write int64'],
  ['uint64', 'write decimal(20,0)'],
  ['ubigint', 'write decimal(20,0)'],
  ['serial', 'write int32'],
  ['bigserial', 'write int64'],
  ['list', 'write array<T>, such as array<string>'],
  ['array', 'write array<T>, such as array<string>'],
  ['map', 'write map<K,V>, such as map<string,int64>'],
  ['native', 'write native(inet) for the type inet of an engine'],
  ['row', 'write struct and declare the members by path, a line each'],
  ['record', 'write struct and declare the members by path, a line each'],
  ...engineOwn.split(' ').map((name) => [name, `write native(${name}) for an engine's own type`] as const),
]);
