import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The largest file that is read, in bytes (semantics §11). */
export const MAX_SOURCE_BYTES = 1024 * 1024;

const YAML = /\.ya?ml$/i;

/** Where contracts and surety.yaml are read from: the disk, or a commit as if it were checked out. Paths are absolute. */
export interface Files {
  /** What is at a path, links followed; absent: nothing. Whatever is no folder counts as a file. */
  readonly kind: (path: string) => 'file' | 'folder' | undefined;
  /** YAML files below a folder, those of hidden folders and of node_modules left out; `unreadable` is told of folders that cannot be read. */
  readonly yamlBelow: (folder: string, unreadable: (folder: string) => void) => Promise<readonly string[]>;
  /** What stands in a file of at most MAX_SOURCE_BYTES; never throws. */
  readonly bytes: (path: string) => Promise<Uint8Array | Unreadable>;
  /** A path as people should see it. */
  readonly shown: (path: string) => string;
  /** Git's name of what stands in the file: where two are equal, so are the files. Absent: the file cannot be read. */
  readonly identity: (path: string) => Promise<string | undefined>;
}

/** Why a file was not read; `why` and `hint` are for people. */
export type Unreadable =
  | { readonly reason: 'missing' | 'not-a-file' }
  | { readonly reason: 'too-large'; readonly size: number }
  | { readonly reason: 'failed'; readonly why?: string; readonly hint?: string };

export const DISK: Files = {
  kind: (path) => (existsSync(path) ? (statSync(path).isDirectory() ? 'folder' : 'file') : undefined),
  yamlBelow,
  bytes,
  // Relative to the working folder where that is shorter.
  shown: (path) => {
    const near = relative(process.cwd(), path);
    return near !== '' && near.length < path.length ? near : path;
  },
  identity: async (path) => {
    const content = await bytes(path);
    if ('reason' in content) return undefined;
    return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
  },
};

export function isYaml(name: string): boolean {
  return YAML.test(name);
}

/** Whether folders of this name are passed over in a search. */
export function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

async function yamlBelow(folder: string, unreadable: (folder: string) => void): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  const items = await readdir(folder, { withFileTypes: true }).catch(() => {
    unreadable(folder);
    return [];
  });
  const lists = await Promise.all(
    items.map(async (item) => {
      const path = join(folder, item.name);
      if (item.isDirectory()) return isPassedOver(item.name) ? [] : yamlBelow(path, unreadable);
      return isYaml(item.name) ? [path] : [];
    }),
  );
  return lists.flat();
}

async function bytes(path: string): Promise<Uint8Array | Unreadable> {
  try {
    // To open a pipe waits for whoever writes into it.
    const file = await stat(path);
    if (!file.isFile()) return { reason: 'not-a-file' };
    if (file.size > MAX_SOURCE_BYTES) return { reason: 'too-large', size: file.size };
    const content = await readFile(path);
    return content.length > MAX_SOURCE_BYTES ? { reason: 'too-large', size: content.length } : content;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT' || code === 'ENOTDIR') return { reason: 'missing' };
    return { reason: 'failed', ...(code && { why: code }) };
  }
}
