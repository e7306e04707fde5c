import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { location, quoted, type SpecTable, type TestEngine } from './engine.ts';
import { insert } from './insert.ts';

/** Fills a database with the tables and gives what `after` makes of it. */
export async function fill<T>(
  path: string,
  tables: ReadonlyMap<string, SpecTable>,
  after: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    // A zone that differs from ours: what leans on the default shows.
    await connection.run("set timezone = 'America/New_York'");
    for (const [name, table] of tables) {
      const columns = Object.entries(table.columns);
      await connection.run(
        `create table ${quoted(name)} (${columns.map(([column, type]) => `${quoted(column)} ${type}`).join(', ')})`,
      );
      const rows = table.rows.map((row) => columns.map((_, at) => row[at] ?? null));
      const run = (sql: string, values: readonly (string | null)[]) => connection.run(sql, [...values]);
      await insert(run, quoted(name), rows, (column, value) => `cast($${value} as ${columns[column]?.[1]})`);
    }
    return await after(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

export const duckdb: TestEngine = {
  name: 'duckdb',
  excepted: ['duckdb'],
  async create(folder, tables) {
    await fill(join(folder, 'spec.duckdb'), tables, async () => {});
    return { surety: 'warehouses: { default: { type: duckdb, url: spec.duckdb } }\n', location };
  },
};

export const parquet: TestEngine = {
  name: 'parquet',
  excepted: ['parquet'],
  async create(folder, tables) {
    await mkdir(join(folder, 'data'), { recursive: true });
    const names = [...tables.keys()];
    const file = (table: string): string => `t${names.indexOf(table)}.parquet`;
    await fill(':memory:', tables, async (connection) => {
      for (const name of names)
        await connection.run(`copy ${quoted(name)} to '${join(folder, 'data', file(name))}' (format parquet)`);
    });
    return { surety: 'warehouses: { default: { type: duckdb, root: data } }\n', location: file };
  },
};
