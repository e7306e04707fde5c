import { basename, dirname, join, resolve } from 'node:path';
import type { Diagnostic, SourceFile } from '../model/diagnostic.ts';
import { DISK, type Files } from '../yaml/files.ts';
import { parseYaml } from '../yaml/parse.ts';
import { withoutRepeats } from '../yaml/repeats.ts';
import { readSource } from '../yaml/source.ts';
import { compileSchema, type SchemaSource, type Validate } from '../yaml/validate.ts';
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
  /** Where surety.yaml is read from; absent: the disk. */
  readonly files?: Files;
  /** The project folder; absent: the one that `findProjectFolder` finds. */
  readonly folder?: string;
}

export const PROJECT_SCHEMA: SchemaSource = {
  name: 'project',
  schema: projectSchema,
  leaves: PROJECT_LEAVES,
  words: PROJECT_WORDS,
};

let validate: Validate | undefined;

/** The project folder of a file or folder (semantics §11). */
export function findProjectFolder(start: string, files: Files = DISK): string {
  const path = resolve(start);
  const folder = files.kind(path) === 'folder' ? path : dirname(path);
  const above = ancestors(folder);
  const declared = above.find((each) => files.kind(join(each, PROJECT_FILE)));
  const contracts = above.find((each) => basename(each) === 'contracts');
  return declared ?? (contracts ? dirname(contracts) : folder);
}

/** Finds and reads the project of a file or folder. Every problem of surety.yaml is in the diagnostics; none of them holds a secret. */
export async function findProject(
  start: string,
  options: ProjectOptions = {},
): Promise<{ readonly project: Project; readonly diagnostics: readonly Diagnostic[]; readonly source?: SourceFile }> {
  const { files = DISK, folder = findProjectFolder(start, files) } = options;
  const path = join(folder, PROJECT_FILE);
  const empty: Project = {
    folder,
    contracts: [],
    warehouses: new Map(),
    calendars: new Map(),
    gate: { rules: new Map() },
    definitions: new Map(),
    classifications: DEFAULT_CLASSIFICATIONS,
    declaresClassifications: false,
  };
  if (!files.kind(path)) {
    const { environment } = options;
    return {
      project: empty,
      diagnostics: environment === undefined ? [] : [unknownEnvironment(environment, [], folder)],
    };
  }
  const source = await readSource(path, files.shown(path), files);
  if ('code' in source) return { project: { ...empty, path }, diagnostics: [source] };
  const { root, diagnostics } = parseYaml(source);
  const secrets = findSecrets(source, root);
  const shown = redactSource(source, secrets);
  const redacted = (all: readonly Diagnostic[]) => redactDiagnostics(source, secrets, all);
  if (!root) return { project: { ...empty, path, source: shown }, diagnostics: redacted(diagnostics) };
  validate ??= compileSchema(PROJECT_SCHEMA);
  const place = { folder, path, source: shown };
  const read = readProject(root, place, options.environment, options.variables ?? process.env);
  const invalid = withoutRepeats(validate(root, source), diagnostics);
  const known = [...diagnostics, ...invalid];
  const all = [...known, ...withoutRepeats(read.diagnostics, known)];
  return { project: read.project, diagnostics: redacted(all), source: shown };
}

function ancestors(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
