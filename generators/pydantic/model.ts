import type { Column } from '../../src/model/contract.ts';
import { type Field, fieldsOf } from '../../src/sql/shape.ts';
import { pascalCase } from '../../src/util/identifier.ts';
import { type Code, type Item, type Layout, printCode } from '../code.ts';
import { columnFacts, type Fact } from '../row-facts.ts';
import { deprecationWords } from '../words/column.ts';
import { PLAIN } from '../words/wording.ts';
import { attributeNames, className, freeName } from './names.ts';
import { docstring, pythonText } from './text.ts';
import { annotated, fieldCall, plainType, type Reading, valueType } from './value.ts';

const LAYOUT: Layout = { width: 88, step: 4 };

export interface ModelInput {
  readonly name: string;
  readonly doc: readonly string[];
  readonly columns: readonly Column[];
  readonly extra: 'forbid' | 'ignore';
  readonly facts: readonly (readonly [string, Fact])[];
}

/** A model and before it those of the structs in it; `taken` holds the names of all classes and gains theirs. */
export function modelCode(input: ModelInput, taken: Set<string>, reading: Reading): readonly string[] {
  const classes: string[] = [];
  const classOf = (field: Field<Column>, fields: readonly Field<Column>[], isOpen: boolean): string => {
    const path = field.path.replace(/\[\]|\{\}/g, '');
    const wanted = className(`${input.name.replace(/Row$/, '')}${pascalCase(path)}`);
    const name = freeName(wanted, (candidate) => taken.has(candidate));
    taken.add(name);
    classes.push(body(name, [`${field.path} of ${input.name}.`], fields, isOpen ? 'allow' : 'ignore', []));
    return name;
  };
  const body = (
    name: string,
    doc: readonly string[],
    fields: readonly Field<Column>[],
    extra: string,
    facts: ModelInput['facts'],
  ): string => {
    reading.uses('BaseModel', 'ConfigDict');
    const attributes = attributeNames(
      fields.map((field) => field.name),
      taken,
    );
    const names = new Set([...attributes.keys(), ...attributes.values()]);
    const lines = fields.map((field) => attributeLine(field, attributes.get(field.name) ?? '', names, typeOf));
    const config: Item[] = [
      { key: 'extra=', value: pythonText(extra) },
      { key: 'populate_by_name=', value: 'True' },
      { key: 'protected_namespaces=', value: '()' },
      ...(facts.length > 0 ? [{ key: 'json_schema_extra=', value: factsCode(facts) }] : []),
    ];
    const call: Code = { open: 'ConfigDict(', close: ')', items: config };
    const start = 'model_config = ';
    return `class ${name}(BaseModel):
${doc.length > 0 ? docstring(doc, '    ') : ''}
    ${start}${printCode(call, LAYOUT, 4, 4 + start.length)}

${lines.join('')}`;
  };
  const typeOf = (field: Field<Column>): Code => {
    const { shape } = field;
    switch (shape.kind) {
      case 'value':
        return valueType(field, reading);
      case 'struct':
        if (shape.fields.length > 0) return classOf(field, shape.fields, shape.isOpen);
        reading.uses('Any');
        return 'dict[str, Any]';
      case 'array':
        return { open: 'list[', close: ']', items: [{ value: partType(shape.element) }] };
      case 'map': {
        const items = [{ value: plainType(shape.key, reading) }, { value: partType(shape.value) }];
        return { open: 'dict[', close: ']', items };
      }
    }
  };
  const partType = (field: Field<Column>): Code =>
    field.required ? requiredType(field, typeOf(field), reading) : orNone(typeOf(field));
  const attributeLine = (
    field: Field<Column>,
    attribute: string,
    names: ReadonlySet<string>,
    type: (field: Field<Column>) => Code,
  ): string => {
    const more = fieldCall(fieldItems(field, attribute, names, reading), reading);
    const inner = type(field);
    const whole = field.required
      ? annotated(requiredType(field, inner, reading), more, reading)
      : annotated(orNone(inner), more, reading);
    const start = `    ${attribute}: `;
    const end = field.required ? '' : ' = None';
    return `${start}${printCode(whole, LAYOUT, 4, start.length, end.length)}${end}\n`;
  };
  const model = body(input.name, input.doc, fieldsOf(input.columns), input.extra, input.facts);
  return [...classes, model];
}

function orNone(type: Code): Code {
  return type === 'Any' ? type : { head: type, calls: [' | None'] };
}

/** Of any value it is said that it is there. */
function requiredType(field: Field<Column>, type: Code, reading: Reading): Code {
  if (type !== 'Any' || !field.required) return type;
  reading.uses('_there', 'AfterValidator');
  return annotated(type, ['AfterValidator(_there)'], reading);
}

/** What stands in `Field(…)`: other names, description, deprecation and what else is known. */
function fieldItems(
  { column, name }: Field<Column>,
  attribute: string,
  names: ReadonlySet<string>,
  reading: Reading,
): readonly Item[] {
  const sources = (column?.physicalNames ?? []).filter((each) => each !== column?.name && !names.has(each));
  if (sources.length > 0) reading.uses('AliasChoices');
  const choices = [name, ...sources].map((each) => ({ value: pythonText(each) }));
  const facts = column ? columnFacts(column).filter(([key]) => key !== 'deprecated' && key !== 'deprecation') : [];
  const deprecated = column?.deprecated;
  return [
    ...(attribute === name ? [] : [{ key: 'alias=', value: pythonText(name) }]),
    ...(sources.length > 0
      ? [{ key: 'validation_alias=', value: { open: 'AliasChoices(', close: ')', items: choices } }]
      : []),
    ...(column?.description === undefined
      ? []
      : [{ key: 'description=', value: pythonText(column.description.trim()) }]),
    ...(deprecated
      ? [{ key: 'deprecated=', value: pythonText(deprecationWords(deprecated, PLAIN) || 'deprecated') }]
      : []),
    ...(facts.length > 0 ? [{ key: 'json_schema_extra=', value: factsCode(facts) }] : []),
  ];
}

function factsCode(facts: readonly (readonly [string, Fact])[]): Code {
  return {
    open: '{',
    close: '}',
    items: facts.map(([key, fact]) => ({ key: `${pythonText(key)}: `, value: factCode(fact) })),
  };
}

function factCode(fact: Fact): Code {
  if (fact === true) return 'True';
  if (typeof fact === 'string') return pythonText(fact);
  if (Array.isArray(fact))
    return { open: '[', close: ']', items: fact.map((text: string) => ({ value: pythonText(text) })) };
  return factsCode(Object.entries(fact));
}
