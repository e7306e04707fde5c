import { openStore } from '../../src/store/open.ts';
import { saveRun } from '../../src/store/save-run.ts';
import type { StoreTarget } from '../../src/store/target.ts';
import { keptRun, manyChecks } from './kept-run.ts';

/** What a process writes: runs of so many checks each, under ids of its own and, once, under a shared one. */
export interface WriterOrder {
  readonly target: StoreTarget;
  readonly runs: number;
  readonly checks: number;
  readonly shared?: string;
}

// A process of its own, for tests; says the id of each run that is stored, a line each.
const { target, runs, checks, shared } = JSON.parse(process.argv[2] ?? '') as WriterOrder;
const store = await openStore(target, { makes: true });
for (let at = 0; at < runs; at++) {
  const id = at === 0 ? shared : undefined;
  const run = keptRun({
    ...(id !== undefined && { id }),
    checks: manyChecks(checks),
    content: `contract: shop.orders # ${at}\n`,
  });
  await saveRun(store, run);
  process.stdout.write(`${run.id}\n`);
}
await store.close();
