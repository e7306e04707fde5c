import type { RawBuilder } from 'kysely';
import type { Read } from '../model/contract.ts';
import type { LogicalType } from '../model/logical-type.ts';
import type { Problem } from '../model/problem.ts';
import type { Row } from '../model/value.ts';
import type { Literal } from './literal.ts';
import type { Pattern } from './pattern.ts';
import type { SqlSyntax } from './tokens.ts';

/** A piece of SQL with its bound values, built by Kysely's `sql` template. */
export type Sql = RawBuilder<unknown>;

/** What a dialect hands to its engine: one statement, its values bound. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** How an engine writes what checks need. Pure: it builds SQL and never talks to the engine. */
export interface SqlDialect {
  compile(query: Sql): Statement;
  /** How contract SQL splits into pieces on this engine. */
  readonly syntax: SqlSyntax;
  /** Most expressions in one select list. */
  readonly selectListLimit: number;
  /** Most values that one statement binds. */
  readonly parameterLimit: number;

  /** A text that compares and groups by code point, case- and accent-sensitive, without padding. */
  text(value: Sql): Sql;
  /** Length of a text in code points. */
  codePoints(text: Sql): Sql;
  /** True where the text matches the portable pattern somewhere. */
  matches(text: Sql, pattern: Pattern): Sql;
  /** True where the text has the check digits of an IBAN; the shape has been tested before. */
  ibanChecks(text: Sql): Sql;
  /**
   * A bound value that compares exactly with a column of the type; `now` stands for the run's instant. It stands behind the column and
   * the comparison, which an engine may need to know where no value of the column has the literal's digits; absent: equality.
   */
  literal(literal: Literal, type: LogicalType, now: Instant, comparison?: Comparison): Sql;
  /** The run's `now` (or an instant) as contract SQL sees it under `{now}`. */
  instant(now: Instant): Sql;
  /** True for NaN; undefined where values of the type are always numbers. */
  isNaN(value: Sql, type: LogicalType): Sql | undefined;
  /** False for the infinities of dates and times; true for ordinary values. */
  isFinite(value: Sql, type: LogicalType): Sql;
  /** Microseconds since 1970-01-01T00:00:00 as an integer: UTC for instants, local for timestamps, midnight for dates. */
  microseconds(value: Sql, type: LogicalType): Sql;
  /** The other way round: a bound value of a date, timestamp or instant column (a date is rounded down). */
  fromMicroseconds(microseconds: bigint, type: LogicalType): Sql;
  /** A number as a float of 64 bits. */
  float(value: Sql): Sql;
  /** Exact sum of integers or decimals; of floats a float. */
  sum(value: Sql, type: LogicalType): Sql;
  /** Sample standard deviation as a float. */
  stddev(value: Sql): Sql;
  /** Interpolated percentile, `fraction` from 0 to 1. Absent where it cannot be an aggregate of the scan. */
  percentile?(value: Sql, fraction: string): Sql;
  /** Any value as text for people (samples): exact, ISO dates. `type` where it is known: engines write booleans and instants in many ways. */
  display(value: Sql, type?: LogicalType): Sql;

  /** Rows (`select …`) that others are looked up in by equality, where the engine makes no index of them by itself. Absent: it does. */
  lookedUp?(rows: Sql): Sql;

  /** The member of a struct value. */
  member(value: Sql, name: string): Sql;
  /** A member (or an element) read as a type, where members carry none of their own: NULL where it does not fit. */
  memberValue?(member: Sql, type: LogicalType): { readonly value: Sql; readonly unparsable: Sql };
  /** The values of a map, as a list. */
  mapValues(value: Sql): Sql;
  /** True where an element of the list makes the condition true; false for NULL and empty lists. */
  anyElement(list: Sql, condition: (element: Sql) => Sql): Sql;

  /**
   * What stands behind `from` so that the engine refuses each value that gives several columns, several rows or none; windows are no
   * such. Absent: such values are refused everywhere.
   */
  onlyScalars?(values: readonly Sql[]): Sql;

  /** A column of a described query (`Warehouse.describe`) as checks read it; `declared` is what the contract says of it. */
  describedColumn(described: Row, declared: RequestedColumn): SourceColumn;

  /** The text of a cell read as a type, and whether it is there but does not fit. Only where text files can be opened. */
  cell?(raw: Sql, type: LogicalType, options: CellOptions): { readonly value: Sql; readonly unparsable: Sql };
}

/** How the text of a cell is read. */
export interface CellOptions {
  /** The decimal mark; absent: a point. */
  readonly decimal?: string;
  /** Such as `dd.MM.yyyy`; absent: ISO. */
  readonly dateFormat?: string;
}

