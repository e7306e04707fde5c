import { relative } from 'node:path';
import type { ProjectSide } from '../compare-projects.ts';
import type { Side } from './side.ts';

/**
 * The contracts to compare. What one side selects is looked for on the other too, so that a deleted file is found; a contract that is
 * invalid on one side is left out on both, since it is neither added nor removed.
 */
export function selectSides(before: Side, after: Side): readonly [ProjectSide, ProjectSide] {
  const isBad = invalidContracts([before, after]);
  const own = [before, after].map(({ loaded }) => idsOf(loaded.contracts.filter(({ selected }) => selected)));
  const [old = new Set(), now = new Set()] = own;
  const both = new Set([...old, ...now]);
  const pick = (side: Side, ids: ReadonlySet<string>): ProjectSide => ({
    project: side.loaded.project,
    contracts: side.loaded.contracts.map(({ contract }) => contract),
    selected: new Set(
      side.loaded.contracts
        .filter(({ contract }) => ids.has(contract.id) && !isBad(contract.id, fileOf(side, contract.path)))
        .map(({ contract }) => contract.id),
    ),
    isOneFile: side.isOneFile,
  });
  if (before.isOneFile && after.isOneFile) return [pick(before, old), pick(after, now)];
  // One contract against a folder: only the one is meant, if it is there.
  const meant = before.isOneFile ? old : after.isOneFile ? now : both;
  const other = before.isOneFile ? now : old;
  const ids = before.isOneFile !== after.isOneFile && [...meant].some((id) => other.has(id)) ? meant : both;
  return [pick(before, ids), pick(after, ids)];
}

function idsOf(contracts: Side['loaded']['contracts']): ReadonlySet<string> {
  return new Set(contracts.map(({ contract }) => contract.id));
}

function invalidContracts(sides: readonly Side[]): (id: string, file: string) => boolean {
  const bad = sides.flatMap((side) => side.loaded.invalid.map(({ id, path }) => ({ id, file: fileOf(side, path) })));
  const ids = new Set(bad.map(({ id }) => id));
  const files = new Set(bad.map(({ file }) => file));
  return (id, file) => ids.has(id) || files.has(file);
}

function fileOf({ loaded }: Side, path: string): string {
  return relative(loaded.project.folder, path);
}
