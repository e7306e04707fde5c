import { join, resolve } from 'node:path';
import type { Contract } from '../model/contract.ts';
import type { Diagnostic, SourceFile } from '../model/diagnostic.ts';
import { findProject, findProjectFolder, PROJECT_FILE, type ProjectOptions } from '../project/load-project.ts';
import type { Project } from '../project/project.ts';
import { DISK, type Files } from '../yaml/files.ts';
import { withoutRepeats } from '../yaml/repeats.ts';
import { type Candidate, discover } from './discover.ts';
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

/** A contract that has errors. */
export interface InvalidContract {
  /** Absolute. */
  readonly path: string;
  /** Absent: it cannot be read. */
  readonly id?: string;
  readonly selected: boolean;
  /** As far as it can be read, for what must not depend on the errors. */
  readonly contract?: Contract;
}

export interface Loaded {
  /** Without those that have errors. */
  readonly contracts: readonly LoadedContract[];
  /** Those that have. */
  readonly invalid: readonly InvalidContract[];
  readonly project: Project;
  /** Of all files; a problem of a file that is not selected is a warning. */
  readonly diagnostics: readonly Diagnostic[];
  /** By the name that positions give; secrets are covered. */
  readonly sources: ReadonlyMap<string, SourceFile>;
}

export interface LoadOptions extends ProjectOptions {
  /** Folder that paths are relative to; absent: the working folder. */
  readonly cwd?: string;
  /** false: only what cannot be read is a problem, such as of a past version; `RULES` are not asked. */
  readonly lint?: boolean;
  /** Contracts of the same project that were read from elsewhere: one is taken over where its file is the same. */
  readonly known?: Known;
}

export interface Known {
  readonly files: Files;
  readonly contracts: readonly Contract[];
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
  const { cwd = process.cwd(), files: from = DISK } = options;
  const inFolder = (selector: string) => resolve(cwd, selector);
  const paths = selectors.map((selector) => (from.kind(inFolder(selector)) ? inFolder(selector) : selector));
  const existing = paths.filter((path) => isThere(path, from));
  const [start = cwd, ...others] = existing;
  const { folder = findProjectFolder(start, from) } = options;
  const { project, diagnostics: projectDiagnostics, source } = await findProject(start, { ...options, folder });
  const elsewhere = others.filter((path) => findProjectFolder(path, from) !== folder);
  const unreadable: Diagnostic[] = [];
  const candidates = await discover(project, existing, (path) => unreadable.push(unreadableFolder(path, from)), from);
  const known =
    options.known && (await isSameFile(join(folder, PROJECT_FILE), from, options.known.files))
      ? options.known
      : undefined;
  const files = await readAll(candidates, project, from, known);
  const contracts = files.flatMap(({ contract }) => contract ?? []);
  // Who asks for an environment that is not there must not be measured against production.
  const isLost = projectDiagnostics.some(({ code }) => code === 'project/unknown-environment');
  const selected = isLost ? new Set<string>() : selection(paths, files, from);

  const diagnostics: Diagnostic[] = [
    ...projectDiagnostics,
    ...unreadable,
    ...elsewhere.map((path) => otherProject(path, folder, from)),
  ];
  // What a broken surety.yaml would have named is not missed in every contract.
  const isUnread = projectDiagnostics.some(({ code, severity }) => severity === 'error' && code.startsWith('yaml/'));
  const loaded: LoadedContract[] = [];
  const invalid: InvalidContract[] = [];
  const rules = options.lint === false ? [] : RULES;
  for (const file of files) {
    const isSelected = selected.has(file.path);
    const own = [...file.diagnostics];
    if (file.contract) {
      for (const rule of rules)
        own.push(...withoutRepeats(rule(file.contract, { project, contracts }), file.diagnostics));
    }
    if (own.some(({ severity }) => severity === 'error')) {
      const { path, contract } = file;
      invalid.push({ path, selected: isSelected, ...(contract && { id: contract.id, contract }) });
    } else if (file.contract) loaded.push({ contract: file.contract, selected: isSelected });
    const missed = isUnread ? own.filter(({ code }) => !OF_PROJECT.has(code)) : own;
    diagnostics.push(...inOrder(missed).map((each) => (isSelected ? each : softened(each))));
  }
  diagnostics.push(...unmatched(paths, files, project, from));
  const sources = [
    ...(source ? [source] : []),
    ...files.flatMap((file) => (file.source ? coveredSource(file.source) : [])),
  ];
  const told = worst(diagnostics).map((each) => shortened(coveredDiagnostic(each)));
  return {
    contracts: loaded,
    invalid,
    project,
    diagnostics: told,
    sources: new Map(sources.map((each) => [each.name, each])),
  };
}

function unreadableFolder(path: string, from: Files): Diagnostic {
  const message = `the folder "${from.shown(path)}" cannot be read, so contracts in it are not known`;
  return {
    code: 'yaml/unreadable-folder',
    severity: 'error',
    message,
    hint: 'give read permission, or move it out of the project',
  };
}

async function readAll(
  candidates: readonly Candidate[],
  project: Project,
  from: Files,
  known: Known | undefined,
): Promise<readonly ReadContract[]> {
  const byPath = new Map(known?.contracts.map((contract) => [contract.path, contract]));
  const read = async (candidate: Candidate): Promise<ReadContract> => {
    const { path } = candidate;
    const contract = byPath.get(path);
    if (!contract || !known || !(await isSameFile(path, from, known.files)))
      return readContract(candidate, project, from);
    return { path, name: from.shown(path), contract, diagnostics: [] };
  };
  const files: ReadContract[] = [];
  for (let at = 0; at < candidates.length; at += CONCURRENCY) {
    const batch = candidates.slice(at, at + CONCURRENCY);
    files.push(...(await Promise.all(batch.map(read))));
  }
  return files;
}

/** Whether both have it with the same content, or neither has it. */
async function isSameFile(path: string, one: Files, other: Files): Promise<boolean> {
  const [first, second] = await Promise.all([one.identity(path), other.identity(path)]);
  return first === second;
}
