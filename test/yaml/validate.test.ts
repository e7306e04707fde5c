import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../src/yaml/parse.ts';
import { editorSchema, type Leaf } from '../../src/yaml/schema.ts';
import { compileSchema } from '../../src/yaml/validate.ts';

const leaves: Readonly<Record<string, Leaf>> = {
  text: { schema: { type: ['string', 'number', 'boolean'] }, check: () => undefined },
  count: {
    schema: { type: 'integer', minimum: 0 },
    check: ({ source }) =>
      /^\d+$/.test(source) ? undefined : { message: `"${source}" is not a whole number`, hint: 'write 1' },
  },
  version: {
    schema: { type: 'string' },
    check: ({ source }) => (source === '1.10' ? undefined : { message: `"${source}" is not "1.10"` }),
  },
};

const closed = (properties: object, required: readonly string[] = []) => ({
  type: 'object',
  properties,
  required,
  patternProperties: { '^x-': {} },
  additionalProperties: false,
});

const schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...closed(
    {
      name: { leaf: 'text', description: 'A name.' },
      version: { leaf: 'version', description: 'A version.' },
      status: { enum: ['draft', 'active', 'retired'] },
      open: { type: 'boolean' },
      tags: { type: 'array', items: { leaf: 'text' }, minItems: 1 },
      tables: { type: 'object', additionalProperties: { $ref: '#/$defs/table' }, minProperties: 1 },
      rows: { anyOf: [{ leaf: 'count' }, closed({ warn: { leaf: 'count' }, fail: { leaf: 'count' } })] },
      unique: { anyOf: [{ type: 'boolean' }, closed({ allow: { leaf: 'count' } }, ['allow'])] },
      header: { anyOf: [{ type: 'boolean', const: false }, { leaf: 'count' }] },
      meaning: { anyOf: [{ type: 'null' }, { leaf: 'text' }, { $ref: '#/$defs/table' }] },
      nested: { anyOf: [{ leaf: 'count' }, { type: 'array', items: { $ref: '#/$defs/either' } }] },
    },
    ['name'],
  ),
  $defs: {
    table: closed({ timeColumn: { leaf: 'text' }, required: { type: 'boolean' }, raci: { leaf: 'text' } }),
    either: { anyOf: [{ leaf: 'count' }, { $ref: '#/$defs/table' }] },
  },
};

const words = { not_null: 'required', owner: 'raci', loaded_at_field: 'timeColumn', quality: 'checks' };
const validate = compileSchema({ name: 'test', schema, leaves, words });

function check(text: string) {
  const file = { name: 'a.yaml', text };
  const { root } = parseYaml(file);
  if (!root) throw new Error('no root');
  return validate(root, file);
}

