import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Contract } from '../model/contract.ts';
import type { Diagnostic, SourceFile } from '../model/diagnostic.ts';
import { findProject, findProjectFolder, type ProjectOptions } from '../project/load-project.ts';
import type { Project } from '../project/project.ts';
import { withoutRepeats } from '../yaml/repeats.ts';
import { didYouMean } from './did-you-mean.ts';
import { discover, isInside } from './discover.ts';
import { type ReadContract, readContract } from './read-contract.ts';
import { RULES } from './rules/index.ts';
import { coveredDiagnostic, coveredSource } from './secrets.ts';

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

/** Files read at the same time. */
const CONCURRENCY = 16;
const LONGEST_MESSAGE = 600;

/**
 * Loads all contracts of the project that `paths` lie in (files, folders or contract ids; absent: the working folder) and checks them. One
 * bad file costs only itself.
 */
export async function loadContracts(paths: readonly string[] = [], options: ProjectOptions = {}): Promise<Loaded> {
  const existing = paths.filter((path) => existsSync(path));
  const [start = '.', ...others] = existing;
  const folder = findProjectFolder(start);
  const { project, diagnostics: projectDiagnostics, source } = await findProject(start, options);
  const elsewhere = others.filter((path) => findProjectFolder(path) !== folder);
  const files = await readAll(await discover(project, existing), project);
  const contracts = files.flatMap(({ contract }) => contract ?? []);
  const selected = selection(paths, files);

  const diagnostics: Diagnostic[] = [...projectDiagnostics, ...elsewhere.map((path) => otherProject(path, folder))];
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
    diagnostics.push(
      ...distinct(own)
        .toSorted(byPlace)
        .map((each) => (isSelected ? each : softened(each))),
    );
  }
  diagnostics.push(...unmatched(paths, files));
  const sources = [
    ...(source ? [source] : []),
    ...files.flatMap((file) => (file.source ? coveredSource(file.source) : [])),
  ];
  const told = worst(diagnostics).map((each) => shortened(coveredDiagnostic(each)));
  return { contracts: loaded, project, diagnostics: told, sources: new Map(sources.map((each) => [each.name, each])) };
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

function matches(path: string, file: ReadContract): boolean {
  if (existsSync(path)) return isInside(file.path, resolve(path));
  return file.contract?.id === path || file.contract?.name === path;
}

function selection(paths: readonly string[], files: readonly ReadContract[]): ReadonlySet<string> {
  const chosen = paths.length === 0 ? files : files.filter((file) => paths.some((path) => matches(path, file)));
  return new Set(chosen.map(({ path }) => path));
}

function unmatched(paths: readonly string[], files: readonly ReadContract[]): readonly Diagnostic[] {
  const isContract = (file: ReadContract) => file.diagnostics.every(({ code }) => code !== 'select/not-a-contract');
  const found = files.filter(isContract);
  if (paths.length === 0 && found.length === 0) {
    return [nothingFound('there is no contract here', 'write one under contracts/, or let `surety init` begin it')];
  }
  const ids = found.flatMap(({ contract }) => (contract ? [contract.id] : []));
  return paths
    .filter((path) => !found.some((file) => matches(path, file)))
    .map((path) =>
      existsSync(path)
        ? nothingFound(`there is no contract in "${path}"`, 'name a contract file, or a folder that has one')
        : nothingFound(`"${path}" is neither a file nor a contract id`, didYouMean(path, ids, knownIds(ids))),
    );
}

function knownIds(ids: readonly string[]): string {
  return ids.length > 0 ? `contracts here are ${ids.slice(0, 10).join(', ')}` : 'check the path';
}

function nothingFound(message: string, hint: string): Diagnostic {
  return { code: 'select/nothing-found', severity: 'error', message, hint };
}

function otherProject(path: string, folder: string): Diagnostic {
  return {
    code: 'select/several-projects',
    severity: 'error',
    message: `"${path}" belongs to another project than "${folder}"`,
    hint: 'run surety once for each project',
  };
}

/** A problem of a definition is found once for each column that uses it. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ code, message, at }: Diagnostic) => `${code} ${at?.line} ${at?.column} ${message}`;
  return [...new Map(diagnostics.map((each) => [key(each), each])).values()];
}

/** A file that is not selected stops nothing, and is left alone by fixes. */
function softened({ fix: _, ...diagnostic }: Diagnostic): Diagnostic {
  return diagnostic.severity === 'error' ? { ...diagnostic, severity: 'warning' } : diagnostic;
}

/** Of what several files say of one place in surety.yaml, the worst. */
function worst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const key = ({ code, message, at }: Diagnostic) => `${code} ${at?.file} ${at?.line} ${at?.column} ${message}`;
  const errors = new Set(diagnostics.filter(({ severity }) => severity === 'error').map(key));
  const known = new Set<string>();
  return diagnostics.filter((each) => {
    if (each.at === undefined) return true;
    if (known.has(key(each)) || (each.severity !== 'error' && errors.has(key(each)))) return false;
    known.add(key(each));
    return true;
  });
}

/** Messages quote what stands in the file, which may be long. */
function shortened(diagnostic: Diagnostic): Diagnostic {
  const { message, hint } = diagnostic;
  return { ...diagnostic, message: cut(message), ...(hint !== undefined && { hint: cut(hint) }) };
}

function cut(text: string): string {
  if (text.length <= LONGEST_MESSAGE) return text;
  const letters = [...text];
  const half = LONGEST_MESSAGE / 2;
  return `${letters.slice(0, half).join('')} … ${letters.slice(-half).join('')}`;
}

function byPlace(left: Diagnostic, right: Diagnostic): number {
  return (left.at?.line ?? 0) - (right.at?.line ?? 0) || (left.at?.column ?? 0) - (right.at?.column ?? 0);
}
