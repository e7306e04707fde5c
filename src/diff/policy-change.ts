import type { Change } from '../model/change.ts';
import type { DiagnosticSeverity, Position } from '../model/diagnostic.ts';
import { GATE_PROFILES, type GateProfile } from '../model/profile.ts';
import type { Duration } from '../model/threshold.ts';
import type { Project } from '../project/project.ts';
import { parseYaml } from '../yaml/parse.ts';
import { findRule } from './catalogue.ts';
import { changeFingerprint } from './fingerprint.ts';
import { durationDifference, printLength } from './parts/order.ts';
import { configuredSeverity, type RuleSeverity } from './policy.ts';
import type { Pair } from './rules/rule.ts';

/** From the one that says least. */
const SEVERITIES: readonly RuleSeverity[] = ['off', 'info', 'warning', 'error'];

interface Weakening {
  /** Keys below `gate`. */
  readonly keys: readonly string[];
  readonly before: string;
  readonly after: string | null;
  readonly message: string;
}

/**
 * What `gate:` of the new surety.yaml refuses less than that of the old one; `severityOf` says what a rule is without a word of surety.yaml.
 * Only for two versions of one project: what is compared with some other folder has weakened nothing. Pure.
 */
export function policyChanges(
  project: Pair<Project>,
  severityOf: (rule: string, profile: GateProfile) => DiagnosticSeverity,
): readonly Change[] {
  return [...profileWeakened(project), ...noticeShortened(project), ...severitiesLowered(project, severityOf)].map(
    (weakening) => changeOf(weakening, project),
  );
}

function profileWeakened({ old, new: now }: Pair<Project>): readonly Weakening[] {
  const [before, after] = [profileOf(old), profileOf(now)];
  if (GATE_PROFILES.indexOf(after) >= GATE_PROFILES.indexOf(before)) return [];
  return [{ keys: ['profile'], before, after, message: `the gate refuses less: profile ${after}, ${before} before` }];
}

function noticeShortened({ old, new: now }: Pair<Project>): readonly Weakening[] {
  const [before, after] = [old.gate.minSunset, now.gate.minSunset];
  if (!before || isAsLong(before, after)) return [];
  const [was, is] = [printLength(before), after ? printLength(after) : null];
  const message = `the gate asks for a shorter notice: ${is ?? 'none'}, ${was} before`;
  return [{ keys: ['minSunset'], before: was, after: is, message }];
}

/** Months and days that cannot be compared count as shorter. */
function isAsLong(before: Duration, after: Duration | undefined): boolean {
  const difference = after && durationDifference(before, after);
  return difference !== undefined && difference >= 0;
}

function severitiesLowered(
  { old, new: now }: Pair<Project>,
  severityOf: (rule: string, profile: GateProfile) => DiagnosticSeverity,
): readonly Weakening[] {
  const ids = [...new Set([...old.gate.rules.keys(), ...now.gate.rules.keys()])].sort();
  // What the profile alone changes is told of the profile.
  const profile = profileOf(old);
  return ids.filter(findRule).flatMap((id) => {
    const own = severityOf(id, profile);
    const [before = own, after = own] = [old, now].map(({ gate }) => configuredSeverity(gate.rules.get(id)?.text));
    if (SEVERITIES.indexOf(after) >= SEVERITIES.indexOf(before)) return [];
    return [
      { keys: ['rules', id], before, after, message: `the gate makes less of ${id}: ${after}, ${before} before` },
    ];
  });
}

function profileOf({ gate }: Project): GateProfile {
  return gate.profile ?? 'consumer';
}

function changeOf({ keys, ...weakening }: Weakening, { old, new: now }: Pair<Project>): Change {
  const place = { rule: 'gate-policy-weakened', contract: '', path: ['gate', ...keys].join('.') };
  const [at, was] = [placeOf(now, keys), placeOf(old, keys)];
  return {
    ...place,
    ...weakening,
    touches: { tables: [], columns: [] },
    ...(at && { at }),
    ...(was && { was }),
    fingerprint: changeFingerprint({ ...place, ...weakening }),
  };
}

/** The place of a key below `gate`, or of what is left around it. */
function placeOf({ source }: Project, keys: readonly string[]): Position | undefined {
  if (!source) return undefined;
  let at: Position = { file: source.name, line: 1, column: 1, endLine: 1, endColumn: 1 };
  let node = parseYaml(source).root;
  for (const key of ['gate', ...keys]) {
    const entry = node?.kind === 'map' ? node.entries.get(key) : undefined;
    if (!entry) break;
    at = entry.key.at;
    node = entry.value;
  }
  return at;
}
