import { Ajv } from 'ajv';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { KEYWORDS } from './validators-keywords.ts';
import type { Schema, Schemas } from './validators-schema.ts';
import { type ModuleNames, typescriptOf } from './validators-text.ts';

/** Made once for each answer to whether names are to be looked for among an object's own. Names in the code depend on no other table. */
const made = new Map<boolean, Ajv>();

function ajvOf(ownProperties: boolean): Ajv {
  const known = made.get(ownProperties);
  if (known) return known;
  const ajv = new Ajv({
    meta: false,
    validateSchema: false,
    strict: false,
    allErrors: true,
    ownProperties,
    code: { source: true, esm: true, lines: true },
  });
  ajv.addVocabulary([...KEYWORDS]);
  made.set(ownProperties, ajv);
  return ajv;
}

/** The two functions: AJV's standalone code, made TypeScript. */
export function standaloneText({ row, insertable }: Schemas, names: ModuleNames): string {
  const ajv = ajvOf([row, insertable].some(hasInheritedNames));
  ajv.addSchema(row, 'row');
  ajv.addSchema(insertable, 'insertable');
  try {
    return typescriptOf(standaloneModule.default(ajv, { row: 'row', insertable: 'insertable' }), names);
  } finally {
    ajv.removeSchema('row');
    ajv.removeSchema('insertable');
  }
}

/** Whether a name of the schema is one that every object has. */
function hasInheritedNames(schema: Schema): boolean {
  const { properties = {}, items, entries, inherited } = schema;
  return (
    inherited !== undefined ||
    Object.keys(properties).some((name) => name in {}) ||
    [...Object.values(properties), items, entries].some((inner) => inner !== undefined && hasInheritedNames(inner))
  );
}