export type Comparison = '<' | '<=' | '>' | '>=';

/** An instant in microseconds since 1970-01-01T00:00:00Z. */
export interface Instant {
  readonly microseconds: bigint;
}

/** A column as the catalog describes it. */
export interface SourceColumn {
  /** Exact spelling in the source. */
  readonly name: string;
  /** The engine's own name of the type, for messages. */
  readonly native: string;
  readonly type: LogicalType;
  /** The value, typed. */
  readonly value: Sql;
  /** Files of a glob that have no such column, for people; absent: each has it, or is not looked at by itself. */
  readonly lackedBy?: readonly string[];
  /** Members have no types in the catalog: what they are is found in the rows. */
  readonly schemaless?: boolean;
  /** Why its values cannot be read, although the catalog has it; absent: they can. */
  readonly forbidden?: Problem;
  /** Where values are read from something else than the declared type: what stands there, and whether it does not fit that type. */
  readonly cell?: { readonly raw: Sql; readonly unparsable: Sql };
}

/** A line of a text file that could not be read as a row. */
export interface RejectedRecord {
  readonly file: string;
  /** Counts from 1; the header is record 1. */
  readonly record: bigint;
  readonly reason: string;
}

/** A table as it was found: where it is, what it holds, how to read it. */
export interface TableSource {
  /** What `{table}` means in contract SQL: the visible columns, typed. */
  readonly relation: Sql;
  /** What our own statements read: the visible columns, and helper columns of the reader. */
  readonly scan: Sql;
  /** What contract SQL may put before a column of `scan`, as in `orders.amount`; absent: nothing. */
  readonly qualifier?: string;
  /** The columns of `scan` by name, where `*` stands for others too that the role may not read, or not for all; absent: `*` gives them. */
  readonly listed?: readonly string[];
  /** Where it was found, for people: `sales.orders` or `data/orders.csv (3 files)`. */
  readonly place: string;
  readonly columns: readonly SourceColumn[];
  /** Names of wanted columns that are either not there or kept from the role: the engine does not tell which. */
  readonly hidden?: readonly string[];
  /** Whether there may be more columns than the role sees. */
  readonly partial?: boolean;
  /** Whether cells were read as text: then a cell that does not fit is `invalid`, and types are not checked. */
  readonly text: boolean;
  /** False for a text file of no bytes: which columns it has cannot be said. */
  readonly header: boolean;
  /** Text files only: how many records were seen (readable or not) and which could not be read; at most a few are kept. */
  readonly readable?: {
    readonly records: bigint;
    readonly rejected: bigint;
    readonly samples: readonly RejectedRecord[];
  };
  /** Text files only: file name and record number of a row, for samples of tables without a key. */
  readonly origin?: { readonly file: Sql; readonly record: Sql };
  /** Why the result cannot be trusted (files changed while they were read), asked after the last statement. */
  changed(): Promise<string | undefined>;
}

/** Why a table could not be looked at. */
export interface TableProblem {
  readonly reason: string;
  /** The same in words that repeat, for the coverage line; absent: `cannot be read`. */
  readonly kind?: 'not found' | 'forbidden' | 'not found or forbidden' | 'time-out';
  readonly hint?: string;
}

/** How the files of a table are read; absent keys are found out. */
export type ReadOptions = Omit<Read, 'at'>;

/** A column that the reader of text files has to give a type. */
export interface RequestedColumn {
  readonly name: string;
  /** Exactly one of these names must be there. */
  readonly physicalNames: readonly string[];
  readonly type: LogicalType;
  /** `dd.MM.yyyy` of a date column in a text file. */
  readonly dateFormat?: string;
}

/** A table that the run wants to look at. */
export interface TableRequest {
  /** Unique in the run; the key of the answer. */
  readonly key: string;
  /** As written in the contract; absent: the table's name in the default schema, or a file of that name. */
  readonly location?: string;
  readonly name: string;
  readonly read: ReadOptions;
  /** Columns and members (`address.country`, `lines[].qty`) with their declared types. */
  readonly columns: readonly RequestedColumn[];
  /** Absolute folder that file locations are relative to. */
  readonly folder: string;
  /** Absolute folder that files must stay inside after symlinks are resolved. */
  readonly boundary: string;
}

/** Where the files of a table are looked for. */
export type TablePlace = Pick<TableRequest, 'location' | 'name' | 'folder' | 'boundary'>;

/** The files that a table is made of, and those that it would be made of too, were they there. */
export interface TableFiles {
  /** Absolute. */
  readonly named: readonly string[];
  /** Whether a pattern takes a file of this absolute path, its links resolved; names that differ only in case are one. */
  covers(path: string): boolean;
}

