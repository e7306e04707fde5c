import { createHash } from 'node:crypto';
import {
  type Acknowledgement,
  type Incident,
  type IncidentSeverity,
  type Outcome,
  type Resolution,
  SEVERITIES,
  type Transition,
} from './incident.ts';
import { type IncidentPolicy, POLICY } from './policy.ts';

/** A check was measured, or could not be. */
export interface Measured {
  readonly kind: 'measured';
  readonly at: number;
  readonly outcome: Outcome;
  /** How bad a bad one is. */
  readonly severity: IncidentSeverity;
  /** Version of the contract, where the promise is another one than at the measurement before. */
  readonly changedIn: string | null;
}

export interface Acknowledge {
  readonly kind: 'acknowledge';
  readonly at: number;
  readonly by: string;
  /** Absent: as long as the policy says. */
  readonly until?: number;
}

export interface Resolve {
  readonly kind: 'resolve';
  readonly at: number;
  readonly by: string;
  readonly reason: string;
}

export type IncidentEvent = Measured | Acknowledge | Resolve;

export interface Folded {
  /** Null: there is none, and never was one. */
  readonly incident: Incident | null;
  /** What is new, in order. */
  readonly transitions: readonly Transition[];
  /** Why people cannot do what they asked for. */
  readonly refused?: string;
}

/**
 * What an event makes of the last incident of a check. Pure: the same events give the same incidents, and a measurement that was folded in
 * already, or is older than the last one, changes nothing.
 */
export function fold(
  fingerprint: string,
  incident: Incident | null,
  event: IncidentEvent,
  policy: IncidentPolicy = POLICY,
): Folded {
  if (event.kind === 'measured') return measured(fingerprint, incident, event, policy);
  if (!incident || incident.state === 'resolved') {
    const word = event.kind === 'acknowledge' ? 'acknowledged' : 'resolved';
    return { incident, transitions: [], refused: incident ? `it is resolved, and cannot be ${word}` : 'there is none' };
  }
  const story = storyOf(expired(incident, event.at), incident);
  return event.kind === 'acknowledge'
    ? acknowledged(story, event, policy)
    : ended(story, event.at, { how: 'manual', by: event.by, reason: event.reason });
}

function measured(fingerprint: string, before: Incident | null, event: Measured, policy: IncidentPolicy): Folded {
  const { at, outcome } = event;
  if (!before) return outcome === 'bad' ? opened(fingerprint, null, event) : { incident: null, transitions: [] };
  if (at <= before.measuredAt) return { incident: before, transitions: [] };
  const story = storyOf(expired(before, at), before);
  if (outcome === 'unknown') return story.with({ measuredAt: at, stale: before.state !== 'resolved' }).folded();
  const letter = outcome === 'bad' ? 'b' : 'g';
  const seen = story.with({
    measuredAt: at,
    stale: false,
    recent: `${before.recent}${letter}`.slice(-policy.flap.among),
  });
  return outcome === 'bad' ? bad(seen, event, policy) : good(seen, event, policy);
}

function bad(story: Story, event: Measured, policy: IncidentPolicy): Folded {
  const { at, severity } = event;
  const { incident } = story;
  if (incident.state === 'resolved') {
    const since = at - (incident.resolved?.at ?? at);
    if (since > policy.reopenWithin) return opened(incident.fingerprint, incident.id, event);
    const reopened = story.with({ state: 'open', resolved: null, severity, count: incident.count + 1, good: 0 });
    return reopened.tell('reopened', at).folded();
  }
  const counted = story.with({ count: incident.count + 1, good: 0, severity });
  const rise = SEVERITIES.indexOf(severity) - SEVERITIES.indexOf(incident.severity);
  const broken =
    rise > 0 && incident.state === 'acknowledged'
      ? counted.with({ state: 'open', acknowledged: null }).tell('acknowledgement broken', at)
      : counted;
  const told = rise === 0 ? broken : broken.tell(rise > 0 ? 'worse' : 'milder', at);
  return settled(told, at, policy).folded();
}

