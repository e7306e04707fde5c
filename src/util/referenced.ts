import type { Contract, Reference, Table } from '../model/contract.ts';

/** The table that a reference names: of this contract, of `contract@major`, else of that id, else of its newest active major. */
export function referencedTable(
  contract: Contract,
  reference: Reference,
  contracts: readonly Contract[],
): { readonly contract: Contract; readonly table: Table } | undefined {
  const target =
    reference.contract === undefined ? contract : referencedContract(reference.contract, reference.major, contracts);
  const table = target?.tables.find(({ name }) => name === reference.table);
  return target && table && { contract: target, table };
}

/** The contract that a name and perhaps a major mean (language §2). */
export function referencedContract(
  name: string,
  major: number | undefined,
  contracts: readonly Contract[],
): Contract | undefined {
  const candidates = contracts.filter((candidate) => candidate.name === name);
  if (major !== undefined) return candidates.find((candidate) => candidate.major === major);
  const exact = candidates.find((candidate) => candidate.id === name);
  if (exact) return exact;
  const byMajor = candidates.toSorted((left, right) => right.major - left.major);
  return byMajor.find(({ status }) => status === 'active') ?? byMajor[0];
}
