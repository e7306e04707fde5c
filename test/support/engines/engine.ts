/** A physical table of a spec: column → the engine-neutral type it is created with, and rows as texts (null is NULL). */
export interface SpecTable {
  /** DuckDB's own names; other engines map them. */
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly (readonly (string | null)[])[];
  /** A text file as it is, instead of the rows. */
  readonly text?: string;
}

export interface CreatedTables {
  /** `surety.yaml` over the tables. */
  readonly surety: string;
  location(table: string): string;
  /** Removes what lies outside the project folder. */
  drop?(): Promise<void>;
}

/** An engine that specs run on. */
export interface TestEngine {
  readonly name: string;
  /** Keys of `except` that hold for it: its own name, and the kind of engine it is. */
  readonly excepted: readonly string[];
  /** Creates the tables, in the project folder where they are files. */
  create(folder: string, tables: ReadonlyMap<string, SpecTable>): Promise<CreatedTables>;
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The location of a table of a warehouse in the contract language. */
export const location = (table: string): string => (/^\w+$/.test(table) ? table : quoted(table));