/** How a connection is encrypted. `require` checks nothing; `verify` checks the certificate and the name of the server. */
export type TlsMode = 'off' | 'require' | 'verify';

/** Where a warehouse is, with `${ENV}` filled in. */
export interface WarehouseTarget {
  /** Name in surety.yaml; `files` where there is none. */
  readonly name: string;
  readonly url?: string;
  /** Instead of `url`: the address of a server in parts, as they are written. */
  readonly parts?: {
    readonly host?: string;
    readonly port?: string;
    readonly database?: string;
    readonly user?: string;
    readonly password?: string;
  };
  /** Files are absolute paths. */
  readonly tls?: {
    readonly mode?: TlsMode;
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    readonly serverName?: string;
  };
  readonly schema?: string;
  /** Logical schema → real one; `*` stands for every other. */
  readonly schemas: ReadonlyMap<string, string>;
  readonly concurrency: number;
  /** Of one statement, in milliseconds. */
  readonly timeout: number;
  readonly allowPrivileged: boolean;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** In milliseconds. */
  readonly timeout: number;
}

export interface StatementOptions extends RunOptions {
  /** Text of the contract is in it: what it may have set must not outlive it. */
  readonly contractSql?: boolean;
}

/** A connection that holds one snapshot. */
export interface Session {
  /** Runs one statement; throws `EngineError`. */
  run(statement: Statement, options: StatementOptions): Promise<readonly Row[]>;
  /** Whether the connection is gone: whatever is run now throws. */
  readonly lost: boolean;
  /** Never throws. */
  close(): Promise<void>;
}

/** What people want to know of a connection, for `surety connect`. */
export interface ConnectionFacts {
  /** `PostgreSQL 18.4`. */
  readonly server: string;
  /** Host, port and database, or a file; never a password. */
  readonly place: string;
  /** Who we are there; absent: the engine has no roles. */
  readonly role?: string;
  /** What the role could do beyond reading, in words; empty: nothing. */
  readonly beyondReading: readonly string[];
  /** Server's clock minus ours, in milliseconds. */
  readonly clockOffset?: number;
  /** Schema of locations that name none. */
  readonly schema?: string;
  /** Whether what is sent is encrypted; absent: nothing is sent. */
  readonly encrypted?: boolean;
}

/** An open warehouse: the tables that were asked for, and sessions to measure them. */
export interface Warehouse {
  /** How the engine that was found writes what checks need. */
  readonly sql: SqlDialect;
  readonly facts: ConnectionFacts;
  /** Statements that create a role which can do no more than read these tables; empty: the engine has no roles. */
  readonly readerRole: readonly string[];
  /** Why contract SQL must not be sent: the role could do harm with it. Absent: it may. */
  readonly refusesContractSql?: Problem;
  readonly tables: ReadonlyMap<string, TableSource | TableProblem>;
  /** What people should know about the connection: clock offset, too many privileges. */
  readonly warnings: readonly string[];
  /** Statements sent so far for looking up and loading, for `surety plan` and the tests. */
  readonly prepared: readonly string[];
  /**
   * What the columns of a query are, a row each in the engine's own words (`SqlDialect.describedColumn`), in their order. The query is
   * planned, and should give no rows. Throws `EngineError`.
   */
  describe(query: Statement, options: StatementOptions): Promise<readonly Row[]>;
  /** Begins a snapshot; waits while as many are open as the target's `concurrency`. Throws `EngineError`. */
  session(options: RunOptions): Promise<Session>;
  /** Interrupts what runs and closes everything; never throws. */
  close(): Promise<void>;
}

/** An engine. */
export interface Dialect {
  /** `type` in surety.yaml. */
  readonly type: string;
  /** Connects, looks up all tables and locks the session down. Throws `EngineError` if the warehouse cannot be reached. */
  open(target: WarehouseTarget, tables: readonly TableRequest[], options: RunOptions): Promise<Warehouse>;
}

/** `lost`: the connection ended under the statement. `misconfigured`: what surety.yaml says cannot be right. */
export type EngineFailure = 'time-out' | 'cancelled' | 'unreachable' | 'lost' | 'misconfigured' | 'failed';

/** An engine's refusal. `message` is the engine's own text and may hold values: redact it before it is shown. */
export class EngineError extends Error {
  readonly failure: EngineFailure;
  /** What to do about it; ours, never the engine's. */
  readonly hint: string | undefined;

  constructor(failure: EngineFailure, message: string, hint?: string) {
    super(message);
    this.failure = failure;
    this.hint = hint;
  }
}