function good(story: Story, event: Measured, policy: IncidentPolicy): Folded {
  const { incident } = story;
  if (incident.state === 'resolved') return story.folded();
  const waiting = settled(story.with({ good: incident.good + 1 }), event.at, policy);
  const { flapping, flapped, good: inARow } = waiting.incident;
  const needed = flapped ? policy.good.flapped : policy.good.usual;
  if (flapping || inARow < needed) return waiting.folded();
  return event.changedIn === null
    ? ended(waiting, event.at, { how: 'kept', by: null, reason: null })
    : ended(waiting, event.at, { how: 'contract changed', by: null, reason: event.changedIn });
}

/** Whether it comes and goes too often to tell of each time, or no longer does. */
function settled(story: Story, at: number, { flap }: IncidentPolicy): Story {
  const { recent, flapping } = story.incident;
  const changes = [...recent].filter((letter, index) => index > 0 && letter !== recent[index - 1]).length;
  if (!flapping && changes >= flap.from) return story.with({ flapping: true, flapped: true }).tell('flapping', at);
  return flapping && changes <= flap.until ? story.with({ flapping: false }).tell('steady', at) : story;
}

function opened(fingerprint: string, previous: string | null, { at, severity }: Measured): Folded {
  const incident: Incident = {
    id: idOf(fingerprint, at),
    fingerprint,
    state: 'open',
    severity,
    openedAt: at,
    measuredAt: at,
    count: 1,
    good: 0,
    stale: false,
    recent: 'gb',
    flapping: false,
    flapped: false,
    acknowledged: null,
    resolved: null,
    previous,
    transitions: 0,
  };
  return storyOf({ incident, transitions: [] }, incident).tell('opened', at).folded();
}

function acknowledged(story: Story, { at, by, until }: Acknowledge, policy: IncidentPolicy): Folded {
  const end = until ?? at + policy.acknowledgedFor;
  if (end <= at) return { ...story.folded(), refused: 'the end of the acknowledgement is over' };
  const given: Acknowledgement = { by, at, until: end };
  const kind = story.incident.state === 'acknowledged' ? 'acknowledgement extended' : 'acknowledged';
  return story.with({ state: 'acknowledged', acknowledged: given }).tell(kind, at, by).folded();
}

function ended(story: Story, at: number, how: Omit<Resolution, 'at'>): Folded {
  const resolved: Resolution = { at, ...how };
  return story
    .with({ state: 'resolved', resolved, acknowledged: null, good: 0, stale: false, flapping: false, flapped: false })
    .tell('resolved', at, how.by, how.reason)
    .folded();
}

/** An acknowledgement that is over: what it kept quiet speaks again. */
function expired(incident: Incident, at: number): Folded {
  const { acknowledged: given } = incident;
  if (!given || given.until > at) return { incident, transitions: [] };
  const story = storyOf({ incident, transitions: [] }, incident);
  return story.with({ state: 'open', acknowledged: null }).tell('acknowledgement expired', given.until).folded();
}

/** An incident on its way, with what is told of it. */
interface Story {
  readonly incident: Incident;
  with(change: Partial<Incident>): Story;
  tell(kind: Transition['kind'], at: number, by?: string | null, reason?: string | null): Story;
  folded(): Folded & { readonly incident: Incident };
}

function storyOf({ incident: given, transitions }: Folded, otherwise: Incident): Story {
  const incident = given ?? otherwise;
  return {
    incident,
    with: (change) => storyOf({ incident: { ...incident, ...change }, transitions }, incident),
    tell(kind, at, by = null, reason = null) {
      const number = incident.transitions + 1;
      const { id, severity, count } = incident;
      const told: Transition = { incident: id, number, at, kind, severity, count, by, reason };
      return storyOf({ incident: { ...incident, transitions: number }, transitions: [...transitions, told] }, incident);
    },
    folded: () => ({ incident, transitions }),
  };
}

/** Letters and digits that nobody mistakes for each other (Crockford's base 32). */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';

/** Eight letters: two of a million incidents are the same in one store out of two million. */
function idOf(fingerprint: string, at: number): string {
  const digest = createHash('sha256').update(`${fingerprint}\n${at}`).digest();
  return [...digest.subarray(0, 8)].map((byte) => LETTERS[byte % 32]).join('');
}
