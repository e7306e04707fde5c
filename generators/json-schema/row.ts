import { type Column, type Table, VALUE_RULES } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import { type Field, fieldsOf } from '../../src/sql/shape.ts';
import type { ContractInput, Note } from '../generator.ts';
import { header } from '../header.ts';
import { rowNotes } from '../row-notes.ts';
import { whyNoRules } from '../row-rules.ts';
import { ANNOTATION, aboutColumn, aboutTable } from './about.ts';
import type { Definition } from './definitions.ts';
import { type Json, type JsonObject, number, object } from './json.ts';
import { literalJson, valueForms } from './literal.ts';
import { textSchema } from './text.ts';
import { formsOf } from './value.ts';

/** The schema of a row of a table, and what it cannot say. */
export interface RowSchema {
  readonly schema: JsonObject;
  readonly notes: readonly Note[];
}

/** What is gathered while the columns are written. */
interface Gathered {
  readonly table: Table;
  readonly where: string;
  readonly definitions: Map<string, Definition>;
  readonly notes: Note[];
}

export function rowSchema(input: ContractInput, table: Table): RowSchema {
  const { contract } = input;
  const where = `${contract.id}/${table.name}`;
  const gathered: Gathered = { table, where, definitions: new Map(), notes: [] };
  const fields = fieldsOf<Column>(table.columns);
  const features = fieldsOf<Column>(table.features);
  const properties = new Map<string, Json>([
    ...fields.map((field) => [field.name, fieldSchema(field, gathered)] as const),
    ...features.map((field) => [field.name, featureSchema(field, table, gathered)] as const),
  ]);
  const definitions = [...gathered.definitions.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  const isClosed = table.extraColumns === 'forbid';
  const schema = object(
    ['$schema', 'https://json-schema.org/draft/2020-12/schema'],
    ['$comment', header('json-schema', input)],
    ['$id', `urn:surety:${[contract.id, contract.version, table.name].map(encodeURIComponent).join(':')}`],
    ['title', contract.title === undefined ? table.name : `${contract.title}: ${table.name}`],
    ['description', (table.description ?? (contract.tables.length === 1 ? contract.description : undefined))?.trim()],
    ['deprecated', table.deprecated || contract.deprecated ? true : undefined],
    ['type', 'object'],
    ['properties', properties],
    ['required', required(fields)],
    ['additionalProperties', isClosed ? false : undefined],
    [
      '$defs',
      definitions.length === 0 ? undefined : new Map(definitions.map(({ name, schema: each }) => [name, each])),
    ],
    [ANNOTATION, aboutTable(contract, table)],
  );
  return { schema, notes: [...rowNotes(input, table), ...gathered.notes] };
}

function required(fields: readonly Field<Column>[]): readonly string[] | undefined {
  const names = fields.filter((field) => field.required).map(({ name }) => name);
  return names.length === 0 ? undefined : names;
}

/** The schema of a column, member, element or value of a map. */
function fieldSchema(field: Field<Column>, gathered: Gathered): JsonObject {
  const { column } = field;
  const forms = formsFor(field, gathered);
  const missing = column?.missing?.values ?? [];
  const listed =
    missing.length === 0
      ? []
      : valueForms(
          missing.map(({ text }) => text),
          field.type,
        );
  const value = assembled([...forms, ...listed], field.required);
  if (!column) return value;
  return new Map<string, Json>([
    ...object(
      ['description', column.description?.trim()],
      ['deprecated', column.deprecated ? true : undefined],
      ['readOnly', column.generated ? true : undefined],
    ),
    ...value,
    ...object(
      ['default', column.default && literalJson(column.default.text, column.type)],
      [ANNOTATION, aboutColumn(column)],
    ),
  ]);
}

/** A feature is no column of the table: a row may have it where the reader asked for it. */
function featureSchema(field: Field<Column>, table: Table, gathered: Gathered): JsonObject {
  const schema = fieldSchema({ ...field, required: false }, gathered);
  const feature = table.features.find(({ name }) => name === field.name);
  const about = object(['as', feature?.as.text], ...((schema.get(ANNOTATION) as JsonObject | undefined) ?? []));
  return new Map<string, Json>([...object(['readOnly', true]), ...schema, [ANNOTATION, about]]);
}

function formsFor(field: Field<Column>, gathered: Gathered): readonly JsonObject[] {
  const { shape } = field;
  switch (shape.kind) {
    case 'struct':
      return [
        object(
          ['type', 'object'],
          ['properties', new Map(shape.fields.map((each) => [each.name, fieldSchema(each, gathered)]))],
          ['required', required(shape.fields)],
        ),
      ];
    case 'array':
      return [object(['type', 'array'], ['items', fieldSchema(shape.element, gathered)])];
    case 'map':
      return [
        object(
          ['type', 'object'],
          ['propertyNames', keyNames(shape.key)],
          ['additionalProperties', fieldSchema(shape.value, gathered)],
        ),
      ];
    case 'value': {
      const { schemas, definitions, notes } = formsOf(shape.type, rulesOf(field, gathered));
      for (const definition of definitions) gathered.definitions.set(definition.name, definition);
      for (const message of notes) gathered.notes.push({ where: `${gathered.where}.${field.path}`, message });
      return schemas;
    }
  }
}

/** The rules that every row keeps. */
function rulesOf({ column, path }: Field<Column>, { table, where, notes }: Gathered): Partial<Column> {
  const problem = column && whyNoRules(column, table);
  if (problem === undefined) return column ?? {};
  if (VALUE_RULES.some((rule) => column?.[rule])) notes.push({ where: `${where}.${path}`, message: problem });
  return {};
}

/** Keys of maps are texts in JSON. */
function keyNames(key: LogicalType): JsonObject | undefined {
  switch (key.name) {
    case 'string':
      return key.length === undefined ? undefined : object(['maxLength', number(key.length)]);
    case 'integer':
      return textSchema('^-?(?:0|[1-9][0-9]*)$');
    case 'boolean':
      return object(['enum', ['true', 'false']]);
    default:
      return undefined;
  }
}

const ANY = ['object', 'array', 'string', 'number', 'boolean'];

/** One schema that takes each of the forms, and null where it may be. */
function assembled(forms: readonly JsonObject[], isRequired: boolean): JsonObject {
  const [first = object()] = forms;
  if (first.size === 0) return isRequired ? object(['type', ANY]) : first;
  if (forms.length === 1 && isRequired) return first;
  const type = first.get('type');
  if (forms.length === 1 && typeof type === 'string' && !first.has('$ref')) {
    const values = first.get('enum') as readonly Json[] | undefined;
    return new Map<string, Json>([
      ...first,
      ['type', [type, 'null']],
      ...(values ? [['enum', [...values, null]] as const] : []),
    ]);
  }
  return object(['anyOf', [...forms, ...(isRequired ? [] : [object(['type', 'null'])])]]);
}
