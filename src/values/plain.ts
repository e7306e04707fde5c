import { setOwn } from './own.ts';

/** DuckDB's values are objects of classes of its own; it is told by their form, so that its driver is not needed here. */
export function isDuckdb(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // That of a plain object, of whatever realm, has none itself.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return !isPlain && ['entries', 'items'].some((name) => Object.hasOwn(value, name));
}

/** Whether a value may have members: no list, map, Date or bytes. */
export function isObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !(value instanceof Map || value instanceof Date || value instanceof Uint8Array);
}

/** A value whose type nobody declared: lists, objects and maps by their parts, other values of DuckDB as it prints them. */
export function plainOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(plainOf);
  if (!isDuckdb(value)) return isPlainObject(value) ? membersOf(value) : ownText(value);
  const { items, entries } = value as { readonly items?: readonly unknown[]; readonly entries?: object };
  if (items) return items.map(plainOf);
  if (!Array.isArray(entries)) return membersOf(entries ?? {});
  return new Map(entries.map(({ key, value: inner }) => [plainOf(key), plainOf(inner)]));
}

function membersOf(object: object): object {
  const members = {};
  for (const [name, value] of Object.entries(object)) setOwn(members, name, plainOf(value));
  return members;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function ownText(value: object): unknown {
  const bytes = 'bytes' in value ? value.bytes : undefined;
  return bytes instanceof Uint8Array ? bytes : String(value);
}
