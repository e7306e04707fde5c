import type { Column } from '../model/contract.ts';
import type { Field } from '../sql/shape.ts';
import type { ParentLink } from './promises.ts';

/** A promise that the rows do not keep for certain. */
export interface SampleNote {
  /** Path of the check, such as `orders.average-basket`. */
  readonly path: string;
  readonly message: string;
}

export interface Sample {
  /** Root columns, in the order of the contract. */
  readonly fields: readonly Field<Column>[];
  /** How many rows there are. */
  readonly rows: number;
  /** Root column → its canonical values, row by row. */
  readonly columns: ReadonlyMap<string, readonly unknown[]>;
  /** References between rows of the table. */
  readonly own: readonly ParentLink[];
  /** References to tables that refer back to this one. */
  readonly mutual: readonly ParentLink[];
  readonly notes: readonly SampleNote[];
}
