import type { TableView } from '../checks/check.ts';
import type { Feature, Table } from '../model/contract.ts';
import { EngineError, type SourceColumn, type StatementOptions, type Warehouse } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
import { sqlNames } from '../sql/lexer.ts';
import type { SqlSyntax } from '../sql/tokens.ts';
import { PlanRefusal } from './plan-refusal.ts';
import { rowsWith } from './rows-with.ts';
import type { SelectedTable } from './select.ts';

/** What the engine says of a feature without running it, or why it says nothing. */
export type FoundFeature = { readonly column: SourceColumn } | { readonly error: EngineError | PlanRefusal };

/** By name; features that no check of the run needs are not among them. */
export type FoundFeatures = ReadonlyMap<string, FoundFeature>;

/** Names in lower case that the texts may mention. */
export function namesIn(texts: readonly { readonly text: string }[], syntax: SqlSyntax): ReadonlySet<string> {
  return new Set(texts.flatMap(({ text }) => sqlNames(text, syntax).map((name) => name.toLowerCase())));
}

/** The features of a table that the checks selected of it, or of one that is compared with it, need: as columns, or in their SQL. */
export function neededFeatures(table: Table, selected: SelectedTable, syntax: SqlSyntax): readonly Feature[] {
  if (table.features.length === 0) return [];
  const { checks } = selected;
  const texts = [...checks.flatMap((check) => check.sql), selected.table.where, table.where];
  const named = namesIn(
    texts.filter((text) => text !== undefined),
    syntax,
  );
  const columns = new Set(checks.flatMap((check) => check.columns));
  return table.features.filter(({ name }) => columns.has(name) || named.has(name.toLowerCase()));
}

/** A declared column that the feature names and the source lacks. */
export function lackedColumn(
  feature: Feature,
  view: Pick<TableView, 'table' | 'found' | 'dialect'>,
): string | undefined {
  const named = namesIn([feature.as], view.dialect.syntax);
  return view.table.columns.find(
    (column) =>
      view.found(column).state === 'missing' &&
      [column.name, ...column.physicalNames].some((name) => named.has(name.toLowerCase())),
  )?.name;
}

/** A column of the source that has the feature's name. */
export function namesake({ name }: Feature, { source }: Pick<TableView, 'source'>): string | undefined {
  return source.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.name;
}

/** Asks what the features of a table are, one value a row each: by one statement, which gives no rows, or by one each where the engine refuses that. */
export async function describeFeatures(
  view: TableView,
  features: readonly Feature[],
  warehouse: Warehouse,
  options: StatementOptions,
): Promise<FoundFeatures> {
  const found = new Map<string, FoundFeature>();
  if (!view.source.header) return found;
  const describe = async (some: readonly Feature[]): Promise<void> => {
    try {
      const rows = await warehouse.describe(describing(view, some), { ...options, contractSql: true });
      for (const [index, feature] of some.entries()) {
        const row = rows[index];
        if (row) found.set(feature.name, { column: view.dialect.describedColumn(row, feature) });
      }
    } catch (error) {
      if (!(error instanceof EngineError || error instanceof PlanRefusal)) throw error;
      const isOne = some.length === 1 || (error instanceof EngineError && error.failure !== 'failed');
      if (isOne) for (const { name } of some) found.set(name, { error });
      else for (const feature of some) await describe([feature]);
    }
  };
  const askable = features.filter((feature) => !lackedColumn(feature, view) && !namesake(feature, view));
  if (askable.length > 0) await describe(askable);
  return found;
}

function describing(view: TableView, features: readonly Feature[]) {
  // Beside the columns of the table, as checks will read them: an aggregate would make one row of all of them.
  const only = view.dialect.onlyScalars?.(features.map(({ as }) => view.contractSql(as))) ?? sql``;
  const rows = rowsWith(view, features, view.contractSql, only);
  return view.dialect.compile(sql`select ${sql.join(features.map(({ name }) => sql.id(name)))} from ${rows} limit 0`);
}
