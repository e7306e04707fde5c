import type { Row } from '../../model/value.ts';
import type {
  SourceColumn,
  Statement,
  TableProblem,
  TableRequest,
  TableSource,
  WarehouseTarget,
} from '../../sql/dialect.ts';
import { named, quoteName } from '../../sql/quote.ts';
import { findTable, type Place, placeOf } from '../server/location.ts';
import { columnOf } from './column.ts';
import { type CatalogColumn, type CatalogType, logicalType } from './native-type.ts';
import { byOid, INNER_TYPES, REACHED_TYPES } from './types.ts';

/** Names are cut beyond (`NAMEDATALEN` − 1), so a longer one names nothing. */
const LONGEST_NAME = 63;

/** What the statement below gives, table by table and type by type. */
interface Catalog {
  readonly schema: string | null;
  readonly schemas:
    | readonly { readonly name: string; readonly usage: boolean; readonly some: readonly string[] | null }[]
    | null;
  readonly tables: readonly CatalogTable[] | null;
  readonly types: readonly CatalogType[] | null;
}

interface CatalogTable {
  readonly schema: string;
  readonly name: string;
  /** The role may read all of it. */
  readonly readable: boolean;
  /** Rows are kept from the role by policies. */
  readonly limited: boolean;
  readonly columns: readonly CatalogColumn[] | null;
}

/**
 * All tables of a run by one statement. Reads pg_class and pg_attribute, since information_schema hides what the role may not see; types
 * are followed through domains, arrays and composites.
 */
const CATALOG = `with recursive wanted as (
  select coalesce(s, current_schema()) as s, t from unnest(cast($1 as text[]), cast($2 as text[])) as w(s, t)
), named as (
  select distinct n.oid, n.nspname from pg_namespace n join wanted w on n.nspname = w.s or lower(n.nspname) = lower(w.s)
), relation as (
  select c.oid, n.nspname, c.relname from named n join pg_class c on c.relnamespace = n.oid
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and exists (
    select 1 from wanted w where (n.nspname = w.s or lower(n.nspname) = lower(w.s)) and (c.relname = w.t or lower(c.relname) = lower(w.t))
  )
), attribute as (
  select a.attrelid, a.attnum, a.attname, a.atttypid, format_type(a.atttypid, a.atttypmod) as native,
    has_column_privilege(a.attrelid, a.attnum, 'SELECT') as readable
  from relation r join pg_attribute a on a.attrelid = r.oid where a.attnum > 0 and not a.attisdropped
), reached(oid) as (
  select atttypid from attribute
  union
  ${INNER_TYPES}
)
select cast(json_build_object(
  'schema', current_schema(),
  'schemas', (select json_agg(json_build_object('name', n.nspname, 'usage', has_schema_privilege(n.oid, 'USAGE'), 'some', (
    select json_agg(o.relname) from (
      select c.relname from pg_class c where c.relnamespace = n.oid and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1 limit 6
    ) o))) from named n),
  'tables', (select json_agg(json_build_object('schema', r.nspname, 'name', r.relname,
    'readable', has_table_privilege(r.oid, 'SELECT'), 'limited', row_security_active(r.oid), 'columns', (
      select json_agg(json_build_object(
        'name', a.attname, 'type', cast(a.atttypid as text), 'native', a.native, 'readable', a.readable) order by a.attnum)
      from attribute a where a.attrelid = r.oid))) from relation r),
  'types', ${REACHED_TYPES}
) as text) as catalog`;

export function catalogStatement(target: WarehouseTarget, tables: readonly TableRequest[]): Statement {
  const places = tables.map((request) => placeOf(target, request)).filter((place): place is Place => 'table' in place);
  return { sql: CATALOG, parameters: [places.map(({ schema }) => schema ?? null), places.map(({ table }) => table)] };
}

export interface Found {
  /** Schema of locations that name none. */
  readonly schema: string | undefined;
  readonly tables: ReadonlyMap<string, TableSource | TableProblem>;
  /** Schemas of the tables that were found. */
  readonly schemas: ReadonlySet<string>;
  readonly warnings: readonly string[];
}

