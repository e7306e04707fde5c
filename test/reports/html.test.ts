import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { describe, expect, test } from 'vitest';
import { mailAddress } from '../../reports/html/addresses.ts';
import { anchors } from '../../reports/html/anchors.ts';
import { findingView } from '../../reports/html/check-view.ts';
import { findingsOf } from '../../reports/html/findings.ts';
import { lineageOf } from '../../reports/html/lineage.ts';
import { age, limitWords, measuredWords, percent, valueText } from '../../reports/html/numbers.ts';
import { page } from '../../reports/html/page.ts';
import { proseHtml, wordsOf } from '../../reports/html/prose.ts';
import { chartsOf } from '../../reports/html/table-view.ts';
import type { Verdict } from '../../src/model/outcome.ts';
import { ROOT } from '../support/cli.ts';
import { HOSTILE } from './gate-sources.ts';
import { largeRun } from './large-run.ts';
import { lengthened } from './long-fixture.ts';
import { check, contract, GOOD, RUN, table } from './run-fixture.ts';

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
  const own = table({ table: 't', checks: [check({ path: 't.a', verdict: 'fail', measured, samples })] });
  const [told] = findingsOf([contract({ contract: 'c', tables: [own] })], anchors()).told;
  expect(told && findingView(told, RUN).samples?.caption).toBe(caption);
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
  expect([0, 0.00001, 0.0001, 0.015, 1, 1e308].map(percent)).toEqual([
    '0%',
    'under 0.01%',
    '0.01%',
    '1.5%',
    '100%',
    'over 1,000,000%',
  ]);
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

test('a problem of a contract is never below a good sign', async () => {
  const text = await page({ ...GOOD, diagnostics: RUN.diagnostics });
  expect(text).toContain('<h1><span class="verdict fail">✗</span> 1 problem</h1>');
  expect(await page(GOOD)).toContain('<h1><span class="verdict pass">✓</span> all promises kept</h1>');
});

test('addresses that no browser follows are texts', async () => {
  const links = { long: `https://a.example/${'x'.repeat(1_000_000)}` };
  const text = await page({ ...RUN, contracts: [contract({ contract: 'c', links })] });
  expect(text.length).toBeLessThan(60_000);
  expect(text).toContain('long: https://a.example/xxx');
});

test('texts of 10 MB are cut with a mark, wherever they stand', async () => {
  const text = await page(lengthened(RUN));
  expect(text.length).toBeLessThan(1_000_000);
  expect(text).toMatch(/x{100,1000}…/);
  // A description is cut later than a sentence, a statement says itself that it is cut.
  expect(text.replace(/<div class="prose">.*?<\/div>|<details class="sql">.*?<\/details>/gs, '')).not.toMatch(
    /x{1001}/,
  );
});

/** Tables whose checks could not be measured for one reason. */
function outage(tables: number, checks: number) {
  return contract({
    contract: 'c',
    verdict: 'error',
    tables: Array.from({ length: tables }, (_, index) =>
      table({
        table: `t${index}`,
        verdict: 'error',
        checks: Array.from({ length: checks }, (_, at) =>
          check({
            path: `t${index}.c${at}.missing`,
            verdict: 'error',
            reason: 'no table',
            message: `no table t${index}`,
          }),
        ),
      }),
    ),
  });
}

test('what could not be measured for one reason is told once', async () => {
  const text = await page({ ...RUN, contracts: [outage(3, 160)] });
  expect(text.match(/<article class="finding error"/g)).toHaveLength(3);
  expect(text).toContain('<code>t0.c0.missing</code> and 159 more checks</h4>');
  expect(text).toContain('<dt>The same of</dt><dd>t0.c1.missing, t0.c2.missing');
  expect(text.match(/href="#f-\w+"/g)?.length).toBe(3 * 160 + 3);
});

test('of very many findings the page tells the worst in full, and says how many it does not', async () => {
  const text = await page({ ...RUN, contracts: [outage(600, 2)] });
  expect(text.match(/<article class="finding error"/g)).toHaveLength(500);
  expect(text).toContain('and 400 more, each with its table below');
  expect(text).toContain('100 more are only in the lists of promises of their tables');
});

