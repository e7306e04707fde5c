import type { Condition } from './promises.ts';

/** One row, or a part of one: column → canonical value. */
export type SampleRow = ReadonlyMap<string, unknown>;

/** Whether a condition holds of a row; null: undecided. Outside its `where` it holds. */
export type Decision = boolean | null;

/** Asks an engine about conditions of one table. */
export interface Judge {
  /** Why each of the conditions cannot be asked; those that can are not in it. */
  refused(conditions: readonly Condition[]): Promise<ReadonlyMap<Condition, string>>;
  /** For each row what each condition says of it. */
  decide(conditions: readonly Condition[], rows: readonly SampleRow[]): Promise<readonly (readonly Decision[])[]>;
}
