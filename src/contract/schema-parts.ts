/** The words in which the schemas are written: JSON Schema 2020-12 with one keyword of our own, `leaf` (see `leaves/`). */

export type Schema = Readonly<Record<string, unknown>>;

export const leaf = (name: string, description: string): Schema => ({ leaf: name, description });
export const flag = (description: string): Schema => ({ type: 'boolean', description });
export const oneOf = (values: readonly string[], description: string): Schema => ({ enum: values, description });
export const ref = (name: string, description?: string): Schema =>
  description === undefined ? { $ref: `#/$defs/${name}` } : { $ref: `#/$defs/${name}`, description };
export const either = (description: string, ...anyOf: Schema[]): Schema => ({ anyOf, description });
export const list = (items: Schema, description: string): Schema => ({
  type: 'array',
  items,
  minItems: 1,
  description,
});
export const map = (values: Schema, description: string): Schema => ({
  type: 'object',
  additionalProperties: values,
  description,
});
export const closed = (
  description: string,
  properties: Record<string, Schema>,
  required: readonly string[] = [],
): Schema => ({
  type: 'object',
  description,
  properties,
  ...(required.length > 0 && { required }),
  patternProperties: { '^x-': { description: 'Kept and ignored.' } },
  additionalProperties: false,
});
export const oneOrMore = (name: string, description: string): Schema =>
  either(description, leaf(name, 'one'), list(leaf(name, 'each'), 'several'));
