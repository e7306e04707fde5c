import type { LogicalType } from '../model/logical-type.ts';
import { isObject } from './plain.ts';
import { type Reader, readerOf } from './reader.ts';
import { type Show, showOf } from './shown.ts';
import { ValueProblem } from './value-problem.ts';

/** Half of a pair of UTF-16, which would be stored as another character. */
const HALF = /\p{Cs}/u;

/** Why a value is not the canonical one of its type; undefined where it is. Neither null nor undefined is asked for. */
export type CanonicalCheck = (value: unknown) => string | undefined;

/** Checks decoded values of a type: the right kind of JavaScript value, in canonical form. Parts of nested values have checks of their own. */
export function canonicalCheck(
  type: LogicalType,
  instants: 'text' | 'date' | undefined,
  classification: string | undefined,
): CanonicalCheck {
  const show = showOf(classification);
  const kind = kindOf(type, instants);
  if (kind === undefined) return () => undefined;
  const other: CanonicalCheck = (value) => {
    const found = typeof value === 'object' ? `${nameOf(value)} stands there` : `${show(value)} is a ${typeof value}`;
    return `${found}, expected ${kind.name}`;
  };
  if (kind.isWhole) return (value) => (kind.is(value) ? undefined : other(value));
  if (type.name === 'string') {
    return (value) => {
      if (typeof value !== 'string') return other(value);
      return HALF.test(value) ? `${show(value)} holds half of a character` : undefined;
    };
  }
  const column = { name: '', type, required: false, ...(classification !== undefined && { classification }) };
  const read = readerOf({ ...column, path: '', column, shape: { kind: 'value', type } });
  return (value) => (kind.is(value) ? formProblem(value, read, show) : other(value));
}

interface Kind {
  readonly name: string;
  is(value: unknown): boolean;
  /** All values of the kind are canonical. */
  readonly isWhole?: true;
}

function kindOf(type: LogicalType, instants: 'text' | 'date' | undefined): Kind | undefined {
  switch (type.name) {
    case 'integer':
      return type.bits === undefined || type.bits === 64 ? plain('bigint') : plain('number');
    case 'float':
      return plain('number');
    case 'boolean':
      return { ...plain('boolean'), isWhole: true };
    case 'string':
      return plain('string');
    case 'instant':
      return instants === 'date' ? { name: 'a valid Date', is: isDate, isWhole: true } : plain('string');
    case 'bytes':
      return { name: 'a Uint8Array', is: (value) => value instanceof Uint8Array, isWhole: true };
    case 'struct':
      return { name: 'an object', is: isObject, isWhole: true };
    case 'array':
      return { name: 'an array', is: Array.isArray, isWhole: true };
    case 'map':
      return { name: 'a Map', is: (value) => value instanceof Map, isWhole: true };
    case 'json':
      return { name: 'what JSON can hold', is: (value) => isJson(value, 0), isWhole: true };
    case 'native':
      return undefined;
    default:
      return plain('string');
  }
}

function plain(name: 'string' | 'number' | 'bigint' | 'boolean'): Kind {
  return { name: `a ${name}`, is: (value) => typeof value === name };
}

/** As deep as values of JSON go. */
const DEEPEST = 1000;

function isJson(value: unknown, depth: number): boolean {
  if (depth > DEEPEST) return false;
  if (typeof value === 'number') return Number.isFinite(value);
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (Array.isArray(value)) return value.every((item) => isJson(item, depth + 1));
  if (!isObject(value)) return false;
  return Object.values(value).every((member) => member === undefined || isJson(member, depth + 1));
}

function isDate(value: unknown): boolean {
  return value instanceof Date && !Number.isNaN(value.getTime());
}

function formProblem(value: unknown, read: Reader, show: Show): string | undefined {
  try {
    const canonical = read(value);
    const isSame = canonical === value || (Number.isNaN(canonical) && Number.isNaN(value));
    return isSame ? undefined : `${show(value)} is not in its canonical form ${show(canonical)}`;
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    return error.faults[0]?.reason;
  }
}

function nameOf(value: object | null): string {
  if (value instanceof Date) return isDate(value) ? 'a Date' : 'an invalid Date';
  if (value instanceof Map) return 'a Map';
  return Array.isArray(value) ? 'an array' : 'an object';
}
