import type { Category, ChangeRule, Effect } from '../model/change.ts';
import type { DiagnosticSeverity } from '../model/diagnostic.ts';
import type { GateProfile } from '../model/profile.ts';

const CATEGORIES: Readonly<Record<GateProfile, readonly Category[]>> = {
  schema: ['schema', 'governance'],
  consumer: ['schema', 'code', 'guarantee', 'meaning', 'life-cycle', 'governance'],
  full: ['schema', 'code', 'guarantee', 'meaning', 'write', 'life-cycle', 'governance'],
};

const SEVERITY: Readonly<Record<Effect, DiagnosticSeverity>> = {
  breaks: 'error',
  approval: 'error',
  warns: 'warning',
  data: 'warning',
  none: 'info',
};

const ORDER: readonly DiagnosticSeverity[] = ['info', 'warning', 'error'];

/** How loud a change of the rule is under a profile, before anything is known of the contract; pure. */
export function severityOf({ categories, effects, notice }: ChangeRule, profile: GateProfile): DiagnosticSeverity {
  if (notice) return 'info';
  const active = CATEGORIES[profile];
  const others = categories.filter((category) => category !== 'code' && category !== 'write');
  const counts = others.some((category) => active.includes(category));
  const code = categories.includes('code') ? active.includes('code') : counts;
  const writers = SEVERITY[effects.writers];
  const isStrict = profile === 'full' || categories.includes('governance');
  const isWritten = counts || active.includes('write') || (categories.includes('write') && profile === 'consumer');
  return worst([
    counts ? SEVERITY[effects.sql] : 'info',
    counts ? SEVERITY[effects.models] : 'info',
    code ? SEVERITY[effects.types] : 'info',
    // Writers run beside the change and can be asked: what breaks them alone blocks only where that is wanted.
    isWritten ? (isStrict ? writers : milder(writers, 'warning')) : 'info',
  ]);
}

function worst(severities: readonly DiagnosticSeverity[]): DiagnosticSeverity {
  return ORDER[Math.max(...severities.map((severity) => ORDER.indexOf(severity)))] ?? 'info';
}

/** The one that says less. */
export function milder(one: DiagnosticSeverity, other: DiagnosticSeverity): DiagnosticSeverity {
  return ORDER.indexOf(one) < ORDER.indexOf(other) ? one : other;
}
