import type { DialectAdapter, Kysely, QueryCompiler } from 'kysely';
import type { RunOptions, Sql } from '../sql/dialect.ts';
import type { StoreTables } from './tables.ts';

/** A value as a driver takes and gives it. */
export type StoreValue = string | number | bigint | null;

export interface StoreAnswer {
  readonly rows: readonly Readonly<Record<string, StoreValue>>[];
  /** Rows that were inserted, updated or deleted. */
  readonly changed: bigint;
}

/** The one connection to a store. Its methods throw `EngineError`, whose `cause` is what the driver said. */
export interface StoreConnection {
  run(sql: string, values: readonly StoreValue[]): Promise<StoreAnswer>;
  /** A transaction that only reads sees one state of the store. */
  begin(access: 'read' | 'write'): Promise<void>;
  close(): Promise<void>;
}

/** What kinds of columns are called; a key is ASCII of at most 64 characters, `long` may be megabytes. */
export type ColumnTypes = Readonly<Record<'key' | 'text' | 'long' | 'integer' | 'number' | 'instant', Sql>>;

/** An engine that a store can be kept in. */
export interface StoreEngine {
  readonly types: ColumnTypes;
  /** What stands behind the columns of a new table. */
  readonly tableEnd?: Sql;
  /** Gives the `name` of every table that a name without a schema may mean. */
  readonly tableNames: Sql;
  /** Values that one statement may bind. */
  readonly mostValues: number;
  readonly adapter: DialectAdapter;
  compiler(): QueryCompiler;
  /** Runs `work` while no other migrator is at work; `db` is in a transaction that writes, as far as the engine has them for tables. */
  migrating<T>(db: Kysely<StoreTables>, work: (db: Kysely<StoreTables>) => Promise<T>): Promise<T>;
  /** Whether the same transaction may well succeed once more: somebody else was faster, or in the way. `cause` is what the driver said. */
  isConflict(cause: unknown): boolean;
}

/** An engine, where it is, and the way there. */
export interface StoreDoor {
  readonly engine: StoreEngine;
  /** For people, without a password. */
  readonly place: string;
  /** In bytes; undefined where nobody knows. */
  size?(): Promise<number | undefined>;
  connect(options: RunOptions): Promise<StoreConnection>;
}
