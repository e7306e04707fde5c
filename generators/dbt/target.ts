import type { Contract, Reference, Table } from '../../src/model/contract.ts';
import { referencedTable } from '../../src/util/referenced.ts';
import type { ContractInput } from '../generator.ts';

/** What tables are to dbt: what it builds, or what it reads. */
export type Kind = 'models' | 'sources';

/** Name of the source that a contract's tables are in. */
export function sourceOf({ id }: Contract): string {
  return id.replace(/\W+/g, '_');
}

/** What of a dbt project is known: which tables it has, and under which calls. */
export interface Target {
  /** The table that a reference leads to, and dbt's call for it; undefined where it is not among what is generated. */
  find(own: Contract, reference: Reference): { readonly table: Table; readonly call: string } | undefined;
}

export function targetOf(kind: Kind, inputs: readonly ContractInput[], isThere: (table: Table) => boolean): Target {
  const contracts = inputs.map(({ contract }) => contract);
  return {
    find(own, reference) {
      const found = referencedTable(own, reference, contracts);
      if (!found || !isThere(found.table)) return undefined;
      const { contract, table } = found;
      const call = kind === 'models' ? `ref('${table.name}')` : `source('${sourceOf(contract)}', '${table.name}')`;
      return { table, call };
    },
  };
}
