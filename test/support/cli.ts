import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** The repository's folder. */
export const ROOT = join(import.meta.dirname, '..', '..');
const CLI = join(ROOT, 'dist', 'src', 'cli.js');

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Builds the command line where there is none yet; for `beforeAll`. */
export function buildOnce(): void {
  if (!existsSync(CLI)) execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT });
}

interface Around {
  /** File that standard output goes to; `closed`: a pipe that nobody reads. */
  readonly stdout?: string;
  /** Who runs it. */
  readonly uid?: number;
}

/** Runs the built command line to its end. */
export async function surety(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  { stdout, uid }: Around = {},
): Promise<Ended> {
  const isFile = stdout !== undefined && stdout !== 'closed';
  const out = isFile ? openSync(stdout, 'w') : 'pipe';
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', out, 'pipe'],
    ...(uid !== undefined && { uid }),
  });
  if (typeof out === 'number') closeSync(out);
  if (stdout === 'closed') child.stdout?.destroy();
  const pieces = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      pieces[name] += text;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...pieces };
}
