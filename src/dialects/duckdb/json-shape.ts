import type { LogicalType } from '../../model/logical-type.ts';
import type { RequestedColumn, Sql } from '../../sql/dialect.ts';
import { sql } from '../../sql/kysely.ts';
import { parseMemberPath } from '../../sql/member-path.ts';
import { quoteName } from '../../sql/quote.ts';
import { readCell } from './cell.ts';
import { type JsonValue, printJson } from './json-text.ts';
import { storedType } from './native-type.ts';
import { quoteText } from './quote.ts';

/** What the contract expects at a place in a JSON document. */
export type JsonShape =
  | { readonly kind: 'scalar'; readonly type: LogicalType; readonly dateFormat?: string }
  /** A struct of which no member is declared: kept as JSON. */
  | { readonly kind: 'object' }
  | { readonly kind: 'struct'; readonly members: readonly { readonly name: string; readonly shape: JsonShape }[] }
  | { readonly kind: 'array'; readonly element: JsonShape }
  | { readonly kind: 'map'; readonly value: JsonShape };

/** The shape of a column from its own declaration and those of its members (`address.country`, `lines[].qty`). */
export function jsonShape(column: RequestedColumn, all: readonly RequestedColumn[]): JsonShape {
  return shapeAt(column.name, column.type, all, column.dateFormat);
}

function shapeAt(path: string, type: LogicalType, all: readonly RequestedColumn[], dateFormat?: string): JsonShape {
  if (type.name === 'array') return { kind: 'array', element: shapeAt(`${path}[]`, type.element, all) };
  if (type.name === 'map') return { kind: 'map', value: shapeAt(`${path}{}`, type.value, all) };
  if (type.name !== 'struct') return { kind: 'scalar', type, ...(dateFormat !== undefined && { dateFormat }) };
  const depth = parseMemberPath(path).steps.length + 1;
  const members = all.flatMap((column) => {
    if (!column.name.startsWith(`${path}.`)) return [];
    const { steps } = parseMemberPath(column.name);
    const last = steps.at(-1);
    if (steps.length !== depth || last?.into !== 'member') return [];
    return [{ name: last.name, shape: shapeAt(column.name, column.type, all, column.dateFormat) }];
  });
  return members.length === 0 ? { kind: 'object' } : { kind: 'struct', members };
}

/** Whether a column of this shape is more than one value. */
export function isNested(shape: JsonShape): boolean {
  return shape.kind === 'struct' || shape.kind === 'array' || shape.kind === 'map';
}

export function shapeType(shape: JsonShape): LogicalType {
  switch (shape.kind) {
    case 'scalar':
      return storedType(shape.type);
    case 'object':
      return { name: 'struct', members: [] };
    case 'struct':
      return {
        name: 'struct',
        members: shape.members.map((member) => ({ name: member.name, type: shapeType(member.shape) })),
      };
    case 'array':
      return { name: 'array', element: shapeType(shape.element) };
    case 'map':
      return { name: 'map', key: { name: 'string' }, value: shapeType(shape.value) };
  }
}

/** The text of a scalar; undefined where the value is of another kind than the type takes. */
export function scalarText(value: JsonValue, shape: JsonShape): string | undefined {
  if (shape.kind === 'object') return value.kind === 'object' ? printJson(value) : undefined;
  if (shape.kind !== 'scalar') return undefined;
  const { name } = shape.type;
  if (name === 'json' || name === 'native') return printJson(value);
  if (value.kind === 'true' || value.kind === 'false') return name === 'boolean' ? value.kind : undefined;
  if (value.kind === 'string') return value.text;
  if (value.kind !== 'number' || !['integer', 'decimal', 'float'].includes(name)) return undefined;
  return readersAgree(value.text) ? value.text : undefined;
}

/** Other readers of JSON keep 15 digits of a number with a fraction (semantics §4). */
function readersAgree(number: string): boolean {
  const [mantissa = ''] = number.split(/[eE]/u);
  if (!mantissa.includes('.')) return true;
  return mantissa.replace(/[-.]/gu, '').replace(/^0+/u, '').length <= 15;
}

