import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Contract } from '../model/contract.ts';
import type { Diagnostic, SourceFile } from '../model/diagnostic.ts';
import { findProject, findProjectFolder, type ProjectOptions, shownPath } from '../project/load-project.ts';
import type { Project } from '../project/project.ts';
import { withoutRepeats } from '../yaml/repeats.ts';
import { discover } from './discover.ts';
import { type ReadContract, readContract } from './read-contract.ts';
import { RULES } from './rules/index.ts';
import { coveredDiagnostic, coveredSource } from './secrets.ts';
import { isThere, otherProject, selection, unmatched } from './select.ts';
import { inOrder, shortened, softened, worst } from './tell.ts';

export interface LoadedContract {
  readonly contract: Contract;
  /** Whether PATH selects it; the others are there for references. */
  readonly selected: boolean;
}

export interface Loaded {
  /** Without those that have errors. */
  readonly contracts: readonly LoadedContract[];
  readonly project: Project;
  /** Of all files; a problem of a file that is not selected is a warning. */
  readonly diagnostics: readonly Diagnostic[];
  /** By the name that positions give; secrets are covered. */
  readonly sources: ReadonlyMap<string, SourceFile>;
}

export interface LoadOptions extends ProjectOptions {
  /** Folder that paths are relative to; absent: the working folder. */
  readonly cwd?: string;
}

/** Files read at the same time. */
const CONCURRENCY = 16;
/** Names that stand in surety.yaml. */
const OF_PROJECT = new Set(
  ['warehouse', 'calendar', 'classification', 'party', 'definition'].map((name) => `lint/unknown-${name}`),
);

/**
 * Loads all contracts of the project that the selectors lie in (files, folders or contract ids; absent: the folder `cwd`) and checks
 * them. One bad file costs only itself.
 */
export async function loadContracts(selectors: readonly string[] = [], options: LoadOptions = {}): Promise<Loaded> {
  const { cwd = process.cwd() } = options;
  const inFolder = (selector: string) => resolve(cwd, selector);
  const paths = selectors.map((selector) => (existsSync(inFolder(selector)) ? inFolder(selector) : selector));
  const existing = paths.filter(isThere);
  const [start = cwd, ...others] = existing;
  const folder = findProjectFolder(start);
  const { project, diagnostics: projectDiagnostics, source } = await findProject(start, options);
  const elsewhere = others.filter((path) => findProjectFolder(path) !== folder);
  const unreadable: Diagnostic[] = [];
  const files = await readAll(
    await discover(project, existing, (path) => unreadable.push(unreadableFolder(path))),
    project,
  );
  const contracts = files.flatMap(({ contract }) => contract ?? []);
  // Who asks for an environment that is not there must not be measured against production.
  const isLost = projectDiagnostics.some(({ code }) => code === 'project/unknown-environment');
  const selected = isLost ? new Set<string>() : selection(paths, files);

  const diagnostics: Diagnostic[] = [
    ...projectDiagnostics,
    ...unreadable,
    ...elsewhere.map((path) => otherProject(path, folder)),
  ];
  // What a broken surety.yaml would have named is not missed in every contract.
  const isUnread = projectDiagnostics.some(({ code, severity }) => severity === 'error' && code.startsWith('yaml/'));
  const loaded: LoadedContract[] = [];
  for (const file of files) {
    const isSelected = selected.has(file.path);
    const own = [...file.diagnostics];
    if (file.contract) {
      for (const rule of RULES)
        own.push(...withoutRepeats(rule(file.contract, { project, contracts }), file.diagnostics));
      if (own.every(({ severity }) => severity !== 'error')) {
        loaded.push({ contract: file.contract, selected: isSelected });
      }
    }
    const missed = isUnread ? own.filter(({ code }) => !OF_PROJECT.has(code)) : own;
    diagnostics.push(...inOrder(missed).map((each) => (isSelected ? each : softened(each))));
  }
  diagnostics.push(...unmatched(paths, files, project));
  const sources = [
    ...(source ? [source] : []),
    ...files.flatMap((file) => (file.source ? coveredSource(file.source) : [])),
  ];
  const told = worst(diagnostics).map((each) => shortened(coveredDiagnostic(each)));
  return { contracts: loaded, project, diagnostics: told, sources: new Map(sources.map((each) => [each.name, each])) };
}

function unreadableFolder(path: string): Diagnostic {
  const message = `the folder "${shownPath(path)}" cannot be read, so contracts in it are not known`;
  return {
    code: 'yaml/unreadable-folder',
    severity: 'error',
    message,
    hint: 'give read permission, or move it out of the project',
  };
}

async function readAll(
  candidates: Awaited<ReturnType<typeof discover>>,
  project: Project,
): Promise<readonly ReadContract[]> {
  const files: ReadContract[] = [];
  for (let at = 0; at < candidates.length; at += CONCURRENCY) {
    const batch = candidates.slice(at, at + CONCURRENCY);
    files.push(...(await Promise.all(batch.map((candidate) => readContract(candidate, project)))));
  }
  return files;
}
