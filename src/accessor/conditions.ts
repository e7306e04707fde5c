import { literalSql as duckdbLiteral } from '../dialects/duckdb/literal.ts';
import { literalSql as mysqlLiteral } from '../dialects/mysql/literal.ts';
import { textOf as mysqlText } from '../dialects/mysql/text.ts';
import { literalSql as postgresLiteral } from '../dialects/postgres/literal.ts';
import type { LogicalType } from '../model/logical-type.ts';
import type { Comparison, Sql } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { parseLiteral } from '../sql/literal.ts';
import type { EngineName } from './engine.ts';
import type { TypedField } from './table-shape.ts';

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'is' | 'is not';

const OPERATORS: readonly string[] = ['=', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'is', 'is not'];

/** A condition on a column: the value is canonical, a list of them for `in` and `not in`. */
export interface Condition {
  readonly field: TypedField;
  readonly operator: Operator;
  readonly value: unknown;
}

/** Reads what a caller gives; throws `TypeError` or `ValueProblem` where it is no condition on the column. */
export function readCondition(
  field: TypedField,
  operator: string,
  value: unknown,
  read: (value: unknown) => unknown,
): Condition {
  const { name } = field;
  if (!OPERATORS.includes(operator)) {
    throw new TypeError(`"${operator}" compares nothing; known are ${OPERATORS.join(', ')}`);
  }
  const known = operator as Operator;
  if (known === 'is' || known === 'is not') {
    if (value !== null) throw new TypeError(`"${name}" ${known} … is asked of null only`);
    return { field, operator: known, value };
  }
  if (field.shape.kind !== 'value' || field.type.name === 'json' || field.type.name === 'native') {
    throw new TypeError(`"${name}" is ${field.type.name}, which is compared with null only`);
  }
  const one = (given: unknown): unknown => {
    if (given === null || given === undefined) {
      throw new TypeError(`nothing compares with null: ask whether "${name}" is null`);
    }
    return read(given);
  };
  if (known !== 'in' && known !== 'not in') return { field, operator: known, value: one(value) };
  if (!Array.isArray(value)) throw new TypeError(`"${name}" ${known} … takes a list`);
  return { field, operator: known, value: value.map(one) };
}

/** The protocols of servers count what is bound in 16 bits, and a text is bound twice. */
const MOST_BOUND = 30_000;

/** A condition as SQL over the column. Texts are equal, and follow each other, by code point on every engine. */
export function conditionSql({ field, operator, value }: Condition, column: Sql, engine: EngineName): Sql {
  if (Array.isArray(value) && value.length > MOST_BOUND && engine !== 'duckdb') {
    throw new TypeError(`"${field.name}" ${operator} … takes ${MOST_BOUND} values at most: ask for them in parts`);
  }
  switch (operator) {
    case 'is':
      return sql`${column} is null`;
    case 'is not':
      return sql`${column} is not null`;
    case '=':
      return equal(column, [value], field.type, engine);
    case '!=':
      return unequal(column, [value], field.type, engine);
    case 'in':
      return equal(column, value as readonly unknown[], field.type, engine);
    case 'not in':
      return unequal(column, value as readonly unknown[], field.type, engine);
    default: {
      const order = sql.raw(operator);
      const bound = bind(value, field.type, engine, operator);
      if (field.type.name !== 'string') return sql`${column} ${order} ${bound}`;
      return sql`${byCodePoint(column, engine)} ${order} ${byCodePoint(bound, engine)}`;
    }
  }
}

function equal(column: Sql, values: readonly unknown[], type: LogicalType, engine: EngineName): Sql {
  if (values.length === 0) return sql`1 = 0`;
  const bound = values.map((value) => bind(value, type, engine));
  const found = isIn(column, bound);
  if (type.name !== 'string') return found;
  // The first can use an index, but may take texts for equal that differ in case or in blanks at their end.
  return sql`(${found} and ${isIn(
    byCodePoint(column, engine),
    bound.map((value) => byCodePoint(value, engine)),
  )})`;
}

function unequal(column: Sql, values: readonly unknown[], type: LogicalType, engine: EngineName): Sql {
  if (values.length === 0) return sql`${column} is not null`;
  const exact = type.name === 'string' ? (text: Sql) => byCodePoint(text, engine) : same;
  const bound = values.map((value) => exact(bind(value, type, engine)));
  return bound.length === 1 ? sql`${exact(column)} <> ${bound[0]}` : sql`${exact(column)} not in (${sql.join(bound)})`;
}

function same(value: Sql): Sql {
  return value;
}

function isIn(column: Sql, bound: readonly Sql[]): Sql {
  return bound.length === 1 ? sql`${column} = ${bound[0]}` : sql`${column} in (${sql.join(bound)})`;
}

function byCodePoint(text: Sql, engine: EngineName): Sql {
  if (engine === 'mysql') return mysqlText(text);
  return engine === 'postgres'
    ? sql`(cast(${text} as text) collate "C")`
    : sql`(cast(${text} as varchar) collate "binary")`;
}

const LITERALS = { postgres: postgresLiteral, mysql: mysqlLiteral, duckdb: duckdbLiteral } as const;
const NATIVE_INT64 = { postgres: 'bigint', mysql: 'signed', duckdb: 'bigint' } as const;
const INT64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n };

/** A bound value that compares exactly with the column. */
function bind(value: unknown, type: LogicalType, engine: EngineName, comparison?: Comparison): Sql {
  if (value instanceof Uint8Array) return sql`${value}`;
  const text = value instanceof Date ? value.toISOString() : String(value);
  if (/^-?infinity$/.test(text) && type.name !== 'string' && type.name !== 'float') return infinite(text, type, engine);
  // A number of another type would keep the engine from its index.
  if (type.name === 'integer' && BigInt(text) >= INT64.least && BigInt(text) <= INT64.most) {
    return sql`cast(${text} as ${sql.raw(NATIVE_INT64[engine])})`;
  }
  const parsed = parseLiteral(text, type, useOf(text, type, comparison));
  if ('problem' in parsed) throw new TypeError(parsed.problem.message);
  // A value without a type is taken for one of the column's own, be it an enum or a text of fixed width.
  if (engine === 'postgres' && (type.name === 'string' || type.name === 'uuid')) return sql`${parsed.literal.text}`;
  if (engine === 'mysql' && type.name === 'uuid') return sql`${parsed.literal.text}`;
  return LITERALS[engine](parsed.literal, type, { microseconds: 0n }, comparison);
}

/** Numbers that a column cannot hold are compared with it all the same; nothing else than equality is asked of NaN. */
function useOf(text: string, type: LogicalType, comparison: Comparison | undefined): 'bound' | 'value' {
  if (type.name === 'integer' || type.name === 'decimal') return 'bound';
  return type.name === 'float' && comparison !== undefined && text !== 'NaN' ? 'bound' : 'value';
}

function infinite(text: string, type: LogicalType, engine: EngineName): Sql {
  if (engine === 'mysql')
    throw new TypeError(`"${text}" is no value of MySQL and MariaDB: their calendar ends in 9999`);
  const native = type.name === 'instant' ? 'timestamptz' : type.name;
  return sql`cast(${text} as ${sql.raw(native)})`;
}
