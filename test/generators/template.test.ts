import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { describe, expect, test } from 'vitest';
import { GenerateError } from '../../generators/generator.ts';
import { callBy, callOf } from '../../generators/header.ts';
import { GENERATORS } from '../../generators/index.ts';
import { contextOf } from '../../generators/template/context.ts';
import { template } from '../../generators/template.ts';
import { compileTemplate } from '../../src/template/compile.ts';
import { HELPERS } from '../../src/template/helpers.ts';
import { ROOT } from '../support/cli.ts';
import { projectFolder } from '../support/project-folder.ts';
import { FIXTURE, inputOf } from './input.ts';

const TEMPLATE = GENERATORS.find(({ name }) => name === 'template') as (typeof GENERATORS)[number];

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
    ['{{#if contract.titel}}a{{/if}}', 'a.txt.hbs:2:7: there is no "titel" here'],
    ['{{#each tabels}}a{{/each}}', 'a.txt.hbs:2:9: there is no "tabels" here'],
    ['{{upper contract.titel}}', 'a.txt.hbs:2:9: there is no "titel" here'],
    ['{{#deprecatet}}a{{/deprecatet}}', 'a.txt.hbs:2:4: there is no "deprecatet" here'],
    [
      '{{#each tables}}{{#each columns}}\n{{#if references.table}}a{{/if}}{{/each}}{{/each}}',
      'a.txt.hbs:3:7: "references" is not said here and has no "table": ask by if or with first',
    ],
    [
      '{{#with contract.deprecated as |end|}}{{else}}{{contract.deprecated.since}}{{/with}}',
      'a.txt.hbs:2:49: "deprecated" is not said here and has no "since": ask by if or with first',
    ],
    ['{{contract.name.length}}', 'a.txt.hbs:2:3: there is no "length" here'],
    ['{{constructor}}', 'a.txt.hbs:2:3: there is no "constructor" here'],
    ['{{contract.__proto__}}', 'a.txt.hbs:2:3: there is no "__proto__" here'],
    ['{{contract.constructor}}', 'a.txt.hbs:2:3: there is no "constructor" here'],
    ['{{helperMissing}}', 'a.txt.hbs:2:3: there is no "helperMissing" here'],
    ['{{blockHelperMissing}}', 'a.txt.hbs:2:3: there is no "blockHelperMissing" here'],
    ['{{"toString"}}', 'a.txt.hbs:2:3: there is no "toString" here'],
    ['{{@index}}', 'a.txt.hbs:2:3: there is no "index" here'],
    ['{{../header}}', 'a.txt.hbs:2:3: "../" leads out of the template here'],
    ['{{lookup contract "nam"}}', 'a.txt.hbs:2:1: lookup finds no "nam" there'],
    ['{{lookup contract "constructor"}}', 'a.txt.hbs:2:1: lookup finds no "constructor" there'],
    ['{{lookup tables "nam"}}', 'a.txt.hbs:2:1: lookup finds no "nam" there'],
    ['{{lookup header 0}}', 'a.txt.hbs:2:1: lookup looks into a list or a part with parts of its own'],
    ['{{upper}}', 'a.txt.hbs:2:1: upper takes a value'],
    ['{{#if (shout contract.id)}}a{{/if}}', 'a.txt.hbs:2:7: there is no helper "shout"'],
    ['{{#if contract.tags}}{{shout 1}}{{/if}}', 'a.txt.hbs:2:22: there is no helper "shout"'],
    ['{{#each contract.id}}a{{/each}}', 'a.txt.hbs:2:1: each takes a list'],
    ['{{#if contract.id contract.name}}a{{/if}}', 'a.txt.hbs:2:1: if takes one value'],
    ['{{if contract.id "a"}}', 'a.txt.hbs:2:1: if is a block: {{#if …}} … {{/if}}'],
    ['{{#upper contract.id}}a{{/upper}}', 'a.txt.hbs:2:1: upper is no block, only if, unless, each, with are'],
    ['{{join contract.tags sep=","}}', 'a.txt.hbs:2:1: join takes no "sep="'],
    ['{{contract}}', 'a.txt.hbs:2:1: this has parts of its own: name one of them, or print all by json'],
    ['{{upper contract}}', 'a.txt.hbs:2:1: upper takes a text, and was given a part with parts of its own'],
    ['{{join contract.id (indent "a" 1)}}', 'a.txt.hbs:2:1: join takes a list'],
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
    expect(await problem(Promise.resolve(template.generate(input, { template: '' })))).toBe('a template is missing');
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
      'a.txt.hbs:2:477: more than 16777216 characters come of the template',
    );
  });

  test('long values end, also beside numbers', async () => {
    const text = every(8, `{{@root.contract.major}}{{json '${'x'.repeat(70_000)}'}}{{@root.contract.major}}`);
    expect(await problem(run(`{{header}}\n${text}`))).toContain('more than 16777216 characters');
  });

  test('a value that is longer than any text may be', async () => {
    const nested = `${'(join list '.repeat(6)}"x"${')'.repeat(6)}`;
    const render = compileTemplate(`{{join list ${nested}}}`, 'a.hbs');
    expect(() => render({ list: Array(100).fill('') })).toThrow(
      /^a\.hbs:1:\d+: the helpers make more than 67108864 characters$/,
    );
  });

  test('a template that nests too deep', async () => {
    const deep = `${'{{#if contract}}'.repeat(3000)}${'{{/if}}'.repeat(3000)}`;
    expect(await problem(run(`{{header}}\n${deep}`))).toBe('a.txt.hbs:2: the template nests more than 100 deep');
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

  test.each([
    ['.git/hooks/x', 'nothing is generated into ".git", which is the folder of another tool'],
    ['a/.hidden/x', 'nothing is generated into ".hidden", which is the folder of another tool'],
    ['Node_Modules/x', 'nothing is generated into "Node_Modules", which is the folder of another tool'],
    ['CON', '"CON" is a device on Windows'],
    ['aux.txt', '"aux.txt" is a device on Windows'],
    ['com1 .txt', '"com1 .txt" is a device on Windows'],
    ['x.', '"x." ends in a dot or a blank, which Windows leaves out'],
    ['x /y', '"x " ends in a dot or a blank, which Windows leaves out'],
    [`${'x'.repeat(300)}.md`, 'has 303 bytes, and file systems take 255'],
  ])('%s is refused: %s', async (name, reason) => {
    const message = await problem(run('{{header}}', { name }));
    expect(message).toContain(`--name "${name}": `);
    expect(message).toContain(reason);
  });

  test('what the name of a contract makes a name of Windows is refused, a hidden file is not', async () => {
    const contracts = { 'contracts/a.yaml': CONTRACT.replace('shop.orders', 'aux.orders') };
    expect(await problem(run('{{header}}', { contracts, name: '{contract}.md' }))).toBe(
      '--name "{contract}.md" gives "aux.orders.md": "aux.orders.md" is a device on Windows',
    );
    expect(Object.keys(await run('{{header}}', { name: '.orders.yml' }))).toEqual(['.orders.yml']);
  });

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

test('output that does not begin with the header is refused', async () => {
  const message = 'what a.txt.hbs writes does not begin with {{header}}';
  expect(await problem(run('no header'))).toContain(message);
  expect(await problem(run('Orders\n\n# {{header}}'))).toContain(message);
  expect(await problem(run(`${'#'.repeat(4000)}\n{{header}}`))).toContain(message);
  for (const start of ['-- ', '#!/bin/sh\n# ', '<?xml version="1.0"?>\n<!-- ', '/*\n * ', '{ "$comment": "', '---\n# '])
    expect(Object.values(await run(`${start}{{header}}`))[0]).toContain(`${start}Generated by`);
});

describe('the header names the call', () => {
  const call = async (options: object): Promise<string | undefined> => {
    const folder = await projectFolder({
      'contracts/a.yaml': CONTRACT,
      'tpl/a.txt.hbs': '# {{header}}',
      "tpl/it's.txt.hbs": '# {{header}}',
    });
    const { files } = await template.generate(await inputOf(folder), { cwd: folder, root: folder, ...options });
    return callOf(files[0]?.text ?? '');
  };

  test('by the path of the template from the project, and by the names of the files', async () => {
    expect(await call({ template: './tpl/../tpl/a.txt.hbs' })).toBe('template --template tpl/a.txt.hbs');
    expect(await call({ template: 'tpl/a.txt.hbs', name: '{contract}/{version}.md' })).toBe(
      'template --template tpl/a.txt.hbs --name {contract}/{version}.md',
    );
    expect(await call({ template: "tpl/it's.txt.hbs", name: 'a b' })).toBe(
      'template --template tpl/it%27s.txt.hbs --name a%20b',
    );
  });

  test('wherever it is made', () => {
    const call = (options: object) => callBy(TEMPLATE, { root: '/project', ...options }).text;
    const text = 'template --template tpl/a.txt.hbs';
    expect(call({ template: 'tpl/a.txt.hbs', cwd: '/project' })).toBe(text);
    expect(call({ template: '../tpl/a.txt.hbs', cwd: '/project/deep' })).toBe(text);
    expect(call({ template: '/project/tpl/a.txt.hbs', cwd: '/elsewhere' })).toBe(text);
  });
});

/** Where Handlebars gives a text that nobody complains about, so does Surety. */
describe('as Handlebars prints it', () => {
  const context = {
    header: 'h',
    none: null,
    zero: 0,
    empty: '',
    yes: true,
    no: false,
    list: ['a', 'b'],
    nothing: [],
    part: { name: 'inner', list: ['b', 'c'], each: 'e' },
    rows: [
      { name: 'one', parts: [{ name: 'x' }, { name: 'y' }], sub: null },
      { name: 'two', parts: [], sub: { name: 's' } },
    ],
  };
  const branch = (tag: string): string => `{{#${tag}}}y{{else}}n{{/${tag.split(' ')[0]}}}`;

  test.each([
    ...['none', 'zero', 'empty', 'yes', 'no', 'list', 'nothing', 'part'].flatMap((name) => [
      branch(`if ${name}`),
      branch(`unless ${name}`),
      branch(`with ${name}`),
      branch(name),
      `{{^${name}}}y{{/${name}}}`,
      `{{^if ${name}}}y{{else}}n{{/if}}`,
    ]),
    '{{#if zero includeZero=true}}y{{else}}n{{/if}}{{#if empty includeZero=true}}y{{else}}n{{/if}}',
    '{{none}}{{zero}}{{empty}}{{yes}} {{no}} {{list}} {{{part.name}}} {{&header}}',
    '{{#if no}}1{{else if none}}2{{else if yes}}3{{else}}4{{/if}}',
    '{{#each rows}}{{@index}} {{@key}} {{@first}} {{@last}} {{name}} {{/each}}',
    '{{#each rows}}{{#each parts}}{{name}}{{../name}}{{@index}} {{@../index}}{{@root.header}}{{../../header}}{{else}}-{{/each}}{{/each}}',
    '{{#each rows as |row at|}}{{#each row.parts as |part|}}{{at}}{{row.name}}{{part.name}}{{/each}}{{/each}}',
    '{{#each rows as |name|}}{{name.name}}{{this.name}}{{./name}}{{/each}}',
    '{{#each part}}{{@key}}={{this}};{{/each}}',
    '{{#each list}}{{#each ../list}}{{.}}{{/each}}{{/each}}',
    '{{#with part}}{{name}}{{#with this}}{{../header}}{{/with}}{{#if name}}{{../header}}{{/if}}{{../part.name}}{{/with}}',
    '{{#with part as |p|}}{{p.name}}{{/with}}',
    '{{#each rows}}{{#sub}}{{name}}{{else}}none{{/sub}}{{/each}}',
    '{{#list}}{{.}}{{@index}}{{/list}}',
    '{{rows.[0].name}}{{rows.1.name}}{{part/name}}{{list.length}}{{[header]}}{{"header"}}',
    '{{lookup part "name"}}{{lookup list 1}}{{lookup list 5}}{{lookup none "a"}}{{#with (lookup rows 0)}}{{name}}{{/with}}',
    '{{#each part.list}}{{lookup ../list @index}}{{/each}}',
    '{{#with part}}{{this.each}}{{./each}}{{/with}}',
    'a\n  {{#if yes}}\n  b {{~header~}} c\n  {{/if}}\n{{!-- no --}}\nd \\{{header}}',
    '{{! a }}\n{{#each list}}\n  {{this}}\n{{/each}}\nend\n',
  ])('%s', (text) => {
    const expected = Handlebars.compile(text, { noEscape: true })(context);
    expect(compileTemplate(text, 'a.hbs')(context)).toBe(expected);
  });

  test('with numbers and truths side by side, which Handlebars adds', async () => {
    expect(
      await body('{{#each tables}}{{#each columns}}{{precision}}{{scale}}{{required}}{{key}}|{{/each}}{{/each}}'),
    ).toBe('truetrue|122falsefalse|\n');
    expect(await body('{{contract.major}}{{contract.major}}')).toBe('22\n');
  });
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
    const keys = new Set(contracts.flatMap((each) => [...keysOf(contextOf(each, parties, ''))]));
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
