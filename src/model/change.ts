import type { DiagnosticSeverity, Position } from './diagnostic.ts';
import type { GateProfile } from './profile.ts';

/** Which way a change moves the set of table states that the contract allows: loosening breaks readers, tightening breaks writers. */
export type Direction = 'loosen' | 'tighten' | 'incomparable' | 'annotate';

/** What a change does to somebody: `data` depends on the rows that are there, `approval` blocks until a named party approves. */
export type Effect = 'breaks' | 'warns' | 'data' | 'approval' | 'none';

/** Whom a change reaches. */
export interface Effects {
  /** Readers in SQL and BI. */
  readonly sql: Effect;
  /** Typed accessors, at compile time. */
  readonly types: Effect;
  /** Models and features. */
  readonly models: Effect;
  /** Writers and pipelines. */
  readonly writers: Effect;
}

/** What a rule is about: profiles of the gate pick by it. */
export type Category = 'schema' | 'code' | 'guarantee' | 'meaning' | 'write' | 'governance' | 'life-cycle';

/** The part of a semantic version that a change needs to be raised. */
export type Bump = 'major' | 'minor' | 'patch' | 'none';

/** Two versions of a contract between which exactly one change lies. */
export interface ChangeExample {
  /** YAML without `contract` and `version`; null: there is no such contract. */
  readonly before: string | null;
  readonly after: string | null;
  /** What has to stand around it; a pair is that of each version. */
  readonly around?: {
    /** surety.yaml. */
    readonly project?: string | readonly [string, string];
    /** Other contracts by id, likewise without `contract` and `version`. */
    readonly others?: Readonly<Record<string, string | readonly [string | null, string | null]>>;
    readonly versions?: readonly [string, string];
    /** Shortest notice, in days: `90d`. */
    readonly minSunset?: string;
  };
}

/** What a rule is, for judging, for `surety rules` and `surety explain`, and for the reference in the docs. */
export interface ChangeRule {
  /** `kebab-name`; stable once published. */
  readonly id: string;
  /** What the change is, in one sentence without a full stop. */
  readonly purpose: string;
  /** Why it matters and to whom, in a few sentences. */
  readonly why: string;
  readonly direction: Direction;
  readonly categories: readonly [Category, ...Category[]];
  readonly effects: Effects;
  readonly bump: Bump;
  /** A name that readers use is gone: where all readers are registered, it may go when none of them uses it. */
  readonly removesName?: true;
  /** The gate guards itself by it: surety.yaml cannot make less of it in the change that it is about. */
  readonly isGuard?: true;
  /** It is told and never blocks. */
  readonly notice?: true;
  /** What to do instead, or beside it. */
  readonly remedy: string;
  readonly example: ChangeExample;
  /** The rule of the change back, or why there is none. */
  readonly opposite: string | { readonly none: string };
}

/** A rule as it is listed. */
export interface ListedRule extends ChangeRule {
  /** Subject: the name of its file under `src/diff/rules/`. */
  readonly subject: string;
  /** Two versions of a contract are enough for `comparison`; the gate itself finds the others. */
  readonly foundBy: 'comparison' | 'gate';
  /** Profile → how loud it is. */
  readonly severities: Readonly<Record<GateProfile, DiagnosticSeverity>>;
}

/** One difference between two versions of a contract. */
export interface Change {
  /** Id of its rule. */
  readonly rule: string;
  /** Id of the contract. */
  readonly contract: string;
  /** Where in the contract: `orders.email`, `orders.amount.min`, `raci.accountable`; empty for the contract as a whole. */
  readonly path: string;
  /** Whom it can reach, by old and new names: readers of these columns of these tables; no column: of the whole table, no table: all. */
  readonly touches: { readonly tables: readonly string[]; readonly columns: readonly string[] };
  /** Of those the only ones that it does reach, by name: consumers, and ids of contracts downstream. */
  readonly readers?: readonly string[];
  /** Normalised, so that equal promises have equal texts; null where there was nothing. */
  readonly before: string | null;
  readonly after: string | null;
  /** One sentence in lower case: what changed, with both values. */
  readonly message: string;
  /** What is lost or risked, where that can be said exactly. */
  readonly lost?: string;
  /** Place in the new version; of what was removed, the nearest place that is still there. Absent: the contract is gone. */
  readonly at?: Position;
  /** Place in the old version. */
  readonly was?: Position;
  /** Other places that belong to it. */
  readonly related?: readonly { readonly message: string; readonly at: Position }[];
  /** Less than its rule says, because of what is around it: a notice only. */
  readonly notice?: boolean;
  /** Needs another bump than its rule says. */
  readonly bump?: Bump;
  /** Paths of the checks of the new version that say whether the rows there now keep a tightened promise. */
  readonly checks?: readonly string[];
  /** What to do, where it can be said better than by the rule. */
  readonly remedy?: string;
  /** 12 hex digits: SHA-256 of rule, contract, path and normalised values. */
  readonly fingerprint: string;
}
