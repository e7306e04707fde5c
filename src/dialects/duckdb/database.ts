import { stat } from 'node:fs/promises';
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
import { named } from '../../sql/quote.ts';
import { findTable, type Known, placeOf } from '../server/location.ts';
import { databasePath } from './database-path.ts';
import { Engine, warehouseOf } from './engine.ts';
import { changedFiles, type SourceFile } from './locate.ts';
import { logicalType } from './native-type.ts';

const CATALOG = `select schema_name, table_name, column_name, data_type from duckdb_columns()
where database_name = current_database() and not internal order by schema_name, table_name, column_index`;

/** Opens a DuckDB database file read-only, looks all tables up by one statement and turns every other access off. */
export async function openDatabase(
  target: WarehouseTarget,
  url: string,
  tables: readonly TableRequest[],
  options: RunOptions,
): Promise<Warehouse> {
  const path = databasePath(url, tables[0]?.folder ?? '.');
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
    const known = namesOf(catalog);
    const found = new Map(tables.map((request) => [request.key, lookUp(target, request, catalog, known, file)]));
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
  known: Known,
  file: SourceFile,
): TableSource | TableProblem {
  const place = placeOf({ ...target, schema: target.schema ?? 'main' }, request);
  const match = 'reason' in place ? place : findTable(place, known);
  if ('reason' in match) return match;
  const { schema, table } = match;
  const relation = named(schema, table);
  const columns = catalog
    .filter((row) => row['schema_name'] === schema && row['table_name'] === table)
    .map((row) => {
      const name = String(row['column_name']);
      const native = String(row['data_type']);
      return { name, native, type: logicalType(native), value: named(name) };
    });
  return {
    relation,
    scan: relation,
    qualifier: table,
    place: `${schema}.${table}`,
    columns,
    text: false,
    header: true,
    changed: () => changedFiles([file]),
  };
}

function namesOf(catalog: readonly Row[]): Known {
  const known = new Map<string, string[]>();
  for (const row of catalog) {
    const schema = String(row['schema_name']);
    const table = String(row['table_name']);
    const tables = known.get(schema) ?? [];
    known.set(schema, tables);
    if (!tables.includes(table)) tables.push(table);
  }
  return known;
}
