import type { Contract, Reference } from '../../model/contract.ts';
import { referencedContract } from '../../util/referenced.ts';
import type { TableContext } from '../rules/rule.ts';
import { movedAlong } from './member-names.ts';
import { referenceIn } from './renamed-reference.ts';

type Target = Omit<Reference, 'text' | 'at'>;

/** A reference by the names of the new version, where another contract of the project renamed what it points to as well. */
export function referenceTarget(reference: Reference, context: TableContext, side: 'old' | 'new'): Target {
  const target = referenceIn(reference, context, side);
  if (target.contract === undefined) return target;
  const found = referencedContract(target.contract, target.major, context.world[side].contracts);
  if (!found) return target;
  // With and without its major it is the same contract.
  const { contract: _, major: __, ...rest } = target;
  const named = { ...rest, contract: found.name, major: found.major };
  const now = context.world.new.contracts.find(({ id }) => id === found.id);
  return side === 'old' && now ? renamedIn(now, named) : named;
}

function renamedIn(now: Contract, target: Target): Target {
  const table =
    now.tables.find(({ name }) => name === target.table) ??
    now.tables.find(({ renamedFrom }) => renamedFrom === target.table);
  if (!table || target.column === undefined) return table ? { ...target, table: table.name } : target;
  const columns = [...table.columns, ...table.features];
  const renamed = (old: string): string =>
    columns.some(({ name }) => name === old)
      ? old
      : (columns.find(({ renamedFrom }) => renamedFrom === old)?.name ?? old);
  const own = renamed(target.column);
  const column = own === target.column ? movedAlong(target.column, renamed) : own;
  return { ...target, table: table.name, column };
}
