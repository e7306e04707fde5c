import type { Deprecation, Table } from '../../model/contract.ts';
import { sameMeaning } from '../../util/same.ts';
import type { ComparedColumn, Pair } from '../rules/rule.ts';
import { columnsOf } from './member-names.ts';

interface Named {
  readonly name: string;
  readonly deprecated?: Deprecation;
}

/**
 * The old name under which something new is served on: it was there before, is deprecated only now, and names the new one as what
 * replaces it.
 */
function aliasOf<T extends Named>(added: T, { old, new: now }: Pair<readonly T[]>): T | undefined {
  if (old.some(({ name }) => name === added.name)) return undefined;
  return now.find(
    ({ name, deprecated }) =>
      name !== added.name &&
      deprecated?.replacedBy === added.name &&
      old.some((each) => each.name === name && each.deprecated === undefined),
  );
}

/** The deprecated column that a new one takes the place of, value by value: of the same type. */
export function aliasedColumn(added: ComparedColumn, table: Pair<Table>): ComparedColumn | undefined {
  // Who has to be given a value is no second name.
  if (isAsked(added)) return undefined;
  const alias = aliasOf(added, { old: columnsOf(table.old), new: columnsOf(table.new) });
  return alias && sameMeaning(alias.type, added.type) ? alias : undefined;
}

/** The deprecated table that a new one takes the place of: it has all of its columns. */
export function aliasedTable(added: Table, contract: Pair<{ readonly tables: readonly Table[] }>): Table | undefined {
  const alias = aliasOf(added, { old: contract.old.tables, new: contract.new.tables });
  const has = ({ name, type }: ComparedColumn) =>
    columnsOf(added).some((column) => column.name === name && sameMeaning(column.type, type));
  return alias && columnsOf(alias).every(has) ? alias : undefined;
}

/** Whether writers have to give a value. */
export function isAsked(column: ComparedColumn): boolean {
  return column.required && column.default === undefined && !column.generated && column.as === undefined;
}
