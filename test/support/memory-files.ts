import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Files, isYaml } from '../../src/yaml/files.ts';

/** Where the files of `memoryFiles` stand. */
export const MEMORY_ROOT = '/memory';

/** Files that are nowhere but in memory, below MEMORY_ROOT (path → text). */
export function memoryFiles(texts: Readonly<Record<string, string>>): Files {
  const files = new Map(Object.entries(texts).map(([path, text]) => [join(MEMORY_ROOT, path), text]));
  const isFolder = (path: string) =>
    path === MEMORY_ROOT || [...files.keys()].some((file) => file.startsWith(`${path}/`));
  return {
    kind: (path) => (files.has(path) ? 'file' : isFolder(path) ? 'folder' : undefined),
    yamlBelow: async (folder) => [...files.keys()].filter((path) => path.startsWith(`${folder}/`) && isYaml(path)),
    bytes: async (path) => {
      const text = files.get(path);
      return text === undefined ? { reason: 'missing' } : Buffer.from(text);
    },
    shown: (path) => path.slice(MEMORY_ROOT.length + 1),
    identity: async (path) => {
      const text = files.get(path);
      return text === undefined ? undefined : createHash('sha1').update(text).digest('hex');
    },
  };
}
