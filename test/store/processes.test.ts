import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exportLines } from '../../src/store/export.ts';
import { migrate } from '../../src/store/migrate.ts';
import { ROOT } from '../support/cli.ts';
import { describeStores, type StorePlace } from '../support/store-places.ts';
import type { WriterOrder } from '../support/store-writer.ts';

interface Written {
  readonly code: number | null;
  /** Runs that were said to be stored. */
  readonly ids: readonly string[];
  readonly stderr: string;
}

/** Writes from a process of its own; with `killAfter` it is killed once it has said so many runs. */
async function write(order: WriterOrder, killAfter?: number): Promise<Written> {
  const script = join(ROOT, 'test', 'support', 'store-writer.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(order)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    // Somewhere in the middle of a transaction.
    if (killAfter !== undefined && stdout.split('\n').length > killAfter) {
      setTimeout(() => child.kill('SIGKILL'), Math.random() * 30);
    }
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ids: stdout.split('\n').slice(0, -1), stderr };
}

/** Measurements of each run in the store. */
async function countsOf(place: StorePlace): Promise<ReadonlyMap<string, number>> {
  const store = await place.open();
  const counts = new Map<string, number>();
  for await (const line of exportLines(store)) {
    const { type, id, run } = JSON.parse(line) as { readonly type: string; readonly id: string; readonly run: string };
    if (type === 'run') counts.set(id, 0);
    else counts.set(run, (counts.get(run) ?? Number.NaN) + 1);
  }
  await store.close();
  return counts;
}

await describeStores('a store of several processes', (make) => {
  let place: StorePlace;
  beforeEach(async () => {
    place = await make();
  });
  afterEach(() => place.drop());

  it('loses no run and doubles none where four begin it and write at once', async () => {
    const shared = '0000000000000000';
    const order = { target: place.target, runs: 12, checks: 40, shared };
    const written = await Promise.all([1, 2, 3, 4].map(() => write(order)));
    expect(written.map(({ code, stderr }) => [code, stderr])).toEqual(Array(4).fill([0, '']));
    const counts = await countsOf(place);
    expect([...counts.keys()].sort()).toEqual([...new Set(written.flatMap(({ ids }) => ids))].sort());
    expect(counts.size).toBe(4 * 11 + 1);
    expect(new Set(counts.values())).toEqual(new Set([40]));
  });

  it('has whole runs or none after a writer was killed, and every run that was said to be stored', async () => {
    const store = await place.open();
    await migrate(store);
    await store.close();
    const said: string[] = [];
    for (const after of [1, 2, 3, 4]) {
      const { code, ids } = await write({ target: place.target, runs: 10_000, checks: 400 }, after);
      expect(code).toBe(null);
      said.push(...ids);
    }
    const counts = await countsOf(place);
    expect(said.filter((id) => !counts.has(id))).toEqual([]);
    expect(new Set(counts.values())).toEqual(new Set([400]));
  });
});
