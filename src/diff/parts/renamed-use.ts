import type { Contract, Table } from '../../model/contract.ts';
import type { Pair } from '../rules/rule.ts';
import { columnsOf, movedAlong } from './member-names.ts';

/** A table, or a column of one, of the old version (`orders.amount`) as the new version calls it. */
export function renamedUse(use: string, { old, new: now }: Pair<Contract>): string {
  const table = old.tables.find(({ name }) => use === name || use.startsWith(`${name}.`));
  if (!table) return use;
  const again = now.tables.find(({ name }) => name === table.name);
  const renamed = again ?? now.tables.find(({ renamedFrom }) => renamedFrom === table.name);
  if (!renamed) return use;
  const column = use.slice(table.name.length + 1);
  return column === '' ? renamed.name : `${renamed.name}.${renamedColumn(column, renamed)}`;
}

function renamedColumn(name: string, now: Table): string {
  const columns = columnsOf(now);
  const named = (is: (column: (typeof columns)[number]) => boolean) => columns.find(is)?.name;
  return (
    named((column) => column.name === name) ??
    named((column) => column.renamedFrom === name) ??
    named((column) => column.name.toLowerCase() === name.toLowerCase()) ??
    movedAlong(name, (parent) => renamedColumn(parent, now))
  );
}
