import type { Table } from '../../src/model/contract.ts';
import { looseness, type Rows, type Severe } from '../row-scope.ts';

/** A table, and whether another one of the contract is in the same place, so that its rows are there too. */
export interface Shared {
  readonly table: Table;
  readonly isShared: boolean;
}

/** Why a promise is no constraint of the place; undefined: it is one. */
export function loosenessIn({ table, isShared }: Shared, promise: Severe, rows: Rows): string | undefined {
  const isPart = isShared && table.where !== undefined;
  return isPart
    ? 'other rows of the same place belong to other tables of the contract'
    : looseness(table, promise, rows);
}
