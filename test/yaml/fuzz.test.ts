import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Diagnostic, Position } from '../../src/model/diagnostic.ts';
import { excerpt } from '../../src/util/excerpt.ts';
import { applyFixes } from '../../src/yaml/fix.ts';
import { parseYaml } from '../../src/yaml/parse.ts';
import { type TreeNode, toPlain } from '../../src/yaml/tree.ts';

const reference = readFileSync(new URL('reference.yaml', import.meta.url), 'utf8');
const runs = { numRuns: 200, seed: 20261123 };

type Mutation = readonly [kind: number, at: number, length: number, text: string];

const PIECES = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '(',
    ',',
    ':',
    ': ',
    '#',
    ' #',
    '"',
    "'",
    '\\',
    '|',
    '>',
    '!',
    '&a ',
    '*a',
    '@',
    '`',
    '%',
    '-',
    '- ',
  ],
  ...[
    '?',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '  ',
    '---\n',
    '<<: *a',
    '${X}',
    '漢',
    '😀',
    '\u202e',
    '\ud800',
    '\u2028',
    '',
    'null',
    'a: b',
  ],
];

const mutation: fc.Arbitrary<Mutation> = fc.tuple(
  fc.nat(4),
  fc.nat(reference.length - 1),
  fc.oneof(fc.nat(3), fc.nat(200)),
  fc.constantFrom(...PIECES),
);

function mutate(text: string, [kind, where, length, piece]: Mutation): string {
  const at = where % (text.length + 1);
  const slice = text.slice(at, at + length);
  if (kind === 0) return text.slice(0, at) + text.slice(at + length);
  if (kind === 1) return text.slice(0, at) + piece + text.slice(at);
  if (kind === 2) return text.slice(0, at) + slice + text.slice(at);
  if (kind === 3) return text.slice(0, at) + piece + text.slice(at + 1);
  return text.slice(0, at) + slice + text.slice(0, at);
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let n = 1; n < line; n++) start = text.indexOf('\n', start) + 1;
  return start + column - 1;
}

function expectInside(text: string, at: Position | undefined): void {
  if (!at) throw new Error('a diagnostic without a place');
  const lines = text.split('\n');
  expect(at.line).toBeGreaterThanOrEqual(1);
  expect(at.endLine).toBeLessThanOrEqual(lines.length);
  expect(at.line * 1e7 + at.column).toBeLessThanOrEqual(at.endLine * 1e7 + at.endColumn);
  expect(at.column).toBeLessThanOrEqual((lines[at.line - 1] ?? '').length + 1);
  expect(at.endColumn).toBeLessThanOrEqual((lines[at.endLine - 1] ?? '').length + 1);
}

/** Every key stands where its position says, in quotes or as it is; `bad` lines have a diagnostic. */
function expectKeys(text: string, node: TreeNode, bad: ReadonlySet<number>): void {
  expectInside(text, node.at);
  if (node.kind === 'list') for (const item of node.items) expectKeys(text, item, bad);
  if (node.kind !== 'map') return;
  for (const [name, { key, value }] of node.entries) {
    const written = text.slice(
      offsetOf(text, key.at.line, key.at.column),
      offsetOf(text, key.at.endLine, key.at.endColumn),
    );
    // A line with a diagnostic is read as it was meant, not as it stands there.
    if (linesOf(key.at).some((line) => bad.has(line))) continue;
    if (key.quoted) expect(written).toMatch(/^["'|>]/);
    else expect(written.replace(/\s*\n\s*/g, ' ')).toBe(name);
    expectKeys(text, value, bad);
  }
}

function examine(text: string): readonly Diagnostic[] {
  const file = { name: 'f.yaml', text };
  const start = performance.now();
  const { root, diagnostics } = parseYaml(file);
  // Only a hang is this slow, even on a busy machine.
  expect(performance.now() - start).toBeLessThan(5_000);
  for (const { at, message, code, fix } of diagnostics) {
    expectInside(text, at);
    expect(message).not.toBe('');
    expect(code).toMatch(/^yaml\/[a-z0-9-]+$/);
    if (at) expect(excerpt(file, at).split('\n')).toHaveLength(2);
    if (fix) expect(fix.end <= text.length && fix.start <= fix.end).toBe(true);
  }
  if (root) {
    toPlain(root);
    if (text.length < 10_000 && !/[\r\u0085\u2028\ud800]/.test(text)) {
      expectKeys(text, root, new Set(diagnostics.flatMap(({ at }) => (at ? linesOf(at) : []))));
    }
  }
  return diagnostics;
}

it('a mutated contract never breaks the parser, and every place is one in the file', () => {
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
      examine(mutations.reduce(mutate, reference));
    }),
    runs,
  );
}, 300_000);

it('random pieces of YAML never break the parser', () => {
  const pieces = fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom('key', ' ', '\n', ': x', ', b: c')), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(pieces, (list) => void examine(list.join(''))),
    { ...runs, numRuns: 1500 },
  );
}, 300_000);

it('fixes never lose a byte outside the places that they name', () => {
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      const text = mutations.reduce(mutate, reference);
      const { diagnostics } = parseYaml({ name: 'f.yaml', text });
      const fixes = diagnostics.flatMap((each) => each.fix ?? []);
      const fixed = applyFixes(text, fixes);
      if (fixes.length === 0) expect(fixed).toBe(text);
      // Lines without a fix are still there, in their order.
      const touched = new Set(diagnostics.filter((each) => each.fix).flatMap(({ at }) => (at ? linesOf(at) : [])));
      const kept = text.split('\n').filter((_, index) => !touched.has(index + 1));
      const now = fixed.split('\n');
      let from = 0;
      for (const line of kept) {
        const found = now.indexOf(line, from);
        expect(found).toBeGreaterThanOrEqual(from);
        from = found + 1;
      }
    }),
    runs,
  );
}, 300_000);

function linesOf(at: Position): readonly number[] {
  return Array.from({ length: at.endLine - at.line + 1 }, (_, index) => at.line + index);
}

it('any text in quotes by a fix is read back as it was written', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9 ,()'=<>+*#:{}[\]%$^|&!@.-]{0,30}[a-z0-9)]$/);
  fc.assert(
    fc.property(word, fc.boolean(), (written, flow) => {
      // Where a bracket alone is meant to belong, nobody can tell.
      if (flow && /[[\]{}]/.test(withoutPairs(written))) return;
      const text = flow ? `k: { v: ${written} }\n` : `v: ${written}\n`;
      const { diagnostics, root } = parseYaml({ name: 'f.yaml', text });
      const fixes = diagnostics.flatMap((each) => each.fix ?? []);
      if (fixes.length === 0) return;
      const again = parseYaml({ name: 'f.yaml', text: applyFixes(text, fixes) });
      expect(again.diagnostics.filter((each) => each.fix)).toEqual([]);
      if (diagnostics.every((each) => each.fix)) {
        expect(again.diagnostics).toEqual([]);
        expect(JSON.stringify(again.root && toPlain(again.root))).toBe(JSON.stringify(root && toPlain(root)));
      }
    }),
    { ...runs, numRuns: 3000 },
  );
}, 300_000);

function withoutPairs(text: string): string {
  const less = text.replace(/\[[^[\]{}]*\]|\{[^[\]{}]*\}/g, '');
  return less === text ? text : withoutPairs(less);
}
