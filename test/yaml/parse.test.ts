import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../src/yaml/parse.ts';
import { tooDeepAt } from '../../src/yaml/scan.ts';
import { keyPositionOf, nodeOf, positionOf, sourceOf, toPlain } from '../../src/yaml/tree.ts';

const parse = (text: string) => parseYaml({ name: 'c.yaml', text });
const told = (text: string) =>
  parse(text).diagnostics.map(({ code, at }) => `${code.slice(5)} ${at?.line}:${at?.column}`);
const plainOf = (text: string) => {
  const { root } = parse(text);
  return (root && toPlain(root)) as Record<string, Record<string, unknown>>;
};

describe('parseYaml', () => {
  it('takes the reference contract as it stands', () => {
    const { root, diagnostics } = parse(readFileSync(new URL('reference.yaml', import.meta.url), 'utf8'));
    expect(diagnostics).toEqual([]);
    expect(root?.kind).toBe('map');
  });

  it.each([
    ['a: 1\nb:\n  c: 1\n  c: 2\na: 3', ['duplicate-key 4:3', 'duplicate-key 5:1']],
    ['a:\n\tb: 1', ['tab-as-indent 2:1']],
    ['a: 1\n---\nb: 2', ['several-documents 2:1']],
    ['%YAML 1.1\n---\na: yes', ['directive 1:1']],
    ['a: !!set { x }', ['tag 1:4']],
    ['a:\n  !foo\n  b: 1', ['tag 2:3']],
    ['a: [*x]\nx: &x 1', ['unresolved-alias 1:5']],
    ['a: &a [*a]', ['unresolved-alias 1:8']],
    ['a: { <<: 1 }', ['bad-merge 1:10']],
    ['? [a]\n: 1', ['bad-key 1:3']],
    ['a: {b: 1\nc: 2\nd: e: f', ['unclosed 1:4', 'needs-quotes 3:4']],
    ['a: "x\nb: 1\nc: #x', ['unclosed 1:4', 'comment-cuts 3:4']],
    ['a: b\n  c: d\ne: {type: decimal(1,2)}', ['bad-indent 2:3', 'comma-splits 3:11']],
    ['a: { x: "p" q: 1 }', ['block-in-flow 1:9']],
    ['a: { b: 1 }}\nc: 1 }', ['stray-bracket 1:12']],
    ['', ['root-not-a-map 1:1']],
    ['# only a comment\n', ['root-not-a-map 1:1']],
    ['- a', ['root-not-a-map 1:1']],
    ['text', ['root-not-a-map 1:1']],
  ])('%j', (text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it('keeps the source text of scalars', () => {
    const plain = plainOf(
      'v: { a: 1.10, b: 9223372036854775807, c: 01, d: 1e3, e: null, f: ~, g: "1.10", h: no, i: 2026-01-02, j: .inf }',
    );
    const v = plain.v ?? {};
    const sources = Object.keys(v).map((key) => sourceOf(v, key));
    expect(sources).toEqual([
      '1.10',
      '9223372036854775807',
      '01',
      '1e3',
      'null',
      '~',
      '1.10',
      'no',
      '2026-01-02',
      '.inf',
    ]);
    expect([v.e, v.f, v.g, v.h, v.i]).toEqual([null, null, '1.10', 'no', '2026-01-02']);
  });

  it('has plain values without a prototype, that know their places', () => {
    const plain = plainOf('__proto__: { x: 1 }\nconstructor: 2\n1.10:\n  - a\n  - b: c\n');
    expect(Object.keys(plain)).toEqual(
      ['1.10', '__proto__', 'constructor'].toSorted(
        (a, b) => Object.keys(plain).indexOf(a) - Object.keys(plain).indexOf(b),
      ),
    );
    expect(Object.getPrototypeOf(plain)).toBeNull();
    expect(plain.toString).toBeUndefined();
    expect(({} as Record<string, unknown>).x).toBeUndefined();
    const list = plain['1.10'] as unknown as object;
    expect(nodeOf(list)?.kind).toBe('list');
    expect(positionOf(list, 1)).toMatchObject({ line: 5, column: 5 });
    expect(positionOf(list)).toMatchObject({ line: 4, column: 3 });
    expect(keyPositionOf(plain, 'constructor')).toMatchObject({ line: 2, column: 1, endColumn: 12 });
    expect(positionOf(plain, 'constructor')).toMatchObject({ line: 2, column: 14, endColumn: 15 });
  });

  it('resolves anchors, aliases and merge keys', () => {
    const text = 'a: &a { x: 1, y: 2 }\nb: *a\nc: { <<: *a, y: 3 }\nd: { <<: [{ y: 4, z: 5 }, *a] }\n';
    const plain = plainOf(text);
    expect(JSON.parse(JSON.stringify(plain))).toEqual({
      a: { x: 1, y: 2 },
      b: { x: 1, y: 2 },
      c: { x: 1, y: 3 },
      d: { y: 4, z: 5, x: 1 },
    });
    expect(positionOf(plain, 'b')).toMatchObject({ line: 2, column: 4, endColumn: 6 });
    expect(keyPositionOf(plain.c ?? {}, 'x')).toMatchObject({ line: 1 });
  });

  it('keeps the rest of the tree and the places behind a repair', () => {
    const { root } = parse('a: { t: decimal(1,2) }\nb: { c: d } \n');
    expect(root?.kind === 'map' && root.entries.get('b')?.key.at).toMatchObject({ line: 2, column: 1 });
    const a = root?.kind === 'map' ? root.entries.get('a')?.value : undefined;
    expect(a?.at).toMatchObject({ line: 1, column: 4, endColumn: 23 });
    expect(a?.kind === 'map' && a.entries.get('t')?.value.at).toMatchObject({ column: 9, endColumn: 21 });
  });
});

describe('limits', () => {
  const nestedMaps = (levels: number) =>
    Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:\n`).join('');
  const bomb = `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${Array.from({ length: 8 }, (_, level) => `a${level + 1}: &a${level + 1} [${Array(9).fill(`*a${level}`).join(', ')}]\n`).join('')}`;

  it.each([
    ['20,000 brackets', `a: ${'['.repeat(20_000)}`, 'too-deep'],
    ['20,000 brackets over lines', `a:\n${' [\n'.repeat(20_000)}`, 'too-deep'],
    ['brackets behind quotes that hide closing ones', `a: ${'[ "]", '.repeat(20_000)}`, 'too-deep'],
    ['brackets behind an odd quote', `a: { b: x'${', c: {'.repeat(20_000)}`, 'too-deep'],
    ['3,000 maps', nestedMaps(1_000), 'too-deep'],
    ['maps in one line', `a: ${'{a: '.repeat(3_000)}`, 'too-deep'],
    ['20,000 lists on one line', '- '.repeat(20_000), 'too-deep'],
    ['20,000 explicit keys on one line', '? '.repeat(20_000), 'too-deep'],
    ['an alias bomb', bomb, 'alias-bomb'],
    [
      'aliases that grow deep',
      `x0: &x0 [1]\n${Array.from({ length: 200 }, (_, n) => `x${n + 1}: &x${n + 1} [*x${n}]\n`).join('')}`,
      'alias-bomb',
    ],
  ])('%s', (_, text, code) => {
    const start = performance.now();
    const { diagnostics } = parse(text);
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(diagnostics.map((each) => each.code)).toEqual([`yaml/${code}`]);
    expect(diagnostics[0]?.at?.line).toBeGreaterThan(0);
  });

  it('let 95 levels and long flat files pass', () => {
    expect(parse(nestedMaps(95)).diagnostics).toEqual([]);
    expect(parse(`a: ${'['.repeat(95)}${']'.repeat(95)}`).diagnostics).toEqual([]);
    const rows = Array.from({ length: 500 }, (_, n) => `  c${n}: { type: "a[", tags: [x, "]"] } # [ { [\n`).join('');
    expect(tooDeepAt(`t:\n${rows}d: |\n${'  [ { (\n'.repeat(300)}`)).toBeUndefined();
    expect(parse(`t:\n${rows}`).diagnostics).toEqual([]);
  });

  it.each([
    ['keys', Array.from({ length: 60_000 }, (_, n) => `k${n}: 1\n`).join('')],
    ['parentheses', `a: [${'(, '.repeat(150_000)}]`],
    ['anchors', '&a '.repeat(150_000)],
    ['quotes', 'a: "x\n'.repeat(80_000)],
    ['brackets', '[}\n'.repeat(150_000)],
    ['tabs', '\ta: 1\n'.repeat(80_000)],
    ['missing blanks', `${'a:b\n'.repeat(100_000)}c: d`],
    ['keys without values', `a: {${'a, '.repeat(150_000)}`],
    ['blanks', `a: {x${' '.repeat(500_000)}}`],
  ])('half a megabyte of %s takes no square of time', (_, text) => {
    const start = performance.now();
    const { diagnostics } = parse(text);
    expect(performance.now() - start).toBeLessThan(30_000);
    expect(diagnostics.length).toBeLessThanOrEqual(1001);
  });
});
