import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Folded, fold, type IncidentEvent } from '../../src/incidents/fold.ts';
import { type Incident, type IncidentSeverity, SEVERITIES, type Transition } from '../../src/incidents/incident.ts';
import { POLICY } from '../../src/incidents/policy.ts';

const HOUR = 3_600_000;
const TEN = Date.UTC(2026, 10, 25, 10);
const KIND = { B: 'bad', G: 'good', U: 'unknown' } as const;

interface Story {
  readonly incident: Incident | null;
  readonly all: readonly Incident[];
  readonly transitions: readonly Transition[];
}

function play(events: readonly IncidentEvent[]): Story {
  const incidents = new Map<string, Incident>();
  const transitions: Transition[] = [];
  let incident: Incident | null = null;
  for (const event of events) {
    const folded: Folded = fold('c0ffee', incident, event);
    incident = folded.incident;
    if (incident) incidents.set(incident.id, incident);
    transitions.push(...folded.transitions);
  }
  return { incident, all: [...incidents.values()], transitions };
}

/** Hourly measurements from 10:00 on: `BGU`. */
function hourly(letters: string, severity: IncidentSeverity = 'fail'): readonly IncidentEvent[] {
  return [...letters].map((letter, index) => ({
    kind: 'measured',
    at: TEN + index * HOUR,
    outcome: KIND[letter as keyof typeof KIND],
    severity,
    changedIn: null,
  }));
}

const kinds = ({ transitions }: Story): readonly string[] => transitions.map(({ kind }) => kind);

describe('worked folds', () => {
  test.each([
    ['', []],
    ['GGU', []],
    ['U', []],
    ['B', ['opened']],
    ['BBG', ['opened', 'resolved']],
    ['BBBBBBBBB', ['opened']],
    ['BUUG', ['opened', 'resolved']],
    ['BGBG', ['opened', 'resolved', 'reopened', 'flapping']],
    ['BGBGB', ['opened', 'resolved', 'reopened', 'flapping']],
    ['BGBGGG', ['opened', 'resolved', 'reopened', 'flapping']],
    ['BGBGGGGGGGG', ['opened', 'resolved', 'reopened', 'flapping']],
    ['BGBGGGGGGGGG', ['opened', 'resolved', 'reopened', 'flapping', 'steady', 'resolved']],
    ['BGBGBBBBBBBBB', ['opened', 'resolved', 'reopened', 'flapping', 'steady']],
    ['BGBGBBBBBBBBBGG', ['opened', 'resolved', 'reopened', 'flapping', 'steady']],
    ['BGBGBBBBBBBBBGGG', ['opened', 'resolved', 'reopened', 'flapping', 'steady', 'resolved']],
    ['BGBGBBBBBBBBBGGBGG', ['opened', 'resolved', 'reopened', 'flapping', 'steady']],
    ['BGUB', ['opened', 'resolved', 'reopened']],
  ])('%s', (letters, expected) => {
    expect(kinds(play(hourly(letters)))).toEqual(expected);
  });

  test('a breach after the window is another incident that knows the one before', () => {
    const late = { ...(hourly('B')[0] as IncidentEvent), at: TEN + 30 * HOUR };
    const { all, transitions } = play([...hourly('BG'), late]);
    expect(transitions.map(({ kind, incident }) => [kind, incident === all[0]?.id])).toEqual([
      ['opened', true],
      ['resolved', true],
      ['opened', false],
    ]);
    expect([all.length, all[1]?.previous, all[0]?.previous]).toEqual([2, all[0]?.id, null]);
    const edge = { ...late, at: TEN + HOUR + POLICY.reopenWithin };
    expect(kinds(play([...hourly('BG'), edge]))).toEqual(['opened', 'resolved', 'reopened']);
  });

  test('a promise that was relaxed meanwhile says so', () => {
    const [bad, good] = hourly('BG');
    const { incident } = play([bad, { ...good, changedIn: '1.3.0' }] as IncidentEvent[]);
    expect(incident?.resolved).toMatchObject({ how: 'contract changed', reason: '1.3.0' });
  });

  test('what could not be measured keeps the incident, and marks it', () => {
    const { incident } = play(hourly('BU'));
    expect([incident?.state, incident?.stale, incident?.count]).toEqual(['open', true, 1]);
    expect(play(hourly('BUB')).incident?.stale).toBe(false);
    expect(play(hourly('BGU')).incident?.stale).toBe(false);
  });
});