describe('one wrong value is one diagnostic', () => {
  it.each([
    ['nmae: x\nname: x', 'unknown-key 1:1 nmae', 'unknown key "nmae"', 'did you mean "name"?'],
    ['name: x\nzzz: 1', 'unknown-key 2:1 zzz', 'unknown key "zzz"', 'allowed: name, version'],
    ['name: x\ntables: { t: { not_null: true } }', 'unknown-key 2:16 tables.t.not_null', '', 'this is "required" here'],
    ['name: x\ntables: { t: { time_column: x } }', 'unknown-key 2:16 tables.t.time_column', '', '"timeColumn"?'],
    ['name: x\ntables: { t: { owner: x } }', 'unknown-key 2:16 tables.t.owner', '', 'this is "raci" here'],
    ['name: x\nowner: y', 'unknown-key 2:1 owner', '', 'this is "raci" in Surety, which has no place here'],
    ['name: x\n__proto__: y', 'unknown-key 2:1 __proto__', '"__proto__"', 'allowed'],
    ['name: x\ntoString: y', 'unknown-key 2:1 toString', '"toString"', 'allowed'],
    ['version: 1.10', 'missing-key 1:1 ', 'the key "name" is missing', 'add'],
    ['name: x\nversion: 1.1', 'bad-value 2:10 version', '"1.1" is not "1.10"', ''],
    ['name: x\nstatus: activ', 'not-listed 2:9 status', '"activ" is not one of draft, active', '"active"?'],
    ['name: x\nstatus: zzzzzz', 'not-listed 2:9 status', '"zzzzzz"', 'draft, active, retired'],
    ['name: x\nstatus:', 'not-listed 2:8 status', 'empty value', 'draft'],
    ['name: x\nstatus: [draft]', 'not-listed 2:9 status', 'a list', 'draft'],
    ['name: x\nopen: yes', 'wrong-type 2:7 open', 'the text "yes" stands here, expected true or false', ''],
    ['name: x\ntags: x', 'wrong-type 2:7 tags', 'the text "x" stands here, expected a list', ''],
    ['name: x\ntags: []', 'too-few 2:7 tags', 'this list is empty', 'leave the key out'],
    ['name: x\ntags: [a, { b: 1 }]', 'wrong-type 2:11 tags[1]', 'a map stands here, expected a single value', ''],
    ['name: x\ntables: [a]', 'wrong-type 2:9 tables', 'a list stands here, expected a map', ''],
    ['name: x\ntables: {}', 'too-few 2:9 tables', 'this map is empty', ''],
    ['name: x\ntables:\n  t:', 'wrong-type 3:5 tables.t', 'the value is empty, expected a map', ''],
    ['name: x\nversion:', 'bad-value 2:9 version', 'the value is empty', 'leave the key out'],
    ['name: null', 'bad-value 1:7 name', '"null" is an empty value', 'quotes'],
    ['name: [a]', 'wrong-type 1:7 name', 'a list stands here, expected a single value', ''],
    ['name: x\nrows: few', 'bad-value 2:7 rows', '"few" is not a whole number', 'write 1'],
    ['name: x\nrows: [1]', 'wrong-type 2:7 rows', 'a list stands here, expected a single value or a map', ''],
    ['name: x\nrows: { warm: 1 }', 'unknown-key 2:9 rows.warm', '', '"warn"?'],
    ['name: x\nrows: { warn: x }', 'bad-value 2:15 rows.warn', '"x"', ''],
    ['name: x\nunique: often', 'wrong-type 2:9 unique', '"often" stands here, expected true or false or a map', ''],
    ['name: x\nunique: {}', 'missing-key 2:9 unique', '"allow" is missing', ''],
    ['name: x\nheader: true', 'not-listed 2:9 header', '', 'false'],
    ['name: x\nheader: x', 'bad-value 2:9 header', '"x" is not a whole number', ''],
    ['name: x\nmeaning: [a]', 'wrong-type 2:10 meaning', 'a list stands here', ''],
    ['name: x\nnested: [{ zzz: 1 }]', 'unknown-key 2:12 nested[0].zzz', '', 'allowed'],
    ['name: x\nnested: [[1]]', 'wrong-type 2:10 nested[0]', 'a list', ''],
  ])('%j', (text, expected, message, hint) => {
    const diagnostics = check(text);
    const shown = diagnostics.map(
      ({ code, at, path }) => `${code.replace('schema/', '')} ${at?.line}:${at?.column} ${path ?? ''}`,
    );
    expect(shown).toEqual([expected]);
    expect(diagnostics[0]?.message).toContain(message);
    expect(diagnostics[0]?.hint ?? '').toContain(hint);
  });

  it('several wrong values are all told, in the order of the file', () => {
    const diagnostics = check('status: x\nrows: few\ntables: { t: { a: 1, b: 2 } }\n');
    expect(diagnostics.map(({ at }) => `${at?.line}:${at?.column}`)).toEqual(['1:1', '1:9', '2:7', '3:16', '3:22']);
  });
});

it.each([
  ['name: x\nx-anything: { at: [all] }\ntables: { t: { x-y: 1 } }'],
  ['name: 12\nversion: 1.10\nopen: true'],
  ['name: ""\nrows: 1\nunique: true\nheader: false\nmeaning:'],
  ['name: "null"\nrows: { warn: 1 }\nunique: { allow: 2 }\nheader: 3\nmeaning: x\nnested: [1, { raci: x }]'],
])('%j is fine', (text) => {
  expect(check(text)).toEqual([]);
});

it('refuses a schema that does not keep to the convention', () => {
  expect(() => compileSchema({ name: 'test', schema: { leaf: 'none' }, leaves, words: {} })).toThrow('none');
  expect(() => compileSchema({ name: 'test', schema: { leaf: 'toString' }, leaves, words: {} })).toThrow('toString');
  expect(() =>
    compileSchema({ name: 'test', schema: { anyOf: [{ minimum: 1 }, { leaf: 'text' }] }, leaves, words: {} }),
  ).toThrow('anyOf');
});

it('gives editors a standard schema with the descriptions kept', () => {
  const standard = editorSchema(schema, leaves);
  expect(standard).toMatchObject({
    properties: { name: { type: ['string', 'number', 'boolean'], description: 'A name.' } },
    $defs: { either: { anyOf: [{ type: 'integer', minimum: 0 }, { $ref: '#/$defs/table' }] } },
  });
  expect(JSON.stringify(standard)).not.toContain('"leaf"');
  const run = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(standard);
  expect(run({ name: 'x', rows: 1, nested: [1, {}] })).toBe(true);
  expect(run({ name: 'x', rows: 'few' })).toBe(false);
});
