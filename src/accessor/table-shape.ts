import type { LogicalType } from '../model/logical-type.ts';
import type { ColumnDefinition, TableDefinition } from '../model/table-definition.ts';
import { parseLogicalType } from '../sql/logical-type.ts';
import { type Field, fieldsOf } from '../sql/shape.ts';

/** A column of a definition, its type read. */
export type TypedColumn = Omit<ColumnDefinition, 'type'> & { readonly type: LogicalType };

export type TypedField = Field<TypedColumn>;

/** The columns of a table by their names, in the order of the contract; members stand inside them. */
export interface TableShape {
  readonly name: string;
  /** Columns, members and features, as they are declared. */
  readonly columns: readonly TypedColumn[];
  readonly fields: ReadonlyMap<string, TypedField>;
  /** Names of what is read without a `select`. */
  readonly stored: readonly string[];
}

export function shapeOf(definition: TableDefinition): TableShape {
  const columns = definition.columns.map((column): TypedColumn => ({ ...column, type: typeOf(column) }));
  const fields = fieldsOf(columns);
  return {
    name: definition.name,
    columns,
    fields: new Map(fields.map((field) => [field.name, field])),
    stored: fields.filter(({ column }) => column?.as === undefined).map(({ name }) => name),
  };
}

/** The column or feature of a name; throws `TypeError` where there is none. */
export function fieldOf(shape: TableShape, name: string): TypedField {
  const field = shape.fields.get(name);
  if (field) return field;
  throw new TypeError(`${shape.name} has no column "${name}"; it has ${[...shape.fields.keys()].join(', ')}`);
}

function typeOf({ name, type }: ColumnDefinition): LogicalType {
  const parsed = parseLogicalType(type);
  if ('type' in parsed) return parsed.type;
  throw new TypeError(`the type "${type}" of "${name}" is not known`);
}
