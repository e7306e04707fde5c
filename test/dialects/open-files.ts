import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type RawBuilder, sql } from 'kysely';
import { duckdbSql } from '../../src/dialects/duckdb/expressions.ts';
import { duckdb } from '../../src/dialects/duckdb.ts';

import type { Row } from '../../src/model/value.ts';
import type {
  SourceColumn,
  TableProblem,
  TableRequest,
  TableSource,
  Warehouse,
  WarehouseTarget,
} from '../../src/sql/dialect.ts';
import { parseLogicalType } from '../../src/sql/logical-type.ts';

export const target: WarehouseTarget = {
  name: 'files',
  schemas: new Map(),
  concurrency: 4,
  timeout: 60_000,
  allowPrivileged: false,
};

export interface Folder {
  readonly path: string;
  remove(): void;
}

/** A folder of its own with these files; a relative name may have folders in it. */
export function folderWith(files: Readonly<Record<string, string | Buffer>>): Folder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'surety-test-')));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs statements on an engine of the test's own, to make databases and Parquet files. */
export async function make(path: string, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    await connection.run("set timezone = 'UTC'");
    for (const statement of statements) await connection.run(statement);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

export interface Wanted extends Partial<Omit<TableRequest, 'columns' | 'read'>> {
  /** Column or member → type, or type and date format behind a blank. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly read?: Partial<TableRequest['read']>;
}

export function request(folder: string, { columns = {}, read = {}, ...rest }: Wanted): TableRequest {
  return {
    key: 't',
    name: 't',
    folder,
    boundary: folder,
    ...rest,
    read: { missing: [], ...read },
    columns: Object.entries(columns).map(([name, text]) => {
      const [type = '', dateFormat] = text.split(' as ');
      const parsed = parseLogicalType(type);
      if ('problem' in parsed) throw new Error(parsed.problem.message);
      return { name, physicalNames: [name], type: parsed.type, ...(dateFormat && { dateFormat }) };
    }),
  };
}

export async function open(
  requests: readonly TableRequest[],
  changes: Partial<WarehouseTarget> = {},
): Promise<Warehouse> {
  return duckdb.open({ ...target, ...changes }, requests, { timeout: 60_000 });
}

export function sourceOf(warehouse: Warehouse, key = 't'): TableSource {
  const found = warehouse.tables.get(key);
  if (!found || 'reason' in found) throw new Error(`no table: ${found?.reason} (${found?.hint})`);
  return found;
}

export function problemOf(warehouse: Warehouse, key = 't'): TableProblem {
  const found = warehouse.tables.get(key);
  if (!found || !('reason' in found)) throw new Error('the table was found');
  return found;
}

export async function rowsOf(
  warehouse: Warehouse,
  query: RawBuilder<unknown>,
  timeout = 60_000,
): Promise<readonly Row[]> {
  const session = await warehouse.session({ timeout: 60_000 });
  try {
    return await session.run(duckdbSql.compile(query), { timeout });
  } finally {
    await session.close();
  }
}

export function columnOf(source: TableSource, name: string): SourceColumn {
  const column = source.columns.find((candidate) => candidate.name === name);
  if (!column) throw new Error(`no column ${name} in ${source.columns.map((each) => each.name).join(', ')}`);
  return column;
}

/** One row for each record: the values as text, `!` and the cell's text where it does not fit; ordered by file and record. */
export async function cellsOf(warehouse: Warehouse, key = 't'): Promise<readonly (string | null)[][]> {
  const source = sourceOf(warehouse, key);
  const columns = source.columns.map(({ value, cell }, index) => {
    const text = duckdbSql.display(value);
    const read = cell ? sql`case when ${cell.unparsable} then '!' || ${cell.raw} else ${text} end` : text;
    return sql`${read} as ${sql.id(`c${index}`)}`;
  });
  const order = source.origin ? sql`order by ${source.origin.file}, ${source.origin.record}` : sql``;
  const rows = await rowsOf(warehouse, sql`select ${sql.join(columns)} from ${source.scan} ${order}`);
  return rows.map((row) => columns.map((_, index) => row[`c${index}`] as string | null));
}

/** Opens one table, looks at it and closes the warehouse. */
export async function withTable<T>(
  folder: string,
  wanted: Wanted,
  look: (warehouse: Warehouse) => Promise<T>,
  changes: Partial<WarehouseTarget> = {},
): Promise<T> {
  const warehouse = await open([request(folder, wanted)], changes);
  try {
    return await look(warehouse);
  } finally {
    await warehouse.close();
  }
}
