import type { Contract } from '../model/contract.ts';
import type { Diagnostic, SourceFile } from '../model/diagnostic.ts';
import type { Project } from '../project/project.ts';
import { DISK, type Files } from '../yaml/files.ts';
import { parseYaml } from '../yaml/parse.ts';
import { withoutRepeats } from '../yaml/repeats.ts';
import { readSource } from '../yaml/source.ts';
import type { TreeNode } from '../yaml/tree.ts';
import { compileSchema, type SchemaSource, type Validate } from '../yaml/validate.ts';
import type { Candidate } from './discover.ts';
import { LEAVES } from './leaves/index.ts';
import { resolveContract } from './resolve/resolve-contract.ts';
import { contractSchema } from './schema.ts';
import { FOREIGN_WORDS } from './words.ts';

/** What became of a file. */
export interface ReadContract {
  readonly path: string;
  readonly name: string;
  readonly source?: SourceFile;
  /** As far as the file can be read; absent where it cannot or is no contract. */
  readonly contract?: Contract;
  readonly diagnostics: readonly Diagnostic[];
}

export const CONTRACT_SCHEMA: SchemaSource = {
  name: 'contract',
  schema: contractSchema,
  leaves: LEAVES,
  words: FOREIGN_WORDS,
};

let validate: Validate | undefined;

/** Reads, parses, validates and resolves one file; never throws for what stands in it. */
export async function readContract(candidate: Candidate, project: Project, files: Files = DISK): Promise<ReadContract> {
  const { path } = candidate;
  const name = files.shown(path);
  const source = await readSource(path, name, files);
  if ('code' in source) return { path, name, diagnostics: [source] };
  const { root, diagnostics } = parseYaml(source);
  if (!candidate.named && !looksLikeContract(root, source)) {
    return { path, name, source, diagnostics: [notAContract(name)] };
  }
  if (root?.kind !== 'map') return { path, name, source, diagnostics };
  validate ??= compileSchema(CONTRACT_SCHEMA);
  const invalid = validate(root, source);
  const resolved = resolveContract(root, { source, path, definitions: project.definitions });
  return {
    path,
    name,
    source,
    contract: resolved.contract,
    diagnostics: [...diagnostics, ...invalid, ...withoutRepeats(resolved.diagnostics, [...diagnostics, ...invalid])],
  };
}

function looksLikeContract(root: TreeNode | undefined, source: SourceFile): boolean {
  if (root === undefined) return /^(?:contract|tables)["']?\s*:/m.test(source.text);
  return root.kind === 'map' && (root.entries.has('contract') || root.entries.has('tables'));
}

function notAContract(name: string): Diagnostic {
  return {
    code: 'select/not-a-contract',
    severity: 'warning',
    message: `"${name}" is not a contract: it has no key \`contract\``,
    hint: 'add `contract: area.name`, or keep it elsewhere',
    at: { file: name, line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}
