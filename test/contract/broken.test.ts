import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadContracts } from '../../src/contract/load.ts';
import { projectFolder } from '../support/project-folder.ts';

const reference = (name: string) => readFileSync(join(import.meta.dirname, 'reference', name), 'utf8');
const contract = reference('contracts/shop.orders.yaml');
const surety = reference('surety.yaml');
const PIECES = [
  '',
  ' ',
  '\n',
  '- ',
  '{',
  '}',
  '[',
  ']',
  ': ',
  '"',
  "'",
  '#',
  '~',
  '1',
  'now',
  '%',
  '&a ',
  '*a',
  '<<: ',
  '__proto__: ',
  '\u0000',
  '💥',
];

const mutation = fc.record({ at: fc.nat(), length: fc.nat(40), piece: fc.constantFrom(...PIECES) });

function mutate(text: string, changes: readonly { at: number; length: number; piece: string }[]): string {
  return changes.reduce((all, { at, length, piece }) => {
    const start = at % (all.length + 1);
    return all.slice(0, start) + piece + all.slice(start + length);
  }, text);
}

test('a broken file never throws, and each problem has a place in it', { timeout: 120_000 }, async () => {
  const folder = await projectFolder({ 'surety.yaml': surety, 'contracts/a.yaml': contract });
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 4 }), fc.boolean(), async (changes, inProject) => {
      writeFileSync(join(folder, 'surety.yaml'), inProject ? mutate(surety, changes) : surety);
      writeFileSync(join(folder, 'contracts/a.yaml'), inProject ? contract : mutate(contract, changes));
      const { diagnostics, sources } = await loadContracts([folder], { variables: {} });
      for (const { at, code, message } of diagnostics) {
        const lines = at && sources.get(at.file)?.text.split('\n');
        if (code.startsWith('select/') || !lines) continue;
        expect(at.line, message).toBeLessThanOrEqual(lines.length);
        expect(at.column, message).toBeLessThanOrEqual((lines[at.line - 1]?.length ?? 0) + 1);
      }
    }),
    { numRuns: 100 },
  );
});

test.each([
  'contract: 1',
  'contract: a\ntables: []',
  'contract: a\ntables: { t: }',
  'contract: a\ntables: { t: { columns: x } }',
  'contract: a\ntables: { t: { columns: { a: [], b: { type: [], enum: 3, references: {} } } } }',
  'contract: a\ntables: { t: { columns: { a: int64 }, key: 3, rows: 3, checks: { a: { metric: { x: 1 } }, b: [] } } }',
  'contract: a\ndefinitions: { x: 3 }\ntables: { t: { columns: { a: { use: x } } } }',
  'contract: a\nupstream: [x]\nconsumers: { x: y }\nsla: 3\nraci: x',
])('%s is refused without a crash', async (text) => {
  const folder = await projectFolder({ 'contracts/a.yaml': text });
  const { contracts, diagnostics } = await loadContracts([folder]);
  expect(contracts).toEqual([]);
  expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
});
