import type { TableProblem, TableRequest, WarehouseTarget } from '../../sql/dialect.ts';
import { splitLocation } from '../../sql/location.ts';
import { matchName } from '../../sql/names.ts';

/** Where a table is looked for; `schema` is undefined where neither the location nor the warehouse names one. */
export interface Place {
  readonly schema: string | undefined;
  readonly table: string;
}

/** Splits `schema.table`, parts with odd characters in double quotes, and maps the schema to the real one of the environment. */
export function placeOf(target: WarehouseTarget, request: TableRequest): Place | TableProblem {
  const parts = splitLocation(request.location ?? request.name);
  const [table = '', logical = target.schema] = [...parts].reverse();
  if (parts.length > 2) {
    return {
      reason: `"${request.location}" has too many parts`,
      hint: 'write schema.table; the database is the one of the warehouse',
    };
  }
  if (table === '' || logical === '')
    return { reason: `"${request.location}" names no table`, hint: 'write schema.table' };
  const real =
    logical === undefined ? target.schemas.get('*') : (target.schemas.get(logical) ?? target.schemas.get('*'));
  return { schema: real ?? logical, table };
}

/** What a catalog has: names of tables by the names of their schemas. */
export type Known = ReadonlyMap<string, readonly string[]>;

/** The exact names of a table in the catalog, by the rules of semantics §9, or why there is none. */
export function findTable(
  { schema: wanted = '', table }: Place,
  known: Known,
): { readonly schema: string; readonly table: string } | TableProblem {
  const schemas = matchName([wanted], [...known.keys()]);
  if (schemas.state === 'ambiguous') return ambiguous(wanted, schemas.names);
  if (schemas.state === 'missing') {
    return {
      reason: `there is no schema "${wanted}"`,
      kind: 'not found',
      hint: 'correct the location, or `schema:` in surety.yaml',
    };
  }
  const schema = schemas.name;
  const tables = known.get(schema) ?? [];
  const match = matchName([table], tables);
  if (match.state === 'ambiguous') return ambiguous(`${wanted}.${table}`, match.names);
  if (match.state === 'found') return { schema, table: match.name };
  return { reason: `there is no table "${wanted}.${table}"`, kind: 'not found', hint: hint(wanted, tables) };
}

function ambiguous(name: string, names: readonly string[]): TableProblem {
  return {
    reason: `"${name}" is ambiguous: ${names.join(', ')}`,
    hint: 'write the name exactly as the catalog has it',
  };
}

function hint(schema: string, tables: readonly string[]): string {
  if (tables.length === 0) return `the schema "${schema}" has no tables`;
  return `"${schema}" has ${tables.slice(0, 5).join(', ')}${tables.length > 5 ? ' and more' : ''}`;
}
