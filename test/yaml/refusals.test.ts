import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../src/yaml/parse.ts';
import { toPlain } from '../../src/yaml/tree.ts';

const parse = (text: string) => parseYaml({ name: 'a.yaml', text });
const found = (text: string) =>
  parse(text).diagnostics.map(({ code, at }) => `${code.replace('yaml/', '')} ${at?.line}:${at?.column}`);
const plain = (text: string): unknown => {
  const { root } = parse(text);
  return root && JSON.parse(JSON.stringify(toPlain(root)));
};

describe('what is refused, with line and column', () => {
  it.each([
    ['a: 1\nb: 2\na: 3', ['duplicate-key 3:1']],
    ['a: { x: 1, x: 2 }', ['duplicate-key 1:12']],
    ['"a": 1\na: 2', ['duplicate-key 2:1']],
    ['a:\n\tb: 1\nc: 2', ['tab-as-indent 2:1']],
    ['a:\n  b: 1\n\tc: 2', ['tab-as-indent 3:1']],
    ['a: 1\n---\nb: 2', ['several-documents 2:1']],
    ['a: 1\n...\n---\nb: 2', ['several-documents 3:1']],
    ['a: !!js/function x', ['tag 1:4']],
    ['a: !point { x: 1 }', ['tag 1:4']],
    ['!x\na: 1', ['tag 1:1']],
    ['a: !x\n  b: 1\nc: 2', ['tag 1:4']],
    ['a: !x # why\n- b\nc: 2', ['tag 1:4']],
    ['a: !!binary eA==', ['tag 1:4']],
    ['a: *none', ['unresolved-alias 1:4']],
    ['a: &x { b: *x }', ['unresolved-alias 1:12']],
    ['<<: *none\na: 1', ['unresolved-alias 1:5']],
    ['<<: 1\na: 1', ['bad-merge 1:5']],
    ['%YAML 1.1\n---\na: 1', ['directive 1:1']],
    ['? { a: 1 }\n: 2', ['bad-key 1:3']],
    ['', ['root-not-a-map 1:1']],
    ['# only a comment\n', ['root-not-a-map 1:1']],
    ['---\n', ['root-not-a-map 1:1']],
    ['- a\n- b', ['root-not-a-map 1:1']],
    ['just a text', ['root-not-a-map 1:1']],
    ['null', ['root-not-a-map 1:1']],
    ['a: 1\n b: 2', ['bad-indent 2:2']],
    ['a:\n  b: int64\n\n    required: true\n    min: 0\nc: 1', ['bad-indent 4:5']],
    ['a:\n  b: 1\n c: 2', ['bad-indent 3:1']],
    ['a: b: c\nd: 1', ['needs-quotes 1:4']],
    ['a: ]', ['needs-quotes 1:4']],
  ])('%j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('says what to do, and never in words of the parser', () => {
    for (const text of ['a:\n\tb: 1', 'a: 1\n---\nb: 2', 'a: 1\na: 2', 'a: *x', 'a: !x', 'a: 1\n b: 2', 'x']) {
      const [diagnostic] = parse(text).diagnostics;
      expect(diagnostic?.hint).toBeTruthy();
      expect(diagnostic?.message).not.toMatch(/token|flow|implicit|scalar/i);
    }
  });

  it('tells mistakes in several places at once, and what else is in the file', () => {
    const text = 'a: 1\na: 2\nb: *none\nc:\n\td: 1\ne: { x: 1, x: 2 }\nf: !y 1\ng: fine\n';
    expect(found(text)).toEqual([
      'duplicate-key 2:1',
      'unresolved-alias 3:4',
      'tab-as-indent 5:1',
      'duplicate-key 6:12',
      'tag 7:4',
    ]);
    expect(plain(text)).toMatchObject({ a: 1, e: { x: 1 }, g: 'fine' });
  });
});

describe('what works', () => {
  it.each([
    ['merge keys', 'x: &b { p: 1, q: 2 }\ny: { <<: *b, q: 3 }', { x: { p: 1, q: 2 }, y: { p: 1, q: 3 } }],
    ['several merged maps', 'x: &a { p: 1 }\ny: &b { p: 2, q: 2 }\nz:\n  <<: [*a, *b]', { z: { p: 1, q: 2 } }],
    ['a quoted "<<" is a key', 'a: { "<<": 1 }', { a: { '<<': 1 } }],
    ['anchors', 'x: &a [1, 2]\ny: *a', { x: [1, 2], y: [1, 2] }],
    ['an anchor that is set again', 'x: &a 1\ny: *a\nz: &a 2\nw: *a', { y: 1, w: 2 }],
    ['tags of YAML itself', 'a: !!str 12\nb: !!int "3"', { a: '12', b: 3 }],
    [
      'words of YAML 1.1 are texts',
      'a: [NO, no, yes, on, 2026-01-02, 09:30]',
      {
        a: ['NO', 'no', 'yes', 'on', '2026-01-02', '09:30'],
      },
    ],
    ['one document between markers', '---\na: 1\n...\n', { a: 1 }],
    ['an empty value', 'a:\nb: ~\nc: null', { a: null, b: null, c: null }],
    ['CRLF', 'a: 1\r\nb:\r\n  - x\r\n', { a: 1, b: ['x'] }],
    ['folded and literal texts', 'a: |\n  x\n  y\nb: >-\n  x\n  y', { a: 'x\ny\n', b: 'x y' }],
  ])('%s', (_name, text, expected) => {
    expect(parse(text).diagnostics).toEqual([]);
    expect(plain(text)).toMatchObject(expected);
  });
});
