import type { BenchTable } from '../cases/bench-case.ts';
import type { Flavour } from '../flavour.ts';
import type { EngineName } from '../options.ts';

/** Tables as they were made, and how each side reaches them. */
export interface Place {
  /** Text of surety.yaml; its warehouse is `w`. */
  readonly surety: string;
  /** What a contract calls the table. */
  location(table: string): string;
  /** What SQL calls the table. */
  relation(table: string): string;
  /** Statements that give the types of all columns, as `table_name, column_name, column_type`. */
  readonly catalog: readonly string[];
  /** What the plain script needs to connect. */
  readonly address: { readonly driver: 'duckdb' | 'postgres' | 'mysql'; readonly url: string };
  remove(): Promise<void>;
}

/** An engine to measure on. */
export interface BenchEngine {
  /** With its version. */
  readonly title: string;
  readonly flavour: Flavour;
  /** Makes tables, in the folder where they are files. */
  make(tables: readonly BenchTable[], folder: string): Promise<Place>;
  stop(): Promise<void>;
}

export interface MissingEngine {
  readonly name: EngineName;
  /** Why, and what to do about it. */
  readonly missing: string;
}

/** The statements that make a table and fill it from a series of numbers. `path` is what SQL calls it. */
export function creating(table: BenchTable, path: string, flavour: Flavour): readonly string[] {
  const { rows, columns, primaryKey } = table;
  const typed = columns.map(({ name, type }) => `${name} ${flavour.types[type] ?? type}`);
  if (primaryKey !== undefined) typed.push(`primary key (${primaryKey})`);
  const values = columns.map((column) => column.value(flavour));
  return [
    `create table ${path} (${typed.join(', ')})`,
    `insert into ${path} select ${values.join(', ')} from ${flavour.series(rows)}`,
  ];
}
