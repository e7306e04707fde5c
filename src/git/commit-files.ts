import { join, relative, sep } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import { type Files, isPassedOver, isYaml, MAX_SOURCE_BYTES } from '../yaml/files.ts';
import { BlobReader } from './blob-reader.ts';
import { gitFailure } from './failure.ts';
import { shortHash } from './refs.ts';
import type { Repository } from './repository.ts';
import { runGit } from './run.ts';
import { followLinks, parseTree, type Tree } from './tree.ts';

/** The files of a commit, at the paths that they have in the working tree. */
export interface CommitFiles extends Files {
  /** Ends the process that reads; nothing can be read after it. */
  readonly close: () => void;
}

/** A link's target is a path; Linux takes 4096 bytes at most. */
const MAX_LINK_BYTES = 4096;

/** The files of a commit by its full hash; of none where it is null. Links are followed inside the commit. */
export async function commitFiles(repository: Repository, commit: string | null): Promise<CommitFiles | Diagnostic> {
  const end = commit ? await runGit(repository, ['ls-tree', '-r', '-z', '--full-tree', commit]) : undefined;
  if (end && (end.how !== 'ended' || end.code !== 0)) return gitFailure(end, repository.cwd);
  const tree = parseTree(end?.stdout.toString() ?? '');
  const reader = new BlobReader(repository);
  const targets = await linkTargets(tree, reader);
  const inTree = (path: string) => {
    const own = relative(repository.root, path).split(sep).join('/');
    return own === '..' || own.startsWith('../') ? undefined : own;
  };
  const followed = (path: string) => {
    const own = inTree(path);
    return own === undefined ? undefined : followLinks(own, targets);
  };
  const kind = (path: string) => {
    const own = followed(path);
    if (own === undefined) return undefined;
    return tree.folders.has(own) ? 'folder' : tree.entries.has(own) ? 'file' : undefined;
  };
  const entry = (path: string) => tree.entries.get(followed(path) ?? '');
  const names = [...tree.entries.keys()].filter(isYaml);
  return {
    kind,
    yamlBelow: async (folder) => {
      const start = followed(folder);
      if (start === undefined || !tree.folders.has(start)) return [];
      const below = start === '' ? '' : `${start}/`;
      return names
        .filter(
          (name) => name.startsWith(below) && !name.slice(below.length).split('/').slice(0, -1).some(isPassedOver),
        )
        .map((name) => join(folder, name.slice(below.length)))
        .filter((path) => kind(path) === 'file');
    },
    bytes: async (path) => {
      const found = entry(path);
      if (found) return reader.read(found.hash, MAX_SOURCE_BYTES);
      return { reason: kind(path) === 'folder' ? 'not-a-file' : 'missing' };
    },
    shown: (path) => {
      const own = inTree(path);
      return own === undefined || !commit ? path : `${shortHash(commit)}:${own || '.'}`;
    },
    identity: async (path) => entry(path)?.hash,
    close: () => reader.close(),
  };
}

/** Where links point to, by path; what cannot be read is a link to nowhere. */
async function linkTargets(tree: Tree, reader: BlobReader): Promise<ReadonlyMap<string, string>> {
  const links = [...tree.entries].filter(([, { kind }]) => kind === 'link');
  const targets = await Promise.all(
    links.map(async ([path, { hash }]) => {
      const bytes = await reader.read(hash, MAX_LINK_BYTES);
      return [path, 'reason' in bytes ? '/' : Buffer.from(bytes).toString()] as const;
    }),
  );
  return new Map(targets);
}
