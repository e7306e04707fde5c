import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ReportOf } from '../../reports/report.ts';
import { diagnosticsContext, gateContext, runContext } from '../../reports/template/context.ts';
import { template } from '../../reports/template.ts';
import { ROOT } from '../support/cli.ts';
import { projectFolder } from '../support/project-folder.ts';
import { GATE } from './gate-fixture.ts';
import { CONTEXT } from './render.ts';
import { check, contract, EMPTY, GOOD, RUN, table } from './run-fixture.ts';

async function made(text: string, name = 'a.txt.hbs', output = ''): Promise<ReportOf<'run' | 'gate' | 'diagnostics'>> {
  const folder = await projectFolder({ [name]: text });
  const report = await template.make({ path: join(folder, name), name, output });
  return report as ReportOf<'run' | 'gate' | 'diagnostics'>;
}

async function runText(text: string, name?: string, run = RUN): Promise<string> {
  return (await made(text, name)).run(run, CONTEXT);
}

describe('a run', () => {
  test('has its findings worst first, each with where it is and who answers for it', async () => {
    const text = '{{#each findings}}{{verdict}} {{contract}} {{table}} {{kind}}\n{{/each}}';
    const lines = (await runText(text)).trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['fail', 'fail', 'error', 'warn']);
    expect(lines[0]).toBe('fail shop.orders orders invalid');
    const contacts =
      '{{#with (lookup findings 0)}}{{#each contacts}}{{title}}:{{#each addresses}} {{channel}} {{address}}{{/each}}{{/each}}{{/with}}';
    expect(await runText(contacts)).toBe('Sales Data: email sales-data@shop.example slack #sales-data');
    expect(await runText('{{#with (lookup findings 0)}}{{excerpt}}{{/with}}')).toMatch(/^\d+ \| .*amount:.*\n.*\^\^\^/);
  });

  test('is counted', async () => {
    const { pass, warn, fail, error, skipped, checks } = runContext(RUN).summary as unknown as Record<string, number>;
    expect({ pass, warn, fail, error, skipped, checks }).toEqual({
      pass: 5,
      warn: 1,
      fail: 2,
      error: 1,
      skipped: 1,
      checks: 10,
    });
    const line = '{{summary.headline}}|{{summary.coverage}}|{{summary.problems}}';
    expect(await runText(line)).toBe(
      '2 promises broken, 1 not measured, 1 problem, 1 warning|10 planned: 8 measured (6 scan, 2 metadata), 1 skipped: column missing, 1 not measured: time-out|1',
    );
  });

  test('of which nothing is found, or nothing is there', async () => {
    const text = '{{#each findings}}{{path}}{{else}}none{{/each}} {{summary.checks}} {{summary.headline}}';
    expect(await runText(text, 'a.txt.hbs', GOOD)).toBe('none 2 all promises kept');
    expect(await runText(text, 'a.txt.hbs', EMPTY)).toBe('none 0 nothing was verified');
  });

  test('what a diagnostic does not say is there all the same', async () => {
    expect(
      await runText('{{#each diagnostics}}{{#if at}}{{at.line}}{{else}}-{{/if}}{{#if fix}}f{{/if}}|{{/each}}'),
    ).toMatch(/^\d+\|-\|$/);
  });
});

test('problems and comparisons have the same outline', async () => {
  const text = '{{command}} {{summary.headline}}: {{#each findings}}{{message}}{{#if @last}}.{{/if}}{{/each}}';
  const report = await made(text);
  expect(await report.diagnostics(GATE.diagnostics, CONTEXT)).toMatch(/^lint \d+ errors?, .*\.$/);
  expect(await report.diagnostics([], CONTEXT)).toBe('lint no problems: ');
  expect(await report.gate(GATE, CONTEXT)).toMatch(/^breaking .*breaking for readers.*\.$/);
  const levels = gateContext(GATE).findings.map(({ level }) => level);
  expect([...new Set(levels)]).toEqual(
    ['error', 'warning', 'waived', 'notice', 'safe'].filter((each) => levels.includes(each as never)),
  );
  expect(levels[0]).toBe('error');
  const severities = diagnosticsContext([
    { code: 'a/b', severity: 'info', message: 'm' },
    { code: 'a/b', severity: 'error', message: 'm' },
  ]).findings.map(({ severity }) => severity);
  expect(severities).toEqual(['error', 'info']);
});

