import type { Sql } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import type { Engine } from './engine.ts';

/** Canonical values of servers as the server prints them, whatever their drivers make of them. */
export function asText(value: Sql, { name }: Engine): Sql {
  if (name === 'duckdb') return value;
  return name === 'mysql' ? sql`cast(${value} as char)` : sql`cast(${value} as text)`;
}
