import { dirname, join } from 'node:path';
import { didYouMean } from '../../contract/did-you-mean.ts';
import { WAIVERS_FILE } from '../../contract/discover.ts';
import type { GateFinding, GateResult } from '../../model/gate.ts';
import type { Problem } from '../../model/problem.ts';
import { dayAfter, daysBetween } from '../../util/days.ts';
import { visible } from '../../util/visible.ts';
import type { Files } from '../../yaml/files.ts';
import type { ProjectSide } from '../compare-projects.ts';
import type { Pair } from '../rules/rule.ts';
import { mayApprove } from './approvers.ts';
import { contractFile } from './contract-files.ts';
import { readWaivers, waiverFolders } from './read-waivers.ts';
import { MAX_WAIVER_DAYS, type WaiverEntry } from './waiver.ts';

export interface Asked {
  readonly reason: string;
  /** `YYYY-MM-DD` */
  readonly expires: string;
  /** Absent: the only one who can. */
  readonly approvedBy?: string;
}

/** The findings that a waiver can be written for; one that is waived can be waived for longer. */
export function waivable({ contracts }: GateResult): readonly GateFinding[] {
  return contracts
    .flatMap(({ findings }) => findings)
    .filter(({ severity, state }) => severity !== 'info' && state !== 'safe');
}

/** The entry for a finding as it was asked for, or why it would not count. Pure. */
export function proposeWaiver(
  finding: GateFinding,
  { reason, expires, approvedBy }: Asked,
  sides: Pair<ProjectSide>,
  asOf: string,
): WaiverEntry | Problem {
  if (reason.trim() === '') {
    return { message: 'an empty reason', hint: 'say why the change may come although it breaks somebody' };
  }
  const days = daysBetween(asOf, expires);
  if (days < 0) return { message: `${expires} is over already`, hint: 'name the last day on which it holds' };
  if (days > MAX_WAIVER_DAYS) {
    const message = `${expires} is ${days} days ahead; a waiver holds at most ${MAX_WAIVER_DAYS} days`;
    return { message, hint: `write ${dayAfter(asOf, MAX_WAIVER_DAYS)} or an earlier day, and renew it then` };
  }
  const approver = approverOf(finding, approvedBy, sides);
  if (typeof approver !== 'string') return approver;
  const { fingerprint, rule, path } = finding;
  return { fingerprint, rule, path, reason, approvedBy: approver, expires };
}

function approverOf(finding: GateFinding, name: string | undefined, sides: Pair<ProjectSide>): string | Problem {
  const { approvers } = finding;
  const [only] = approvers;
  if (only === undefined) {
    const message = `nobody is registered who could approve ${finding.rule} of ${finding.contract || 'the project'}`;
    return { message, hint: 'mend the finding' };
  }
  const listed = approvers.map((party) => `"${visible(party, 80)}"`).join(' or ');
  if (name === undefined) {
    if (approvers.length === 1) return only;
    return { message: 'several parties can approve this', hint: `name one that did with --approved-by: ${listed}` };
  }
  if (mayApprove(name, approvers, sides)) return name;
  const message = `"${visible(name, 80)}" cannot approve this`;
  return { message, hint: didYouMean(name, approvers, `have it approved by ${listed}, or by a member of it`) };
}

/**
 * The waivers.yaml for a finding: the one that waives it already, else the nearest from the folder of its contract up to that of the
 * project, else one beside the contract.
 */
export async function fileForWaiver(
  finding: Pick<GateFinding, 'contract' | 'fingerprint'>,
  sides: Pair<ProjectSide>,
  files: Files,
  asOf: string,
): Promise<string> {
  const { folder } = sides.new.project;
  const path = contractFile(finding.contract, sides) ?? join(folder, WAIVERS_FILE);
  const { waivers } = await readWaivers(files, { folder }, [{ path }], asOf);
  const former = waivers.find(({ fingerprint }) => fingerprint === finding.fingerprint);
  if (former) return join(former.folder, WAIVERS_FILE);
  const folders = waiverFolders(path, folder);
  const nearest =
    folders.find((each) => files.kind(join(each, WAIVERS_FILE))) ?? folders.find((each) => files.kind(each));
  return join(nearest ?? dirname(path), WAIVERS_FILE);
}
