import { DuckDBInstance } from '@duckdb/node-api';

/** Answers of DuckDB's `regexp_matches`, a row for each text and a column for each pattern, everything bound. */
export async function duckdbMatches(
  patterns: readonly string[],
  texts: readonly string[],
): Promise<readonly (readonly boolean[])[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  try {
    await connection.run('create table subjects (id integer, subject varchar)');
    const insert = await connection.prepare('insert into subjects values ($1, $2)');
    for (const [id, text] of texts.entries()) {
      insert.bindInteger(1, id);
      insert.bindVarchar(2, text);
      await insert.run();
    }
    const columns = patterns.map((_, index) => `regexp_matches(subject, $${index + 1})`);
    const select = await connection.prepare(`select ${columns.join(', ')} from subjects order by id`);
    for (const [index, pattern] of patterns.entries()) select.bindVarchar(index + 1, pattern);
    return (await select.runAndReadAll()).getRows() as boolean[][];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
