import type { CheckResult, Run } from '../../src/model/run.ts';
import { SENTENCE, shown } from '../gate-words.ts';
import { grouped, listed, plural } from '../plural.ts';
import { checkMessage, excerptsOf, positionText, SIGN } from '../run-words.ts';
import type { Told } from './findings.ts';
import { age, limitWords, measuredWords, numberOf, valueText } from './numbers.ts';
import { partyView } from './people-view.ts';

/** Checks for one and the same reason that are named. */
const MOST_ALIKE = 20;

/** A check that is not kept or could not be measured, in full. */
export function findingView({ alike: [check, ...others], anchor }: Told, run: Run) {
  const { verdict, promise, rules, hint, evidence, reason, samples, at, responsible } = check;
  const limit = limitWords(check);
  return {
    anchor,
    verdict,
    sign: SIGN[verdict],
    path: shown(check.path),
    more: others.length > 0 ? plural(others.length, 'more check') : null,
    others: listed(
      others.map((other) => shown(other.path)),
      MOST_ALIKE,
    ),
    kind: shown(check.kind),
    purpose: purposeOf(check, run),
    critical: check.severity === 'critical',
    message: checkMessage(check),
    promise: shown(promise, SENTENCE),
    measured: Object.entries(check.measured)
      .map(([name, value]) => measuredText(check, name, value))
      .join(', '),
    limit: limit === '' ? null : limit,
    rules: rules.map(({ rule, rows }) => ({ rule: shown(rule), rows: grouped(rows) })),
    hint: hint === null ? null : shown(hint, SENTENCE),
    evidence,
    reason: reason === null ? null : shown(reason),
    samples: samples && {
      columns: samples.columns.map((name) => shown(name)),
      rows: samples.rows.map((row) => row.map((value) => (value === null ? null : { text: shown(value) }))),
      caption: samplesWords(check, samples.rows.length),
    },
    place: positionText(at),
    excerpt: excerptsOf(run)(at) ?? null,
    owners: responsible.map((name) => partyView(name, run)),
    fingerprint: check.fingerprint,
  };
}

/** `rows 1,200`; ages as people say them. */
function measuredText({ limits }: CheckResult, name: string, value: number | string | boolean | null): string {
  if (value === null) return `${shown(name)} NULL`;
  const isAge = limits.some(({ of, unit }) => of === name && unit === 'seconds');
  if (isAge && typeof value === 'number') return `age ${age(value)}`;
  return `${shown(name)} ${shown(valueText(typeof value === 'boolean' ? String(value) : value))}`;
}

function purposeOf({ kind }: CheckResult, { kinds }: Run): string | null {
  return Object.hasOwn(kinds, kind) ? shown(kinds[kind] ?? '', SENTENCE) : null;
}

/** Measured values that count what samples show, and what that is. */
const COUNTED = [
  ['repeated', 'repeated values'],
  ['future', 'failing rows'],
  ['old', 'failing rows'],
  ['bad', 'failing rows'],
] as const;

/** Whether the samples are all there are: `the first 5 of 12 failing rows`. */
function samplesWords({ measured }: CheckResult, shownRows: number): string {
  const [name, words] = COUNTED.find(([each]) => Object.hasOwn(measured, each)) ?? ['', 'failing rows'];
  const all = numberOf(measured[name]);
  return all !== undefined && all > shownRows ? `the first ${shownRows} of ${grouped(all)} ${words}` : words;
}

/** A check as one line of a list. */
export function promiseView(check: CheckResult, anchor: string | undefined) {
  const { verdict, evidence } = check;
  return {
    verdict,
    sign: SIGN[verdict],
    path: shown(check.path),
    anchor: anchor ?? null,
    promise: shown(check.promise, SENTENCE),
    message: checkMessage(check),
    evidence: evidence ?? '',
  };
}

/** A check as a cell among those of its column: a number against its limit where there is one. */
export function cellView(check: CheckResult, anchor: string | undefined) {
  return {
    verdict: check.verdict === 'pass' ? null : check.verdict,
    anchor: anchor ?? null,
    text: `${SIGN[check.verdict]}${cellText(check)}`,
  };
}

function cellText(check: CheckResult): string {
  const { verdict, reason, kind, promise, limits } = check;
  if (verdict === 'skipped' || verdict === 'error') return ` ${shown(reason ?? verdict)}`;
  if (kind === 'type') return ` ${shown(promise)}`;
  const measured = measuredWords(check);
  if (measured === '') return '';
  const none = limits.length === 1 && limits[0]?.value === 0;
  return none ? ` ${measured}` : ` ${measured} (${limitWords(check)})`;
}
