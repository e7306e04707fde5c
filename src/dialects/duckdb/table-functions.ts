import type { DuckDBConnection } from '@duckdb/node-api';
import { EngineError } from '../../sql/dialect.ts';

/** Table functions that only compute. Others read files, change how the engine logs and profiles, run texts or follow raw addresses. */
const HARMLESS: ReadonlySet<string> = new Set([
  'generate_series',
  'json_each',
  'json_tree',
  'range',
  'repeat',
  'repeat_row',
  'unnest',
]);

/**
 * Refuses a query that calls a table function which does more than compute: in DuckDB a SELECT can turn on logging into files, which
 * no setting forbids. Reads the query with DuckDB's own parser. Throws `EngineError`; a text that does not parse is left to `prepare`.
 */
export async function refuseTableFunctions(connection: DuckDBConnection, text: string): Promise<void> {
  const prepared = await connection.prepare('select json_serialize_sql(cast($1 as varchar))');
  try {
    prepared.bindVarchar(1, text);
    const [row] = await (await prepared.run()).getRows();
    for (const name of tableFunctions(JSON.parse(String(row?.[0] ?? 'null')))) {
      if (!HARMLESS.has(name.toLowerCase()))
        throw new EngineError('failed', `the table function "${name}" is not allowed`);
    }
  } finally {
    prepared.destroySync();
  }
}

function tableFunctions(tree: unknown): readonly string[] {
  const names: string[] = [];
  const open: unknown[] = [tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if ('type' in node && node.type === 'TABLE_FUNCTION') names.push(nameOf(node));
    for (const child of Object.values(node)) if (child !== undefined) open.push(child);
  }
  return names;
}

function nameOf(node: object): string {
  const called = 'function' in node ? node.function : undefined;
  if (typeof called !== 'object' || called === null || !('function_name' in called)) return 'unknown';
  return String(called.function_name);
}
