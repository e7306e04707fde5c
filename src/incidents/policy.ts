const HOUR = 3_600_000;

/** What the machine of incidents goes by. */
export interface IncidentPolicy {
  /** A breach so soon after a resolve is the same incident; milliseconds. */
  readonly reopenWithin: number;
  /** How long an acknowledgement holds where nobody says; milliseconds. */
  readonly acknowledgedFor: number;
  /** Good measurements in a row that resolve; of an incident that has flapped. */
  readonly good: { readonly usual: number; readonly flapped: number };
  /** Changes among so many measurements that make it flap, and that let it settle. */
  readonly flap: { readonly among: number; readonly from: number; readonly until: number };
}

export const POLICY: IncidentPolicy = {
  reopenWithin: 24 * HOUR,
  acknowledgedFor: 24 * HOUR,
  good: { usual: 1, flapped: 3 },
  flap: { among: 10, from: 4, until: 1 },
};
