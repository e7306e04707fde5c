import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GenerateError } from '../../generators/generator.ts';
import { contextOf } from '../../generators/template/context.ts';
import { HELPERS } from '../../generators/template/helpers.ts';
import { template } from '../../generators/template.ts';
import { ROOT } from '../support/cli.ts';
import { projectFolder } from '../support/project-folder.ts';
import { FIXTURE, inputOf } from './input.ts';

const CONTRACT = `contract: shop.orders@2
version: 2.1.0
status: draft
description: "one\\ntwo"
tables:
  orders:
    key: [id]
    columns:
      id: int64
      "it's": { type: "decimal(12,2)", unit: EUR, description: 'a "b"' }
`;

interface Run {
  readonly name?: string;
  readonly file?: string;
  readonly contracts?: Readonly<Record<string, string>>;
}

/** Path → text of what comes of a template. */
async function run(text: string, { name, file = 'a.txt.hbs', contracts = { 'contracts/a.yaml': CONTRACT } }: Run = {}) {
  const folder = await projectFolder({ ...contracts, [file]: text });
  const { files } = await template.generate(await inputOf(folder), { template: file, cwd: folder, name });
  return Object.fromEntries(files.map((each) => [each.path, each.text]));
}

/** What stands behind the header. */
async function body(text: string): Promise<string> {
  const files = await run(`{{header}}\n${text}`);
  return files['shop.orders.v2.txt']?.replace(/^.*\n/, '') ?? '';
}

async function problem(running: Promise<unknown>): Promise<string> {
  const error: unknown = await running.then(
    () => 'no error',
    (reason: unknown) => reason,
  );
  if (!(error instanceof GenerateError)) throw error;
  return error.message;
}

describe('text', () => {
  test('is what the template says, nothing escaped, with one line break at its end', async () => {
    expect(
      await body('{{#each tables}}{{#each columns}}{{name}} {{type}} {{description}}|{{/each}}{{/each}}\r\n\n\n'),
    ).toBe('id int64 |it\'s decimal(12,2) a "b"|\n');
  });

  test.each([
    ['{{json contract.id}}', '"shop.orders@2"'],
    ['{{json contract.tags}}', '[]'],
    ['{{yaml contract.description}}', '"one\\ntwo"'],
    [
      '{{yaml contract.id}} {{yaml contract.name}} {{yaml "no"}} {{yaml contract.tags}}',
      '"shop.orders@2" shop.orders "no" []',
    ],
    ['{{upper contract.name}} {{lower "AB"}}', 'SHOP.ORDERS ab'],
    [
      '{{pascal "order-items"}} {{camel "order-items"}} {{snake "orderItems"}} {{snake "HTTPServer-x"}}',
      'OrderItems orderItems order_items http_server_x',
    ],
    ['{{quote "it\'s"}}', "'it''s'"],
    ['{{#if (eq contract.major 2)}}yes{{else}}no{{/if}}', 'yes'],
    ['{{#each tables}}{{join key}}{{/each}}', 'id'],
    ['{{indent contract.description 2}}', '  one\n  two'],
    ['{{indent contract.description "-- "}}', '-- one\n-- two'],
    ['{{contract.title}}.', '.'],
    ['{{#if contract.title}}a{{else}}b{{/if}}', 'b'],
    ['{{#each contract.tags}}a{{else}}none{{/each}}', 'none'],
    ['{{#with contract}}{{id}}{{/with}}', 'shop.orders@2'],
  ])('%s', async (text, expected) => {
    expect(await body(text)).toBe(`${expected}\n`);
  });
});

describe('problems name file and line', () => {
  test.each([
    ['{{#each tables}}\n{{nam}}\n{{/each}}', 'a.txt.hbs:3:3: there is no "nam" here'],
    ['{{#each tables}}', 'a.txt.hbs:2: the template ends inside a block or a tag'],
    ['{{ a b', 'a.txt.hbs:2: the template cannot be read near "{{header}}{{ a b"'],
    ['{{shout 1}}', 'a.txt.hbs:2:1: there is no helper "shout"'],
    ['{{log contract}}', 'a.txt.hbs:2:1: there is no helper "log"'],
    ['{{#if contract.titel}}a{{/if}}', 'a.txt.hbs:2:1: if is given a part that is not there'],
    ['{{#each tabels}}a{{/each}}', 'a.txt.hbs:2:1: each is given a part that is not there'],
    ['{{upper contract.titel}}', 'a.txt.hbs:2:1: upper is given a part that is not there'],
    ['{{upper contract}}', 'a.txt.hbs:2:1: upper takes a text, and was given a part with parts of its own'],
    ['{{join contract.id}}', 'a.txt.hbs:2:1: join takes a list'],
    ['{{indent contract.id 1000}}', 'a.txt.hbs:2:1: indent indents by 1000, expected 0 to 100 blanks or a text'],
    ['{{#if contract}}{{/each}}', "a.txt.hbs:2:4: if doesn't match each"],
    ['{{> other}}', 'a.txt.hbs:2:1: partials and decorators are not supported'],
    ['{{#*inline "a"}}{{> a}}{{/inline}}', 'a.txt.hbs:2:1: partials and decorators are not supported'],
  ])('%s', async (text, expected) => {
    expect(await problem(run(`{{header}}\n${text}`))).toBe(expected);
  });

  test('a template that is not there, or too large', async () => {
    const input = await inputOf(FIXTURE);
    const missing = Promise.resolve(template.generate(input, { template: 'no.txt.hbs', cwd: FIXTURE }));
    expect(await problem(missing)).toBe('the template "no.txt.hbs" cannot be read: there is no such file');
    expect(await problem(run(' '.repeat(1_048_577)))).toBe('the template "a.txt.hbs" has more than 1048576 bytes');
    expect(await problem(Promise.resolve(template.generate(input, {})))).toBe('a template is missing');
  });
});

