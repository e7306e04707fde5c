import { join } from 'node:path';
import { Command } from 'commander';
import { sample } from '../../src/commands/sample.ts';
import type { Shell } from '../../src/commands/verb.ts';
import { loadContracts } from '../../src/contract/load.ts';
import { verify } from '../../src/engine/verify.ts';
import type { CheckResult } from '../../src/model/run.ts';
import { parseInstant } from '../../src/util/instant.ts';

export const NOW = '2026-11-23T08:00:00Z';

export interface Told {
  readonly code: number;
  readonly out: string;
  /** Lines of standard error. */
  readonly notes: readonly string[];
}

/** Runs `surety sample` in a folder, as the command line does; throws what it throws. */
export async function runSample(folder: string, ...args: readonly string[]): Promise<Told> {
  const error: string[] = [];
  const { code, out } = await runTelling(error, folder, ...args);
  const notes = error.join('').split('\n');
  return { code, out, notes: notes.filter((line) => line !== '') };
}

/** The same with a place for standard error, which is told even where it throws. */
export async function runTelling(
  error: string[],
  folder: string,
  ...args: readonly string[]
): Promise<Omit<Told, 'notes'>> {
  const out: string[] = [];
  const shell: Shell = {
    cwd: folder,
    env: { ANALYTICS_URL: 'postgres://localhost/a', SHOP_URL: 'mysql://localhost/a', LAKE_FILE: 'lake.duckdb' },
    stdout: { write: (text) => void out.push(text), isTerminal: false },
    stderr: { write: (text) => void error.push(text), isTerminal: false },
    signal: new AbortController().signal,
  };
  const command = sample.declare(new Command('sample').exitOverride().configureOutput({ writeErr: () => {} }));
  command.parse([...args], { from: 'user' });
  const code = await sample.run(command.args, command.opts(), shell);
  return { code, out: out.join('') };
}

/** Paths of the checks that notes name: `orders.average-basket`. */
export function notedPaths(notes: readonly string[]): readonly string[] {
  return notes.map((note) => /^note: [^/]+\/(.*?): /.exec(note)?.[1] ?? note);
}

/** What verification finds that is neither kept, nor skipped, nor named by a note. */
export async function unkept(folder: string, noted: readonly string[]): Promise<readonly string[]> {
  const loaded = await loadContracts([join(folder, 'contracts')]);
  const microseconds = parseInstant(NOW);
  if (microseconds === undefined) throw new Error('no instant');
  const run = await verify(loaded, { now: { microseconds } });
  const checks = run.contracts.flatMap(({ tables }) => tables.flatMap((table) => table.checks));
  if (checks.length === 0) throw new Error(`nothing was verified: ${JSON.stringify(run.diagnostics)}`);
  return checks
    .filter((check) => !isKept(check, noted))
    .map(({ path, verdict, message }) => `${path} ${verdict}: ${message}`);
}

export function isKept({ path, verdict }: CheckResult, noted: readonly string[]): boolean {
  return (
    verdict === 'pass' ||
    verdict === 'skipped' ||
    noted.some(
      (note) =>
        path === note || path.startsWith(`${note}.`) || path.startsWith(`${note}[`) || path.startsWith(`${note}{`),
    )
  );
}
