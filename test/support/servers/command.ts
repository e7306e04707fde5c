import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { account } from './account.ts';

const PATH = process.env['PATH'] ?? '';

/**
 * Settings of the person who runs the tests (PGDATA, MYSQL_HOST, a language) must not reach the servers, and MariaDB
 * removes the temporary files of others when it starts: each has a folder for them.
 */
export const environment = (folder: string): Readonly<Record<string, string>> => ({
  PATH,
  LC_ALL: 'C',
  TMPDIR: folder,
});

export interface CommandOptions {
  /** The current folder need not be open to the account. */
  readonly cwd: string;
  /** File descriptors or a text. */
  readonly stdin?: number | Uint8Array;
  readonly stdout?: number;
}

/** Runs a program as the account of the servers; gives its output. */
export function run(program: string, args: readonly string[], options: CommandOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const stdin = options.stdin ?? 'ignore';
    const child = spawn(program, args, {
      ...account(),
      cwd: options.cwd,
      env: environment(options.cwd),
      stdio: [stdin instanceof Uint8Array ? 'pipe' : stdin, options.stdout ?? 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      output += String(chunk);
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      errors += String(chunk);
    });
    if (stdin instanceof Uint8Array) {
      // What ends early says why by its exit code.
      child.stdin?.on('error', () => {});
      child.stdin?.end(stdin);
    }
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`${program} ended with ${code}: ${(errors || output).trim().slice(-2000)}`));
    });
  });
}

/** The program's path; servers often lie outside an ordinary user's PATH. */
export function find(program: string): string | undefined {
  const folders = [...PATH.split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