describe('bounds', () => {
  const every = (times: number, inside: string): string =>
    `${'{{#each @root.tables.[0].columns}}'.repeat(times)}${inside}${'{{/each}}'.repeat(times)}`;

  test('loops in loops end', async () => {
    expect(await problem(run(`{{header}}\n${every(24, '')}`))).toContain('each goes round more than 1000000 times');
  });

  test('long output ends', async () => {
    expect(await problem(run(`{{header}}\n${every(14, 'x'.repeat(5000))}`))).toContain(
      'each makes more than 16777216 characters',
    );
  });
});

describe('names', () => {
  test.each([
    [undefined, 'a.txt.hbs', 'shop.orders.v2.txt'],
    [undefined, 'deep/orders.sql.handlebars', 'shop.orders.v2.sql'],
    ['{contract}/{version}.md', 'a.hbs', 'shop.orders/2.1.0.md'],
    ['v{major}.md', 'a.hbs', 'v2.md'],
  ])('%s of %s gives %s', async (name, file, expected) => {
    expect(Object.keys(await run('{{header}}', { ...(name !== undefined && { name }), file }))).toEqual([expected]);
  });

  test.each(['../a', '/a', 'a/../b', 'a\\b', 'c:a', 'a/b/c/d', 'a//b', '{title}.md', '{contract', ''])(
    '%s is refused',
    async (name) => {
      expect(await problem(run('{{header}}', { name }))).toContain('--name');
    },
  );

  test('a template that tells no kind of file needs a name', async () => {
    expect(await problem(run('{{header}}', { file: 'a.hbs' }))).toBe(
      '"a.hbs" does not tell what kind of file comes of it',
    );
  });

  test('two contracts of one path are an error that names both', async () => {
    const contract = (id: string) =>
      `contract: ${id}\nversion: 1.0.0\nstatus: draft\ntables: { t: { columns: { id: int64 } } }\n`;
    const contracts = { 'contracts/a.yaml': contract('a'), 'contracts/b.yaml': contract('b') };
    expect(await problem(run('{{header}}', { contracts, name: 'all.md' }))).toBe(
      'contract a and contract b are both "all.md" in the output',
    );
  });
});

test('output without the header near its start is refused', async () => {
  expect(await problem(run('no header'))).toContain('a.txt.hbs does not write {{header}} near its start');
  expect(await problem(run(`${'x'.repeat(2000)}{{header}}`))).toContain('near its start');
});

test('prototypes cannot be reached', async () => {
  expect(await body('{{contract.constructor}}{{contract.__proto__}}{{lookup contract "constructor"}}.')).toBe('.\n');
});

describe('docs/templates.md', () => {
  const text = readFileSync(join(ROOT, 'docs/templates.md'), 'utf8');
  const block = (language: string): string =>
    new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'ms').exec(text)?.[1] ?? '';

  test('shows what its example gives', async () => {
    const contracts = { 'contracts/a.yaml': block('yaml') };
    const files = await run(block('handlebars'), { file: 'columns.csv.hbs', contracts });
    expect(files['shop.orders.v1.csv']?.replace(/(?<=sha256 )\w+/, '…')).toBe(block('csv'));
  });

  test('names every part of the context and every helper', async () => {
    const { contracts, parties } = await inputOf(FIXTURE);
    const told = new Set([...text.matchAll(/`([^`\n]+)`/g)].flatMap(([, words = '']) => words.split(/\W+/)));
    const keys = new Set(contracts.flatMap((each) => [...keysOf(contextOf(each, parties, 'columns.txt.hbs'))]));
    expect(keys.size).toBeGreaterThan(70);
    expect([...keys, ...Object.keys(HELPERS)].filter((key) => !told.has(key))).toEqual([]);
  });
});

/** Keys of objects, at any depth. */
function keysOf(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(keysOf);
  return Array.isArray(value) ? inside : [...Object.keys(value), ...inside];
}
