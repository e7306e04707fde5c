import type { Contract, Table } from '../../model/contract.ts';
import type { Position } from '../../model/diagnostic.ts';
import type { ContractContext, Pair } from '../rules/rule.ts';

type Key = 'freshness' | 'updates';
type Promise<K extends Key> = NonNullable<Table[K]>;

/**
 * A promise that `sla` gives to several tables: one edit, told once and not at each of them. Undefined where it is not the contract's on
 * both sides; a side without it promised nothing of the kind to any table.
 */
export function contractWide<K extends Key>(
  key: K,
  { contract }: ContractContext,
): Partial<Pair<Promise<K>>> | undefined {
  const [old, now] = [sharedIn(contract.old, key), sharedIn(contract.new, key)];
  if (old && now) return { old, new: now };
  if (now && contract.old.tables.every((table) => table[key] === undefined)) return { new: now };
  if (old && contract.new.tables.every((table) => table[key] === undefined)) return { old };
  return undefined;
}

/** Whether a table has the contract's promise, or lacks one with it. */
export function isContractWide<K extends Key>(
  key: K,
  { old, new: now }: Pair<Table>,
  context: ContractContext,
): boolean {
  const wide = contractWide(key, context);
  return wide !== undefined && isAt(old[key], wide.old) && isAt(now[key], wide.new);
}

/** Several tables have it from the same place of the file. */
function sharedIn<K extends Key>(contract: Contract, key: K): Promise<K> | undefined {
  const promises = contract.tables.flatMap((table) => table[key] ?? []) as readonly Promise<K>[];
  return promises.find((promise, index) => promises.some((each, other) => other > index && isAt(each, promise)));
}

/** Names of the tables that have it. */
export function tablesWith<K extends Key>(
  key: K,
  contract: Contract,
  promise: Promise<K> | undefined,
): readonly string[] {
  return contract.tables.filter((table) => promise && isAt(table[key], promise)).map(({ name }) => name);
}

function isAt(promise: { readonly at: Position } | undefined, other: { readonly at: Position } | undefined): boolean {
  return promise?.at.line === other?.at.line && promise?.at.column === other?.at.column;
}
