import { join, relative } from 'node:path';
import type { Contract } from '../../model/contract.ts';
import type { ProjectSide } from '../compare-projects.ts';
import type { Pair } from '../rules/rule.ts';

/** Where the contracts of both sides are in the new project: those that are gone too, as waivers stay behind where they were. */
export function contractFiles(sides: Pair<ProjectSide>): readonly Pick<Contract, 'path'>[] {
  const here = new Set(sides.new.contracts.map(({ path }) => path));
  for (const contract of sides.old.contracts) here.add(formerPath(contract, sides));
  return [...here].map((path) => ({ path }));
}

/** Where a contract is, or was. */
export function contractFile(id: string, sides: Pair<ProjectSide>): string | undefined {
  const now = sides.new.contracts.find((contract) => contract.id === id);
  const old = sides.old.contracts.find((contract) => contract.id === id);
  return now?.path ?? (old && formerPath(old, sides));
}

/** A worktree and a copy of its past stand in different places. */
function formerPath({ path }: Contract, sides: Pair<ProjectSide>): string {
  return join(sides.new.project.folder, relative(sides.old.project.folder, path));
}