describe('values', () => {
  const all =
    '{{#each contracts}}{{title}}{{description}}{{#each links}}<a href="{{url this}}">{{@key}}</a>{{/each}}{{#each tables}}{{location}}{{#each statements}}{{sql}}{{json parameters}}{{/each}}{{#each checks}}<p title="{{message}}">{{path}}{{promise}}{{#if samples}}{{json samples.rows}}{{/if}}</p>{{/each}}{{/each}}{{/each}}{{json this}}';

  test('become no markup', async () => {
    const html = await runText(`<body>${all}</body>`, 'page.html.hbs');
    expect(new Set([...html.matchAll(/<(\/?\w+)/g)].map(([, name]) => name))).toEqual(
      new Set(['body', 'a', '/a', 'p', '/p', '/body']),
    );
    expect(html).not.toMatch(/href="(?!https:|")/);
    expect(html).toContain('&lt;script');
  });

  test('act on no terminal and no log, and are cut with a mark', async () => {
    const text = await runText(all.replaceAll(/<[^>]*>/g, ' '));
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200d\u2028-\u202e\u2060-\u2069\ufeff]/u);
    expect(text).not.toContain('##[');
    expect(text).toMatch(/x{200,1000}…/);
    const long = {
      ...GOOD,
      contracts: [contract({ contract: 'c', title: 'y'.repeat(10_000_000), description: `${'z'.repeat(100_000)}\n` })],
    };
    const [title, description] = (
      await runText('{{#each contracts}}{{title}} {{description}}{{/each}}', 'a.txt.hbs', long)
    ).split(' ');
    expect([title?.length, title?.at(-1), description?.length, description?.at(-1)]).toEqual([1001, '…', 50_001, '…']);
  });

  test('of several lines keep them, others do not', async () => {
    const lines = contract({ contract: 'c', title: 'a\nb', description: 'a\r\n\tb' });
    const text = await runText('{{#each contracts}}{{title}}|{{description}}{{/each}}', 'a.txt.hbs', {
      ...GOOD,
      contracts: [lines],
    });
    expect(text).toBe('a\\nb|a\n  b');
  });
});

describe('a file that is wrong is told when the report is made', () => {
  const problem = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'no problem',
      ({ message }: Error) => message,
    );

  test.each([
    ['{{#each findings}}', 'a.txt.hbs', '', 'a.txt.hbs:1: the template ends inside a block or a tag'],
    ['\n{{> other}}', 'a.txt.hbs', '', 'a.txt.hbs:2:1: partials and decorators are not supported'],
    ['\n{{shout now}}', 'a.txt.hbs', '', 'a.txt.hbs:2:1: there is no helper "shout"'],
    ['{{{now}}}', 'a.html.hbs', '', 'a.html.hbs:1:1: unescaped, "now" could bring markup'],
    ['{{{now}}}', 'a.hbs', 'page.HTML', 'a.hbs:1:1: unescaped, "now" could bring markup'],
    ['{{{now}}}', 'a.svg', 'page.txt', 'a.svg:1:1: unescaped, "now" could bring markup'],
    ['{{{now}}}', 'a.md.hbs', 'page.txt', 'no problem'],
    ['{{now}}', 'a.hbs', '', '"a.hbs" does not tell what kind of file comes of it'],
    ['{{now}}', 'a.hbs', 'out', '"a.hbs" does not tell what kind of file comes of it'],
  ])('%j as %s to "%s"', async (text, name, output, expected) => {
    expect(await problem(made(text, name, output))).toContain(expected);
  });

  test('a name that is not there only when it is printed', async () => {
    const report = await made('{{#each findings}}\n{{nam}}{{/each}}');
    await expect((async () => report.run(RUN, CONTEXT))()).rejects.toThrow('a.txt.hbs:2:3: there is no "nam" here');
    expect(await report.run(GOOD, CONTEXT)).toBe('');
  });
});

describe('docs/templates.md', () => {
  const text = readFileSync(join(ROOT, 'docs/templates.md'), 'utf8');
  const section = text.slice(text.indexOf('\n## Reports'));
  const block = (language: string): string =>
    new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(section)?.[1] ?? '';
  const broken = check({
    path: 'orders.email.invalid',
    kind: 'invalid',
    verdict: 'fail',
    message: '1 of 6 rows are invalid (16.67%); none allowed',
  });
  const run = {
    ...GOOD,
    now: '2026-11-25T06:00:00Z',
    contracts: [
      contract({
        contract: 'shop.orders',
        tables: [table({ table: 'orders', checks: [check({ path: 'orders.key' }), broken] })],
      }),
    ],
  };

  test('shows what its examples give', async () => {
    expect(await runText(block('html'), 'mail.html.hbs', run)).toBe(block('text'));
    expect(await runText(block('handlebars'), 'findings.csv.hbs', run)).toBe(
      'contract,table,check,verdict,message,responsible\nshop.orders,orders,orders.email.invalid,fail,"1 of 6 rows are invalid (16.67%); none allowed",sales-data\n',
    );
  });

  test('names every part of a report', () => {
    const told = new Set([...section.matchAll(/`([^`\n]+)`/g)].flatMap(([, words = '']) => words.split(/\W+/)));
    const example = { code: 'a/b', severity: 'error', message: 'm', fix: { start: 1, end: 2, text: '' } } as const;
    const contexts = [runContext({ ...RUN, diagnostics: [example] }), diagnosticsContext([example])];
    const keys = new Set(contexts.flatMap(keysOf));
    expect(keys.size).toBeGreaterThan(90);
    expect([...keys].filter((key) => !told.has(key))).toEqual([]);
    // What the schema has is not told again.
    expect(Object.keys(gateContext(GATE)).filter((key) => !told.has(key))).toEqual([]);
  });
});

/** Keys of objects, at any depth; not those that the data makes. */
function keysOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(keysOf);
  const made = ['kinds', 'parties', 'excerpts', 'links', 'measured'];
  return Object.entries(value).flatMap(([key, part]) => [key, ...(made.includes(key) ? [] : keysOf(part))]);
}
