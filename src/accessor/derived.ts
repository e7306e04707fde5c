import type { TableDefinition } from '../model/table-definition.ts';
import type { Sql } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import type { Engine } from './engine.ts';
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
  const items = columns.map(
    ({ name, alias }) => sql`${valueSql(definition, shape, engine, source, name)} as ${sql.id(alias)}`,
  );
  const selected = items.length === 0 ? sql`1 as ${sql.id('nothing')}` : sql.join(items);
  const { where } = definition;
  const limit = where === undefined ? sql`` : sql` where ${contractSql(where, definition, source.relation, engine)}`;
  return sql`(select ${selected} from ${sql.raw(source.relation)}${limit})`;
}

function valueSql(definition: TableDefinition, shape: TableShape, engine: Engine, source: Source, name: string): Sql {
  const { column, shape: form } = fieldOf(shape, name);
  const value =
    column?.as === undefined
      ? sql.raw(source.values.get(name) ?? engine.quote(name))
      : contractSql(column.as, definition, source.relation, engine);
  return engine.name === 'postgres' && isComposite(form) ? sql`to_json(${value})` : value;
}

/** As PostgreSQL writes composites, their members have no names. */
function isComposite(form: TypedField['shape']): boolean {
  if (form.kind === 'array') return isComposite(form.element.shape);
  return form.kind !== 'value';
}
