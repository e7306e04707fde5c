import type { Loaded } from '../contract/load.ts';
import { commitOf } from '../git/refs.ts';
import { openRepository } from '../git/repository.ts';
import type { Run } from '../model/run.ts';
import { createRunId } from '../store/run-id.ts';
import { saveRun } from '../store/save-run.ts';
import type { StoreTarget } from '../store/target.ts';
import type { ExitCode, Shell } from './verb.ts';
import { withStore } from './with-store.ts';

/** Keeps a run in the store; says on standard error why it cannot. `startedAt` is in milliseconds since 1970. */
export async function keepRun(
  target: StoreTarget,
  run: Run,
  { contracts, sources, project }: Loaded,
  startedAt: number,
  shell: Shell,
): Promise<ExitCode> {
  if (shell.signal.aborted) {
    shell.stderr.write('error: the run is not stored: it was interrupted\n');
    return 3;
  }
  const contents = new Map(
    contracts.map(({ contract: { id, source } }) => [id, sources.get(source.name)?.text ?? source.text]),
  );
  const commit = await headOf(project.folder, shell);
  const id = createRunId(startedAt);
  return withStore(target, { makes: true, cannot: 'the run is not stored' }, shell, async (store) => {
    await saveRun(store, { id, startedAt, commit, run, contents });
  });
}

/** The commit that is checked out there; null where git knows none. */
async function headOf(folder: string, { env }: Shell): Promise<string | null> {
  const repository = await openRepository(folder, { variables: env });
  return 'root' in repository ? ((await commitOf(repository, 'HEAD')) ?? null) : null;
}
