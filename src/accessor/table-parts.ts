import type { ContractFacts, TableDefinition } from '../model/table-definition.ts';
import type { Validators } from './validation.ts';

/** What a generated module knows of a table. */
export interface TableParts {
  readonly definition: TableDefinition;
  readonly facts: ContractFacts;
  readonly validators: Validators;
  /** Instants as canonical text, the default, or as `Date`, which has milliseconds only. */
  readonly instants?: 'text' | 'date';
}

export interface AccessOptions {
  /** Instead of the contract's location: `sales.orders`, or of files their path or glob. */
  readonly location?: string;
  /** Schema, instead of the one that the contract's location or its warehouse names. */
  readonly schema?: string;
}
