import type { Effect } from '../src/model/change.ts';
import type { BrokenReader, ContractComparison, GateFinding, GateResult, WaiverUse } from '../src/model/gate.ts';
import { compareVersions, parseVersion } from '../src/util/semver.ts';
import { visible, withoutCommands } from '../src/util/visible.ts';
import { listed, plural } from './plural.ts';

/** How much of a sentence is shown. */
export const SENTENCE = 1000;

/** Text in one line that neither a terminal nor the log of a CI system acts on, wherever it is put. */
export function shown(text: string, limit?: number): string {
  return withoutCommands(visible(text, limit));
}

/** What a finding counts as, waivers and live data considered; worst first. */
export const LEVELS = ['error', 'warning', 'waived', 'notice', 'safe'] as const;
export type Level = (typeof LEVELS)[number];

export function levelOf({ severity, state }: GateFinding): Level {
  if (state === 'waived' || state === 'safe') return state;
  if (state === 'violated') return 'error';
  return severity === 'info' ? 'notice' : severity;
}

/** What stands beside the sign: whom an error breaks, else its level. */
export function levelWords(finding: GateFinding): string {
  const level = levelOf(finding);
  if (level === 'safe') return 'proven safe';
  return level === 'error' ? blame(finding) : level;
}

/** Whom an error breaks. */
export function blame({ concerns, effects: { sql, types, models, writers }, state }: GateFinding): string {
  const readers: readonly Effect[] = [sql, types, models];
  if (concerns === 'policy') return [...readers, writers].includes('approval') ? 'needs approval' : 'blocks';
  const sides = [
    ...(readers.includes('breaks') ? ['readers'] : []),
    ...(writers === 'breaks' || (writers === 'data' && state === 'violated') ? ['writers'] : []),
  ];
  return sides.length > 0 ? `breaks ${sides.join(' and ')}` : 'blocks';
}

/** Whether only rows could tell, and none were asked. */
export function isUnmeasured({ effects, state, live }: GateFinding): boolean {
  return state === 'open' && Object.values(effects).includes('data') && (live === null || live.holds === null);
}

/** `finance-close (finance), churn-model` */
export function brokenNames(breaks: readonly BrokenReader[], limit = 10): string {
  const names = breaks.map(({ name, party }) =>
    party === null || party === name ? shown(name) : `${shown(name)} (${shown(party)})`,
  );
  return listed(names, limit);
}

/** `both readers moved (approved by finance, until 2026-12-07: 12 days left)` */
export function waiverText({ reason, approvedBy, expires, days }: WaiverUse): string {
  const left = days < 0 ? 'expired' : `${plural(days, 'day')} left`;
  return `${shown(reason, SENTENCE)} (approved by ${shown(approvedBy)}, until ${expires}: ${left})`;
}

/** The command that lets a finding pass; a waiver cannot waive what is wrong with waivers. */
export function waiveCommand({ rule, fingerprint, approvers }: GateFinding): string | null {
  if (rule.startsWith('waiver-') || approvers.length === 0) return null;
  const [only] = approvers.length === 1 ? approvers : [];
  const by = only !== undefined && /^[\w.-]+$/.test(only) ? only : '…';
  return `surety waive ${fingerprint} --reason … --expires … --approved-by ${by}`;
}

/** What else there is to say about a finding, each under its label. */
export function notesOf(finding: GateFinding): readonly (readonly [label: string, text: string])[] {
  const { lost, breaks, live, waiver, remedy } = finding;
  const level = levelOf(finding);
  const isToDo = level === 'error' || level === 'warning';
  const command = level === 'error' ? waiveCommand(finding) : null;
  return [
    ...(lost === null ? [] : [['lost', shown(lost, SENTENCE)] as const]),
    ...(breaks.length > 0 ? [['breaks', brokenNames(breaks)] as const] : []),
    ...(live ? [['live', shown(live.message, SENTENCE)] as const] : []),
    ...(waiver ? [[level === 'waived' ? 'waived' : 'waiver', waiverText(waiver)] as const] : []),
    ...(isToDo && remedy !== '' ? [['fix', shown(remedy, SENTENCE)] as const] : []),
    ...(command === null ? [] : [['or', command] as const]),
  ];
}

/** `2 breaking for readers · 0 for writers · 1 warning · 1 proven safe · 1 waived (the first expires in 12 days)` */
export function countsLine({ counts, contracts, diagnostics }: GateResult): string {
  const { readers, writers, policy, warnings, notices, safe, waived } = counts;
  const days = contracts
    .flatMap(({ findings }) => findings)
    .flatMap(({ state, waiver }) => (state === 'waived' && waiver ? waiver.days : []));
  const next = `${waived > 1 ? 'the first ' : ''}expires in ${plural(Math.min(...days), 'day')}`;
  const problems = diagnostics.filter(({ severity }) => severity === 'error').length;
  return [
    ...(problems > 0 ? [plural(problems, 'problem')] : []),
    `${readers} breaking for readers`,
    `${writers} for writers`,
    ...(policy > 0 ? [`${policy} against the rules of versions, waivers and approvals`] : []),
    plural(warnings, 'warning'),
    ...(notices > 0 ? [plural(notices, 'notice')] : []),
    `${safe} proven safe`,
    `${waived} waived${days.length > 0 ? ` (${next})` : ''}`,
  ].join(' · ');
}

/** `1.4.0 → 1.5.0`, `new 1.0.0`, `1.4.0, removed` */
export function versionsText({ before, after }: ContractComparison): string {
  const [old, now] = [before, after].map((version) => (version === null ? null : shown(version)));
  if (old == null) return `new ${now ?? ''}`;
  return now == null ? `${old}, removed` : old === now ? old : `${old} → ${now}`;
}

/** Whether the version is smaller than what the changes need. */
export function isTooSmall({ after, needs }: ContractComparison): boolean {
  if (after === null || needs === null) return false;
  return compareVersions(parseVersion(after), parseVersion(needs)) < 0;
}

/** What belongs to no contract alone, such as a weakened policy. */
export function isProject({ contract }: Pick<ContractComparison, 'contract'>): boolean {
  return contract === '';
}

export function countContracts(contracts: readonly ContractComparison[]): number {
  return contracts.filter((each) => !isProject(each)).length;
}
