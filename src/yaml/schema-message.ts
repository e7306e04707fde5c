import type { ErrorObject } from 'ajv';
import type { Problem } from '../model/problem.ts';
import { bareWord, nearest } from '../util/nearest.ts';
import { visible } from '../util/visible.ts';
import { quoteYaml } from './quote.ts';
import { isSchema } from './schema.ts';
import type { TreeNode } from './tree.ts';

/** What a schema error says to people; `key` is the key of the value that the error is about, if it is one. */
export interface SchemaMessage extends Problem {
  /** Kebab case. */
  readonly code: string;
  readonly key?: string;
}

const MAX_LISTED = 12;
const MAX_MESSAGE = 400;

/** Words an error of the validator; `node` is the value that it was found at. */
export function describeError(
  error: ErrorObject,
  node: TreeNode,
  words: Readonly<Record<string, string>>,
): SchemaMessage {
  const params: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return unknownKey(String(params.additionalProperty ?? params.unevaluatedProperty), error.parentSchema, words);
    case 'required':
      return {
        code: 'missing-key',
        message: `the key ${quote(String(params.missingProperty))} is missing`,
        hint: 'add it',
      };
    case 'type':
      return wrongType(typeList(params.type), node);
    case 'enum':
      return notListed(Array.isArray(params.allowedValues) ? params.allowedValues.map(String) : [], node);
    case 'const':
      return notListed([String(params.allowedValue)], node);
    case 'leaf':
      if (isProblem(params.problem)) return { code: 'bad-value', ...shownProblem(params.problem) };
      return wrongType(['scalar'], node);
    case 'minItems':
    case 'minProperties':
      return tooFew(Number(params.limit), node);
    default:
      return generic(error, node);
  }
}

function unknownKey(key: string, schema: unknown, words: Readonly<Record<string, string>>): SchemaMessage {
  const properties = isSchema(schema) && isSchema(schema.properties) ? schema.properties : {};
  const allowed = Object.keys(properties);
  return { code: 'unknown-key', key, message: `unknown key ${quote(key)}`, hint: keyHint(key, allowed, words) };
}

function keyHint(key: string, allowed: readonly string[], words: Readonly<Record<string, string>>): string {
  const same = allowed.find((each) => bareWord(each) === bareWord(key));
  if (same !== undefined) return `did you mean ${quote(same)}?`;
  const meant = foreignWord(key, words);
  if (meant !== undefined && allowed.includes(meant)) return `this is ${quote(meant)} here`;
  const near = nearest(key, allowed);
  if (meant !== undefined)
    return `this is ${quote(meant)} in Surety, which has no place here; ${listed('allowed', allowed)}`;
  return near !== undefined ? `did you mean ${quote(near)}?` : listed('allowed', allowed);
}

function foreignWord(key: string, words: Readonly<Record<string, string>>): string | undefined {
  if (Object.hasOwn(words, key)) return words[key];
  const bare = bareWord(key);
  return Object.entries(words).find(([foreign]) => bareWord(foreign) === bare)?.[1];
}

function wrongType(expected: readonly string[], node: TreeNode): SchemaMessage {
  const wanted = [...new Set(expected.map((type) => TYPES[type] ?? type))];
  const message =
    node.kind === 'scalar' && node.value === null && !node.quoted
      ? `the value is empty, expected ${either(wanted)}`
      : `${described(node)} stands here, expected ${either(wanted)}`;
  const hint = typeHint(expected, node);
  return { code: 'wrong-type', message, ...(hint !== undefined && { hint }) };
}

const YES = new Set(['yes', 'y', 'on', '1']);
const NO = new Set(['no', 'n', 'off', '0']);

function typeHint(expected: readonly string[], node: TreeNode): string | undefined {
  if (node.kind === 'scalar' && node.value !== null && expected.includes('string')) {
    return `write ${quoteYaml(visible(node.source, 80))}`;
  }
  if (node.kind === 'scalar' && expected.includes('boolean')) {
    const word = node.source.toLowerCase();
    return YES.has(word) ? 'write true' : NO.has(word) ? 'write false' : 'write true or false, without quotes';
  }
  if (expected.includes('object')) {
    return node.kind === 'list' ? 'write a map keyed by name: `name: …`, without hyphens' : 'write keys below it';
  }
  if (expected.includes('array')) return 'write a list: [a, b]';
  return expected.includes('scalar') ? 'write one value' : undefined;
}

const TYPES: Readonly<Record<string, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
  scalar: 'a single value',
};

function notListed(allowed: readonly string[], node: TreeNode): SchemaMessage {
  const near = node.kind === 'scalar' ? nearest(node.source, allowed) : undefined;
  const message = `${described(node)} is not one of ${list(allowed)}`;
  return {
    code: 'not-listed',
    message,
    hint: near === undefined ? `write one of ${list(allowed)}` : `did you mean ${quote(near)}?`,
  };
}

function tooFew(limit: number, node: TreeNode): SchemaMessage {
  const found = node.kind === 'list' ? node.items.length : node.kind === 'map' ? node.entries.size : 0;
  const what = node.kind === 'list' ? 'list' : 'map';
  const message =
    found === 0 ? `this ${what} is empty` : `this ${what} has ${found} entries, expected at least ${limit}`;
  return { code: 'too-few', message, hint: `name at least ${limit === 1 ? 'one' : limit}, or leave the key out` };
}

function generic(error: ErrorObject, node: TreeNode): SchemaMessage {
  const code = error.keyword.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  // A rule on keys is found at the map that holds the key.
  if (error.propertyName !== undefined) {
    return {
      code,
      key: error.propertyName,
      message: `the key ${quote(error.propertyName)} ${error.message ?? 'is not allowed'}`,
    };
  }
  return { code, message: `${described(node)} ${error.message ?? 'is not allowed'}` };
}

function described(node: TreeNode): string {
  if (node.kind !== 'scalar') return node.kind === 'map' ? 'a map' : 'a list';
  if (node.value === null && !node.quoted) return 'an empty value';
  const kind = typeof node.value === 'number' ? 'the number ' : typeof node.value === 'boolean' ? '' : 'the text ';
  return `${kind}${quote(node.source)}`;
}

function listed(label: string, allowed: readonly string[]): string {
  return allowed.length === 0 ? 'no keys are known here' : `${label}: ${list(allowed)}`;
}

function list(values: readonly string[]): string {
  const shown = values.slice(0, MAX_LISTED).join(', ');
  return values.length > MAX_LISTED ? `${shown}, …` : shown;
}

function either(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function typeList(type: unknown): readonly string[] {
  if (Array.isArray(type))
    return SCALAR_TYPES.every((each) => type.includes(each)) ? withoutScalars(type) : type.map(String);
  return String(type).split(',');
}

const SCALAR_TYPES = ['string', 'number', 'boolean', 'null'];

function withoutScalars(types: readonly unknown[]): readonly string[] {
  return ['scalar', ...types.map(String).filter((type) => !SCALAR_TYPES.includes(type))];
}

/** Whoever wrote the check quotes what stands in the file. */
function shownProblem({ message, hint }: Problem): Problem {
  return { message: visible(message, MAX_MESSAGE), ...(hint !== undefined && { hint: visible(hint, MAX_MESSAGE) }) };
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'message' in value;
}

function quote(text: string): string {
  return `"${visible(text, 80)}"`;
}
