import type { Table } from '../../src/model/contract.ts';

/** What the schemas of a module gather on the way. */
export interface Reading {
  /** Whose rows are read. */
  readonly table: Table;
  /** A helper that the module needs. */
  uses(helper: string): void;
  note(path: string, message: string): void;
}
