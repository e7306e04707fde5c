import type { Diagnostic, Position } from './diagnostic.ts';
import type { Evidence, Limit, Verdict } from './outcome.ts';

/** The result of one `verify`, as the JSON output prints it; `reports/run.schema.json` describes it. */
export interface Run {
  /** Version of this format. */
  readonly format: 1;
  /** Version of Surety. */
  readonly surety: string;
  /** The one instant that the run measured against, ISO 8601 in UTC. */
  readonly now: string;
  /** Name given by `--env`; null is production. */
  readonly environment: string | null;
  /** What names of files are relative to, from the root of the repository, with slashes; empty: the root itself, null: not known. */
  readonly folder: string | null;
  readonly seconds: number;
  readonly verdict: Verdict;
  readonly coverage: Coverage;
  readonly contracts: readonly ContractResult[];
  /** Kinds of the checks → what they check, in a sentence. */
  readonly kinds: Readonly<Record<string, string>>;
  /** How to reach the parties that the contracts name, as far as surety.yaml says it and no secret is in it. */
  readonly parties: Readonly<Record<string, PartyResult>>;
  /** Problems of contracts, the project file and warehouses. */
  readonly diagnostics: readonly Diagnostic[];
  /** What stands at the places of diagnostics and of checks that are not kept, by `file:line:column`: the line under its number, and carets. */
  readonly excerpts: Readonly<Record<string, string>>;
}

/** What was planned and what became of it; the numbers add up. */
export interface Coverage {
  readonly planned: number;
  readonly measured: number;
  readonly evidence: Readonly<Record<Evidence, number>>;
  readonly skipped: readonly ReasonCount[];
  readonly notMeasured: readonly ReasonCount[];
}

export interface ReasonCount {
  readonly reason: string;
  readonly count: number;
}

export interface PartyResult {
  readonly title: string | null;
  readonly members: readonly string[];
  /** Channel, such as `slack` or `email` → addresses. */
  readonly addresses: Readonly<Record<string, readonly string[]>>;
}

/** Names of parties. */
export interface RaciResult {
  readonly responsible: readonly string[];
  readonly accountable: string | null;
  readonly consulted: readonly string[];
  readonly informed: readonly string[];
}

export interface ContractResult {
  readonly contract: string;
  readonly version: string;
  readonly status: string;
  readonly title: string | null;
  /** Markdown. */
  readonly description: string | null;
  readonly domain: string | null;
  readonly raci: RaciResult | null;
  /** Name → address. */
  readonly links: Readonly<Record<string, string>>;
  readonly upstream: readonly UpstreamResult[];
  readonly consumers: readonly ConsumerResult[];
  readonly file: string;
  /** Day after which a deprecated contract may be gone, `YYYY-MM-DD`. */
  readonly sunset: string | null;
  readonly verdict: Verdict;
  readonly tables: readonly TableResult[];
}

export interface UpstreamResult {
  readonly contract: string;
  /** `table.column`; null: all of them. */
  readonly columns: readonly string[] | null;
}

export interface ConsumerResult {
  readonly name: string;
  readonly party: string;
  /** What it reads of the contract, `table` or `table.column`. */
  readonly uses: readonly string[];
  readonly description: string | null;
}

export interface TableResult {
  readonly table: string;
  readonly warehouse: string;
  /** Where it was found, or where it should have been. */
  readonly location: string;
  /** Markdown. */
  readonly description: string | null;
  /** Where it is another one than that of the contract. */
  readonly raci: RaciResult | null;
  readonly verdict: Verdict;
  /** How many rows were read; null: none, or nobody counted them. */
  readonly rows: number | string | null;
  /** What was sent to the warehouse, in this order. */
  readonly statements: readonly RanStatement[];
  readonly checks: readonly CheckResult[];
}

export interface RanStatement {
  /** Why it was sent: `one scan for 12 metrics`. */
  readonly why: string;
  readonly sql: string;
  /** Values that were bound, as JSON has them; what JSON cannot hold is a text, and once the contract has a masked column all are `‹hidden›`. */
  readonly parameters: readonly (number | string | boolean | null)[];
  readonly seconds: number;
  /** The warehouse did not answer it: parts of it may have been sent again. */
  readonly failed: boolean;
}

export interface CheckResult {
  /** Stable path inside the contract, such as `orders.email.missing`. */
  readonly path: string;
  readonly kind: string;
  /** Columns of the contract that it is about; empty: it is about the table. */
  readonly columns: readonly string[];
  /** Stable identity over runs, versions and thresholds: 16 hex digits. */
  readonly fingerprint: string;
  readonly severity: 'warn' | 'fail' | 'critical';
  readonly promise: string;
  readonly verdict: Verdict;
  readonly message: string;
  readonly reason: string | null;
  readonly hint: string | null;
  readonly evidence: Evidence | null;
  /** Measured values by name; exact numbers that JSON cannot hold are texts. */
  readonly measured: Readonly<Record<string, number | string | boolean | null>>;
  /** What the measured value was held against; empty: it is no number, or groups have limits of their own. */
  readonly limits: readonly LimitResult[];
  /** How many rows each rule of an `invalid` check found. */
  readonly rules: readonly RuleResult[];
  readonly samples: Samples | null;
  readonly responsible: readonly string[];
  readonly at: Position;
}

/** A limit, its number a text where JSON cannot hold it exactly. */
export type LimitResult = Omit<Limit, 'value'> & { readonly value: number | string };

export interface RuleResult {
  readonly rule: string;
  readonly rows: number;
}

/** A few failing rows: what identifies them and the offending columns, masked where classified. */
export interface Samples {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}