/** What the catalog says of each table. `role` stands in the remedies. */
export function readCatalog(
  rows: readonly Row[],
  target: WarehouseTarget,
  requests: readonly TableRequest[],
  role: string,
): Found {
  const catalog = JSON.parse(String(rows[0]?.['catalog'])) as Catalog;
  const types = byOid(catalog.types);
  const warnings = new Set<string>();
  const tables = new Map(
    requests.map((request): [string, TableSource | TableProblem] => {
      const place = placeOf(target, request);
      if ('reason' in place) return [request.key, place];
      const found = lookUp(
        { ...place, schema: place.schema ?? catalog.schema ?? undefined },
        catalog,
        request,
        types,
        role,
      );
      if ('limited' in found && found.limited) {
        warnings.add(
          `policies of row security keep rows of ${found.source.place} from the role "${role}": they are not measured`,
        );
      }
      return [request.key, 'source' in found ? found.source : found];
    }),
  );
  return {
    schema: target.schema ?? catalog.schema ?? undefined,
    tables,
    schemas: new Set((catalog.tables ?? []).map(({ schema }) => schema)),
    warnings: [...warnings],
  };
}

function lookUp(
  place: Place,
  catalog: Catalog,
  request: TableRequest,
  types: ReadonlyMap<string, CatalogType>,
  role: string,
): { readonly source: TableSource; readonly limited: boolean } | TableProblem {
  const { schema, table } = place;
  if (schema === undefined)
    return { reason: 'the role has no default schema', hint: 'write schema.table, or `schema:` in surety.yaml' };
  const long = [schema, table].find((name) => Buffer.byteLength(name) > LONGEST_NAME);
  if (long !== undefined) {
    return {
      reason: `"${long}" has ${Buffer.byteLength(long)} bytes, and names of PostgreSQL have at most ${LONGEST_NAME}`,
      kind: 'not found',
    };
  }
  const all = catalog.tables ?? [];
  const schemas = catalog.schemas ?? [];
  const known = new Map(
    schemas.map(({ name, some }) => [
      name,
      [...all.flatMap((each) => (each.schema === name ? [each.name] : [])), ...(some ?? [])].filter(isFirst),
    ]),
  );
  const match = findTable(place, known);
  if ('reason' in match) return match;
  const found = all.find((each) => each.schema === match.schema && each.name === match.table);
  if (!found) return { reason: `there is no table "${schema}.${table}"`, kind: 'not found' };
  const name = `${quoteName(match.schema)}.${quoteName(match.table)}`;
  const shown = `${match.schema}.${match.table}`;
  if (schemas.find((each) => each.name === match.schema)?.usage === false) {
    const hint = `grant usage on schema ${quoteName(match.schema)} to ${quoteName(role)};`;
    return { reason: `the role "${role}" may not look into the schema "${match.schema}"`, kind: 'forbidden', hint };
  }
  const own = found.columns ?? [];
  if (own.length > 0 && !found.readable && !own.some(({ readable }) => readable)) {
    const hint = `grant select on ${name} to ${quoteName(role)};`;
    return { reason: `the role "${role}" may not read ${shown}`, kind: 'forbidden', hint };
  }
  const columns = own.map((column): SourceColumn => {
    const source = columnOf(column, logicalType(column.type, column.native, types), request);
    if (column.readable) return source;
    const message = `the role "${role}" may not read the column "${column.name}" of ${shown}`;
    return {
      ...source,
      forbidden: { message, hint: `grant select (${quoteName(column.name)}) on ${name} to ${quoteName(role)};` },
    };
  });
  return { source: sourceOf(match, shown, columns), limited: found.limited };
}

function sourceOf(
  { schema, table }: { readonly schema: string; readonly table: string },
  place: string,
  columns: readonly SourceColumn[],
): TableSource {
  const relation = named(schema, table);
  // All statements of a table run in one snapshot, so nothing changes under them.
  return {
    relation,
    scan: relation,
    qualifier: table,
    listed: columns.filter(({ forbidden }) => !forbidden).map(({ name }) => name),
    place,
    columns,
    text: false,
    header: true,
    changed: async () => undefined,
  };
}

function isFirst(name: string, index: number, all: readonly string[]): boolean {
  return all.indexOf(name) === index;
}