describe('acknowledged', () => {
  const acknowledge = (at: number, until?: number): IncidentEvent => ({
    kind: 'acknowledge',
    at,
    by: 'ann',
    ...(until !== undefined && { until }),
  });

  test('it is silent until it gets worse', () => {
    const [first, second, third] = hourly('BBB') as [IncidentEvent, IncidentEvent, IncidentEvent];
    const quiet = play([first, acknowledge(TEN + 1), second]);
    expect([kinds(quiet), quiet.incident?.state]).toEqual([['opened', 'acknowledged'], 'acknowledged']);
    const worse = play([first, acknowledge(TEN + 1), second, { ...third, severity: 'critical' } as IncidentEvent]);
    expect(kinds(worse)).toEqual(['opened', 'acknowledged', 'acknowledgement broken', 'worse']);
    expect(worse.incident).toMatchObject({ state: 'open', severity: 'critical', acknowledged: null });
  });

  test('it speaks again when that is over, at the instant at which it is', () => {
    const [first, second] = hourly('BB') as [IncidentEvent, IncidentEvent];
    const { transitions, incident } = play([first, acknowledge(TEN + 1, TEN + HOUR / 2), second]);
    expect(transitions.map(({ kind, at }) => [kind, at - TEN])).toEqual([
      ['opened', 0],
      ['acknowledged', 1],
      ['acknowledgement expired', HOUR / 2],
    ]);
    expect(incident?.state).toBe('open');
    expect(kinds(play([first, acknowledge(TEN + 1, TEN + HOUR), second])).at(-1)).toBe('acknowledgement expired');
    expect(kinds(play([first, acknowledge(TEN + 1, TEN + HOUR + 1), second])).at(-1)).toBe('acknowledged');
  });

  test('a second time extends it; the past, nothing and what is over cannot be acknowledged', () => {
    const [bad, good] = hourly('BG') as [IncidentEvent, IncidentEvent];
    expect(kinds(play([bad, acknowledge(TEN + 1), acknowledge(TEN + 2)]))).toEqual([
      'opened',
      'acknowledged',
      'acknowledgement extended',
    ]);
    expect(fold('c', null, acknowledge(1)).refused).toBe('there is none');
    expect(fold('c', play([bad, good]).incident, acknowledge(TEN + 2 * HOUR)).refused).toContain('it is resolved');
    expect(fold('c', play([bad]).incident, acknowledge(TEN + 2, TEN + 1)).refused).toContain('is over');
  });
});

test('resolved by hand, it opens again with the next breach', () => {
  const [first, second] = hourly('BB') as [IncidentEvent, IncidentEvent];
  const resolve: IncidentEvent = { kind: 'resolve', at: TEN + 1, by: 'ann', reason: 'known' };
  const story = play([first, resolve, second]);
  expect(kinds(story)).toEqual(['opened', 'resolved', 'reopened']);
  expect(story.transitions[1]).toMatchObject({ by: 'ann', reason: 'known' });
  expect(fold('c', play([first, resolve]).incident, resolve).refused).toContain('cannot be resolved');
});

test('milder and worse are told, each once', () => {
  const events = hourly('BBBB').map((event, index) => ({
    ...event,
    severity: ['fail', 'warn', 'warn', 'critical'][index],
  }));
  expect(kinds(play(events as IncidentEvent[]))).toEqual(['opened', 'milder', 'worse']);
});

/** Anything that can happen, in order of time. */
const anything = fc
  .array(
    fc.record({
      what: fc.constantFrom('B', 'B', 'G', 'G', 'U', 'ack', 'resolve'),
      after: fc.integer({ min: 1, max: 30 * HOUR }),
      severity: fc.constantFrom(...SEVERITIES),
      hours: fc.integer({ min: 1, max: 40 }),
      changed: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((steps) => {
    let at = TEN;
    return steps.map(({ what, after, severity, hours, changed }): IncidentEvent => {
      at += after;
      if (what === 'ack') return { kind: 'acknowledge', at, by: 'ann', until: at + hours * HOUR };
      if (what === 'resolve') return { kind: 'resolve', at, by: 'ann', reason: 'known' };
      const outcome = KIND[what as keyof typeof KIND];
      return { kind: 'measured', at, outcome, severity, changedIn: changed ? '2.0.0' : null };
    });
  });

describe('whatever happens', () => {
  test('no more than one incident is open, and none ends that was not open', () => {
    fc.assert(
      fc.property(anything, (events) => {
        const { all, transitions } = play(events);
        expect(all.filter(({ state }) => state !== 'resolved').length).toBeLessThanOrEqual(1);
        for (const { id, state, transitions: count, acknowledged, resolved } of all) {
          const own = transitions.filter(({ incident }) => incident === id);
          expect(own.map(({ number }) => number)).toEqual(Array.from({ length: count }, (_, at) => at + 1));
          const openings = own.filter(({ kind }) => kind === 'opened' || kind === 'reopened').length;
          const endings = own.filter(({ kind }) => kind === 'resolved').length;
          expect(openings - endings).toBe(state === 'resolved' ? 0 : 1);
          expect(own[0]?.kind).toBe('opened');
          // They take turns.
          const turns = own.flatMap(({ kind }) => (kind === 'resolved' ? 'e' : /opened$/.test(kind) ? 'o' : []));
          expect(turns.join('')).toMatch(/^(?:oe)*o?$/);
          expect(acknowledged !== null).toBe(state === 'acknowledged');
          expect(resolved !== null).toBe(state === 'resolved');
        }
        const instants = transitions.map(({ at }) => at);
        expect(instants).toEqual([...instants].sort((left, right) => left - right));
      }),
      { numRuns: 1000 },
    );
  });

  test('played again it gives the same, and a measurement that comes twice changes nothing', () => {
    fc.assert(
      fc.property(anything, (events) => {
        const once = play(events);
        expect(play(events)).toEqual(once);
        const twice = events.flatMap((event): IncidentEvent[] =>
          event.kind === 'measured' ? [event, event] : [event],
        );
        expect(play(twice)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });

  test('what could not be measured opens and ends nothing', () => {
    fc.assert(
      fc.property(anything, (events) => {
        const states = (story: Story): readonly string[] =>
          story.transitions.filter(({ kind }) => /opened|resolved/.test(kind)).map(({ kind, at }) => `${kind} ${at}`);
        const unknown = events.filter((event) => event.kind !== 'measured' || event.outcome !== 'unknown');
        expect(states(play(events))).toEqual(states(play(unknown)));
      }),
      { numRuns: 500 },
    );
  });

  test('ids are short, and those of one check differ', () => {
    fc.assert(
      fc.property(anything, (events) => {
        const { all } = play(events);
        for (const { id } of all) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{8}$/);
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
      }),
    );
  });
});
