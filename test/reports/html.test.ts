import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { describe, expect, test } from 'vitest';
import { mailAddress } from '../../reports/html/addresses.ts';
import { anchors } from '../../reports/html/anchors.ts';
import { findingView } from '../../reports/html/check-view.ts';
import { age, limitWords, measuredWords, percent, valueText } from '../../reports/html/numbers.ts';
import { page } from '../../reports/html/page.ts';
import { proseHtml } from '../../reports/html/prose.ts';
import { chartsOf } from '../../reports/html/table-view.ts';
import { ROOT } from '../support/cli.ts';
import { HOSTILE } from './gate-sources.ts';
import { largeRun } from './large-run.ts';
import { check, contract, RUN, table } from './run-fixture.ts';

const TEMPLATES = join(ROOT, 'reports', 'templates');
const NAMES = readdirSync(TEMPLATES).filter((name) => name.endsWith('.hbs'));
const readTemplate = (name: string): string => readFileSync(join(TEMPLATES, name), 'utf8');

test('is what test/golden/run.html holds', async () => {
  const path = join(ROOT, 'test', 'golden', 'run.html');
  const text = await page(RUN);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
});

test('the same run gives the same page', async () => {
  expect(await page(structuredClone(RUN))).toBe(await page(RUN));
});

describe.each(NAMES)('the template %s', (name) => {
  const text = readTemplate(name);

  test('prints nothing unescaped', () => {
    class Checker extends Handlebars.Visitor {
      override MustacheStatement(node: hbs.AST.MustacheStatement & { readonly escaped?: boolean }): void {
        expect(node.escaped, `line ${node.loc.start.line}`).toBe(true);
        super.MustacheStatement(node);
      }
    }
    new Checker().accept(Handlebars.parse(text));
    expect(text).not.toMatch(/\{\{\{|\{\{~?&/);
  });

  test('quotes attributes, and has none that act', () => {
    // A value of an attribute that holds a tag stands between double quotes.
    expect(text).not.toMatch(/=\s*(?:'[^']*\{\{|\{\{)/);
    expect(text).not.toMatch(/\s(?:on\w+|style|src|srcset|formaction)\s*=/i);
  });

  test('links lead to places of the page, or to addresses that the view has judged', () => {
    for (const [, value] of text.matchAll(/\shref="([^"]*)"/g))
      expect(value).toMatch(/^(?:#[\w-]+|#\{\{anchor\}\}|\{\{address\}\})$/);
  });
});

test('the two templates lints find what they look for', () => {
  const escaped = (text: string): unknown => (Handlebars.parse(text).body[0] as { escaped?: boolean }).escaped;
  expect(escaped('{{{a}}}')).toBe(false);
  expect(escaped('{{&a}}')).toBe(false);
});

test.each([
  ['a.b+c@d.example', 'mailto:a.b%2Bc@d.example'],
  ['x@y.example?subject=a&bcc=b@c.example', null],
  ['x@y.example,z@y.example', null],
  ['x@y', null],
  [HOSTILE.script, null],
])('mail to %s goes to %s', (text, address) => {
  expect(mailAddress(text)).toBe(address);
});

test('prose is Markdown without markup, pictures and addresses that act', () => {
  const made = proseHtml(
    `**a** [b](https://b.example) [c](javascript:alert(1)) ![d](https://d.example/d.png) <i onclick="x">e</i>\n\n# f\n\n<script>g</script>`,
  );
  expect(made).toContain('<strong>a</strong> <a href="https://b.example"');
  expect(made).toContain('[c](javascript:alert(1))');
  expect(made).not.toMatch(/<(?:i|img|script|h\d)\b/);
  expect(proseHtml('x'.repeat(10_000))).toMatch(/^<p>x{4000}…<\/p>/);
});

test('tables of descriptions have no style of their own', () => {
  const made = proseHtml('| a | b |\n|:--|--:|\n| 1 | 2 |');
  expect(made).toContain('<th>a</th>');
  expect(made).toContain('<td>2</td>');
  expect(made).not.toContain('style');
});

test('limits and measured values are told exactly', () => {
  const limit = { verdict: 'fail', side: 'max', of: 'value', unit: 'number' } as const;
  const exact = check({
    path: 't.m',
    measured: { value: '99999999999999999999999999' },
    limits: [{ ...limit, value: '99999999999999999999999998' }],
  });
  expect(measuredWords(exact)).toBe('99,999,999,999,999,999,999,999,999');
  expect(limitWords(exact)).toBe('≤ 99,999,999,999,999,999,999,999,998');
  const share = check({ path: 't.m', measured: { bad: 3, rows: 200 } });
  expect([measuredWords(share), limitWords(share)]).toEqual(['1.5%', '≤ 2%']);
  const old = check({
    path: 't.freshness',
    measured: { ageSeconds: 90_000 },
    limits: [
      { verdict: 'warn', side: 'max', of: 'ageSeconds', unit: 'seconds', value: 3600 },
      { verdict: 'fail', side: 'max', of: 'ageSeconds', unit: 'seconds', value: 86_400 },
    ],
  });
  expect([measuredWords(old), limitWords(old)]).toEqual(['1d 1h', '≤ 1h (warn), ≤ 1d']);
});

test('a tolerance of more rows than there are does not stretch the picture', () => {
  const bars = (value: number) =>
    chartsOf(
      table({
        table: 't',
        checks: [
          check({
            path: 't.a.missing',
            measured: { bad: 30, rows: 100 },
            limits: [{ verdict: 'fail', side: 'max', of: 'bad', unit: 'rows', value }],
          }),
        ],
      }),
    ).flatMap((chart) => chart.bars);
  expect(bars(40)).toEqual([{ name: 'a', value: 30, limits: [{ verdict: 'fail', value: 40 }] }]);
  expect(bars(1000)).toEqual([{ name: 'a', value: 30, limits: [] }]);
});

test.each([
  [{ bad: 12, rows: 100 }, 'the first 2 of 12 failing rows'],
  [{ bad: 2, rows: 100 }, 'failing rows'],
  [{ surplus: 600, repeated: 500, rows: 1000 }, 'the first 2 of 500 repeated values'],
  [{ future: 1200 }, 'the first 2 of 1,200 failing rows'],
  [{ oldest: '2020-01-01', old: 3 }, 'the first 2 of 3 failing rows'],
  [{}, 'failing rows'],
])('samples say whether they are all: %o', (measured, caption) => {
  const samples = { columns: ['a'], rows: [['1'], [null]] };
  expect(findingView(check({ path: 't.a', measured, samples }), 'f', RUN).samples?.caption).toBe(caption);
});

test('a picture of lineage has names as they are written', async () => {
  const upstream = [{ contract: 'a&amp;b\\N', columns: null }];
  const text = await page({ ...RUN, contracts: [contract({ contract: 'c', upstream })] });
  expect(text).toContain('>a&amp;amp;b\\N</text>');
});

test('anchors stay the same and are told apart', () => {
  const anchorOf = anchors();
  expect(['a.b', 'a.b', 'a-b', '', '<x "y">'].map((name) => anchorOf('c', name))).toEqual([
    'c-a-b',
    'c-a-b-2',
    'c-a-b-3',
    'c-',
    'c--x-y-',
  ]);
});

test('numbers are told in words that people use', () => {
  expect([0, 0.5, 59, 60, 3661, 90_061, 31_536_000, -90].map(age)).toEqual([
    '0s',
    '0s',
    '59s',
    '1m',
    '1h 1m',
    '1d 1h',
    '365d',
    '-1m 30s',
  ]);
  expect([0, 0.00001, 0.0001, 0.015, 1].map(percent)).toEqual(['0%', 'under 0.01%', '0.01%', '1.5%', '100%']);
  expect([0, 1234, 1_234_567, '-1234', '12345678901234567890', '0.5', 'x'].map(valueText)).toEqual([
    '0',
    '1,234',
    '1,234,567',
    '-1,234',
    '12,345,678,901,234,567,890',
    '0.5',
    'x',
  ]);
});

test('a verdict is told by sign and word, worst first', async () => {
  const text = await page(RUN);
  const order = [...text.matchAll(/<li><span class="verdict (\w+)">(.) (\w+)<\/span>/g)].map(
    ([, , sign, word]) => `${sign} ${word}`,
  );
  expect(order).toEqual(['✗ fail', '✗ fail', '? error', '! warn']);
});

test('pictures are of the tables that come first, and the page says how many have none', async () => {
  const text = await page(largeRun(50, 3));
  expect(text.match(/class="chart"/g)).toHaveLength(60);
  expect(text).toContain('20 more tables have no pictures');
});

test('long statements are cut, and the page says by how much', async () => {
  const sql = `select '${'x'.repeat(30_000)}'`;
  const statements = [{ why: 'scan for 1 metric', sql, parameters: [], seconds: 1 }];
  const tables = [table({ table: 'a', statements, checks: [check({ path: 'a.b.missing' })] })];
  const text = await page({ ...RUN, contracts: [contract({ contract: 'a', tables })] });
  expect(text).toContain('… 10,009 more characters; surety plan and the JSON output have them all');
});

test('a lineage of many contracts shows the worst, and says how many are left out', async () => {
  const text = await page(largeRun(1000, 1));
  const boxes = text.match(/class="node /g)?.length ?? 0;
  expect(boxes).toBeGreaterThan(40);
  expect(boxes).toBeLessThanOrEqual(60);
  expect(text).toMatch(/\d+ more contracts are left out of the picture/);
});
