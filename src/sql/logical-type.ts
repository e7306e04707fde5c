import { closest, distance } from 'fastest-levenshtein';
import type { LogicalType } from '../model/logical-type.ts';
import type { Problem } from '../model/problem.ts';
import { FOREIGN_NAMES, LOGICAL_NAMES, SQL_NAMES, type TypeName } from './type-names.ts';

type Parsed = { readonly type: LogicalType } | { readonly problem: Problem };

const MAX_LENGTH = 2_147_483_647;
const MAX_PRECISION = 38;
const MAX_FRACTION = 6;
const MAX_DEPTH = 16;
const NAMES = 'string, int64, decimal(12,2), float64, boolean, date, timestamp, instant, uuid, json, array<T>, struct';

/**
 * Reads a type as a person writes it: a logical name, a family, an SQL name or `native(…)` (semantics §3). Case does not matter. The
 * precision of decimals is at most 38 digits, of times at most 6.
 */
export function parseLogicalType(text: string): Parsed {
  return parse(text.trim(), 0);
}

function parse(text: string, depth: number): Parsed {
  if (text === '') return refuse('a type is missing', `write one of ${NAMES}`);
  if (depth > MAX_DEPTH) return refuse(`types nest more than ${MAX_DEPTH} deep`);
  const native = /^native\s*\(([\s\S]*)\)$/i.exec(text);
  if (native) return parseNative(text, (native[1] ?? '').trim());
  const generic = /^(array|list|map|struct|row)\s*<([\s\S]*)>$/i.exec(text);
  if (generic) return parseGeneric(text, (generic[1] ?? '').toLowerCase(), generic[2] ?? '', depth);
  if (/\[\d*\]$/.test(text)) {
    const element = text.replace(/\s*\[\d*\]$/, '');
    return refuse(`unknown type "${text}"`, `write array<${element}>`);
  }
  if (/^(struct|row)\s*\(/i.test(text)) return refuse(`unknown type "${text}"`, FOREIGN_NAMES.get('row'));
  return parseScalar(text);
}

function parseNative(text: string, native: string): Parsed {
  if (native === '') return refuse(`"${text}" names no type`, FOREIGN_NAMES.get('native'));
  if (/[\u0000-\u001f\u007f;]/.test(native) || splitTopLevel(native) === undefined) {
    return refuse(`"${text}" is not one type of an engine`, FOREIGN_NAMES.get('native'));
  }
  return { type: { name: 'native', native } };
}

function parseGeneric(text: string, name: string, inner: string, depth: number): Parsed {
  if (name === 'struct' || name === 'row') return refuse(`"${text}" lists members`, FOREIGN_NAMES.get('row'));
  const parts = splitTopLevel(inner);
  const wanted = name === 'map' ? 2 : 1;
  if (parts?.length !== wanted) {
    return refuse(
      `"${text}" ${parts === undefined ? 'has unbalanced brackets' : `has ${parts.length} inner types`}, expected ${wanted}`,
      FOREIGN_NAMES.get(name),
    );
  }
  if (name === 'list') return refuse(`unknown type "${text}"`, `write array<${inner.trim()}>`);
  const read = parts.map((part) => parse(part.trim(), depth + 1));
  const types: LogicalType[] = [];
  for (const one of read) {
    if ('problem' in one) return one;
    types.push(one.type);
  }
  const [first, second] = types as [LogicalType, LogicalType | undefined];
  if (second === undefined) return { type: { name: 'array', element: first } };
  if (first.name === 'struct' || first.name === 'array' || first.name === 'map') {
    return refuse(`"${text}" has ${first.name} keys, expected a plain type`, 'write map<string,V>');
  }
  return { type: { name: 'map', key: first, value: second } };
}

/** Splits at the commas outside all brackets; undefined where the brackets do not match. */
function splitTopLevel(text: string): readonly string[] | undefined {
  const parts: string[] = [];
  const open: string[] = [];
  let start = 0;
  for (const [index, character] of [...text].entries()) {
    if (character === '(' || character === '<') open.push(character);
    else if (character === ')' && open.pop() !== '(') return undefined;
    else if (character === '>' && open.pop() !== '<') return undefined;
    else if (character === ',' && open.length === 0) {
      parts.push([...text].slice(start, index).join(''));
      start = index + 1;
    }
  }
  return open.length === 0 ? [...parts, [...text].slice(start).join('')] : undefined;
}

const SCALAR = /^([\p{L}_][\p{L}\p{N}_]*(?:\s+[\p{L}_]+)*)\s*(?:\(([^()]*)\))?\s*((?:with|without)\s+time\s+zone)?$/iu;

function parseScalar(text: string): Parsed {
  const match = SCALAR.exec(text);
  if (!match) return refuse(`"${text}" is no type`, `write one of ${NAMES}`);
  const [, words = '', sizes, zone = ''] = match;
  const name = `${words} ${zone}`.trim().toLowerCase().replace(/\s+/g, ' ');
  const known = LOGICAL_NAMES.get(name) ?? SQL_NAMES.get(name);
  if (!known) return refuse(`unknown type "${text}"`, hintFor(name));
  if (sizes === undefined) return { type: known.type };
  return withSizes(text, known, sizes);
}

function hintFor(name: string): string {
  const foreign =
    FOREIGN_NAMES.get(name) ?? (name.endsWith(' unsigned') ? 'write the next wider signed type' : undefined);
  if (foreign !== undefined) return foreign;
  const near = closest(name, [...LOGICAL_NAMES.keys(), ...SQL_NAMES.keys()]);
  const furthest = name.length <= 4 ? 1 : name.length <= 8 ? 2 : 3;
  return distance(name, near) <= furthest
    ? `did you mean ${near}?`
    : `write one of ${NAMES}, or native(${name}) for an engine's own type`;
}

function withSizes(text: string, { type, sizes: rule }: TypeName, sizes: string): Parsed {
  const numbers = sizes.split(',').map((size) => (/^\s*\d{1,10}\s*$/.test(size) ? Number(size) : Number.NaN));
  const [first = Number.NaN, second] = numbers;
  const most = rule === 'precision-scale' ? 2 : 1;
  if (rule === 'none')
    return refuse(`"${text}" has a size, but ${type.name} takes none`, `write ${printLogicalType(type)}`);
  if (numbers.length > most || numbers.some(Number.isNaN)) {
    return refuse(
      `"${text}" has the size "${sizes.trim()}", expected ${most === 2 ? 'decimal(p,s)' : 'a whole number'}`,
    );
  }
  if (type.name === 'string') {
    return first >= 1 && first <= MAX_LENGTH
      ? { type: { name: 'string', length: first } }
      : refuse(`"${text}" has the length ${first}, expected 1 to ${MAX_LENGTH}`);
  }
  if (type.name === 'decimal') return decimalOf(text, first, second ?? 0);
  if (first > MAX_FRACTION) {
    return refuse(`"${text}" asks for ${first} digits of a second, expected at most ${MAX_FRACTION}`);
  }
  return { type: { ...(type as Extract<LogicalType, { name: 'time' | 'timestamp' | 'instant' }>), precision: first } };
}

function decimalOf(text: string, precision: number, scale: number): Parsed {
  if (precision < 1 || precision > MAX_PRECISION) {
    return refuse(`"${text}" has ${precision} digits, expected 1 to ${MAX_PRECISION}`, 'write decimal for any size');
  }
  if (scale > precision) {
    return refuse(
      `"${text}" has ${scale} of ${precision} digits behind the point`,
      'write decimal(p,s) with s at most p',
    );
  }
  return { type: { name: 'decimal', precision, scale } };
}

/** The type as a contract writes it; `parseLogicalType` reads it back. Members of a struct are left out: they have paths of their own. */
export function printLogicalType(type: LogicalType): string {
  switch (type.name) {
    case 'string':
      return type.length === undefined ? 'string' : `string(${type.length})`;
    case 'integer':
      return type.bits === undefined ? 'integer' : `int${type.bits}`;
    case 'float':
      return `float${type.bits ?? ''}`;
    case 'decimal':
      return type.precision === undefined ? 'decimal' : `decimal(${type.precision},${type.scale ?? 0})`;
    case 'time':
    case 'timestamp':
    case 'instant':
      return type.precision === undefined ? type.name : `${type.name}(${type.precision})`;
    case 'array':
      return `array<${printLogicalType(type.element)}>`;
    case 'map':
      return `map<${printLogicalType(type.key)},${printLogicalType(type.value)}>`;
    case 'native':
      return `native(${type.native})`;
    default:
      return type.name;
  }
}

/** Whether values of the two types can be compared with each other as they are; sizes do not matter. */
export function sameFamily(left: LogicalType, right: LogicalType): boolean {
  if (left.name === 'array' && right.name === 'array') return sameFamily(left.element, right.element);
  if (left.name === 'map' && right.name === 'map')
    return sameFamily(left.key, right.key) && sameFamily(left.value, right.value);
  if (left.name === 'native' && right.name === 'native')
    return left.native.toLowerCase() === right.native.toLowerCase();
  return left.name === right.name;
}

function refuse(message: string, hint?: string): { readonly problem: Problem } {
  return { problem: hint === undefined ? { message } : { message, hint } };
}
