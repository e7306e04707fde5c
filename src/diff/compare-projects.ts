import { relative } from 'node:path';
import type { Change } from '../model/change.ts';
import type { Contract } from '../model/contract.ts';
import type { Project } from '../project/project.ts';
import { addedContract, compareContracts, removedContract } from './compare.ts';
import { matchContracts } from './match.ts';
import type { Policy } from './rules/rule.ts';
import { worldOf } from './world.ts';

/** One side of a comparison: a project with its contracts. */
export interface ProjectSide {
  readonly project: Project;
  readonly contracts: readonly Contract[];
  /** Whether one file was named: two named files are compared whatever they are called. */
  readonly isOneFile?: boolean;
  /** Ids of the contracts to compare; absent: all. The others are there for references. */
  readonly selected?: ReadonlySet<string>;
}

/** A contract of either side, or of both, with every change between the two. */
export interface ComparedContract {
  readonly old?: Contract;
  readonly new?: Contract;
  readonly changes: readonly Change[];
}

/** Compares two versions of a project's contracts; pure. `tip` is the branch compared with, as it is now. */
export function compareProjects(
  before: ProjectSide,
  after: ProjectSide,
  policy: Policy,
  tip?: ProjectSide,
): readonly ComparedContract[] {
  const world = { old: worldOf(before.project, before.contracts), new: worldOf(after.project, after.contracts) };
  const areFiles = before.isOneFile === true && after.isOneFile === true;
  const files = new Map(areFiles ? [] : [...fileNames(before), ...fileNames(after)]);
  const matched = matchContracts(selected(before), selected(after), (contract) => files.get(contract) ?? '');
  return [
    ...matched.pairs.map((contract) => {
      const atTip = tip && tipOf(contract.new, tip, after, policy);
      return { ...contract, changes: compareContracts({ contract, world, policy, ...(atTip && { tip: atTip }) }) };
    }),
    ...matched.removed.map((contract) => ({ old: contract, changes: removedContract(contract, { world, policy }) })),
    ...matched.added.map((contract) => ({ new: contract, changes: addedContract(contract, { world, policy }) })),
  ];
}

function tipOf(contract: Contract, tip: ProjectSide, after: ProjectSide, policy: Policy) {
  const old = tip.contracts.find(({ id }) => id === contract.id);
  if (!old) return undefined;
  const world = { old: worldOf(tip.project, tip.contracts), new: worldOf(after.project, after.contracts) };
  const changes = compareContracts({ contract: { old, new: contract }, world, policy });
  return { contract: old, changes };
}

/** Of each contract, relative to its project: a worktree and a copy of its past stand in different places. */
function fileNames({ project, contracts }: ProjectSide): readonly (readonly [Contract, string])[] {
  return contracts.map((contract) => [contract, relative(project.folder, contract.path)]);
}

function selected({ contracts, selected: ids }: ProjectSide): readonly Contract[] {
  return ids ? contracts.filter(({ id }) => ids.has(id)) : contracts;
}
