import type { Column, Contract, Table } from '../../src/model/contract.ts';
import { type Field, fieldsOf } from '../../src/sql/shape.ts';
import type { Declared, Property } from './interface.ts';
import { columnDoc, deprecatedTag, tableDoc } from './jsdoc.ts';
import type { TableNames } from './names.ts';
import { code, inComment } from './text.ts';
import { oneLine, type UnionType } from './type-text.ts';
import { type TypeContext, typeOf } from './value-type.ts';

/** What is read of a table: its rows, what is inside of them, and what is derived. */
export function readInterfaces(
  contract: Contract,
  table: Table,
  names: TableNames,
  context: TypeContext,
): readonly Declared[] {
  const stored = fieldsOf(table.columns);
  const features = fieldsOf<Column>(table.features);
  const title = inComment(table.name);
  const tag = deprecatedTag(table.deprecated ?? contract.deprecated);
  const property = (field: Field<Column>): Property => read(field, context);
  const row = {
    name: names.row,
    doc: [`A row of ${title}.`, '', ...tableDoc(contract, table), ...tag],
    properties: stored.map(property),
  };
  const derived = {
    name: names.features,
    doc: [`Derived columns of ${title}, which can be selected as well.`],
    properties: features.map(property),
  };
  const nested = [...stored, ...features].flatMap((field) => inside(field, names, property));
  return [row, ...nested, ...(features.length === 0 ? [] : [derived])];
}

/** What is written, and what Kysely takes. */
export function writtenInterfaces(table: Table, names: TableNames, context: TypeContext): readonly Declared[] {
  const stored = fieldsOf(table.columns);
  const title = inComment(table.name);
  return [
    {
      name: names.newRow,
      doc: [`A row to be written to ${title}: what the database fills in, or may be missing, can be left out.`],
      properties: stored.filter(({ column }) => !column?.generated).map((field) => written(field, context)),
    },
    {
      name: names.table,
      doc: [`Columns of ${title} under the names of the source, for Kysely's own builder, which does not decode rows.`],
      properties: sourceColumns(stored, context),
    },
  ];
}

function read(field: Field<Column>, context: TypeContext): Property {
  return { name: field.name, type: typeOf(field, 'reader', context), doc: docOf(field) };
}

function docOf({ column }: Field<Column>): readonly string[] {
  return column ? columnDoc(column) : [];
}

/** The structs inside a field, the outer ones first. */
function inside(
  { path, shape }: Field<Column>,
  names: TableNames,
  property: (field: Field<Column>) => Property,
): readonly Declared[] {
  if (shape.kind === 'array') return inside(shape.element, names, property);
  if (shape.kind === 'map') return inside(shape.value, names, property);
  const name = names.nested.get(path);
  if (shape.kind !== 'struct' || name === undefined) return [];
  const doc = [`${code(path)}${shape.isOpen ? '; other members may be there too' : ''}`];
  const inner = shape.fields.flatMap((field) => inside(field, names, property));
  return [{ name, doc, properties: shape.fields.map(property) }, ...inner];
}

function written(field: Field<Column>, context: TypeContext): Property {
  const isOptional = !field.required || field.column?.default !== undefined;
  return {
    name: field.name,
    type: typeOf(field, 'writer', context),
    doc: docOf(field),
    ...(isOptional && { isOptional }),
  };
}

/** Kysely's types of a column: when it is read, inserted and updated. */
function sourceColumns(stored: readonly Field<Column>[], context: TypeContext): readonly Property[] {
  const properties = new Map<string, Property>();
  for (const field of stored) {
    const { name, column } = field;
    const source = column?.physicalNames[0] ?? name;
    // Two columns of the contract can read one of the source.
    if (properties.has(source)) continue;
    properties.set(source, {
      name: source,
      doc: deprecatedTag(column?.deprecated),
      type: columnType(field, context),
    });
  }
  return [...properties.values()];
}

function columnType(field: Field<Column>, context: TypeContext): UnionType {
  const { required, column } = field;
  const selected = typeOf(field, 'reader', context);
  const inserted = typeOf(field, 'writer', context);
  const kysely = (name: string, ...types: readonly UnionType[]): UnionType => [
    { name: context.useKysely(name), arguments: types },
  ];
  if (column?.generated) return kysely('GeneratedAlways', selected);
  const isFilled = required && column?.default !== undefined;
  const isSame = oneLine(selected) === oneLine(inserted);
  if (isSame) return isFilled ? kysely('Generated', selected) : selected;
  return kysely('ColumnType', selected, isFilled ? [...inserted, 'undefined'] : inserted, inserted);
}
