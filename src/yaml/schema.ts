import type { Problem } from '../model/problem.ts';
import type { ScalarNode } from './tree.ts';

/** A scalar whose text Surety reads itself. In schemas it is written `{ leaf: "<name>", description }`. */
export interface Leaf {
  /** What editors see: `type`, `pattern`, `examples`. */
  readonly schema: object;
  readonly check: (scalar: ScalarNode) => Problem | undefined;
}

export type Schema = Readonly<Record<string, unknown>>;

const DATA_KEYWORDS = new Set(['enum', 'const', 'default', 'examples']);
const SCALARS = ['string', 'number', 'boolean', 'null'] as const;

/** The standard JSON Schema that editors get: each `leaf` replaced by its own schema, its description kept. */
export function editorSchema(schema: object, leaves: Readonly<Record<string, Leaf>>): object {
  return mapSchema(schema, (part) => {
    if (typeof part.leaf !== 'string') return part;
    const { leaf, ...rest } = part;
    return { ...leafNamed(leaves, part.leaf).schema, ...rest };
  });
}

/**
 * The schema that is checked with: each `anyOf` becomes a choice by JSON type, so that one wrong value has one error
 * and not one for each alternative.
 */
export function choiceSchema(schema: object, leaves: Readonly<Record<string, Leaf>>): object {
  const root = isSchema(schema) ? schema : {};
  return mapSchema(schema, (part) => {
    if (typeof part.leaf === 'string') leafNamed(leaves, part.leaf);
    const { anyOf, ...rest } = part;
    if (!Array.isArray(anyOf)) return part;
    const alternatives = anyOf.filter(isSchema);
    const claimed = alternatives.map((each) => explicitTypes(each, root));
    const taken = new Set(claimed.flatMap((types) => types ?? []));
    const types = claimed.map((each) => each ?? SCALARS.filter((type) => !taken.has(type)));
    let choice: Schema = { type: [...new Set(types.flat())] };
    for (const [index, alternative] of [...alternatives.entries()].reverse()) {
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      choice = { if: { type: types[index] }, then: alternative, else: choice };
    }
    return { ...rest, ...choice };
  });
}

/** The JSON types that a schema takes; undefined for a leaf, which takes the scalars that nobody else does. */
function explicitTypes(schema: Schema, root: Schema): readonly string[] | undefined {
  if (typeof schema.leaf === 'string') return undefined;
  if (typeof schema.type === 'string') return schema.type === 'integer' ? ['number'] : [schema.type];
  if (Array.isArray(schema.type)) return schema.type.map(String);
  if (Array.isArray(schema.enum))
    return [...new Set(schema.enum.map((value) => (value === null ? 'null' : typeof value)))];
  if ('const' in schema) return [schema.const === null ? 'null' : typeof schema.const];
  if (Array.isArray(schema.anyOf)) {
    return schema.anyOf.filter(isSchema).flatMap((each) => explicitTypes(each, root) ?? SCALARS);
  }
  // An alternative that was rewritten already holds its types in the innermost `else`.
  if (isSchema(schema.if) && isSchema(schema.else)) {
    return [...new Set([...(explicitTypes(schema.if, root) ?? []), ...(explicitTypes(schema.else, root) ?? [])])];
  }
  if (typeof schema.$ref === 'string') {
    const target = schema.$ref.replace(/^#\/?/, '').split('/').filter(Boolean);
    const found = target.reduce<unknown>((at, key) => (isSchema(at) ? at[key] : undefined), root);
    if (isSchema(found)) return explicitTypes(found, root);
  }
  throw new TypeError(`an alternative of anyOf needs a JSON type: ${JSON.stringify(schema)}`);
}

function mapSchema(value: unknown, change: (schema: Schema) => Schema): Schema {
  const visit = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(visit);
    if (!isSchema(part)) return part;
    const entries = Object.entries(part).map(([key, each]) => [
      key,
      DATA_KEYWORDS.has(key) && !isSchema(each) ? each : visit(each),
    ]);
    return change(Object.fromEntries(entries));
  };
  const mapped = visit(value);
  return isSchema(mapped) ? mapped : {};
}

function leafNamed(leaves: Readonly<Record<string, Leaf>>, name: string): Leaf {
  const leaf = Object.hasOwn(leaves, name) ? leaves[name] : undefined;
  if (!leaf) throw new TypeError(`the schema names a leaf "${name}" that is not there`);
  return leaf;
}

export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
