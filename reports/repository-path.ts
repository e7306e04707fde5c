import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Position } from '../src/model/diagnostic.ts';
import type { ReportContext } from './report.ts';

/** A position in a file of the repository: `path` is relative to its root, with slashes. */
export interface Place extends Omit<Position, 'file'> {
  readonly path: string;
}

/** What systems allow; a longer one is no path of a file that is there. */
const LONGEST_PATH = 4096;

/** How names of files, which are for people, become paths of the repository. */
export interface Repository {
  /** Null where the file lies outside. */
  readonly path: (file: string) => string | null;
  readonly place: (position: Position) => Place | null;
  /** Whether a file is one of the old version. */
  readonly isOld: (file: string) => boolean;
  /** The first line of surety.yaml, which is left to point at where a file is gone; null where there is none. */
  readonly project: Place | null;
}

/** The hash of a commit, as far as a name of a file may have it, and the path from the root: `4f2c1aa:contracts/orders.yaml`. */
const IN_COMMIT = /^([0-9a-f]{7,64}):(.+)$/s;

/** `before` and `after` are the commits that the sides of a comparison were read from. */
export function repositoryOf(
  { folders, sources }: ReportContext,
  { before = null, after = null }: { readonly before?: string | null; readonly after?: string | null } = {},
): Repository {
  const isOf = (commit: string | null, file: string): boolean =>
    commit?.startsWith(IN_COMMIT.exec(file)?.[1] ?? 'none') ?? false;
  const isOld = (file: string): boolean => isOf(before, file) && !isOf(after, file);
  const path = (file: string): string | null => {
    if (file.length > LONGEST_PATH) return null;
    if (isOf(before, file) || isOf(after, file)) return IN_COMMIT.exec(file)?.[2] ?? null;
    const own = folders ? relative(folders.root, resolve(folders.working, file)) : file;
    const parts = own.split(sep);
    return parts[0] === '..' || isAbsolute(own) ? null : parts.join('/');
  };
  const place = ({ file, ...span }: Position): Place | null => {
    const found = path(file);
    return found === null ? null : { path: found, ...span };
  };
  const [projectFile] = [...sources.keys()]
    .filter((name) => /(?:^|[:\\/])surety\.yaml$/.test(name) && !isOld(name))
    .sort((left, right) => left.length - right.length);
  const top = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  return { path, place, isOld, project: projectFile === undefined ? null : place({ file: projectFile, ...top }) };
}
