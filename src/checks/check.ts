import type { CheckSeverity, Column, Contract, Raci, Reference, Table, WrittenText } from '../model/contract.ts';
import type { Position } from '../model/diagnostic.ts';
import type { LogicalType } from '../model/logical-type.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Problem } from '../model/problem.ts';
import type { Duration } from '../model/threshold.ts';
import type { Row, Value } from '../model/value.ts';
import type { Instant, Sql, SqlDialect, TableSource } from '../sql/dialect.ts';

/** One expectation of a table. */
export interface Check {
  /** Stable inside the contract: `orders.email.missing`. */
  readonly path: string;
  readonly kind: string;
  /** Id of a declared check; empty for promises of a column or a table. */
  readonly id: string;
  /** What was promised, for people: `at most 2% missing`. */
  readonly promise: string;
  /** Contract columns that it reads. */
  readonly columns: readonly string[];
  /** Contract SQL that it sends. */
  readonly sql: readonly WrittenText[];
  readonly severity: CheckSeverity;
  readonly tags: readonly string[];
  readonly raci?: Raci;
  readonly at: Position;
  /** Only files have it: no promise of a table in a database. */
  readonly filesOnly?: boolean;
  /** Set where another command or a later part measures it: the reason for which it is skipped. */
  readonly later?: string;
  /** What to measure and how to judge it; pure. */
  plan(view: TableView): Plan;
}

/** One kind of check: which checks of it a table promises. */
export interface CheckKind {
  readonly kind: string;
  /** One sentence that starts with "Checks that". */
  readonly purpose: string;
  checks(table: Table, contract: Contract): readonly Check[];
}

/** A number that the table's one scan computes. */
export interface ScanMetric {
  readonly in: 'scan';
  readonly value: Sql;
  /** Whether text of the contract is in it. */
  readonly contractSql: boolean;
}

/** A statement of its own, because it cannot join the scan. */
export interface QueryMetric {
  readonly in: 'query';
  readonly query: Sql;
  readonly contractSql: boolean;
  /** Why it is not in the scan; printed by `surety plan`. */
  readonly why: string;
  /** The table whose warehouse answers; absent: the check's own. */
  readonly view?: TableView;
}

export type Metric = ScanMetric | QueryMetric;

/** Rows to show when a check is broken. */
export interface FailingRows {
  /** Relation with its conditions: what stands behind `select … `. */
  readonly from: Sql;
  readonly columns: readonly ShownColumn[];
  /** Of `columns`, the first so many order the rows. */
  readonly orderBy: number;
}

/** A query of the contract that gives its failing rows itself, with columns that only it knows. */
export interface FailingQuery {
  readonly query: Sql;
}

export interface ShownColumn {
  readonly label: string;
  /** As text. */
  readonly value: Sql;
  /** What rows are ordered by; absent: the text. */
  readonly order?: Sql;
  /** Contract columns whose values it shows; decides masking. */
  readonly shows: readonly string[];
}

/** How many rows each rule of an `invalid` check found. */
export interface RuleCount {
  readonly rule: string;
  readonly count: Sql;
}

export interface Measuring {
  readonly metrics: Readonly<Record<string, Metric>>;
  /** `of(name)` is the value of a scan metric, `rows(name)` the rows of a query. */
  judge(measured: Measured): Outcome;
  readonly failing?: FailingRows | FailingQuery | undefined;
  readonly rules?: readonly RuleCount[];
}

export interface Measured {
  of(name: string): Value;
  rows(name: string): readonly Row[];
}

/** The catalog settles it, or something has to be measured, or the source as it was found leaves nothing to check. */
export type Plan = { readonly settled: Outcome } | Measuring | { readonly absent: true };

/** A column of the contract as it was found. */
export interface ColumnAccess {
  readonly column: Column;
  readonly type: LogicalType;
  /** The value itself; absent for members inside lists and maps, of which a row has several. */
  readonly value?: Sql;
  /** True for rows in which the value (of a list: one of them) is NULL though its parent is there. */
  readonly isNull: Sql;
  /** The same for NULL and the listed `values`. */
  readonly isMissing: Sql;
  /** True for rows in which a value that is not missing makes the condition true. */
  anyValue(condition: (value: Sql) => Sql): Sql;
  /** Text files: true for rows whose cell is there, is not listed as missing and does not fit the type. */
  readonly unparsable?: Sql;
  /** As text for samples: the cell's own text where there is one. */
  readonly shown: Sql;
}

/** Which rows a check looks at, inside the table's `where`. */
export interface Scope {
  /** Absent: all of them. */
  readonly condition?: Sql;
  /** For people: `rows`, `rows of the last 7d`. */
  readonly label: string;
  readonly contractSql: boolean;
}

/** A table as it was found, for a check to plan on. */
export interface TableView {
  readonly contract: Contract;
  readonly table: Table;
  readonly source: TableSource;
  readonly dialect: SqlDialect;
  readonly now: Instant;
  /** Zone of naive times in a column. */
  zoneOf(column: Column): string | undefined;
  /** A column or a feature; undefined where the source has no such column, or none that the feature names. */
  column(name: string): ColumnAccess | undefined;
  /** What the catalog holds for a contract column or member, or the engine says of a feature: its type, or why it is not there. */
  found(column: Column): FoundColumn;
  /** Features that rows of `from` have as columns, under their own names. */
  readonly features: readonly string[];
  /** The same table, whose rows have these features too. Names of what is no feature are passed over. */
  withFeatures(names: Iterable<string>): TableView;
  /** Columns of the source that the contract does not name. */
  readonly extraColumns: readonly string[];
  /** Rows that row checks look at: the table's `window`, then the check's. */
  scope(window: 'table' | 'all' | Duration, where?: WrittenText): Scope;
  /** Contract SQL on lines of its own in brackets, placeholders filled in. */
  contractSql(text: WrittenText): Sql;
  /** `relation where …` with the table's `where` and the scope. */
  from(scope: Scope, ...conditions: readonly Sql[]): Sql;
  /** The other table of a reference, or why it cannot be looked at. */
  parent(reference: Reference): { readonly view: TableView } | { readonly reason: string; readonly hint?: string };
  /** Another table, in whichever warehouse, or why it cannot be looked at. */
  other(reference: Reference): ReturnType<TableView['parent']>;
  /** A value of these contract columns as it may be shown: masked or hashed where a class says so (semantics §9). */
  mask(columns: readonly string[], text: string): string;
  /** A value under a name that a query of the contract gave it: once the contract masks any column, only unmasked columns' names show. */
  maskNamed(name: string, text: string): string;
  /** Whether the contract has a column whose values are not shown. */
  readonly masksAny: boolean;
  /** Columns that identify a row in samples: the key, or file and record number. */
  readonly identity: readonly ShownColumn[];
}

export type FoundColumn =
  | {
      readonly state: 'there';
      readonly name: string;
      readonly native: string;
      readonly type: LogicalType;
      /** Files of a glob that have no such column. */
      readonly lackedBy: readonly string[];
      /** A member that the catalog does not know of: rows tell whether it is there, and what it is. */
      readonly schemaless: boolean;
      /** Why its values cannot be read; absent: they can. */
      readonly forbidden?: Problem;
    }
  /** Not there, or kept from the role: the engine does not tell which. */
  | { readonly state: 'hidden'; readonly forbidden: Problem }
  | { readonly state: 'missing'; readonly hint?: string }
  | { readonly state: 'ambiguous'; readonly names: readonly string[] }
  /** A text file of no bytes has no columns that could be missing. */
  | { readonly state: 'unknown' };
