import type { Bump, Direction, Effects } from './change.ts';
import type { Diagnostic, DiagnosticSeverity, Position } from './diagnostic.ts';
import type { GateProfile } from './profile.ts';
import type { Samples } from './run.ts';

/** What `surety diff` and `surety breaking` found; `reports/gate.schema.json` describes it. */
export interface GateResult {
  /** Version of this format. */
  readonly format: 1;
  /** Version of Surety. */
  readonly surety: string;
  /** `diff` shows, `breaking` decides. */
  readonly command: 'diff' | 'breaking';
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  /** Day that sunsets and waivers are measured against, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly profile: GateProfile;
  /** Whether nothing blocks. */
  readonly passed: boolean;
  readonly counts: GateCounts;
  /** Every contract that was compared, those without any change included; by id. */
  readonly contracts: readonly ContractComparison[];
  /** The rules of all findings, once each; by id. */
  readonly rules: readonly GateRule[];
  /** Problems of contracts, of waiver files, of the project file and of the old side. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface GateRule {
  readonly id: string;
  readonly purpose: string;
  readonly why: string;
}

export interface ComparedSide {
  /** For people: `merge base with origin/main 4f2c1aa`, `contracts/`, `warehouse analytics`. */
  readonly label: string;
  /** Full hash of the commit; null where it is not from git. */
  readonly commit: string | null;
}

/** The numbers of the last line; waived, safe and open findings are disjoint. */
export interface GateCounts {
  /** Findings of severity error that are open or violated: those that break readers, and those that break writers only. */
  readonly readers: number;
  readonly writers: number;
  /** Those that break neither: versions, waivers, approvals. */
  readonly policy: number;
  readonly warnings: number;
  readonly notices: number;
  /** Tightenings that the live rows keep. */
  readonly safe: number;
  readonly waived: number;
}

export interface ContractComparison {
  /** Id; empty: the project itself, for what belongs to no contract alone. */
  readonly contract: string;
  readonly title: string | null;
  /** Null where there was or is none. */
  readonly before: string | null;
  readonly after: string | null;
  /** As people should see it; of a removed contract the old file. */
  readonly file: string;
  /** Bump that all changes together need, and the least version that has it; null where there is nothing to raise. */
  readonly bump: Bump;
  readonly needs: string | null;
  /** Readers that are registered: consumers, and contracts downstream. */
  readonly readers: readonly string[];
  /** Names of the parties: who answers for it. */
  readonly accountable: string | null;
  /** Worst first. */
  readonly findings: readonly GateFinding[];
}

/** A change as the gate judges it. */
export interface GateFinding {
  readonly rule: string;
  readonly contract: string;
  readonly path: string;
  /** 12 hex digits. */
  readonly fingerprint: string;
  /** Before waivers and live data were asked. */
  readonly severity: DiagnosticSeverity;
  /** `waived` and `safe` do not block; `violated` was found on live rows and blocks. */
  readonly state: 'open' | 'waived' | 'safe' | 'violated';
  readonly direction: Direction;
  readonly effects: Effects;
  /** Who has to do with it first: `policy` is what no query breaks by, such as a version or an approval. */
  readonly concerns: Concern;
  readonly bump: Bump;
  readonly message: string;
  readonly lost: string | null;
  readonly before: string | null;
  readonly after: string | null;
  /** Registered readers that it breaks. */
  readonly breaks: readonly BrokenReader[];
  /** Parties of which one has to approve a waiver; empty where nobody can, and under `diff`, which refuses nothing. */
  readonly approvers: readonly string[];
  readonly remedy: string;
  /** In the new version; null where its contract is gone. */
  readonly at: Position | null;
  /** In the old version. */
  readonly was: Position | null;
  readonly related: readonly { readonly message: string; readonly at: Position }[];
  readonly waiver: WaiverUse | null;
  readonly live: LiveEvidence | null;
}

export type Concern = 'readers' | 'writers' | 'policy';

export interface BrokenReader {
  readonly name: string;
  /** Null where a contract downstream names nobody accountable. */
  readonly party: string | null;
}

export interface WaiverUse {
  readonly reason: string;
  readonly approvedBy: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
  /** Days left on the day of the comparison. */
  readonly days: number;
  readonly at: Position;
}

/** What the rows say that are there now. */
export interface LiveEvidence {
  /** One sentence in lower case. */
  readonly message: string;
  /** Null where it could not be measured. */
  readonly holds: boolean | null;
  readonly samples: Samples | null;
}
