import type { TableDefinition } from '../model/table-definition.ts';
import type { Sql } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { sqlNames } from '../sql/lexer.ts';
import { asText } from './as-text.ts';
import type { Engine } from './engine.ts';
import { isPlainName } from './plain-name.ts';
import { contractSql, type Source } from './source.ts';
import { fieldOf, type TableShape, type TypedField } from './table-shape.ts';

/** A column of the derived table, by the name that it has there. */
export interface DerivedColumn {
  readonly name: string;
  readonly alias: string;
}

/** What a statement reads instead of the table itself: these columns, and only the rows that the contract promises. */
export function derivedTable(
  definition: TableDefinition,
  shape: TableShape,
  engine: Engine,
  source: Source,
  columns: readonly DerivedColumn[],
): Sql {
  const of = { definition, shape, engine, source };
  const features = featuresIn(of, columns);
  const items = columns.map(({ name, alias }) => sql`${valueSql(of, name, features)} as ${sql.id(alias)}`);
  const selected = items.length === 0 ? sql`1 as ${sql.id('nothing')}` : sql.join(items);
  const { where } = definition;
  const limit = where === undefined ? sql`` : sql` where ${contractSql(where, definition, source, engine)}`;
  return sql`(select ${selected} from ${withFeatures(of, features)}${limit})`;
}

interface Deriving {
  readonly definition: TableDefinition;
  readonly shape: TableShape;
  readonly engine: Engine;
  readonly source: Source;
}

/** A feature whose expression stands beside the columns of the table, and its name there. */
type Features = ReadonlyMap<string, { readonly as: string; readonly alias: string }>;

/**
 * Features that have to be computed over all rows before the `where`, as verification does it: those that it names, and windows, which see
 * more rows than are promised. Others stand where they are asked for, so that no more columns are read than they name.
 */
function featuresIn({ definition, shape, engine }: Deriving, columns: readonly DerivedColumn[]): Features {
  const { where } = definition;
  if (where === undefined) return new Map();
  const named = namesIn(where, engine);
  const wanted = new Set(columns.map(({ name }) => name));
  return new Map(
    shape.columns.flatMap(({ name, as }, index) => {
      if (as === undefined) return [];
      const isNamed = named.has(name.toLowerCase());
      if (!isNamed && !(wanted.has(name) && namesIn(as, engine).has('over'))) return [];
      return [[name, { as, alias: isNamed || isPlainName(name) ? name : `feature ${index}` }] as const];
    }),
  );
}

function namesIn(text: string, { syntax }: Engine): ReadonlySet<string> {
  return new Set(sqlNames(text, syntax).map((name) => name.toLowerCase()));
}

function withFeatures({ definition, engine, source }: Deriving, features: Features): Sql {
  const relation = sql.raw(source.relation);
  if (features.size === 0) return relation;
  const more = [...features.values()].map(
    ({ as, alias }) => sql`${contractSql(as, definition, source, engine)} as ${sql.id(alias)}`,
  );
  // Under its own name, which SQL of the contract may qualify columns by.
  return sql`(select *, ${sql.join(more)} from ${relation}) as ${sql.raw(source.qualifier)}`;
}

function valueSql({ definition, shape, engine, source }: Deriving, name: string, features: Features): Sql {
  const { column, shape: form, type } = fieldOf(shape, name);
  const feature = features.get(name);
  const value = feature
    ? sql.id(feature.alias)
    : column?.as === undefined
      ? sql.raw(source.values.get(name) ?? engine.quote(name))
      : contractSql(column.as, definition, source, engine);
  const isJson = form.kind !== 'value' || type.name === 'json';
  if (engine.name === 'postgres' && isComposite(form)) {
    const json = sql`to_json(${value})`;
    return engine.isOurs ? json : asText(json, engine);
  }
  // A driver that has parsed it does not say so: a text may be JSON, or what stood in it.
  if (isJson && !engine.isOurs && engine.name !== 'duckdb') return asText(value, engine);
  // In the protocol of texts MySQL gives six digits of it.
  if (engine.name === 'mysql' && !engine.isOurs && type.name === 'float') return sql`(${value} + 0e0)`;
  return value;
}

/** As PostgreSQL writes composites, their members have no names. */
function isComposite(form: TypedField['shape']): boolean {
  if (form.kind === 'array') return isComposite(form.element.shape);
  return form.kind !== 'value';
}
