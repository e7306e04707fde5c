import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { ReadOptions, TablePlace, TableProblem } from '../../sql/dialect.ts';
import { globSegment, hasGlob } from './glob.ts';

/** A file of a table, its symlinks resolved. */
export interface SourceFile {
  /** Absolute, as the engine may open it. */
  readonly path: string;
  /** Relative to the request's folder, for people. */
  readonly name: string;
  readonly size: bigint;
  readonly modified: bigint;
}

export type FileFormat = 'parquet' | 'csv' | 'json';

const TEXT_EXTENSIONS: Readonly<Record<string, FileFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  json: 'json',
  jsonl: 'json',
  ndjson: 'json',
};
const CANDIDATES = ['parquet', ...['csv', 'tsv', 'json', 'jsonl', 'ndjson'].flatMap((end) => [end, `${end}.gz`])];

/** The format that a file's name tells; undefined where it tells none. */
export function formatOf(name: string): FileFormat | undefined {
  const end = /\.([^.]+?)(\.gz)?$/iu.exec(name);
  if (!end) return undefined;
  const extension = (end[1] ?? '').toLowerCase();
  if (extension === 'parquet' || extension === 'pq') return end[2] ? undefined : 'parquet';
  return Object.hasOwn(TEXT_EXTENSIONS, extension) ? TEXT_EXTENSIONS[extension] : undefined;
}

/** The files of a table, sorted by name: what its location matches inside the boundary. */
export async function locate(
  request: TablePlace & { readonly read: Pick<ReadOptions, 'newest'> },
): Promise<readonly SourceFile[] | TableProblem> {
  const { location } = request;
  if (location !== undefined && /^[a-z][a-z0-9+.-]+:\/\//iu.test(location)) {
    return {
      reason: `"${location}" is a URL`,
      hint: 'files must be inside the project folder; name a warehouse for anything else',
    };
  }
  const found = location === undefined ? await byName(request) : await byLocation(request, location);
  if ('reason' in found) return found;
  const files = await Promise.all(found.map((path) => inspect(path, request)));
  const outside = files.find((file) => 'reason' in file);
  if (outside && 'reason' in outside) return outside;
  const all = (files as SourceFile[]).sort((a, b) => (a.name < b.name ? -1 : 1));
  return request.read.newest === undefined ? all : all.slice(-request.read.newest);
}

/** The files that a table without a location may be: one of them at a time. */
export function candidatesOf({ name }: Pick<TablePlace, 'name'>): readonly string[] {
  return CANDIDATES.map((end) => `${name}.${end}`);
}

async function byName(request: TablePlace): Promise<readonly string[] | TableProblem> {
  const wanted = candidatesOf(request);
  const there = new Set(await readdir(request.folder).catch(() => []));
  const found = wanted.filter((name) => there.has(name));
  if (found.length === 1) return found.map((name) => join(request.folder, name));
  return found.length === 0
    ? {
        reason: `no file matches "${request.name}.{parquet,csv,tsv,json,jsonl,ndjson}"`,
        hint: 'give the location of the file',
      }
    : {
        reason: `several files match "${request.name}": ${found.join(', ')}`,
        hint: 'give the location of the one that is meant',
      };
}

async function byLocation(request: TablePlace, location: string): Promise<readonly string[] | TableProblem> {
  const pattern = resolve(request.folder, location);
  if (!inside(request.boundary, pattern)) return escaped(location);
  const plain = pattern.split(sep);
  const exact = await stat(pattern).catch(() => undefined);
  const paths = exact?.isFile() ? [pattern] : hasGlob(location) ? await expand(plain) : [];
  if (paths.length > 0) return paths;
  return exact?.isDirectory()
    ? { reason: `"${location}" is a folder`, hint: `give the files in it: "${location}/*.parquet"` }
    : {
        reason: `no file matches "${location}"`,
        hint: 'the location is relative to the contract file or to the root of its warehouse',
      };
}

/** Files that match the segments of an absolute pattern; hidden names only where the pattern begins with a dot, as in a shell. */
async function expand(segments: readonly string[]): Promise<readonly string[]> {
  let open: readonly string[] = [sep];
  for (const [index, segment] of segments.entries()) {
    if (index === 0) continue;
    const last = index === segments.length - 1;
    const next = await Promise.all(open.map((folder) => step(folder, segment, last)));
    open = [...new Set(next.flat())];
  }
  const files = await Promise.all(
    open.map(async (path) => (await stat(path).catch(() => undefined))?.isFile() ?? false),
  );
  return open.filter((_, index) => files[index]);
}

async function step(folder: string, segment: string, last: boolean): Promise<readonly string[]> {
  if (segment === '**') return descend(folder, last);
  if (!hasGlob(segment)) return [join(folder, segment)];
  const matches = globSegment(segment);
  const names = await readdir(folder).catch(() => []);
  const kept = names.filter((name) => matches(name) && (segment.startsWith('.') || !name.startsWith('.')));
  return kept.map((name) => join(folder, name));
}

async function descend(folder: string, last: boolean): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const below = await Promise.all(folders.map((entry) => descend(join(folder, entry.name), last)));
  const files = last ? entries.filter((entry) => entry.isFile()).map((entry) => join(folder, entry.name)) : [];
  return [...(last ? [] : [folder]), ...files, ...below.flat()];
}

async function inspect(path: string, request: TablePlace): Promise<SourceFile | TableProblem> {
  const name = relative(request.folder, path) || path;
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return { reason: `"${name}" cannot be read`, hint: 'it is a broken link, or it went away' };
  if (!inside(await realpath(request.boundary), real)) return escaped(name);
  const { size, mtimeNs } = await stat(real, { bigint: true });
  return { path: real, name: name.split(sep).join('/'), size, modified: mtimeNs };
}

function inside(boundary: string, path: string): boolean {
  const way = relative(boundary, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function escaped(location: string): TableProblem {
  return {
    reason: `"${location}" is outside the project folder`,
    hint: "files must stay inside the project folder or the warehouse's root",
  };
}

/** Which of the files are not as they were; undefined where all are. */
export async function changedFiles(files: readonly SourceFile[]): Promise<string | undefined> {
  const now = await Promise.all(files.map(({ path }) => stat(path, { bigint: true }).catch(() => undefined)));
  const changed = files.filter((file, i) => now[i]?.size !== file.size || now[i]?.mtimeNs !== file.modified);
  return (
    changed[0] &&
    `changed while reading: ${changed
      .slice(0, 3)
      .map(({ name }) => name)
      .join(', ')}`
  );
}
