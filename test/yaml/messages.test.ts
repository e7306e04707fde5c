import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import type { Leaf } from '../../src/yaml/schema.ts';
import { compileSchema } from '../../src/yaml/validate.ts';

const HOSTILE = ['\u001b[31m', '\u001b]0;x\u0007', '\u009b', '\u202e', '\u2066', '\u200b', '\u2028', '\r', '\u{e0041}'];
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const word: Leaf = {
  schema: {},
  check: ({ source }) => ({ message: `"${source}" is not a word`, hint: `write "${source}" otherwise` }),
};
const validate = compileSchema({
  name: 'test',
  schema: {
    type: 'object',
    properties: {
      leaf: { leaf: 'word' },
      enum: { enum: ['one'] },
      flag: { type: 'boolean' },
      map: { type: 'object', additionalProperties: { leaf: 'word' } },
    },
    additionalProperties: false,
  },
  leaves: { word },
  words: {},
});

function expectSafe(diagnostics: readonly Diagnostic[]): void {
  for (const { message, hint = '' } of diagnostics) {
    expect(`${message}${hint}`).not.toMatch(UNSAFE);
    expect(message.length).toBeLessThan(700);
  }
}

it('no message of the parser carries what a terminal would obey, or words that only its authors know', () => {
  const piece = fc.constantFrom(
    ...HOSTILE,
    ...['a: ', '{ ', ' }', '[', ']', ', ', ' #', '"', "'", '!', '*', '&', '|', '\n', '  ', '- ', 'x', ': '],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const { diagnostics } = parseYaml({ name: 'a.yaml', text: pieces.join('') });
      expectSafe(diagnostics);
      for (const { message } of diagnostics) expect(message).not.toMatch(/token|flow|implicit|scalar|node|sequence/i);
    }),
    { seed: 20261123, numRuns: 1500 },
  );
});

it.each(HOSTILE)('no message of the schema carries %j', (hostile) => {
  const long = JSON.stringify(`${hostile}${'x'.repeat(5000)}`);
  const key = JSON.stringify(`${hostile}${'x'.repeat(900)}`);
  const text = `leaf: ${long}\nenum: ${long}\nflag: ${long}\nmap: { ${key}: ${long} }\n${key}: 1\n`;
  const file = { name: 'a.yaml', text };
  const { root, diagnostics } = parseYaml(file);
  expect(diagnostics).toEqual([]);
  const found = root ? validate(root, file) : [];
  expect(found).toHaveLength(5);
  expectSafe(found);
});
