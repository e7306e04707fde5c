import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../src/store/open.ts';
import { saveRun } from '../../src/store/save-run.ts';
import { keptRun, manyChecks } from '../support/kept-run.ts';

const MEASUREMENTS = 1000;
const RUNS = Number(process.argv[2] ?? 200);
const GOAL = 50;

/** How long a run takes to be stored in a file, while the store grows: `npm run bench:store [runs]`. */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'surety-bench-store-'));
  try {
    const path = join(folder, 'store.db');
    const store = await openStore({ engine: 'sqlite', path, shown: path, ownFolder: false }, { makes: true });
    const times: number[] = [];
    for (let at = 0; at < RUNS; at++) {
      const now = new Date(Date.UTC(2026, 0, 1) + at * 3_600_000).toISOString();
      const run = keptRun({ now, checks: manyChecks(MEASUREMENTS) });
      const started = performance.now();
      await saveRun(store, run);
      times.push(performance.now() - started);
    }
    const size = (await store.size()) ?? 0;
    await store.close();
    const sorted = times.toSorted((left, right) => left - right);
    const part = (share: number): string => `${sorted[Math.floor(share * (sorted.length - 1))]?.toFixed(1)} ms`;
    console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}`);
    console.log(
      `${RUNS} runs of ${MEASUREMENTS} measurements: the first ${times[0]?.toFixed(1)} ms, median ${part(0.5)}, 95% within ${part(0.95)}`,
    );
    console.log(`${Math.round(size / 1024 / RUNS)} KiB a run`);
    if ((sorted[Math.floor(sorted.length / 2)] ?? 0) > GOAL) process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
