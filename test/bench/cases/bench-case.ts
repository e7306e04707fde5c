import type { BenchType, Flavour } from '../flavour.ts';

export interface BenchColumn {
  readonly name: string;
  readonly type: BenchType;
  /** Its value in row `i`. */
  value(flavour: Flavour): string;
  /** What the contract says beside its type. */
  readonly promises: string;
}

export interface BenchTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly BenchColumn[];
  /** Its primary key, where it has one. */
  readonly primaryKey?: string;
}

/** Statements of one table as a person would write them; what they select has names that are told apart within the table. */
export interface HandWritten {
  readonly table: string;
  readonly statements: readonly string[];
}

/** Which names of the hand-written statements have what a check measured, by the names in the JSON of a run; null: left out. */
export type Counterparts = Readonly<Record<string, string | null>>;

/** One thing to measure: tables, their contracts, and the same by hand. */
export interface BenchCase {
  readonly title: string;
  readonly tables: readonly BenchTable[];
  /** Files of the project by name. */
  contracts(location: (table: string) => string): Readonly<Record<string, string>>;
  handWritten(flavour: Flavour, relation: (table: string) => string): readonly HandWritten[];
  /** By the path of the check; the number of rows looked at is `all_rows` unless it says otherwise. */
  counterpart(path: string): Counterparts | undefined;
}

/** A column as a contract says it. */
export function columnLine({ name, type, promises }: BenchColumn): string {
  const quoted = type.includes(',') ? `"${type}"` : type;
  return `      ${name}: { type: ${quoted}${promises === '' ? '' : `, ${promises}`} }\n`;
}

export const HEAD = 'version: 1.0.0\nraci: { responsible: ann, accountable: ann }\nwarehouse: w\ntimezone: UTC\n';
