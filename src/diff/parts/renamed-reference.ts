import type { Reference } from '../../model/contract.ts';
import type { TableContext } from '../rules/rule.ts';

/**
 * A reference of the old or the new version by the names of the new one: without the contract where that is this one, and, of the old
 * version, with what a `renamedFrom` changed.
 */
export function referenceIn(
  { contract, major, table, column }: Reference,
  context: TableContext,
  side: 'old' | 'new' = 'old',
): Omit<Reference, 'text' | 'at'> {
  const isOwn = contract === undefined || contract === context.contract[side].name;
  if (!isOwn || side === 'new') {
    return {
      ...(!isOwn && { contract }),
      ...(!isOwn && major !== undefined && { major }),
      table,
      ...(column !== undefined && { column }),
    };
  }
  const name = context.renamedTable(table);
  return { table: name, ...(column !== undefined && { column: renamedIn(context, table, name, column) }) };
}

function renamedIn(context: TableContext, oldTable: string, newTable: string, column: string): string {
  if (oldTable === context.table.old.name) return context.renamed(column);
  const old = context.contract.old.tables.find(({ name }) => name === oldTable);
  const now = context.contract.new.tables.find(({ name }) => name === newTable);
  const columns = now ? [...now.columns, ...now.features] : [];
  if (columns.some(({ name }) => name === column)) return column;
  const hinted = columns.find(({ renamedFrom }) => renamedFrom === column);
  return old && hinted ? hinted.name : column;
}
