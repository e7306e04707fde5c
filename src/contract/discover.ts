import { basename, relative, resolve, sep } from 'node:path';
import { RE2JS } from 're2js';
import { PROJECT_FILE } from '../project/load-project.ts';
import type { Project } from '../project/project.ts';
import { DISK, type Files } from '../yaml/files.ts';

/** Permissions to break a contract, for the gate. */
export const WAIVERS_FILE = 'waivers.yaml';

const DEFAULT_GLOB = 'contracts/**/*.{yaml,yml}';
/** Never a contract, whatever a glob says. */
const NOT_CONTRACTS: ReadonlySet<string> = new Set([PROJECT_FILE, WAIVERS_FILE]);

/** A file that may be a contract. */
export interface Candidate {
  /** Absolute. */
  readonly path: string;
  /** Named by the user, so that it has to be one. */
  readonly named: boolean;
}

/**
 * The contract files of a project: by the globs of surety.yaml, else in contracts/, else beside each other; and the files and folders that
 * the user names. A named folder is searched only where none of the project's contracts are inside.
 */
export async function discover(
  project: Project,
  paths: readonly string[],
  unreadable: (folder: string) => void = () => {},
  files: Files = DISK,
): Promise<readonly Candidate[]> {
  const globs = project.contracts.length > 0 ? project.contracts.map(({ text }) => text) : [DEFAULT_GLOB];
  const found = new Set(await matching(project.folder, globs, unreadable, files));
  if (found.size === 0 && project.path === undefined) {
    for (const path of await matching(project.folder, ['*.{yaml,yml}'], unreadable, files)) found.add(path);
  }
  const named = new Set<string>();
  for (const path of paths.map((each) => resolve(each))) {
    const kind = files.kind(path);
    if (!kind) continue;
    if (kind === 'file') named.add(path);
    else if (![...found].some((file) => isInside(file, path))) {
      for (const file of await matching(path, ['**/*.{yaml,yml}'], unreadable, files)) found.add(file);
    }
  }
  return [...new Set([...found, ...named])].toSorted().map((path) => ({ path, named: named.has(path) }));
}

export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

async function matching(
  folder: string,
  globs: readonly string[],
  unreadable: (folder: string) => void,
  from: Files,
): Promise<readonly string[]> {
  const forms = globs.map(globForm);
  const bases = new Set(globs.map((glob) => /^(?:[^*?{[]*\/)?/.exec(glob.replace(/^\.\//, ''))?.[0] ?? ''));
  const files = new Set<string>();
  for (const base of bases) {
    const start = resolve(folder, base);
    if (!isInside(start, folder)) continue;
    for (const file of await from.yamlBelow(start, unreadable)) files.add(file);
  }
  return [...files].filter((file) => {
    const name = relative(folder, file).split(sep).join('/');
    return !NOT_CONTRACTS.has(basename(file)) && forms.some((form) => form.matches(name));
  });
}

/** `**` any folders, `*` and `?` inside one, `{a,b}` either. */
function globForm(glob: string): RE2JS {
  // Its time is linear in the length, whatever the glob: JavaScript's own tries every way to share a name among many stars.
  return RE2JS.compile(globSource(glob.replace(/^\.\//, '')));
}

function globSource(glob: string): string {
  return glob.replace(/\*\*\/|\*\*|[*?]|\{[^{}]*\}|[^*?]/g, (part) => {
    if (part === '**/') return '(?:[^/]+/)*';
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (part.length > 1) return `(?:${part.slice(1, -1).split(',').map(globSource).join('|')})`;
    return part.replace(/[.+^$()|[\]{}\\]/, '\\$&');
  });
}
