import { relative } from 'node:path';
import type { Contract } from '../../model/contract.ts';
import type { BrokenReader } from '../../model/gate.ts';
import type { ProjectSide } from '../compare-projects.ts';
import type { Pair } from '../rules/rule.ts';

/**
 * The parties of which one has to approve that a finding is waived: those of the readers that it breaks, else who was accountable before.
 * `broken` are readers of the old version by what they used then: a change does not appoint its own judges. Empty: nobody can.
 */
export function approversOf(
  contract: string,
  broken: readonly BrokenReader[],
  sides: Pair<ProjectSide>,
): readonly string[] {
  const parties = broken.flatMap(({ party }) => party ?? []);
  return [...new Set(parties.length > 0 ? parties : accountable(contract, sides))].sort();
}

/** Whether a name is one of the approvers, or a member of one as surety.yaml says, or a member of a member. */
export function mayApprove(name: string, approvers: readonly string[], sides: Pair<ProjectSide>): boolean {
  const known = new Set<string>();
  const visit = (party: string): boolean => {
    if (party === name) return true;
    if (known.has(party)) return false;
    known.add(party);
    return membersOf(party, sides).some(visit);
  };
  return approvers.some(visit);
}

/** As the old surety.yaml says, so that nobody lets himself in by the change that he signs. */
function membersOf(party: string, sides: Pair<ProjectSide>): readonly string[] {
  const { old, new: now } = sides;
  const { parties } = (old.contracts.length > 0 ? old : now).project;
  const declared = parties?.get(party);
  return declared?.members.map(({ text }) => text) ?? [];
}

function accountable(id: string, sides: Pair<ProjectSide>): readonly string[] {
  // A finding about the project as a whole reaches every contract.
  if (id === '') return partiesOf(sides.old.contracts.length > 0 ? sides.old.contracts : sides.new.contracts);
  const now = sides.new.contracts.find((contract) => contract.id === id);
  const old = sides.old.contracts.find((contract) => contract.id === id) ?? formerly(now, sides);
  const before = old ? partiesOf([old]) : [];
  return before.length > 0 || !now ? before : partiesOf([now]);
}

/** The contract that had another id in the same file. */
function formerly(now: Contract | undefined, sides: Pair<ProjectSide>): Contract | undefined {
  if (!now) return undefined;
  const fileOf = ({ path }: Contract, { project }: ProjectSide): string => relative(project.folder, path);
  return sides.old.contracts.find((contract) => fileOf(contract, sides.old) === fileOf(now, sides.new));
}

function partiesOf(contracts: readonly Contract[]): readonly string[] {
  return contracts.flatMap(({ raci }) => raci?.accountable?.text ?? []);
}
