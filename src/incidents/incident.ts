/** How bad a breach is, mildest first. */
export const SEVERITIES = ['warn', 'fail', 'critical'] as const;
export type IncidentSeverity = (typeof SEVERITIES)[number];

export type IncidentState = 'open' | 'acknowledged' | 'resolved';

/** What a check came to, as far as incidents go: `unknown` could not be measured. */
export type Outcome = 'bad' | 'good' | 'unknown';

/** A breach of one promise, from its first bad measurement until it is kept again. Plain data; instants are milliseconds since 1970. */
export interface Incident {
  /** Short and stable: what people call it by. */
  readonly id: string;
  /** That of the check. */
  readonly fingerprint: string;
  readonly state: IncidentState;
  readonly severity: IncidentSeverity;
  readonly openedAt: number;
  /** Of the last measurement that was folded in, those that told nothing included. */
  readonly measuredAt: number;
  /** Bad measurements since it was opened. */
  readonly count: number;
  /** Good ones in a row, while it waits to be resolved. */
  readonly good: number;
  /** Whether the last attempt to measure told nothing. */
  readonly stale: boolean;
  /** `b` (bad) and `g` (good) of the last measurements, oldest first; it begins with the good one that nobody kept. */
  readonly recent: string;
  /** Comes and goes so often that nobody is told of each time. */
  readonly flapping: boolean;
  /** Whether it has flapped since it was opened: then one good measurement is not yet its end. */
  readonly flapped: boolean;
  readonly acknowledged: Acknowledgement | null;
  readonly resolved: Resolution | null;
  /** Id of the incident before this one. */
  readonly previous: string | null;
  /** How many transitions it has had. */
  readonly transitions: number;
}

export interface Acknowledgement {
  readonly by: string;
  readonly at: number;
  readonly until: number;
}

export interface Resolution {
  readonly at: number;
  readonly how: 'kept' | 'manual' | 'contract changed';
  /** Of a manual one. */
  readonly by: string | null;
  readonly reason: string | null;
}

/** What happened to an incident; its story is the list of them. */
export interface Transition {
  readonly incident: string;
  /** From 1 on, without a gap. */
  readonly number: number;
  readonly at: number;
  readonly kind:
    | 'opened'
    | 'reopened'
    | 'worse'
    | 'milder'
    | 'acknowledged'
    | 'acknowledgement extended'
    | 'acknowledgement broken'
    | 'acknowledgement expired'
    | 'flapping'
    | 'steady'
    | 'resolved';
  readonly severity: IncidentSeverity;
  /** Bad measurements until then. */
  readonly count: number;
  /** Who acknowledged or resolved it. */
  readonly by: string | null;
  readonly reason: string | null;
}
