import type { Column } from '../../src/model/contract.ts';
import type { LogicalType } from '../../src/model/logical-type.ts';
import type { Field } from '../../src/sql/shape.ts';
import type { Chain, Code, Item } from '../code.ts';
import { columnFacts } from '../row-facts.ts';
import { columnDoc } from '../typescript/jsdoc.ts';
import { comment, propertyName } from '../typescript/text.ts';
import { metaCode } from './meta.ts';
import type { Reading } from './reading.ts';
import { valueSchema } from './value.ts';

/** Names that every object inherits something under. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

/** The columns as items of `z.object({ … })`, without one named `__proto__`: zod reads no such key. */
export function fieldItems(fields: readonly Field<Column>[], reading: Reading): readonly Item[] {
  const readable = fields.filter(({ name }) => name !== '__proto__');
  return readable.map((field) => {
    const { column } = field;
    const doc = column ? comment(columnDoc(column)).trimEnd().split('\n') : [];
    return { above: doc, key: `${propertyName(field.name)}: `, value: ownSchema(field, reading) };
  });
}

function ownSchema(field: Field<Column>, reading: Reading): Code {
  const schema = fieldSchema(field, reading);
  if (!INHERITED.has(field.name)) return schema;
  reading.uses('notInherited');
  return { open: 'z.preprocess(', close: ')', items: [{ value: 'notInherited' }, { value: schema }] };
}

function fieldSchema(field: Field<Column>, reading: Reading): Chain {
  const { head, calls } = shapeSchema(field, reading);
  const isUnknown = isUntyped(field);
  const absence = field.required
    ? isUnknown
      ? [".refine((value) => value !== undefined && value !== null, 'expected a value')"]
      : []
    : // Elements of a list stand for themselves: none is left out.
      [...(isUnknown ? [] : ['.nullable()']), ...(field.name === '' ? [] : ['.default(null)'])];
  const meta = field.column ? metaCode(field.column.description, columnFacts(field.column)) : undefined;
  return { head, calls: [...calls, ...absence, ...(meta ? [meta] : [])] };
}

function isUntyped({ shape }: Field<Column>): boolean {
  return shape.kind === 'value' && (shape.type.name === 'json' || shape.type.name === 'native');
}

function shapeSchema(field: Field<Column>, reading: Reading): Chain {
  const { shape, path } = field;
  switch (shape.kind) {
    case 'value':
      return valueSchema(field, reading);
    case 'struct': {
      if (shape.fields.length === 0) return { head: 'z.record(z.string(), z.unknown())', calls: [] };
      const object = shape.isOpen ? 'z.looseObject({' : 'z.object({';
      return { head: { open: object, close: '})', items: fieldItems(shape.fields, reading), broken: true }, calls: [] };
    }
    case 'array':
      return {
        head: { open: 'z.array(', close: ')', items: [{ value: fieldSchema(shape.element, reading) }] },
        calls: [],
      };
    case 'map': {
      if (shape.key.name !== 'string') reading.note(path, `the keys are read as texts, not as ${keyName(shape.key)}`);
      const items = [{ value: 'z.string()' }, { value: fieldSchema(shape.value, reading) }];
      return { head: { open: 'z.record(', close: ')', items }, calls: [] };
    }
  }
}

function keyName({ name }: LogicalType): string {
  return name === 'integer' ? 'whole numbers' : `values of type ${name}`;
}
