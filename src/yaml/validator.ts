import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Code, ValidateFunction } from 'ajv/dist/2020.js';
import type { Problem } from '../model/problem.ts';
import { choiceSchema, type Leaf } from './schema.ts';

/** A schema in our convention (`schema.ts`), with what its leaves are. */
export interface LeafSchema {
  /** Of the file that the build makes of it. */
  readonly name: string;
  readonly schema: object;
  readonly leaves: Readonly<Record<string, Leaf>>;
}

/** Asks the named leaf about a value: what is wrong with it, or nothing. */
export type CheckLeaf = (
  name: string,
  value: unknown,
  parent: unknown,
  property: unknown,
) => Problem | 'type' | undefined;

// Where the build has made the code, ajv is not even loaded: that and making it anew take a third of a second.
const require = createRequire(import.meta.url);

/** The validator of a schema: what the build has made, else made now. */
export function validator(source: LeafSchema, check: CheckLeaf): ValidateFunction {
  const path = codePath(source.name);
  const made = existsSync(path) ? (require(path) as (check: CheckLeaf) => ValidateFunction) : undefined;
  return made?.(check) ?? createAjv(check).compile(choiceSchema(source.schema, source.leaves));
}

/** A CommonJS module whose export takes the function that asks leaves and gives the validator. */
export function validatorCode({ schema, leaves }: LeafSchema): string {
  const { default: standaloneCode } = require('ajv/dist/standalone') as typeof import('ajv/dist/standalone/index.js');
  const ajv = createAjv(() => undefined);
  const code = standaloneCode(ajv, ajv.compile(choiceSchema(schema, leaves)));
  return `module.exports = (${LEAF}) => {\nconst module = {};\n${code}\nreturn module.exports;\n};\n`;
}

/** Where the code of a schema is looked for: beside this file as it was built. */
export function codePath(name: string): string {
  return join(import.meta.dirname, `${name}.validator.cjs`);
}

/** The name by which made code knows the function that asks leaves. */
const LEAF = 'leaf';

function createAjv(check: CheckLeaf) {
  const { _, Ajv2020, Name } = require('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
  // Numbers are read from their source text, so that those beyond JavaScript's reach are numbers too.
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    verbose: true,
    strictNumbers: false,
    code: { optimize: false, source: true },
  });
  ajv.addKeyword({
    keyword: 'leaf',
    schemaType: 'string',
    error: { message: 'leaf', params: ({ params }) => _`{problem: ${params.problem}}` },
    code(context) {
      const { gen, data, schema, it } = context;
      const ask = gen.scopeValue('func', { ref: check, key: check, code: new Name(LEAF) as unknown as Code });
      const asked = _`${ask}(${String(schema)}, ${data}, ${it.parentData}, ${it.parentDataProperty})`;
      const problem = gen.const('problem', asked);
      context.setParams({ problem });
      context.pass(_`${problem} === undefined`);
    },
  });
  return ajv;
}
