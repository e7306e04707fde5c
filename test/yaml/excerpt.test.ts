import { describe, expect, it } from 'vitest';
import { excerpt } from '../../src/util/excerpt.ts';
import { visible } from '../../src/util/visible.ts';

describe('visible', () => {
  it.each([
    ['plain é 漢 😀', 'plain é 漢 😀'],
    ['a\nb\tc\rd', 'a\\nb\\tc\\rd'],
    ['\u001b[31mred\u0007', '\\x1b[31mred\\x07'],
    ['\u009b31m\u007f\0', '\\x9b31m\\x7f\\x00'],
    ['\u202egnp.exe\u2066', '\\u202egnp.exe\\u2066'],
    ['a\u200bb\u200d\ufeff\u2028', 'a\\u200bb\\u200d\\ufeff\\u2028'],
    ['\u{e0041}\ud800', '\\u{e0041}\\ud800'],
    ['\u00ad\u3164', '\\xad\\u3164'],
  ])('%j', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('cuts by characters, never in the middle of one', () => {
    expect(visible('x'.repeat(256))).toBe('x'.repeat(256));
    expect(visible('x'.repeat(257))).toBe(`${'x'.repeat(256)}…`);
    expect(visible('😀'.repeat(10), 3)).toBe('😀😀😀…');
    expect(visible('x'.repeat(10_000_000), 2)).toBe('xx…');
  });
});

describe('excerpt', () => {
  const at = (line: number, column: number, endColumn: number, endLine = line) => ({
    file: 'a.yaml',
    line,
    column,
    endLine,
    endColumn,
  });
  it.each([
    ['a span', 'a: 1\nb: two # c', at(2, 4, 7), '2 | b: two # c\n  |    ^^^'],
    ['an empty span', 'b:', at(1, 3, 3), '1 | b:\n  |   ^'],
    ['the end of the file', 'b: 1\n', at(2, 1, 1), '2 | \n  | ^'],
    ['outside the file', 'b: 1', at(9, 9, 10), '9 | \n  | ^'],
    ['several lines: the first', 'a: [1,\n 2]', at(1, 4, 4, 2), '1 | a: [1,\n  |    ^^^'],
    ['CRLF', 'a: 1\r\nb: 2\r\n', at(2, 4, 5), '2 | b: 2\n  |    ^'],
    ['a tab', '\ta: 1', at(1, 2, 3), '1 |   a: 1\n  |   ^'],
    ['wide characters', '漢字: x', at(1, 5, 6), '1 | 漢字: x\n  |       ^'],
    ['below wide characters', '漢字: x', at(1, 1, 3), '1 | 漢字: x\n  | ^^^^'],
    ['an emoji', '😀: x', at(1, 5, 6), '1 | 😀: x\n  |     ^'],
    ['a combining mark', 'e\u0301: x', at(1, 5, 6), '1 | e\u0301: x\n  |    ^'],
    ['an escape sequence', '\u001b[2J: x', at(1, 7, 8), '1 | \\x1b[2J: x\n  |          ^'],
    ['a number of two digits', `${'\n'.repeat(11)}a: x`, at(12, 4, 5), '12 | a: x\n   |    ^'],
  ])('%s', (_name, text, position, expected) => {
    expect(excerpt({ name: 'a.yaml', text }, position)).toBe(expected);
  });

  it.each([
    ['at the start', 1],
    ['in the middle', 5_000],
    ['at the end', 10_000],
  ])('cuts a long line around the caret: %s', (_name, column) => {
    const text = `${'x'.repeat(column - 1)}HERE${'x'.repeat(10_000 - column)}`;
    const [line = '', carets = ''] = excerpt({ name: 'a.yaml', text }, at(1, column, column + 4)).split('\n');
    expect(line.length).toBeLessThanOrEqual(120);
    expect(line.slice(carets.indexOf('^'), carets.indexOf('^') + 4)).toBe('HERE');
    expect(carets.trimEnd()).toMatch(/\^{4}$/);
    expect(line.includes('… ') || line.startsWith('1 | …')).toBe(column > 1);
  });
});
