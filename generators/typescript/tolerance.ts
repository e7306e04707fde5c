import type { Column, Contract } from '../../src/model/contract.ts';
import { mayBreakRules } from '../row-scope.ts';

/** Whether a reader can meet a value that breaks the rules: some may, or a breach is only a warning. */
export function meetsBroken(column: Pick<Column, 'invalid' | 'severity'>): boolean {
  return mayBreakRules(column) || column.severity === 'warn';
}

/** The contract with the severity of each table at its columns, unless they have their own. */
export function withSeverities(contract: Contract): Contract {
  return {
    ...contract,
    tables: contract.tables.map((table) => {
      const { severity } = table;
      if (!severity) return table;
      const own = <Of extends Column>(column: Of): Of => (column.severity ? column : { ...column, severity });
      return { ...table, columns: table.columns.map(own), features: table.features.map(own) };
    }),
  };
}
