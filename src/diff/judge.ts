import type { Change, ChangeRule, ListedRule } from '../model/change.ts';
import type { DiagnosticSeverity } from '../model/diagnostic.ts';
import type { BrokenReader, Concern, GateFinding } from '../model/gate.ts';
import type { GateProfile } from '../model/profile.ts';
import { ruleOf } from './catalogue.ts';
import type { RuleSeverity } from './policy.ts';
import { type RegisteredReader, reached } from './readers.ts';
import { milder } from './severity.ts';

/** How strict the gate is about one contract. */
export interface Judging {
  readonly profile: GateProfile;
  /** Rule id → what surety.yaml makes of it. */
  readonly severities: ReadonlyMap<string, RuleSeverity>;
  readonly readers: readonly RegisteredReader[];
  /** The old version names every reader, so that what none of them uses may go. */
  readonly readersClosed: boolean;
  /** The old version was a draft: nobody was promised anything. */
  readonly wasDraft: boolean;
}

/** What a change means to this contract's readers and writers; undefined where surety.yaml turns its rule off. Pure. */
export function judge(change: Change, judging: Judging): GateFinding | undefined {
  const rule = ruleOf(change.rule);
  const configured = judging.severities.get(rule.id);
  if (configured === 'off') return undefined;
  const readers = breaksReaders(rule) ? reached(change, judging.readers) : [];
  const own = configured ?? rule.severities[judging.profile];
  const isUnused = judging.readersClosed && readers.length === 0 && rule.removesName === true;
  const most: DiagnosticSeverity = change.notice || judging.wasDraft ? 'info' : isUnused ? 'warning' : 'error';
  return finding(change, rule, milder(own, most), readers);
}

function finding(
  change: Change,
  rule: ListedRule,
  severity: DiagnosticSeverity,
  breaks: readonly BrokenReader[],
): GateFinding {
  return {
    rule: rule.id,
    contract: change.contract,
    path: change.path,
    fingerprint: change.fingerprint,
    severity,
    state: 'open',
    direction: rule.direction,
    effects: rule.effects,
    concerns: concernOf(rule),
    bump: change.bump ?? rule.bump,
    message: change.message,
    lost: change.lost ?? null,
    before: change.before,
    after: change.after,
    breaks,
    approvers: [],
    remedy: change.remedy ?? rule.remedy,
    at: change.at ?? null,
    was: change.was ?? null,
    related: change.related ?? [],
    waiver: null,
    live: null,
  };
}

/** Rules about versions, waivers and approvals say how something is done: nobody's query breaks by them. */
function isPolicy({ categories, bump }: ChangeRule): boolean {
  return bump === 'none' && categories.every((category) => category === 'governance' || category === 'life-cycle');
}

function concernOf(rule: ChangeRule): Concern {
  if (isPolicy(rule)) return 'policy';
  const { sql, types, models, writers } = rule.effects;
  if ([sql, types, models].includes('breaks')) return 'readers';
  if (writers === 'breaks' || writers === 'data') return 'writers';
  return [sql, types, models, writers].includes('approval') ? 'policy' : 'readers';
}

/** Whether a reader's query, code or model breaks by it. */
export function breaksReaders(rule: ChangeRule): boolean {
  const { sql, types, models } = rule.effects;
  return !isPolicy(rule) && [sql, types, models].includes('breaks');
}
