import type { Diagnostic, Position } from './diagnostic.ts';
import type { Evidence, Verdict } from './outcome.ts';

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
  readonly seconds: number;
  readonly verdict: Verdict;
  readonly coverage: Coverage;
  readonly contracts: readonly ContractResult[];
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

export interface ContractResult {
  readonly contract: string;
  readonly version: string;
  readonly status: string;
  readonly title: string | null;
  readonly file: string;
  /** Day after which a deprecated contract may be gone, `YYYY-MM-DD`. */
  readonly sunset: string | null;
  readonly verdict: Verdict;
  readonly tables: readonly TableResult[];
}

export interface TableResult {
  readonly table: string;
  readonly warehouse: string;
  /** Where it was found, or where it should have been. */
  readonly location: string;
  readonly verdict: Verdict;
  readonly checks: readonly CheckResult[];
}

export interface CheckResult {
  /** Stable path inside the contract, such as `orders.email.missing`. */
  readonly path: string;
  readonly kind: string;
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
  /** How many rows each rule of an `invalid` check found. */
  readonly rules: readonly RuleResult[];
  readonly samples: Samples | null;
  readonly responsible: readonly string[];
  readonly at: Position;
}

export interface RuleResult {
  readonly rule: string;
  readonly rows: number;
}

/** A few failing rows: what identifies them and the offending columns, masked where classified. */
export interface Samples {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}