test('contracts come by their worst finding and by how many there are', async () => {
  const of = (name: string, ...verdicts: readonly Verdict[]) =>
    contract({
      contract: name,
      tables: [
        table({ table: 't', checks: verdicts.map((verdict, at) => check({ path: `t.${name}${at}`, verdict })) }),
      ],
    });
  const contracts = [
    of('a', 'pass', 'pass', 'pass'),
    of('b', 'warn', 'warn', 'pass'),
    of('c', 'error', 'error', 'warn'),
    of('d', 'fail'),
    of('e', 'error', 'fail', 'fail'),
    of('f', 'pass'),
  ];
  const text = await page({ ...RUN, contracts });
  expect([...text.matchAll(/<tr data-of="c-(\w)">/g)].map(([, name]) => name)).toEqual(['e', 'd', 'c', 'b', 'a', 'f']);
});

test('ages are told as people say them, and a kind of check what it is for', async () => {
  const own = check({
    path: 't.freshness',
    kind: 'freshness',
    verdict: 'fail',
    measured: { newest: 'x', ageSeconds: 90_000 },
    limits: [{ verdict: 'fail', side: 'max', of: 'ageSeconds', unit: 'seconds', value: 86_400 }],
  });
  const text = await page({
    ...RUN,
    contracts: [contract({ contract: 'c', tables: [table({ table: 't', checks: [own] })] })],
  });
  expect(text).toContain('<dt>Measured</dt><dd>newest x, age 1d 1h</dd>');
  expect(text).toContain('<dt>Check</dt><dd>freshness: Checks that the newest row is no older than promised.</dd>');
});

test('emoji and joined letters stay what they are, where they join something', () => {
  const family = '👨\u200d👩\u200d👧';
  expect(wordsOf(`⚠\ufe0f ${family} ن\u200cی`, 100)).toBe(`⚠\ufe0f ${family} ن\u200cی`);
  expect(wordsOf('a\u200db a\ufe0f \u202e', 100)).toBe('a\\u200db a\\ufe0f \\u202e');
  expect(wordsOf('x'.repeat(200), 100)).toBe(`${'x'.repeat(100)}…`);
});

test('headings of descriptions are no headings of the page', () => {
  expect(proseHtml('# a\n\nb')).toBe('<p><strong>a</strong></p>\n<p>b</p>\n');
});

describe('the picture of lineage', () => {
  const reader = (name: string) => ({ name, party: 'p', uses: [], description: null });
  const lineage = (...contracts: Parameters<typeof contract>[0][]) =>
    lineageOf({ ...RUN, contracts: contracts.map(contract) }, () => 'a');

  test('names ten readers, and says how many more there are', () => {
    const consumers = Array.from({ length: 1000 }, (_, index) => reader(`r${index}`));
    const { boxes, arrows, left } = lineage({ contract: 'a', consumers });
    expect(boxes).toHaveLength(12);
    expect(boxes.at(-1)?.label).toBe('990 more readers');
    expect([arrows.length, left]).toEqual([11, 0]);
  });

  test('has every arrow between its boxes, and counts as left out what has none', () => {
    const full = Array.from({ length: 60 }, (_, index) => ({
      contract: `x${index}`,
      upstream: [{ contract: 'y', columns: null }],
    }));
    const { boxes, arrows, left } = lineage(
      {
        contract: 'z',
        upstream: [
          { contract: 'a', columns: null },
          { contract: 'b', columns: null },
        ],
      },
      { contract: 'a', upstream: [{ contract: 'b', columns: null }] },
      ...full,
    );
    expect(boxes).toHaveLength(60);
    expect(arrows.map(({ from, to }) => `${from} > ${to}`)).toContain('contract b > contract a');
    expect(left).toBe(4);
  });
});

test('pictures are of the tables that come first, and the page says how many have none', async () => {
  const text = await page(largeRun(50, 3));
  expect(text.match(/class="chart"/g)).toHaveLength(60);
  expect(text).toContain('20 more tables have no pictures');
});

test('long statements are cut, and the page says by how much', async () => {
  const sql = `select '${'x'.repeat(30_000)}'`;
  const statements = [{ why: 'scan for 1 metric', sql, parameters: [], seconds: 1, failed: false }];
  const tables = [table({ table: 'a', statements, checks: [check({ path: 'a.b.missing' })] })];
  const text = await page({ ...RUN, contracts: [contract({ contract: 'a', tables })] });
  expect(text).toContain('… 10,009 more characters; surety plan and the JSON output have them all');
});

test('a lineage of many contracts shows the worst, and says how many are left out', async () => {
  const text = await page(largeRun(1000, 1));
  const boxes = text.match(/class="node /g)?.length ?? 0;
  expect(boxes).toBeGreaterThan(40);
  expect(boxes).toBeLessThanOrEqual(60);
  expect(text).toMatch(/\d+ more contracts left out of the picture/);
});
