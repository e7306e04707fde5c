import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Diagnostic, SourceFile } from '../model/diagnostic.ts';
import { parseYaml } from '../yaml/parse.ts';
import { withoutRepeats } from '../yaml/repeats.ts';
import { readSource } from '../yaml/source.ts';
import { compileSchema, type Validate } from '../yaml/validate.ts';
import { PROJECT_LEAVES } from './leaves.ts';
import type { Project } from './project.ts';
import { DEFAULT_CLASSIFICATIONS, readProject, unknownEnvironment } from './read-project.ts';
import { findSecrets, redactDiagnostics, redactSource } from './redact.ts';
import { projectSchema } from './schema.ts';
import type { Variables } from './secret.ts';
import { PROJECT_WORDS } from './words.ts';

export const PROJECT_FILE = 'surety.yaml';

export interface ProjectOptions {
  /** Environment of surety.yaml; absent: its top level. */
  readonly environment?: string;
  /** Absent: those of the process. */
  readonly variables?: Variables;
}

let validate: Validate | undefined;

/** The project folder of a file or folder (semantics §11). */
export function findProjectFolder(start: string): string {
  const path = resolve(start);
  const folder = existsSync(path) && statSync(path).isDirectory() ? path : dirname(path);
  const above = ancestors(folder);
  const declared = above.find((each) => existsSync(join(each, PROJECT_FILE)));
  const contracts = above.find((each) => basename(each) === 'contracts');
  return declared ?? (contracts ? dirname(contracts) : folder);
}

/** Finds and reads the project of a file or folder. Every problem of surety.yaml is in the diagnostics; none of them holds a secret. */
export async function findProject(
  start: string,
  options: ProjectOptions = {},
): Promise<{ readonly project: Project; readonly diagnostics: readonly Diagnostic[]; readonly source?: SourceFile }> {
  const folder = findProjectFolder(start);
  const path = join(folder, PROJECT_FILE);
  const empty: Project = {
    folder,
    contracts: [],
    warehouses: new Map(),
    calendars: new Set(),
    definitions: new Map(),
    classifications: DEFAULT_CLASSIFICATIONS,
    declaresClassifications: false,
  };
  if (!existsSync(path)) {
    const { environment } = options;
    return {
      project: empty,
      diagnostics: environment === undefined ? [] : [unknownEnvironment(environment, [], folder)],
    };
  }
  const source = await readSource(path, shownPath(path));
  if ('code' in source) return { project: { ...empty, path }, diagnostics: [source] };
  const { root, diagnostics } = parseYaml(source);
  const secrets = findSecrets(source, root);
  const shown = redactSource(source, secrets);
  const redacted = (all: readonly Diagnostic[]) => redactDiagnostics(source, secrets, all);
  if (!root) return { project: { ...empty, path, source: shown }, diagnostics: redacted(diagnostics) };
  validate ??= compileSchema(projectSchema, PROJECT_LEAVES, PROJECT_WORDS);
  const place = { folder, path, source: shown };
  const read = readProject(root, place, options.environment, options.variables ?? process.env);
  const invalid = withoutRepeats(validate(root, source), diagnostics);
  const known = [...diagnostics, ...invalid];
  const all = [...known, ...withoutRepeats(read.diagnostics, known)];
  return { project: read.project, diagnostics: redacted(all), source: shown };
}

/** A path as people should see it: relative to the working folder where that is shorter. */
export function shownPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near !== '' && near.length < path.length ? near : path;
}

function ancestors(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
