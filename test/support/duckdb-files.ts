import { DuckDBInstance } from '@duckdb/node-api';

/** Runs statements in a database file, or in memory where they copy what they make to files. */
export async function inDuckDB(path: string, ...statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  try {
    for (const statement of statements) await connection.run(statement);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
