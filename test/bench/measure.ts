import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What one process took from its start to its end. */
export interface Usage {
  readonly seconds: number;
  /** Processor time of the process itself, in seconds; what a server does for it is not in it. */
  readonly cpu: number;
  /** The most memory it had, in KiB. */
  readonly peak: number;
}

export interface Ended extends Usage {
  readonly stdout: string;
}

const USAGE = join(import.meta.dirname, 'usage.mjs');

/** Runs a program of Node.js to its end, which has to be a good one. */
export async function measure(args: readonly string[], cwd: string): Promise<Ended> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', USAGE, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], TZ: 'UTC' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const output = child.stdio.slice(1).map((stream) => {
    const pieces: string[] = [];
    stream?.on('data', (piece: Buffer) => void pieces.push(String(piece)));
    return pieces;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const seconds = (performance.now() - began) / 1000;
  const [stdout = '', stderr = '', usage = ''] = output.map((pieces) => pieces.join(''));
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}: ${(stderr || stdout).slice(0, 4000)}`);
  return { ...(JSON.parse(usage) as Omit<Usage, 'seconds'>), seconds, stdout };
}

/** Runs of both sides in turns, so that what else the machine does falls on both. */
export async function inTurns<Side extends string>(
  sides: Readonly<Record<Side, () => Promise<Usage>>>,
  runs: number,
): Promise<Readonly<Record<Side, readonly Usage[]>>> {
  const names = Object.keys(sides) as Side[];
  const taken = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Side, Usage[]>;
  for (let run = 0; run < runs; run += 1) {
    for (const name of names) taken[name].push(await sides[name]());
  }
  return taken;
}
