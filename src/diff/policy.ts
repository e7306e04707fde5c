import type { Diagnostic, DiagnosticSeverity } from '../model/diagnostic.ts';
import type { GateProfile } from '../model/profile.ts';
import type { GatePolicy } from '../project/project.ts';
import { nearest } from '../util/nearest.ts';
import { CHANGE_RULES, findRule } from './catalogue.ts';
import type { Policy } from './rules/rule.ts';

/** What `gate:` of surety.yaml and the command line say together. */
export interface ReadPolicy extends Policy {
  readonly profile: GateProfile;
  readonly severities: ReadonlyMap<string, RuleSeverity>;
  readonly diagnostics: readonly Diagnostic[];
}

/** What surety.yaml can make of a rule. */
export type RuleSeverity = 'off' | DiagnosticSeverity;

const SEVERITIES: Readonly<Record<string, RuleSeverity>> = {
  off: 'off',
  info: 'info',
  warn: 'warning',
  error: 'error',
};

/** The severity that a word of surety.yaml stands for. */
export function configuredSeverity(word: string | undefined): RuleSeverity | undefined {
  return word === undefined ? undefined : SEVERITIES[word];
}

export function readPolicy(
  { profile = 'consumer', minSunset, rules }: GatePolicy,
  given: Pick<Policy, 'asOf' | 'hasNoVersions'> & { readonly profile?: GateProfile },
): ReadPolicy {
  const diagnostics: Diagnostic[] = [];
  const severities = new Map<string, RuleSeverity>();
  for (const [id, { text, at }] of rules) {
    const severity = configuredSeverity(text);
    if (!findRule(id)) {
      const near = nearest(
        id,
        CHANGE_RULES.map((rule) => rule.id),
      );
      const all = '`surety rules` lists all of them';
      const hint = near === undefined ? all : `did you mean ${near}? ${all}`;
      diagnostics.push({
        code: 'gate/unknown-rule',
        severity: 'error',
        message: `the gate has no rule "${id}"`,
        hint,
        at,
      });
    } else if (severity) severities.set(id, severity);
  }
  return {
    ...given,
    profile: given.profile ?? profile,
    ...(minSunset && { minSunset }),
    severities,
    diagnostics,
  };
}
