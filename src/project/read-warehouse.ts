import {
  type Cursor,
  entries,
  field,
  isMap,
  isTrue,
  keyPlaceOf,
  oneOrMore,
  textOf,
  withDefaults,
  word,
  written,
} from '../contract/cursor.ts';
import { durationOf, present } from '../contract/resolve/parts.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { TlsMode } from '../sql/dialect.ts';
import type { ProjectText, TlsDeclaration, WarehouseDeclaration } from './project.ts';
import type * as file from './project-file.generated.ts';
import { PARTS, PLACES } from './server-keys.ts';

const DEFAULT_CONCURRENCY = 4;
const DEFAULT_TIMEOUT = 300_000;

type Warehouse = Cursor<file.Warehouse>;
type Warehouses = Cursor<{ [name: string]: file.Warehouse }> | undefined;

/** A text that may be a secret, with its place. */
export type ReadText = (value: Cursor<unknown> | undefined) => ProjectText | undefined;

/** The warehouses of the top level with those of an environment laid over them. */
export function warehousesOf(
  top: Warehouses,
  own: Warehouses,
  text: ReadText,
  diagnostics: Diagnostic[],
): ReadonlyMap<string, WarehouseDeclaration> {
  const declared = new Map<string, Warehouse>(entries(top));
  const merged = new Map(declared);
  for (const [name, warehouse] of entries(own)) {
    const base = merged.get(name);
    merged.set(name, base ? laidOver(warehouse, base) : warehouse);
  }
  const declarations = new Map<string, WarehouseDeclaration>();
  for (const [name, warehouse] of merged) {
    const declaration = declarationOf(name, warehouse, text);
    if (declaration) declarations.set(name, declaration);
    // One of an environment alone is told by `projectProblems`.
    else if (declared.has(name)) diagnostics.push(untyped(name, warehouse));
  }
  return declarations;
}

/**
 * Key by key. An environment that says where a warehouse is says all of it: half an address of production behind another host would
 * lead somewhere that nobody has written down.
 */
function laidOver(own: Warehouse, base: Warehouse): Warehouse {
  const says = (keys: (typeof PLACES)[number]) => keys.some((key) => field(own, key));
  const type = field(own, 'type');
  const before = field(base, 'type');
  const isOther = type !== undefined && before !== undefined && textOf(type) !== textOf(before);
  const replaced = isOther || PLACES.some(says) ? PLACES.filter((keys) => isOther || !says(keys)).flat() : [];
  return withDefaults(own, without(base, isOther ? [...replaced, 'tls'] : replaced));
}

function without(cursor: Warehouse, keys: readonly string[]): Warehouse {
  const [node] = cursor.nodes;
  if (node.kind !== 'map') return cursor;
  const kept = [...node.entries].filter(([key]) => !keys.includes(key));
  return { ...cursor, nodes: [{ ...node, entries: new Map(kept) }] };
}

function declarationOf(name: string, warehouse: Warehouse, text: ReadText): WarehouseDeclaration | undefined {
  const type = field(warehouse, 'type');
  if (!type) return undefined;
  const concurrency = field(warehouse, 'concurrency');
  const timeout = durationOf(field(warehouse, 'timeout'));
  const schemas = entries(field(warehouse, 'schemas')).flatMap(([logical, real]) => {
    const value = text(real);
    return value ? [[logical, value] as const] : [];
  });
  const parts = PARTS.flatMap((part) => {
    const value = text(field(warehouse, part));
    return value ? [[part, value] as const] : [];
  });
  return present<WarehouseDeclaration>({
    name,
    type: written(type),
    url: text(field(warehouse, 'url')),
    parts: new Map(parts),
    tls: tlsOf(field(warehouse, 'tls'), text),
    root: text(field(warehouse, 'root')),
    schema: text(field(warehouse, 'schema')),
    schemas: new Map(schemas),
    concurrency: Math.max(1, Number(concurrency ? textOf(concurrency) : DEFAULT_CONCURRENCY)),
    timeout: timeout ? Number(timeout.microseconds / 1000n) : DEFAULT_TIMEOUT,
    responsible: oneOrMore(field(warehouse, 'responsible')).map(written),
    allowPrivileged: isTrue(field(warehouse, 'allowPrivileged')),
    trustForeignKeys: isTrue(field(warehouse, 'trustForeignKeys')),
    at: keyPlaceOf(warehouse),
  });
}

function tlsOf(cursor: Cursor<TlsMode | file.Tls> | undefined, text: ReadText): TlsDeclaration | undefined {
  if (cursor === undefined) return undefined;
  if (!isMap(cursor)) return { mode: word(cursor as Cursor<TlsMode>) };
  const map = cursor as Cursor<file.Tls>;
  const mode = field(map, 'mode');
  return present<TlsDeclaration>({
    mode: mode && word(mode),
    ca: text(field(map, 'ca')),
    cert: text(field(map, 'cert')),
    key: text(field(map, 'key')),
    serverName: text(field(map, 'serverName')),
  });
}

function untyped(name: string, warehouse: Warehouse): Diagnostic {
  return {
    code: 'project/missing-type',
    severity: 'error',
    message: `warehouse "${name}" has no type`,
    hint: 'add `type: duckdb` (or postgres, mysql)',
    at: keyPlaceOf(warehouse),
  };
}
