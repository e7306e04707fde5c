import { isInside, WAIVERS_FILE } from '../../contract/discover.ts';
import type { Change } from '../../model/change.ts';
import type { GateFinding, WaiverUse } from '../../model/gate.ts';
import { PROJECT_FILE } from '../../project/load-project.ts';
import { daysBetween, printDays } from '../../util/days.ts';
import { visible } from '../../util/visible.ts';
import type { ProjectSide } from '../compare-projects.ts';
import { changeFingerprint } from '../fingerprint.ts';
import type { Pair } from '../rules/rule.ts';
import { mayApprove } from './approvers.ts';
import type { Waiver } from './waiver.ts';

export interface WaiverContext {
  /** Day of the comparison, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly before: ProjectSide;
  readonly after: ProjectSide;
  /** Only a part of the project is compared, so that a waiver without a finding means nothing. */
  readonly partial: boolean;
}

export interface Applied {
  /** In the order given; those that are waived say by what. */
  readonly findings: readonly GateFinding[];
  /** What is wrong with waivers. That of a waiver without a finding names no contract. */
  readonly changes: readonly Change[];
}

/** Takes what was approved from the findings that block, and says which waivers do not count. Pure. */
export function applyWaivers(
  findings: readonly GateFinding[],
  waivers: readonly Waiver[],
  context: WaiverContext,
): Applied {
  const byFingerprint = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  const uses = new Map<string, WaiverUse>();
  const changes: Change[] = [];
  for (const waiver of waivers) {
    const finding = byFingerprint.get(waiver.fingerprint);
    if (!finding || finding.severity === 'info') {
      if (!context.partial) changes.push(unused(waiver, finding, findings));
      continue;
    }
    // What the rows prove safe needs no waiver today; without a connection it does again.
    if (finding.state === 'safe') continue;
    const problem = problemOf(waiver, finding, context);
    if (problem) changes.push(problem);
    else uses.set(waiver.fingerprint, useOf(waiver, context.asOf));
  }
  const waived = findings.map((finding): GateFinding => {
    const use = uses.get(finding.fingerprint);
    return use ? { ...finding, state: 'waived', waiver: use } : finding;
  });
  return { findings: waived, changes };
}

function useOf({ reason, approvedBy, expires, at }: Waiver, asOf: string): WaiverUse {
  return { reason, approvedBy, expires, days: daysBetween(asOf, expires), at };
}

/** Why a waiver does not count for the finding that it names: the first reason is enough. */
function problemOf(waiver: Waiver, finding: GateFinding, context: WaiverContext): Change | undefined {
  return (
    mismatched(waiver, finding) ??
    misplaced(waiver, finding, context) ??
    expired(waiver, finding, context.asOf) ??
    unapproved(waiver, finding, context)
  );
}

function mismatched(waiver: Waiver, finding: GateFinding): Change | undefined {
  if (waiver.rule === finding.rule && waiver.path === finding.path) return undefined;
  const message = `the waiver is for ${named(waiver)}, but ${waiver.fingerprint} is the fingerprint of ${named(finding)}`;
  return record('waiver-mismatched', waiver, finding, {
    message,
    after: `${waiver.fingerprint} ${waiver.rule} ${waiver.path}`,
    remedy: `write ${named(finding, 'rule: ', 'path: ')}, if that is what was approved`,
  });
}

/** Whoever guards a folder guards the waivers of the contracts in it; of the project as a whole only its own folder. */
function misplaced(waiver: Waiver, finding: GateFinding, { after }: WaiverContext): Change | undefined {
  const { contracts, project } = after;
  const contract = contracts.find(({ id }) => id === finding.contract);
  const path = finding.contract === '' ? project.folder : contract?.path;
  if (path === undefined || isInside(path, waiver.folder)) return undefined;
  const name = contract?.source.name ?? PROJECT_FILE;
  return record('waiver-mismatched', waiver, finding, {
    message: `the waiver of ${named(finding)} stands beside other contracts: ${name} is not below its folder`,
    after: `${waiver.fingerprint} elsewhere`,
    remedy: `move it to the ${WAIVERS_FILE} beside ${name}${contract ? ', or to one further up' : ''}`,
  });
}

function expired(waiver: Waiver, finding: GateFinding, asOf: string): Change | undefined {
  const days = daysBetween(waiver.expires, asOf);
  if (days <= 0) return undefined;
  return record('waiver-expired', waiver, finding, {
    message: `the waiver of ${named(finding)} expired ${printDays(days)} ago, on ${waiver.expires}`,
    after: `${waiver.fingerprint} until ${waiver.expires}`,
  });
}

function unapproved(waiver: Waiver, finding: GateFinding, { before, after }: WaiverContext): Change | undefined {
  const sides: Pair<ProjectSide> = { old: before, new: after };
  const { approvers } = finding;
  if (mayApprove(waiver.approvedBy, approvers, sides)) return undefined;
  const who = `"${visible(waiver.approvedBy, 80)}"`;
  const why =
    finding.breaks.length > 0 ? `${who} is none of the readers that it breaks` : `${who} does not answer for it`;
  return record('waiver-unapproved', waiver, finding, {
    message: `the waiver of ${named(finding)} is not approved: ${why}`,
    after: `${waiver.fingerprint} by ${waiver.approvedBy}`,
    remedy:
      approvers.length > 0
        ? `have it approved by ${approvers.map((party) => `"${visible(party, 80)}"`).join(' or ')}`
        : 'nobody is registered who could approve it: mend the finding',
  });
}

function unused(waiver: Waiver, finding: GateFinding | undefined, findings: readonly GateFinding[]): Change {
  const { rule, path, fingerprint } = waiver;
  const now = findings.find((each) => each.rule === rule && each.path === path && each.severity !== 'info');
  const why = finding
    ? 'the finding is only a notice'
    : now
      ? 'the change is another one now'
      : 'there is no such finding';
  return record('waiver-unused', waiver, finding, {
    message: `the waiver of ${named(waiver)} waives nothing: ${why}`,
    after: fingerprint,
    ...(!finding && now && { remedy: `remove it, or have ${now.fingerprint} approved in its place` }),
  });
}

type Said = Pick<Change, 'message' | 'after'> & { readonly remedy?: string };

function record(rule: string, waiver: Waiver, finding: GateFinding | undefined, said: Said): Change {
  const place = { contract: finding?.contract ?? '', path: finding?.path ?? waiver.path };
  return {
    ...said,
    rule,
    ...place,
    touches: { tables: [], columns: [] },
    before: null,
    at: waiver.at,
    ...(finding?.at && { related: [{ message: 'what it is about', at: finding.at }] }),
    // What does not block without its waiver does not block with a bad one.
    ...(finding?.severity === 'warning' && { notice: true }),
    fingerprint: changeFingerprint({ rule, ...place, before: null, after: said.after }),
  };
}

function named(of: { readonly rule: string; readonly path: string }, before = '', between = 'at '): string {
  const path = of.path === '' ? '' : ` ${between}${visible(of.path, 120)}`;
  return `${before}${visible(of.rule, 80)}${path}`;
}
