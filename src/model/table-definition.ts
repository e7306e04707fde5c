import type { Read } from './contract.ts';

/** Where a table is. */
export interface PlaceDefinition {
  /** As written; absent: the table's name in the default schema, or a file of that name. */
  readonly location?: string;
  /** The real schema where surety.yaml names it; absent: that of the location, or what the connection is set to. */
  readonly schema?: string;
}

/** A table of a contract as a generated module hands it to the runtime: plain data. */
export interface TableDefinition extends PlaceDefinition {
  /** Name in the contract. */
  readonly name: string;
  /** Other tables of the contract that its SQL reads, by name. */
  readonly others?: Readonly<Record<string, PlaceDefinition>>;
  /** Files instead of a table: how they are read, and the folder that their location starts from, relative to the project folder (empty: itself). */
  readonly files?: { readonly folder: string; readonly read: Omit<Read, 'at'> };
  /** Columns of the key; empty: none. */
  readonly key: readonly string[];
  /** Contract SQL: only these rows are promised, so only these are given. */
  readonly where?: string;
  /** All columns, members (`address.country`, `lines[].qty`) and features, in the order of the contract. */
  readonly columns: readonly ColumnDefinition[];
  /** Other columns are refused; absent: they are left out. */
  readonly extraColumns?: 'forbid';
  readonly freshness?: FreshnessDefinition;
}

export interface ColumnDefinition {
  /** Name, or path of a member. */
  readonly name: string;
  /** Logical type as `parseLogicalType` reads it: `decimal(12,2)`. */
  readonly type: string;
  readonly required: boolean;
  /** Names in the source of which exactly one is there; absent: the name itself. */
  readonly physicalNames?: readonly string[];
  /** A feature: contract SQL over the names of the source. */
  readonly as?: string;
  /** `dd.MM.yyyy` of a date column in a text file. */
  readonly dateFormat?: string;
  /** A class that is neither `public` nor `internal`: values are not quoted in messages. */
  readonly classification?: string;
}

/** The promised age of the newest row. */
export interface FreshnessDefinition {
  readonly column: string;
  /** Of naive timestamps and dates. */
  readonly timezone?: string;
  /** In milliseconds. */
  readonly within: { readonly warn?: number; readonly fail?: number };
}

/** What a contract says of a table, for people and programs: `orders.contract`. */
export interface ContractFacts {
  readonly id: string;
  readonly version: string;
  readonly status: string;
  /** SHA-256 of the content, first 12 hex digits. */
  readonly hash: string;
  readonly table: string;
  readonly owners: {
    readonly responsible: readonly string[];
    readonly accountable?: string;
    readonly consulted: readonly string[];
    readonly informed: readonly string[];
  };
  /** Paths of the checks, such as `orders.email.missing`. */
  readonly checks: readonly string[];
}
