/** A whole number as drivers give it. */
type WholeNumber = number | string | bigint;

/** A version of a contract, by what it says. */
export interface ContractVersionRow {
  readonly hash: string;
  readonly contract: string;
  readonly version: string;
  /** The file as it was, secrets covered. */
  readonly content: string;
  readonly first_seen_at: string;
}

/** One `verify`. */
export interface RunRow {
  readonly id: string;
  /** By the clock of the machine. */
  readonly started_at: string;
  /** The instant that ages were measured against. */
  readonly measured_at: string;
  /** Null: production. */
  readonly environment: string | null;
  readonly seconds: number | string;
  readonly verdict: string;
  /** Version of Surety. */
  readonly surety: string;
  readonly git_commit: string | null;
  readonly planned: WholeNumber;
  readonly measured: WholeNumber;
  readonly skipped: WholeNumber;
  readonly not_measured: WholeNumber;
  readonly diagnostics: WholeNumber;
}

/** What a check came to in a run. */
export interface MeasurementRow {
  readonly run_id: string;
  readonly fingerprint: string;
  /** That of the run, so that the history of a check is one walk over an index. */
  readonly measured_at: string;
  readonly contract: string;
  readonly contract_hash: string;
  readonly table_name: string;
  readonly path: string;
  readonly kind: string;
  readonly severity: string;
  readonly verdict: string;
  readonly reason: string | null;
  readonly message: string;
  /** JSON: measured values by name, exact. */
  readonly measured: string;
  /** JSON: what they were held against. */
  readonly limits: string;
  readonly bad: WholeNumber | null;
  readonly rows: WholeNumber | null;
  /** As near as a float comes. */
  readonly value: number | string | null;
  readonly age_seconds: number | string | null;
}

export interface MigrationRow {
  readonly number: WholeNumber;
  readonly name: string;
  readonly applied_at: string;
}

/** The tables of the store. Instants are `YYYY-MM-DD HH:MM:SS.ffffff` in UTC, which every engine reads, keeps and sorts. */
export interface StoreTables {
  readonly surety_migration: MigrationRow;
  readonly contract_version: ContractVersionRow;
  readonly run: RunRow;
  readonly measurement: MeasurementRow;
}
