import type { Column } from '../model/contract.ts';
import type { LogicalType } from '../model/logical-type.ts';
import type { Field } from '../sql/shape.ts';
import { ownOf } from '../values/own.ts';

/** A canonical value as JSON text; exact: numbers that JSON's readers would round are texts. */
export function jsonText(value: unknown, field: Field<Column>): string {
  if (value === null || value === undefined) return 'null';
  const { shape } = field;
  switch (shape.kind) {
    case 'value':
      return scalarText(value, shape.type);
    case 'struct': {
      const members = shape.fields.map((part) => [part.name, jsonText(ownOf(value, part.name), part)] as const);
      return `{${members.map(([name, text]) => `${JSON.stringify(name)}: ${text}`).join(', ')}}`;
    }
    case 'array':
      return `[${(value as readonly unknown[]).map((each) => jsonText(each, shape.element)).join(', ')}]`;
    case 'map': {
      const entries = [...(value as ReadonlyMap<unknown, unknown>)];
      return `{${entries.map(([key, each]) => `${JSON.stringify(plainText(key, shape.key))}: ${jsonText(each, shape.value)}`).join(', ')}}`;
    }
  }
}

/** Digits that every reader of JSON keeps. */
const SAFE = 15;

function scalarText(value: unknown, type: LogicalType): string {
  const text = plainText(value, type);
  switch (type.name) {
    case 'boolean':
    case 'json':
    case 'integer':
      return text;
    case 'decimal':
      return text.replace(/\D/g, '').length <= SAFE ? text : JSON.stringify(text);
    case 'float':
      return Number.isFinite(value) ? text : JSON.stringify(text);
    default:
      return JSON.stringify(text);
  }
}

/** A canonical value of a plain type as text: seconds without a fraction of zeros, bytes as the characters they are. */
export function plainText(value: unknown, type: LogicalType): string {
  if (type.name === 'json') return JSON.stringify(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
  const text = String(value);
  const isTime = type.name === 'time' || type.name === 'timestamp' || type.name === 'instant';
  return isTime ? text.replace(/\.?0+(?=Z?$)/, (zeros) => (zeros.startsWith('.') ? '' : zeros)) : text;
}

/** The same of a column of any type: nested values as JSON; undefined for NULL. */
export function cellText(value: unknown, field: Field<Column>): string | undefined {
  if (value === null || value === undefined) return undefined;
  return field.shape.kind === 'value' ? plainText(value, field.shape.type) : jsonText(value, field);
}
