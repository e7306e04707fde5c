import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Variables under which git knows nobody's settings and nothing of a repository that the tests run in. */
export const GIT_VARIABLES: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '',
  HOME: '/nowhere',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  // Nothing is tidied in the background of a folder that is about to go.
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'gc.auto',
  GIT_CONFIG_VALUE_0: '0',
  GIT_CONFIG_KEY_1: 'maintenance.auto',
  GIT_CONFIG_VALUE_1: 'false',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
};

/** Contents by path; null removes the file, `{ link }` makes a symbolic link. */
export type Contents = Readonly<Record<string, string | Uint8Array | null | { readonly link: string }>>;

/** A clone with a working tree. */
export interface GitFolder {
  readonly folder: string;
  /** Runs git and gives what it prints, without the last line feed. */
  readonly git: (...args: readonly string[]) => string;
  /** Writes files, commits everything, and gives the full hash. */
  readonly commit: (contents: Contents) => Promise<string>;
  readonly write: (contents: Contents) => Promise<void>;
}

/** An empty repository on the branch main, gone after the test. */
export async function gitRepository(...options: readonly string[]): Promise<GitFolder> {
  const here = gitFolder(join(await temporaryFolder(), 'repository'));
  await mkdir(here.folder);
  here.git('-c', 'init.defaultBranch=main', 'init', '--quiet', ...options);
  // So that clones may ask for parts, as from the usual hosts.
  here.git('config', 'uploadpack.allowFilter', 'true');
  here.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  return here;
}

/** A clone as over a network, so that depth and filters count. */
export async function clone(of: GitFolder, ...options: readonly string[]): Promise<GitFolder> {
  const here = gitFolder(join(await temporaryFolder(), 'clone'));
  of.git('clone', '--quiet', ...options, `file://${of.folder}`, here.folder);
  return here;
}

/** The folder of a clone without a working tree. */
export async function bareClone(of: GitFolder): Promise<string> {
  const folder = join(await temporaryFolder(), 'clone.git');
  of.git('clone', '--quiet', '--bare', '.', folder);
  return folder;
}

function gitFolder(folder: string): GitFolder {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, {
      cwd: folder,
      env: GIT_VARIABLES,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trimEnd();
  const write = (contents: Contents) => writeAll(folder, contents);
  return {
    folder,
    git,
    write,
    commit: async (contents) => {
      await write(contents);
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', Object.keys(contents).join(', ') || 'nothing');
      return git('rev-parse', 'HEAD');
    },
  };
}

/** Gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'surety-git-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a line of a hint as a user's shell does, and gives what it prints. */
export function runLine(line: string, folder: string, variables: Readonly<Record<string, string>> = {}): string {
  return execFileSync('sh', ['-c', line], {
    cwd: folder,
    env: { ...GIT_VARIABLES, ...variables },
    encoding: 'utf8',
    stdio: 'pipe',
  });
}

async function writeAll(folder: string, contents: Contents): Promise<void> {
  for (const [name, content] of Object.entries(contents)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    if (content === null) await rm(path);
    else if (typeof content === 'object' && 'link' in content) await symlink(content.link, path);
    else await writeFile(path, content);
  }
}
