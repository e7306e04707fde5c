import { parseExactJson } from './exact-json.ts';
import { ownOf, setOwn } from './own.ts';
import { isDuckdb, isObject, plainOf } from './plain.ts';
import { isPostgresArray, parsePostgresArray } from './postgres-array.ts';
import type { Refuse } from './scalar.ts';
import { faultsOf, type ValueFault, ValueProblem } from './value-problem.ts';

/** Null, undefined and JSON's `null` give null. `isParsed`: it stood in parsed JSON, so that a text is not JSON itself. */
export type Part = (raw: unknown, isParsed: boolean) => unknown;

/** Most faults of one value that are worth telling. */
const MOST = 20;

/** A plain object with every declared member; members that nobody declared are kept only where the struct is open. */
export function structReader(isOpen: boolean, members: readonly (readonly [string, Part])[], refuse: Refuse): Part {
  return (raw, isParsed) => {
    const isText = typeof raw === 'string' && !isParsed;
    const source = isText ? jsonOf(raw, refuse, parseExactJson) : raw;
    if (source === null) return null;
    const entries = membersOf(source);
    if (entries === undefined) return refuse(raw, 'is not an object');
    const inJson = !isDuckdb(source);
    const result = isOpen ? (plainOf(isText ? JSON.parse(raw) : source) as object) : {};
    const faults: ValueFault[] = [];
    for (const [name, part] of members) {
      try {
        setOwn(result, name, part(ownOf(entries, name), inJson));
      } catch (error) {
        gather(faults, error, `.${name}`);
      }
    }
    return complete(result, faults);
  };
}

/** An array; from lists, DuckDB's values, JSON and PostgreSQL's own text. */
export function arrayReader(part: Part, refuse: Refuse): Part {
  return (raw, isParsed) => {
    const isText = typeof raw === 'string' && !isParsed;
    const isNative = isText && isPostgresArray(raw);
    const source = isNative ? parsePostgresArray(raw) : isText ? jsonOf(raw, refuse, parseExactJson) : itemsOf(raw);
    if (source === null) return null;
    if (!Array.isArray(source)) return refuse(raw, 'is not a list');
    const inJson = !isNative && !isDuckdb(raw);
    const faults: ValueFault[] = [];
    const result = source.map((item: unknown, index) => {
      try {
        return part(item, inJson);
      } catch (error) {
        return gather(faults, error, `[${index}]`);
      }
    });
    return complete(result, faults);
  };
}

/** A Map; from maps, objects, DuckDB's values and JSON objects. */
export function mapReader(key: Part, value: Part, refuse: Refuse, showKey: (key: unknown) => string): Part {
  return (raw, isParsed) => {
    const source = typeof raw === 'string' && !isParsed ? jsonOf(raw, refuse, parseExactJson) : raw;
    if (source === null) return null;
    const pairs = pairsOf(source);
    if (pairs === undefined) return refuse(raw, 'is not a map');
    const inJson = !isDuckdb(source);
    const faults: ValueFault[] = [];
    const result = new Map<unknown, unknown>();
    for (const [rawKey, rawValue] of pairs) {
      try {
        const name = key(rawKey, inJson);
        if (name === null || result.has(name)) refuse(rawKey, 'is no key of its own');
        result.set(name, value(rawValue, inJson));
      } catch (error) {
        gather(faults, error, `{${showKey(rawKey)}}`);
      }
    }
    return complete(result, faults);
  };
}

/** What JSON.parse gives: numbers above 2^53 are as JavaScript has them. JSON that was parsed already stays as it is. */
export function jsonReader(refuse: Refuse): Part {
  return (raw, isParsed) => (typeof raw === 'string' && !isParsed ? jsonOf(raw, refuse, JSON.parse) : raw);
}

function jsonOf(text: string, refuse: Refuse, parse: (text: string) => unknown): unknown {
  try {
    return parse(text);
  } catch {
    return refuse(text, 'is not JSON');
  }
}

function membersOf(source: unknown): object | undefined {
  if (!isObject(source)) return undefined;
  if (!isDuckdb(source)) return source;
  const entries: unknown = ownOf(source, 'entries');
  return typeof entries === 'object' && entries !== null && !Array.isArray(entries) ? entries : undefined;
}

function itemsOf(source: unknown): unknown {
  return isDuckdb(source) ? ownOf(source, 'items') : source;
}

function pairsOf(source: unknown): Iterable<readonly [unknown, unknown]> | undefined {
  if (source instanceof Map) return source;
  if (!isObject(source)) return undefined;
  if (!isDuckdb(source)) return Object.entries(source);
  const entries: unknown = ownOf(source, 'entries');
  return Array.isArray(entries) ? entries.map(({ key, value }) => [key, value]) : undefined;
}

function gather(faults: ValueFault[], error: unknown, prefix: string): void {
  if (faults.length < MOST) faults.push(...faultsOf(error, prefix));
}

function complete<Value>(value: Value, faults: readonly ValueFault[]): Value {
  if (faults.length > 0) throw new ValueProblem(faults);
  return value;
}
