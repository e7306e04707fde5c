import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Row } from '../../model/value.ts';
import {
  EngineError,
  type RunOptions,
  type TableProblem,
  type TableRequest,
  type TableSource,
  type Warehouse,
  type WarehouseTarget,
} from '../../sql/dialect.ts';
import { matchName } from '../../sql/names.ts';
import { Engine, warehouseOf } from './engine.ts';
import { changedFiles, type SourceFile } from './locate.ts';
import { logicalType } from './native-type.ts';
import { named } from './quote.ts';

const CATALOG = `select schema_name, table_name, column_name, data_type from duckdb_columns()
where database_name = current_database() and not internal order by schema_name, table_name, column_index`;

/** Opens a DuckDB database file read-only, looks all tables up by one statement and turns every other access off. */
export async function openDatabase(
  target: WarehouseTarget,
  url: string,
  tables: readonly TableRequest[],
  options: RunOptions,
): Promise<Warehouse> {
  const path = resolve(tables[0]?.folder ?? '.', url.replace(/^duckdb:(\/\/)?/u, ''));
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (!found?.isFile()) throw new EngineError('unreachable', `the url of "${target.name}" names no database file`);
  // The url may hold a secret.
  const file: SourceFile = {
    path,
    name: `the database of "${target.name}"`,
    size: found.size,
    modified: found.mtimeNs,
  };
  const engine = await Engine.open(path);
  try {
    await engine.lock([]);
    const catalog = await engine.admin(CATALOG, options);
    const found = new Map(tables.map((request) => [request.key, lookUp(target, request, catalog, file)]));
    return warehouseOf(engine, found, file.name);
  } catch (error) {
    await engine.close();
    throw error;
  }
}

function lookUp(
  target: WarehouseTarget,
  request: TableRequest,
  catalog: readonly Row[],
  file: SourceFile,
): TableSource | TableProblem {
  const path = splitName(request.location ?? request.name);
  const [table = '', logical = target.schema ?? 'main'] = [...path].reverse();
  if (path.length > 2) {
    return {
      reason: `"${request.location}" has too many parts`,
      hint: 'write schema.table; the database is the one of the warehouse',
    };
  }
  const wanted = target.schemas.get(logical) ?? target.schemas.get('*') ?? logical;
  const schemas = matchName([wanted], distinct(catalog, 'schema_name'));
  const schema = 'name' in schemas ? schemas.name : wanted;
  const inSchema = catalog.filter((row) => row.schema_name === schema);
  const match = matchName([table], distinct(inSchema, 'table_name'));
  if (!('name' in match)) {
    const several = 'names' in match && match.names;
    return several
      ? {
          reason: `"${wanted}.${table}" is ambiguous: ${several.join(', ')}`,
          hint: 'write the name exactly as the catalog has it',
        }
      : {
          reason: `there is no table "${wanted}.${table}"`,
          kind: 'not found',
          hint: hint(wanted, distinct(inSchema, 'table_name')),
        };
  }
  const relation = named(schema, match.name);
  const columns = inSchema
    .filter((row) => row.table_name === match.name)
    .map((row) => {
      const name = String(row.column_name);
      const native = String(row.data_type);
      return { name, native, type: logicalType(native), value: named(name) };
    });
  return {
    relation,
    scan: relation,
    place: `${schema}.${match.name}`,
    columns,
    text: false,
    header: true,
    changed: () => changedFiles([file]),
  };
}

function hint(schema: string, tables: readonly string[]): string {
  if (tables.length === 0) return `the schema "${schema}" has no tables`;
  return `"${schema}" has ${tables.slice(0, 5).join(', ')}${tables.length > 5 ? ' and more' : ''}`;
}

function distinct(rows: readonly Row[], column: string): readonly string[] {
  return [...new Set(rows.map((row) => String(row[column])))];
}

/** Splits `schema.table`; parts with odd characters stand in double quotes. */
function splitName(location: string): readonly string[] {
  return [...location.matchAll(/"((?:[^"]|"")*)"|[^."]+/gu)].map(
    ([part, quoted]) => quoted?.replaceAll('""', '"') ?? part,
  );
}
