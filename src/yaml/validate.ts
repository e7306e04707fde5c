import type { ErrorObject } from 'ajv';
import type { Diagnostic, Position, SourceFile } from '../model/diagnostic.ts';
import type { Problem } from '../model/problem.ts';
import type { Leaf } from './schema.ts';
import { describeError } from './schema-message.ts';
import { childOf, nodeOf, type ScalarNode, type TreeNode, toPlain } from './tree.ts';
import { type LeafSchema, validator } from './validator.ts';

export type Validate = (root: TreeNode, file: SourceFile) => readonly Diagnostic[];

/** A schema with what its leaves are and which words of other tools are known. */
export interface SchemaSource extends LeafSchema {
  /** Keys of other tools → the key of ours that is meant; only ever a hint. */
  readonly words: Readonly<Record<string, string>>;
}

/** Makes a validator of a schema in our convention (`schema.ts`). */
export function compileSchema({ words, ...source }: SchemaSource): Validate {
  const { leaves } = source;
  const run = validator(source, (name, value, parent, property) => checkLeaf(leaves, name, value, parent, property));
  return (root) => {
    if (run(toPlain(root))) return [];
    const diagnostics: Diagnostic[] = [];
    for (const error of run.errors ?? []) {
      // The choice itself and the wrapper of a key's rule repeat what another error says.
      if (error.keyword === 'if' || error.keyword === 'propertyNames') continue;
      diagnostics.push(diagnosticOf(error, root, words));
    }
    return diagnostics.sort((left, right) => order(left.at) - order(right.at));
  };
}

function checkLeaf(
  leaves: Readonly<Record<string, Leaf>>,
  name: string,
  value: unknown,
  parent: unknown,
  property: unknown,
): Problem | 'type' | undefined {
  if (typeof value === 'object' && value !== null) return 'type';
  const parentNode = typeof parent === 'object' && parent !== null ? nodeOf(parent) : undefined;
  const node = childOf(parentNode, typeof property === 'number' ? property : String(property));
  if (node?.kind !== 'scalar') return 'type';
  if (node.value === null && !node.quoted) return emptyProblem(node);
  return leaves[name]?.check(node);
}

function emptyProblem(node: ScalarNode): Problem {
  if (node.source === '') return { message: 'the value is empty', hint: 'write a value, or leave the key out' };
  return {
    message: `"${node.source}" is an empty value`,
    hint: `write "${node.source}" in quotes if the text is meant`,
  };
}

function diagnosticOf(error: ErrorObject, root: TreeNode, words: Readonly<Record<string, string>>): Diagnostic {
  const keys = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let node: TreeNode = root;
  for (const key of keys) node = childOf(node, key) ?? node;
  const { code, message, hint, key } = describeError(error, node, words);
  const entry = key !== undefined && node.kind === 'map' ? node.entries.get(key) : undefined;
  const path = dotted(root, entry && key !== undefined ? [...keys, key] : keys);
  return {
    code: `schema/${code}`,
    severity: 'error',
    message,
    ...(hint !== undefined && { hint }),
    ...(path !== '' && { path }),
    at: entry?.key.at ?? node.at,
  };
}

function dotted(root: TreeNode, keys: readonly string[]): string {
  let path = '';
  let node: TreeNode | undefined = root;
  for (const key of keys) {
    path += node?.kind === 'list' ? `[${key}]` : `${path === '' ? '' : '.'}${key}`;
    node = childOf(node, key);
  }
  return path;
}

function order(at: Position | undefined): number {
  return (at?.line ?? 0) * 2 ** 21 + (at?.column ?? 0);
}
