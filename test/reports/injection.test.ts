import fc from 'fast-check';
import { marked } from 'marked';
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';
import { code, prose } from '../../src/util/markdown-escape.ts';
import { GATE } from './gate-fixture.ts';
import { lengthened } from './long-fixture.ts';
import { FORMATS, type Format, renderDiagnostics, renderGate, renderRun } from './render.ts';
import { RUN } from './run-fixture.ts';

/** Characters that move the cursor, change colours or direction, or are not seen. */
const ACTING = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200d\u2028-\u202e\u2060-\u2069\ufeff]/u;
const LONG = { run: lengthened(RUN), gate: lengthened(GATE) };

const SHOWN = FORMATS.filter((format) => format !== 'json');

/** All results in each format, as they are and with 10 MB of hostile text in each place. */
const ALL = new Map<Format, string>(
  SHOWN.map((format) => [
    format,
    [
      renderGate(format),
      renderDiagnostics(format, GATE.diagnostics),
      renderRun(format),
      renderGate(format, LONG.gate),
      renderDiagnostics(format, LONG.gate.diagnostics),
      renderRun(format, LONG.run),
    ].join(''),
  ]),
);
const all = (format: Format): string => ALL.get(format) ?? '';

test.each(SHOWN)('%s: nothing in it acts on a terminal or a log', (format) => {
  for (const line of all(format).split('\n')) {
    expect(ACTING.exec(line)?.[0]?.codePointAt(0)?.toString(16), line.slice(0, 200)).toBeUndefined();
    expect(line).not.toContain('##[');
    if (format !== 'github') expect(line).not.toMatch(/^\s*::/);
  }
});

test.each(SHOWN)('%s: long texts are cut with a mark', (format) => {
  expect(all(format)).toMatch(/x{200,1000}…/);
  expect(all(format)).not.toMatch(/x{1001}/);
});

test('colours are codes of our own, and the same text without them', () => {
  const context = { sources: new Map(), colour: true };
  const plain = renderGate('text', GATE, { ...context, colour: false });
  const coloured = renderGate('text', GATE, context);
  expect(coloured).not.toBe(plain);
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
});

describe('github', () => {
  /** A line as the runner reads it. */
  function command(line: string): { readonly name: string; readonly keys: readonly string[] } {
    const [, name = '', properties = ''] = /^::(\w+) (.*?)::/.exec(line) ?? [];
    return { name, keys: properties.split(',').map((property) => property.split('=')[0] as string) };
  }

  test('each line is a command of ours, with properties of ours', () => {
    for (const line of all('github').trimEnd().split('\n')) {
      const { name, keys } = command(line);
      expect(['error', 'warning', 'notice']).toContain(name);
      expect([['file', 'line', 'col', 'title'], ['title']]).toContainEqual(keys);
    }
  });

  test('percent signs, colons and commas come back as they were', () => {
    const [finding] = GATE.contracts.flatMap(({ findings }) => findings);
    if (!finding) throw new Error('there is none');
    const path = 'a,b:c%0Ad=e::f';
    const result = { ...GATE, diagnostics: [], contracts: [] };
    const contract = GATE.contracts.find(({ contract: id }) => id === 'shop.stock');
    if (!contract) throw new Error('there is none');
    const line = renderGate('github', { ...result, contracts: [{ ...contract, findings: [{ ...finding, path }] }] });
    expect(line).toContain(`title=${finding.rule} a%2Cb%3Ac%250Ad=e%3A%3Af::`);
  });
});

describe('junit', () => {
  test('holds no element of the data', () => {
    const names = new Set<string>();
    for (const xml of [
      renderGate('junit'),
      renderRun('junit'),
      renderGate('junit', LONG.gate),
      renderRun('junit', LONG.run),
    ]) {
      const parser = new SaxesParser();
      parser.on('opentag', ({ name }) => names.add(name));
      parser.write(xml).close();
    }
    expect([...names].sort()).toEqual(
      ['error', 'failure', 'skipped', 'system-out', 'testcase', 'testsuite', 'testsuites'].sort(),
    );
  });
});

describe('markdown', () => {
  /** What is left of rendered Markdown without code and the tags of our own. */
  function alive(markdown: string): string {
    const html = marked.parse(markdown, { async: false, gfm: true });
    return html
      .replace(/<code>.*?<\/code>/gs, '')
      .replaceAll('&#39;', "'")
      .replace(/<\/?(?:p|h3|strong|br|wbr|table|thead|tbody|tr|th|td|details|summary)>/g, '')
      .replace(/^<!-- surety:\w+ key="[\w./%-]*" -->$/m, '');
  }
  const LIVE = /<|@\w|#\d|:\/\/|www\.|\$|:\w+:|\bGH-\d/;

  test.each([
    ['the gate', renderGate('markdown')],
    ['diagnostics', renderDiagnostics('markdown', GATE.diagnostics)],
    ['a run', renderRun('markdown')],
    ['the gate with 10 MB in each place', renderGate('markdown', LONG.gate)],
    ['a run with 10 MB in each place', renderRun('markdown', LONG.run)],
  ])('of %s has no mention, link, image, comment or element of the data', (_name, text) => {
    expect(text).toMatch(/^<!-- surety:(?:gate|lint|verify) key="shop" -->\n/);
    expect(LIVE.exec(alive(text))?.[0]).toBeUndefined();
  });

  test('an address is no link even in HTML, where GitHub looks for addresses too', () => {
    expect(code('a@b.co|')).toBe('<code>a&#64;<wbr>b&#46;co&#124;</code>');
  });

  test('a folder cannot end the marker', () => {
    const working = '/repository/a --><b> "c" é';
    const text = renderGate('markdown', GATE, {
      sources: new Map(),
      colour: false,
      folders: { working, root: '/repository' },
    });
    expect(text.split('\n')[0]).toBe('<!-- surety:gate key="a%20-%2D%3E%3Cb%3E%20%22c%22%20%C3%A9" -->');
  });

  const PIECES = [
    '`',
    '``',
    '\\',
    '|',
    '@a',
    '@',
    '#1',
    '<!--',
    '-->',
    '<b>',
    '[x](y)',
    '![i](u)',
    'https://e.x',
    'www.e.x',
  ].concat([
    'a@b.co',
    '*',
    '_',
    '~~',
    '$x$',
    ' ',
    'a',
    '&#64;a',
    '\n',
    '{',
    ':tada:',
    'GH-1',
    '"',
    '(',
    ')',
    '[',
    ']',
    '\u00a0',
  ]);

  test('any text stays in its cell and is not alive', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 9 }), (pieces) => {
        const text = pieces.join('');
        const table = `| a | b | c |\n| --- | --- | --- |\n| ${prose(text)} | ${code(text)}<br>${prose(text)}${code(text)} | END |\n`;
        const html = marked.parse(table, { async: false, gfm: true });
        expect(html.match(/<td>/g)).toHaveLength(3);
        expect(html).toContain('<td>END</td>');
        expect(LIVE.exec(alive(table))).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });
});
