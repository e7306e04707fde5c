import type { Change, ChangeRule } from '../../model/change.ts';
import type { Column, Contract, DeclaredCheck, Table, WrittenText } from '../../model/contract.ts';
import type { Duration } from '../../model/threshold.ts';

/** What stands around the contracts of one side. */
export interface World {
  /** All contracts of the project on this side. */
  readonly contracts: readonly Contract[];
  /** Engine of a warehouse; absent or unknown names: `duckdb`, which reads files. */
  engineOf(warehouse: string | undefined): string;
  /** Where a warehouse leads (`schema`, `schemas`, `root`, `database`) → a digest of it, since it may hold a secret. */
  placesOf(warehouse: string | undefined): ReadonlyMap<string, string>;
  /** The folder that contracts' own files are relative to; contract paths begin with it. */
  readonly folder: string;
  /** What samples show of a class (`mask` where it is not declared). */
  showingOf(classification: string): 'show' | 'mask' | 'hash';
  /** What a calendar of surety.yaml says, as one text; undefined where it is not declared. */
  calendarOf(name: string): string | undefined;
}

export interface Policy {
  /** The day of the comparison, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Shortest notice before something goes away. */
  readonly minSunset?: Duration;
  /** One side is a warehouse: its tables are of no version, so that none has to fit. */
  readonly hasNoVersions?: boolean;
}

/** Two versions of something. */
export interface Pair<T> {
  readonly old: T;
  readonly new: T;
}

export interface ContractContext {
  readonly contract: Pair<Contract>;
  readonly world: Pair<World>;
  readonly policy: Policy;
  /** The contract at the tip of the branch that is compared with, and what lies between it and the new version. */
  readonly tip?: { readonly contract: Contract; readonly changes: readonly Change[] };
}

/** What stands around a comparison that has found everything else. */
export interface ConcludingContext extends ContractContext {
  /** The rule of a change. */
  ruleOf(id: string): ChangeRule;
}

export interface TableContext extends ContractContext {
  readonly table: Pair<Table>;
  /** The new name of a column, member or feature of the old table: its own, or what a `renamedFrom` says. */
  readonly renamed: (oldColumn: string) => string;
  /** The new name of a table of the old contract. */
  readonly renamedTable: (oldTable: string) => string;
}

export interface ColumnContext extends TableContext {
  readonly column: Pair<ComparedColumn>;
}

export interface CheckContext extends TableContext {
  readonly check: Pair<DeclaredCheck>;
}

/** A column, a member (name with path), or a feature, which has `as`. */
export type ComparedColumn = Column & { readonly as?: WrittenText };

/** A change as a rule finds it; the path, the contract and the fingerprint are added around it. */
export type Found = Omit<Change, 'contract' | 'path' | 'touches' | 'fingerprint'> & {
  /** Behind the path of the table, column or check: `min` gives `orders.amount.min`. On a contract the whole path. */
  readonly below?: string;
  /** Where it reaches others than the readers of what it is found on. */
  readonly touches?: Change['touches'];
};

/**
 * What a comparison found; `equal` where the two say the same in other words. A difference in one of the subject's keys for which nothing
 * is found at all becomes `unclassified-change`: it is never silent.
 */
export type Comparison = readonly Found[] | 'equal';

/** Keys of any kind of it. */
type KeysOf<Node> = Node extends unknown ? keyof Node & string : never;

interface Subject<On extends string, Node, Context, Around> {
  readonly on: On;
  /** What it is called in the docs: `freshness`, `enum`. */
  readonly name: string;
  /** Keys of the model that it answers for. It is asked where one of them differs, positions aside. */
  readonly keys: readonly KeysOf<Node>[];
  readonly rules: readonly ChangeRule[];
  /** `gate`: two versions of a contract are not enough to find them. */
  readonly foundBy?: 'gate';
  /** Compares what both sides have. */
  compare?(pair: Pair<Node>, context: Context): Comparison;
  /** What only the new side has, or only the old one; `context` is that of what it is in. */
  added?(node: Node, context: Around): readonly Found[];
  removed?(node: Node, context: Around): readonly Found[];
  /** Asked last, with every other change of the contract. */
  conclude?(context: ConcludingContext, changes: readonly Change[]): readonly Found[];
}

/** What stands around contracts that only one side has. */
export type LoneContext = Pick<ContractContext, 'world' | 'policy'>;

export type ContractSubject = Subject<'contract', Contract, ContractContext, LoneContext>;
export type TableSubject = Subject<'table', Table, TableContext, ContractContext>;
export type ColumnSubject = Subject<'column', ComparedColumn, ColumnContext, TableContext>;
export type CheckSubject = Subject<'check', DeclaredCheck, CheckContext, TableContext>;
export type AnySubject = ContractSubject | TableSubject | ColumnSubject | CheckSubject;
