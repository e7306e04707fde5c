import type { QueryExecutor } from 'kysely';
import type { Sql } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { matchName } from '../sql/names.ts';
import { type Engine, type EngineName, providing } from './engine.ts';
import type { TableShape } from './table-shape.ts';

/** The name in the source of each column that may have several: the exact spelling, else one that differs in case. Throws `TypeError`. */
export async function findNames(
  executor: QueryExecutor,
  engine: Engine,
  path: readonly string[],
  shape: TableShape,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ readonly name: string }>`${catalogQuery(engine, path)}`.execute(providing(executor));
  const there = rows.map(({ name }) => name);
  if (there.length === 0) throw new TypeError(`there is no table ${path.join('.')}, or it may not be read`);
  return matchColumns(shape, there, path.join('.'));
}

/** The name that stands in the source for each stored column with a list of names. Throws `TypeError`. */
export function matchColumns(shape: TableShape, there: readonly string[], place: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const name of shape.stored) {
    const wanted = shape.fields.get(name)?.column?.physicalNames ?? [];
    if (wanted.length < 2) continue;
    const match = matchName(wanted, there);
    if (match.state === 'missing') throw new TypeError(`${place} has none of ${wanted.join(', ')} for "${name}"`);
    if (match.state === 'ambiguous')
      throw new TypeError(`${place} has several names of "${name}": ${match.names.join(', ')}`);
    found.set(name, match.name);
  }
  return found;
}

function catalogQuery({ quote, name: engine }: Engine, path: readonly string[]): Sql {
  const [table = '', schema] = [...path].reverse();
  const queries: Readonly<Record<EngineName, () => Sql>> = {
    postgres: () => sql`select attname as name from pg_catalog.pg_attribute
      where attrelid = to_regclass(${path.map(quote).join('.')}) and attnum > 0 and not attisdropped`,
    mysql: () => sql`select column_name as name from information_schema.columns
      where table_schema = ${schema === undefined ? sql`database()` : sql`${schema}`} and table_name = ${table}`,
    duckdb: () => sql`select column_name as name from duckdb_columns()
      where schema_name = ${schema === undefined ? sql`current_schema()` : sql`${schema}`} and table_name = ${table}`,
  };
  return queries[engine]();
}
