import type { Outcome } from '../model/outcome.ts';

/** A check that cannot be planned, because something it names is not there or may not be sent: what the check comes to. */
export class PlanRefusal extends Error {
  readonly outcome: Outcome;

  constructor(outcome: Outcome) {
    super(outcome.message);
    this.outcome = outcome;
  }
}
