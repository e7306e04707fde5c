/** What verifying would send, without sending it. */
export interface PlanDescription {
  readonly tables: readonly PlannedTable[];
  /** Statements that looked the tables up and loaded text files, by warehouse. */
  readonly prepared: ReadonlyMap<string, readonly string[]>;
}

export interface PlannedTable {
  readonly contract: string;
  readonly table: string;
  readonly warehouse: string;
  readonly location: string;
  /** Why the table cannot be looked at; absent where it can. */
  readonly problem?: string;
  /** Paths of the checks. */
  readonly checks: readonly string[];
  readonly statements: readonly PlannedStatement[];
}

export interface PlannedStatement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Why it is a statement of its own. */
  readonly why: string;
}
