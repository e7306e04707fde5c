import type { Column } from '../../src/model/contract.ts';

/** Whether the contract promises less than that every value keeps the rules, so that a reader can meet one that does not. */
export function mayBreakRules({ invalid }: Pick<Column, 'invalid'>): boolean {
  return invalid !== undefined && (invalid.fail === undefined || invalid.fail.value.coefficient > 0n);
}
