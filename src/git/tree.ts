/** What a commit has at a path. */
interface Entry {
  readonly kind: 'file' | 'link';
  /** Hash of the blob. */
  readonly hash: string;
}

/** The files of a commit; paths are relative to the repository's root, with `/`, and the root itself is the empty path. */
export interface Tree {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Submodules too: they are folders that the commit has nothing in. */
  readonly folders: ReadonlySet<string>;
}

const RECORD = /^(\d+) \S+ ([0-9a-f]+)\t([\s\S]+)$/;
/** Links that are followed one after another, as Linux does it. */
const MAX_LINKS = 40;

/** Reads the output of `git ls-tree -r -z --full-tree`. */
export function parseTree(output: string): Tree {
  const entries = new Map<string, Entry>();
  const folders = new Set(['']);
  for (const record of output.split('\0')) {
    const [, mode = '', hash = '', path = ''] = RECORD.exec(record) ?? [];
    if (!path) continue;
    if (mode === '160000') folders.add(path);
    else entries.set(path, { kind: mode === '120000' ? 'link' : 'file', hash });
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return { entries, folders };
}

/** The path behind all links on the way; undefined where one of them leaves the tree, or where they run in a circle. */
export function followLinks(path: string, targets: ReadonlyMap<string, string>): string | undefined {
  const done: string[] = [];
  const rest = path.split('/').reverse();
  let left = MAX_LINKS;
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    if (part === '' || part === '.') continue;
    if (part === '..') {
      if (done.pop() === undefined) return undefined;
      continue;
    }
    const target = targets.get([...done, part].join('/'));
    if (target === undefined) {
      done.push(part);
      continue;
    }
    left -= 1;
    if (left < 0 || target.startsWith('/')) return undefined;
    rest.push(...target.split('/').reverse());
  }
  return done.join('/');
}
