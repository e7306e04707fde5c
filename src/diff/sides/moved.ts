import { isInside } from '../../contract/discover.ts';
import { type Loaded, loadContracts } from '../../contract/load.ts';
import { findProjectFolder } from '../../project/load-project.ts';
import type { Files } from '../../yaml/files.ts';
import type { SideOptions } from '../options.ts';

/**
 * The old side with contracts that stood elsewhere in the repository then: who moves a folder, or the whole project, must not make his
 * contracts look new. `wanted` are the ids of the new side.
 */
export async function withMoved(
  loaded: Loaded,
  wanted: readonly string[],
  root: string,
  files: Files,
  options: SideOptions,
): Promise<Loaded> {
  const known = new Set([
    ...loaded.contracts.map(({ contract }) => contract.id),
    ...loaded.invalid.map(({ id }) => id),
  ]);
  const missing = wanted.filter((id) => !known.has(id));
  if (missing.length === 0) return loaded;
  const paths = await filesOf(missing, root, loaded.project.folder, files);
  const [first] = paths;
  if (first === undefined) return loaded;
  const { cwd, variables, environment } = options;
  const loading = { cwd, variables, files, lint: false, ...(environment !== undefined && { environment }) };
  // The whole project has moved: what it lost on the way counts too.
  if (known.size === 0) return loadContracts([], { ...loading, folder: findProjectFolder(first, files) });
  const moved = await Promise.all(
    paths.map((path) => loadContracts([path], { ...loading, folder: findProjectFolder(path, files) })),
  );
  const found = moved.flatMap(({ contracts }) => contracts.filter(({ contract }) => missing.includes(contract.id)));
  return {
    ...loaded,
    contracts: [...loaded.contracts, ...found.map(({ contract }) => ({ contract, selected: true }))],
    invalid: [...loaded.invalid, ...moved.flatMap(({ invalid }) => invalid.filter(({ selected }) => selected))],
    diagnostics: [
      ...loaded.diagnostics,
      ...moved.flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === 'error')),
    ],
    sources: new Map([...loaded.sources, ...moved.flatMap(({ sources }) => [...sources])]),
  };
}

/** YAML files outside the project that say to be one of the contracts. */
async function filesOf(ids: readonly string[], root: string, folder: string, files: Files): Promise<readonly string[]> {
  const outside = (await files.yamlBelow(root, () => {})).filter((path) => !isInside(path, folder) || folder === root);
  const found = await Promise.all(
    outside.map(async (path) => {
      const bytes = await files.bytes(path);
      const text = 'reason' in bytes ? '' : Buffer.from(bytes).toString();
      const [, id] = /^contract:[ \t]*["']?([^\s"'#]+)/m.exec(text) ?? [];
      return id !== undefined && ids.includes(id) ? [path] : [];
    }),
  );
  return found.flat();
}
