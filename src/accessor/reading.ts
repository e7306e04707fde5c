import type { QueryExecutor } from 'kysely';
import type { LogicalType } from '../model/logical-type.ts';
import type { ContractFacts, TableDefinition } from '../model/table-definition.ts';
import type { Sql } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { asText } from './as-text.ts';
import { type Condition, conditionSql } from './conditions.ts';
import { derivedTable } from './derived.ts';
import type { Engine } from './engine.ts';
import { isPlainName } from './plain-name.ts';
import { aliasOf, type ColumnReaders } from './row-reader.ts';
import type { Source, SourceAccess } from './source.ts';
import { fieldOf, type TableShape } from './table-shape.ts';

/** What an accessor reads, and from where. */
export interface Reading {
  readonly facts: ContractFacts;
  readonly definition: TableDefinition;
  readonly shape: TableShape;
  /** Of the connection, without its plug-ins: those would rename columns. */
  readonly executor: QueryExecutor;
  readonly engine: Engine;
  readonly source: SourceAccess;
  readonly readers: ColumnReaders;
  readonly chosen: readonly string[];
  readonly conditions: readonly Condition[];
}

/** The rows that are meant, with these columns and those of the conditions. */
export function from(of: Reading, source: Source, names: readonly string[]): Sql {
  const all = [...new Set([...names, ...of.conditions.map(({ field }) => field.name)])];
  const columns = all.map((name) => ({ name, alias: nameIn(of, name) }));
  const derived = derivedTable(of.definition, of.shape, of.engine, source, columns);
  const conditions = of.conditions.map((each) => conditionSql(each, columnOf(of, each.field.name), of.engine.name));
  const where = conditions.length === 0 ? sql`` : sql` where ${sql.join(conditions, sql` and `)}`;
  return sql`from ${derived} as ${sql.id(tableIn(of))}${where}`;
}

/** A column of the derived table. */
export function columnOf(of: Reading, name: string): Sql {
  return sql`${sql.id(tableIn(of), nameIn(of, name))}`;
}

function tableIn({ shape }: Reading): string {
  return isPlainName(shape.name) ? shape.name : 'promised';
}

function nameIn({ shape }: Reading, name: string): string {
  return isPlainName(name) ? name : `column ${[...shape.fields.keys()].indexOf(name)}`;
}

/** Reads the chosen columns under the aliases of their places. */
export async function statementOf(of: Reading, limit?: number): Promise<Sql> {
  const source = await of.source.ready(of.executor);
  const items = of.chosen.map((name, place) => sql`${printed(of, name)} as ${sql.id(aliasOf(place))}`);
  const end = limit === undefined ? sql`` : sql` limit ${sql.lit(limit)}`;
  return sql`select ${sql.join(items)} ${from(of, source, of.chosen)}${end}`;
}

const TIMES: readonly LogicalType['name'][] = ['date', 'time', 'timestamp', 'instant'];
const PARSED: readonly LogicalType['name'][] = [...TIMES, 'decimal', 'json', 'array', 'map', 'struct'];

/** A column as text where the engine prints it faster than its driver reads it, or where a driver that others set up may lose some of it. */
function printed(of: Reading, name: string): Sql {
  const column = columnOf(of, name);
  const { type } = fieldOf(of.shape, name);
  const { name: engine, isOurs } = of.engine;
  if (engine === 'mysql') {
    const isLong = type.name === 'integer' && (type.bits ?? 64) === 64;
    const isDecimal = type.name === 'decimal' && !isOurs;
    return isLong || isDecimal || TIMES.includes(type.name) ? asText(column, of.engine) : column;
  }
  // Texts of fixed width, without case and of enums become what texts are elsewhere.
  if (engine === 'postgres' && type.name === 'string') return asText(column, of.engine);
  return engine === 'postgres' && !isOurs && PARSED.includes(type.name) ? asText(column, of.engine) : column;
}
