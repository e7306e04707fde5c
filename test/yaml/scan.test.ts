import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_DEPTH, tooDeepAt } from '../../src/yaml/scan.ts';
import { MAX_SOURCE_BYTES } from '../../src/yaml/source.ts';

const full = (piece: string): string => piece.repeat(Math.floor(MAX_SOURCE_BYTES / piece.length));

describe('tooDeepAt', () => {
  it.each([
    ['[', '['],
    ['{a: ', '{a: '],
    ['a dash', '- '],
    ['a question mark', '? '],
    ['a quote', 'a: "'],
    ['an escaped quote', 'a: "\\"'],
    ['a block text', 'a: |\n  [[[\n'],
    ['blanks', ' '],
    ['line breaks', '\n'],
    ['a blank line of blanks', '    \n'],
    ['an indented comment', '   # [[\n'],
    ['flat keys', 'key: { a: [1, 2], b: "x" }\n'],
    ['stairs up and down', 'a:\n b:\n  c:\n'],
    ['a header of a block text on a long line', `a: ${'x '.repeat(400)}|\n`],
  ])('reads a mebibyte of %s in one pass', (_name, piece) => {
    const text = full(piece);
    tooDeepAt(text.slice(0, 50_000));
    const before = process.cpuUsage();
    tooDeepAt(text);
    const { user, system } = process.cpuUsage(before);
    // 50 ms on a machine of its own; the garbage collector and slow machines get a margin, a square of time does not.
    expect((user + system) / 1000).toBeLessThan(500);
  });

  const wrap = fc.constantFrom<readonly [string, string]>(
    ['[', ']'],
    ['{ a: ', ' }'],
    ['[ "]", ', ' ]'],
    ["{ 'x': ", ' }'],
    ['[\n  ', '\n  ]'],
  );
  const nested = (levels: number) =>
    fc
      .array(wrap, { minLength: levels, maxLength: levels })
      .map((wraps) => `k: ${wraps.reduceRight((inner, [open, close]) => `${open}${inner}${close}`, '1')}\n`);

  it('counts brackets as YAML does: one level more than the limit is too deep', () => {
    fc.assert(
      fc.property(nested(MAX_DEPTH - 1), (text) => {
        expect(tooDeepAt(text)).toBeUndefined();
        const deeper = text.replace('1', '[[1]]');
        expect(deeper.slice(tooDeepAt(deeper))).toMatch(/^[[{]/);
      }),
      { seed: 20261123, numRuns: 200 },
    );
  });

  it.each([
    ['quotes', `a: "${'['.repeat(500)}"\nb: '${'{'.repeat(500)}'\n`],
    ['comments', `a: 1 # ${'['.repeat(500)}\n# ${'{'.repeat(500)}\n`],
    ['block texts', `a: |\n  ${'['.repeat(500)}\n  ${'- '.repeat(500)}\nb: >-\n${'    deeper\n'.repeat(300)}`],
    ['unquoted values', `a: x${'['.repeat(500)}\nb: f(${'{'.repeat(500)}\n`],
  ])('does not count what stands in %s', (_name, text) => {
    expect(tooDeepAt(text)).toBeUndefined();
  });

  it('points at the place', () => {
    expect(tooDeepAt('a: [[[1]]]', 2)).toBe(4);
    expect(tooDeepAt('a:\n  b:\n    c: 1\n', 2)).toBe(12);
    expect(tooDeepAt('- - - a', 2)).toBe(4);
    expect(tooDeepAt('a:\n  b: 1\nc:\n  d: 1\n', 2)).toBeUndefined();
  });
});
