import { isAbsolute } from 'node:path';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Project } from '../project/project.ts';
import type { Files } from '../yaml/files.ts';
import { didYouMean } from './did-you-mean.ts';
import { isInside } from './discover.ts';
import type { ReadContract } from './read-contract.ts';

/** Whether a selector is a path; ids of contracts stay relative. */
export function isThere(path: string, from: Files): boolean {
  return isAbsolute(path) && from.kind(path) !== undefined;
}

/** Absolute paths of the files that the selectors name; all of them where there are none. */
export function selection(paths: readonly string[], files: readonly ReadContract[], from: Files): ReadonlySet<string> {
  const chosen = paths.length === 0 ? files : files.filter((file) => paths.some((path) => matches(path, file, from)));
  return new Set(chosen.map(({ path }) => path));
}

/** What names nothing. */
export function unmatched(
  paths: readonly string[],
  files: readonly ReadContract[],
  { contracts: globs }: Project,
  from: Files,
): readonly Diagnostic[] {
  const isContract = (file: ReadContract) => file.diagnostics.every(({ code }) => code !== 'select/not-a-contract');
  const found = files.filter(isContract);
  if (paths.length === 0 && found.length === 0) {
    const [glob] = globs;
    const message = glob ? `no contract file is like "${glob.text}"` : 'there is no contract here';
    const hint = glob
      ? 'correct `contracts:` in surety.yaml: it takes globs such as contracts/**/*.yaml'
      : 'write one under contracts/, or let `surety init` begin it';
    return [{ ...nothingFound(message, hint), ...(glob && { at: glob.at }) }];
  }
  const ids = found.flatMap(({ contract }) => (contract ? [contract.id] : []));
  return paths
    .filter((path) => !found.some((file) => matches(path, file, from)))
    .map((path) =>
      isThere(path, from)
        ? nothingFound(
            `there is no contract in "${from.shown(path)}"`,
            'name a contract file, or a folder that has one',
          )
        : nothingFound(`"${path}" is neither a file nor a contract id`, didYouMean(path, ids, knownIds(ids))),
    );
}

/** A path that another surety.yaml rules. */
export function otherProject(path: string, folder: string, from: Files): Diagnostic {
  return {
    code: 'select/several-projects',
    severity: 'error',
    message: `"${from.shown(path)}" belongs to another project than "${from.shown(folder)}"`,
    hint: 'run surety once for each project',
  };
}

function matches(path: string, file: ReadContract, from: Files): boolean {
  if (isThere(path, from)) return isInside(file.path, path);
  return file.contract?.id === path || file.contract?.name === path;
}

function knownIds(ids: readonly string[]): string {
  return ids.length > 0 ? `contracts here are ${ids.slice(0, 10).join(', ')}` : 'check the path';
}

function nothingFound(message: string, hint: string): Diagnostic {
  return { code: 'select/nothing-found', severity: 'error', message, hint };
}
