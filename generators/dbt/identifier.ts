import type { Column } from '../../src/model/contract.ts';
import type { Engine } from '../generator.ts';

/** Words that PostgreSQL or DuckDB keep for themselves. */
const RESERVED = new Set(
  `all analyse analyze and anti any array as asc asof asymmetric at authorization binary both by case cast check collate
  collation column concurrently constraint create cross current_catalog current_date current_role current_schema current_time
  current_timestamp current_user default deferrable desc describe distinct do else end except false fetch for foreign freeze
  from full glob grant group having ilike in initially inner intersect into is isnull join lambda lateral leading left like
  limit localtime localtimestamp natural not notnull null offset on only or order outer overlaps pivot pivot_longer
  pivot_wider placing positional primary qualify references returning right select semi session_user show similar some
  summarize symmetric system_user table tablesample then to trailing true union unique unpack unpivot user using variadic
  verbose when where window with`.split(/\s+/),
);

/** dbt's own names of models and sources stand in its calls. */
const DBT_NAME = /^\w[\w-]*$/;

export function isDbtName(name: string): boolean {
  return DBT_NAME.test(name);
}

/** The mark around names: one inside a name is not doubled by dbt. */
function markOf(engine: Engine): '"' | '`' {
  return engine === 'mysql' ? '`' : '"';
}

/** Whether dbt can quote the name. */
export function isQuotable(name: string, engine: Engine): boolean {
  return !name.includes(markOf(engine)) && !name.includes('\0');
}

/** Whether the engine reads the name as it is without quotes. */
export function isPlain(name: string, engine: Engine): boolean {
  return engine !== 'mysql' && /^[a-z_][a-z0-9_]*$/.test(name) && !RESERVED.has(name);
}

/** Name → the name as SQL, quoted where it has to be. */
export function quoteFor(engine: Engine): (name: string) => string {
  const mark = markOf(engine);
  return (name) => (isPlain(name, engine) ? name : `${mark}${name.replaceAll(mark, mark + mark)}${mark}`);
}

/** The name in the source, which dbt works on. */
export function sourceName({ name, physicalNames }: Pick<Column, 'name' | 'physicalNames'>): string {
  return physicalNames[0] ?? name;
}
