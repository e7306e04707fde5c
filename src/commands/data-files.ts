import { type Loaded, loadContracts } from '../contract/load.ts';
import { DIALECTS } from '../dialects/index.ts';
import type { Contract, Table } from '../model/contract.ts';
import type { Project } from '../project/project.ts';
import { tableTarget } from '../project/target.ts';
import type { TableFiles } from '../sql/dialect.ts';
import { identityOf, type OutputFile } from './output-file.ts';
import { type Shell, UsageError } from './verb.ts';

/**
 * Refuses outputs that would take the place of data, or that the next run would take for data: of all contracts that can be read, since
 * data is no less worth where its contract has an error. `warehouse` is the one of the command line, where tables are looked for too.
 */
export async function refuseData(files: readonly OutputFile[], loaded: Loaded, warehouse?: string): Promise<void> {
  if (files.length === 0) return;
  for (const contract of [...loaded.contracts, ...loaded.invalid].flatMap((entry) => entry.contract ?? [])) {
    for (const table of contract.tables) {
      for (const { named, covers } of await tableFiles(table, contract, loaded.project, warehouse)) {
        const identities = new Set(await Promise.all(named.map(identityOf)));
        const file = files.find(({ identity }) => identities.has(identity) || covers(identity));
        if (!file) continue;
        throw new UsageError(
          `"${file.name}" is among the files of table ${table.name} (${contract.id}), and cannot be an output`,
          'name another file',
        );
      }
    }
  }
}

/** The same for both sides of a comparison; where there are none, for the project of the working folder. */
export async function refuseDataOf(
  files: readonly OutputFile[],
  sides: { readonly old: Loaded; readonly new: Loaded } | undefined,
  { cwd, env }: Shell,
): Promise<void> {
  if (files.length === 0) return;
  const loaded = sides ? [sides.old, sides.new] : [await loadContracts([], { cwd, variables: env })];
  for (const each of loaded) await refuseData(files, each);
}

/** Under its own warehouse, and under that of the command line; none where the tables there are no files. */
async function tableFiles(
  table: Table,
  contract: Contract,
  project: Project,
  warehouse: string | undefined,
): Promise<readonly TableFiles[]> {
  const { name, location } = table;
  const overrides = warehouse === undefined ? [undefined] : [undefined, warehouse];
  const found = overrides.map(async (override) => {
    const looked = tableTarget(project, contract, table, override);
    if (!('found' in looked)) return [];
    const { type, target, folder, boundary } = looked.found;
    const place = { name, folder, boundary, ...(location && { location: location.text }) };
    const files = await DIALECTS.find((entry) => entry.type === type)?.files?.(target, place);
    return files ?? [];
  });
  return (await Promise.all(found)).flat();
}