/** The value with every scalar as text, undeclared members left out; undefined where its shape is another one. */
export function textualJson(value: JsonValue, shape: JsonShape): string | undefined {
  if (value.kind === 'null') return 'null';
  switch (shape.kind) {
    case 'struct':
      return value.kind === 'object'
        ? joined(shape.members.map(({ name, shape: inner }) => [name, value.members.get(name), inner]))
        : undefined;
    case 'map':
      return value.kind === 'object'
        ? joined([...value.members].map(([name, member]) => [name, member, shape.value]))
        : undefined;
    case 'array': {
      if (value.kind !== 'array') return undefined;
      const items = value.items.map((item) => textualJson(item, shape.element));
      return items.includes(undefined) ? undefined : `[${items.join(',')}]`;
    }
    default: {
      const text = scalarText(value, shape);
      return text === undefined ? undefined : JSON.stringify(text);
    }
  }
}

function joined(
  members: readonly (readonly [name: string, value: JsonValue | undefined, shape: JsonShape])[],
): string | undefined {
  const pieces: string[] = [];
  for (const [name, value, shape] of members) {
    const text = value === undefined ? 'null' : textualJson(value, shape);
    if (text === undefined) return undefined;
    pieces.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${pieces.join(',')}}`;
}

/** DuckDB's type of a value with every scalar as text. */
export function textualType(shape: JsonShape): string {
  switch (shape.kind) {
    case 'struct':
      return `struct(${shape.members.map(({ name, shape: inner }) => `${quoteName(name)} ${textualType(inner)}`).join(', ')})`;
    case 'array':
      return `${textualType(shape.element)}[]`;
    case 'map':
      return `map(varchar, ${textualType(shape.value)})`;
    default:
      return 'varchar';
  }
}

/** Gives every scalar its type. */
export function typedValue(value: Sql, shape: JsonShape, depth = 0): Sql {
  const element = sql.raw(`"e${depth}"`);
  switch (shape.kind) {
    case 'struct': {
      const members = shape.members.map(
        ({ name, shape: inner }) =>
          sql`${sql.raw(quoteName(name))} := ${typedValue(extract(value, name), inner, depth)}`,
      );
      return sql`case when ${value} is not null then struct_pack(${sql.join(members)}) end`;
    }
    case 'array':
      return sql`list_transform(${value}, lambda ${element} : ${typedValue(element, shape.element, depth + 1)})`;
    case 'map': {
      const inner = typedValue(extract(element, 'value'), shape.value, depth + 1);
      const entry = sql`struct_pack(key := ${extract(element, 'key')}, value := ${inner})`;
      return sql`map_from_entries(list_transform(map_entries(${value}), lambda ${element} : ${entry}))`;
    }
    default:
      return readCell(value, scalarType(shape), formatOf(shape)).value;
  }
}

/** True where a scalar is there but does not fit its type. */
export function unparsableValue(value: Sql, shape: JsonShape, depth = 0): Sql {
  const element = sql.raw(`"e${depth}"`);
  const anyOf = (list: Sql, condition: Sql): Sql =>
    sql`coalesce(list_bool_or(list_transform(${list}, lambda ${element} : ${condition})), false)`;
  switch (shape.kind) {
    case 'struct':
      return sql`(${sql.join(
        shape.members.map(({ name, shape: inner }) => unparsableValue(extract(value, name), inner, depth)),
        sql` or `,
      )})`;
    case 'array':
      return anyOf(value, unparsableValue(element, shape.element, depth + 1));
    case 'map':
      return anyOf(sql`map_values(${value})`, unparsableValue(element, shape.value, depth + 1));
    default:
      return readCell(value, scalarType(shape), formatOf(shape)).unparsable;
  }
}

function extract(value: Sql, name: string): Sql {
  return sql`struct_extract(${value}, ${sql.raw(quoteText(name))})`;
}

function scalarType(shape: JsonShape): LogicalType {
  return shape.kind === 'scalar' ? shape.type : { name: 'json' };
}

function formatOf(shape: JsonShape): { readonly dateFormat?: string } {
  return shape.kind === 'scalar' && shape.dateFormat !== undefined ? { dateFormat: shape.dateFormat } : {};
}
