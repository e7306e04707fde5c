import type { Column } from '../../src/model/contract.ts';
import { type Field, fieldsOf } from '../../src/sql/shape.ts';
import { columnConstraints } from './constraints.ts';
import { columnTests, type TestContext } from './data-tests.ts';
import { dataType } from './data-type.ts';
import { isPlain, isQuotable, sourceName } from './identifier.ts';
import { inert } from './jinja.ts';
import { columnMeta } from './meta.ts';
import { compact } from './properties.ts';
import type { Kind } from './target.ts';
import type { Json } from './yaml.ts';

export interface Columns {
  readonly columns: readonly Json[];
  /** Why dbt cannot hold a model to them; absent: it can. */
  readonly gap?: string;
}

/** The columns of a table; members of nested ones stand in the meta of their column. */
export function columnsOf(context: TestContext, kind: Kind): Columns {
  const { table, engine, note } = context;
  const unquoted = engine === 'duckdb' || engine === 'files';
  let gap: string | undefined;
  const columns = fieldsOf(table.columns).flatMap((field) => {
    const { column } = field;
    if (!column) return [];
    const name = sourceName(column);
    if (column.physicalNames.length > 1)
      note(column.name, `it may have several names in the source: dbt knows "${name}" alone`);
    if (!isQuotable(name, engine)) {
      gap = 'it would need each column with its type';
      note(column.name, 'dbt cannot quote such a name: the column is left out');
      return [];
    }
    const type = dataType(field, engine);
    if (type === undefined) {
      gap = 'it would need each column with its type';
      note(
        column.name,
        `dbt needs the members of ${column.typeText.text}, which the contract does not declare: it has no data_type`,
      );
    } else if (isFamily(column)) note(column.name, `${column.typeText.text} has any size: dbt is told ${type}`);
    if (unquoted && !isPlain(name, engine)) gap ??= 'dbt-duckdb writes names of columns without quotes there';
    return [columnOf(field, column, name, type, kind, context)];
  });
  return { columns, ...(gap !== undefined && { gap }) };
}

function columnOf(
  field: Field<Column>,
  column: Column,
  name: string,
  type: string | undefined,
  kind: Kind,
  context: TestContext,
): Json {
  const { table, engine } = context;
  const members = table.columns.filter(
    (each) =>
      each !== column &&
      /^(?:\.|\[\]|\{\})/.test(each.name.slice(field.name.length)) &&
      each.name.startsWith(field.name),
  );
  return compact({
    name: inert(name),
    quote: isPlain(name, engine) ? undefined : true,
    data_type: type === undefined ? undefined : inert(type),
    description: column.description === undefined ? undefined : inert(column.description.trim()),
    constraints: kind === 'models' ? columnConstraints(column, context) : undefined,
    config: { meta: columnMeta(column, members), tags: column.tags.length > 0 ? column.tags.map(inert) : undefined },
    data_tests: columnTests(column, context),
  });
}

function isFamily({ type }: Column): boolean {
  return (
    (type.name === 'integer' && type.bits === undefined) || (type.name === 'decimal' && type.precision === undefined)
  );
}
