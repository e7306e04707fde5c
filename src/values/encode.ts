import type { Field } from '../sql/shape.ts';
import { textOf } from './bounds.ts';
import { ownOf } from './own.ts';
import type { Readable } from './reader.ts';

export type TargetEngine = 'postgres' | 'mysql' | 'duckdb';

/** Makes a canonical value what a driver takes as the value of a parameter; null stays null. */
export type Encoder = (value: unknown) => unknown;

/**
 * The encoder of a column for the parameters of an engine whose session is in UTC: MySQL takes no `T` and `Z` in times, and structs, lists
 * and maps are JSON there; PostgreSQL takes lists of plain values as arrays. DuckDB takes what is canonical, JSON as text.
 */
export function encoderOf(field: Field<Readable>, engine: TargetEngine): Encoder {
  const encode = encodingOf(field, engine);
  return (value) => (value === null || value === undefined ? null : encode(value));
}

function encodingOf(field: Field<Readable>, engine: TargetEngine): Encoder {
  const { shape, type } = field;
  if (engine === 'duckdb') return type.name === 'json' ? (value) => jsonOf(field, value) : (value) => value;
  if (shape.kind === 'array' && engine === 'postgres' && shape.element.shape.kind === 'value') {
    const encode = encoderOf(shape.element, engine);
    return (value) => (value as readonly unknown[]).map(encode);
  }
  if (shape.kind !== 'value' || type.name === 'json') return (value) => jsonOf(field, value);
  switch (type.name) {
    case 'integer':
      return String;
    case 'boolean':
      return engine === 'mysql' ? Number : (value) => value;
    case 'timestamp':
    case 'instant':
      return engine === 'mysql' ? (value) => textOf(value).replace('T', ' ').replace('Z', '') : textOf;
    default:
      return (value) => value;
  }
}

/** JSON of a canonical value; numbers keep all their digits. */
function jsonOf(field: Field<Readable>, value: unknown): string {
  if (value === null || value === undefined) return 'null';
  const { shape, type } = field;
  switch (shape.kind) {
    case 'struct': {
      if (shape.isOpen) return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part));
      const members = shape.fields.map(
        (each) => `${JSON.stringify(each.name)}:${jsonOf(each, ownOf(value, each.name))}`,
      );
      return `{${members.join(',')}}`;
    }
    case 'array':
      return `[${(value as readonly unknown[]).map((item) => jsonOf(shape.element, item)).join(',')}]`;
    case 'map': {
      const entries = [...(value as ReadonlyMap<unknown, unknown>)];
      return `{${entries.map(([key, item]) => `${JSON.stringify(textOf(key))}:${jsonOf(shape.value, item)}`).join(',')}}`;
    }
    default:
      if (type.name === 'integer' || type.name === 'decimal') return String(value);
      // NaN and the infinities are no JSON.
      if (type.name === 'float') return Number.isFinite(value) ? String(value) : `"${value}"`;
      if (value instanceof Uint8Array) return `"\\\\x${Buffer.from(value).toString('hex')}"`;
      return JSON.stringify(value instanceof Date ? textOf(value) : value);
  }
}
