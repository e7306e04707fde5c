import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Environment variables as `process.env` gives them. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** How long git may be silent, in milliseconds: a partial clone may have to ask its remote. */
export const PATIENCE = 60_000;

/** Where and how git is run. */
export interface Place {
  readonly cwd: string;
  /** Of git; see `quietVariables`. */
  readonly variables: Variables;
  /** Absent: PATIENCE. */
  readonly patience?: number;
}

/** How a run of git ended. */
export type GitEnd =
  | { readonly how: 'ended'; readonly code: number; readonly stdout: Buffer; readonly stderr: string }
  | { readonly how: 'not-started'; readonly why: string }
  | { readonly how: 'timed-out' };

/** Variables under which git asks nothing, pages nothing, locks nothing and speaks English. */
export function quietVariables(variables: Variables): Variables {
  return {
    ...variables,
    LC_ALL: 'C',
    LANGUAGE: '',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_PAGER: 'cat',
  };
}

/** A partial clone that fetches would tidy itself afterwards, in the background. */
const SETTINGS = ['--no-pager', '-c', 'gc.auto=0', '-c', 'maintenance.auto=false'];

/** Starts git without a shell, and without a terminal that anything below it could ask a password on. */
export function startGit({ cwd, variables }: Place, args: readonly string[]): ChildProcessWithoutNullStreams {
  return spawn('git', [...SETTINGS, ...args], {
    cwd,
    env: { ...variables },
    stdio: 'pipe',
    windowsHide: true,
    detached: process.platform !== 'win32',
  });
}

/** Ends git and what it has started, such as ssh. */
export function stopGit(child: ChildProcessWithoutNullStreams): void {
  try {
    if (child.pid === undefined || process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** Runs git to its end; never throws. */
export function runGit(place: Place, args: readonly string[]): Promise<GitEnd> {
  return new Promise((resolve) => {
    const child = startGit(place, args);
    const timer = setTimeout(() => {
      stopGit(child);
      resolve({ how: 'timed-out' });
    }, place.patience ?? PATIENCE);
    const end = (result: GitEnd) => {
      clearTimeout(timer);
      resolve(result);
    };
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => {
      timer.refresh();
      stdout.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on('error', () => {});
    child.stdin.end();
    child.on('error', (error) => end({ how: 'not-started', why: whyNotStarted(error, place.cwd) }));
    child.on('close', (code) =>
      end({ how: 'ended', code: code ?? -1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

/** Node says ENOENT for a missing folder too. */
export function whyNotStarted(error: Error, cwd: string): string {
  if (!existsSync(cwd)) return `the folder "${cwd}" does not exist`;
  const code = 'code' in error ? String(error.code) : error.message;
  return code === 'ENOENT' ? 'it is not installed, or not on the PATH' : code;
}
