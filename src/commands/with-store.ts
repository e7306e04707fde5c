import { coverSecrets, redact } from '../engine/redact.ts';
import type { Project } from '../project/project.ts';
import { EngineError } from '../sql/dialect.ts';
import { type OpenOptions, openStore, type Store } from '../store/open.ts';
import { type StoreTarget, storeTarget } from '../store/target.ts';
import { visible } from '../util/visible.ts';
import { type ExitCode, type Shell, UsageError } from './verb.ts';

/** Where surety.yaml says that the store is. Throws `UsageError` where it says it wrongly. */
export function targetOf(project: Pick<Project, 'folder' | 'store'>, shell: Shell): StoreTarget {
  const found = storeTarget(project, shell.cwd);
  if ('target' in found) return found.target;
  const { message, hint, at } = found.diagnostic;
  throw new UsageError(at ? `${at.file}:${at.line}: ${message}` : message, hint);
}

/**
 * Opens the store for `work` and closes it again. What is wrong with the store is told on standard error behind `cannot`, which says
 * what is not done: 2 where surety.yaml is wrong, else 3.
 */
export async function withStore(
  target: StoreTarget,
  options: OpenOptions & { readonly cannot: string },
  shell: Shell,
  work: (store: Store) => Promise<void>,
): Promise<ExitCode> {
  try {
    const store = await openStore(target, { signal: shell.signal, ...options });
    try {
      await work(store);
    } finally {
      await store.close();
    }
    return 0;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const cover = (text: string): string => ('url' in target ? coverSecrets(text, [target.url]) : text);
    // Only what a server itself says can hold values that were bound.
    const said = error.failure === 'failed' ? redact(error.message, '') : error.message;
    shell.stderr.write(`error: ${options.cannot}: ${visible(cover(said), 1000)}\n`);
    if (error.hint !== undefined) shell.stderr.write(`  hint: ${visible(cover(error.hint), 2000)}\n`);
    return error.failure === 'misconfigured' ? 2 : 3;
  }
}
