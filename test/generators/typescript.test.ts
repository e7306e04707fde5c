import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import type { Generated } from '../../generators/generator.ts';
import { typescript } from '../../generators/typescript.ts';
import { ROOT } from '../support/cli.ts';
import { compile } from '../types/compile.ts';
import { filesOf, generateFrom } from '../types/generate.ts';
import { FIXTURE, inputOf, SHIPPED } from './input.ts';

/** The module of a contract `case` at version 1.0.0 with these tables. */
async function moduleOf(tables: string, options = {}): Promise<string> {
  return textOf(await generateFrom([contract(tables)], options));
}

function contract(tables: string, name = 'case'): string {
  return `contract: ${name}\nversion: 1.0.0\ntables:\n${tables.replaceAll(/^/gm, '  ')}`;
}

function textOf({ files }: Generated, path = 'case.v1.ts'): string {
  return files.find((file) => file.path === path)?.text ?? '';
}

/** The property of an interface, with its comment, without the indent. */
function property(text: string, name: string, within = 'Row'): string {
  const [, body = ''] = new RegExp(`export interface \\w*${within} \\{\\n([\\s\\S]*?)\\n\\}\\n`).exec(text) ?? [];
  const lines = body.split('\n');
  const at = lines.findIndex((line) => new RegExp(`^  ${name}\\??:`).test(line));
  const start = lines.findLastIndex((line, index) => index < at && line.startsWith('  /**'));
  return lines
    .slice(start, at + 1)
    .map((line) => line.slice(2))
    .join('\n');
}

function column(text: string): string {
  return `orders:\n  columns:\n    id: int64\n    c: ${text}\n`;
}

describe('types', () => {
  test.each([
    ['int8', 'number | null'],
    ['int64', 'bigint | null'],
    ['integer', 'bigint | null'],
    ['{ type: int32, required: true }', 'number'],
    ['decimal', 'Decimal | null'],
    ['{ type: "decimal(9,2)", unit: EUR }', "Money<'EUR'> | null"],
    ['{ type: int64, unit: JPY }', "Money<'JPY', bigint> | null"],
    ['{ type: float64, unit: USD, required: true }', "Money<'USD', number>"],
    ['{ type: "decimal(9,2)", unit: kg }', 'Decimal | null'],
    ['{ type: string, unit: EUR }', 'string | null'],
    ['json', 'unknown'],
    ['native(inet)', 'unknown'],
    ['struct', 'Record<string, unknown> | null'],
    ['array<struct>', 'readonly (Record<string, unknown> | null)[] | null'],
    ['array<json>', 'readonly unknown[] | null'],
    ['"map<uuid,array<date>>"', 'ReadonlyMap<Uuid, readonly (LocalDate | null)[] | null> | null'],
    ['{ type: string, enum: [a, b] }', "'a' | 'b' | null"],
    ['{ type: string, enum: [a, b], openEnum: true }', "'a' | 'b' | (string & {}) | null"],
    ['{ type: int32, enum: [1, -2] }', '1 | -2 | null'],
    ['{ type: int32, enum: [1], openEnum: true }', '1 | (number & {}) | null'],
    ['{ type: int64, enum: [007, 9223372036854775807] }', '7n | 9223372036854775807n | null'],
    ['{ type: boolean, enum: [true], required: true }', 'true'],
    ['{ type: date, enum: [2026-01-01] }', 'LocalDate | null'],
    ['{ type: "decimal(3,1)", enum: [1.5] }', 'Decimal | null'],
    ['{ type: float64, enum: [1.5] }', 'number | null'],
    ['{ type: string, enum: [a], missing: { values: ["", N/A] } }', "'a' | '' | 'N/A' | null"],
    ['{ type: int32, enum: [1, 2], missing: { values: [-1, n/a] } }', '1 | 2 | -1 | null'],
    ['{ type: int64, enum: [1], missing: { values: [1, -1] } }', '1n | -1n | null'],
  ])('%s is %s', async (type, expected) => {
    expect(property(await moduleOf(column(type)), 'c')).toMatch(new RegExp(`^c: ${escaped(expected)};$`, 'm'));
  });

  test('a reader meets what a tolerance lets through, a writer keeps the rule', async () => {
    const text = await moduleOf(column('{ type: string, required: true, enum: [a, b], invalid: 1% }'));
    expect(property(text, 'c')).toContain("c: 'a' | 'b' | (string & {});");
    expect(property(text, 'c')).toContain('values that break these rules are read as they are, and never written');
    expect(property(text, 'c', 'NewOrdersRow')).toContain("c: 'a' | 'b';");
    expect(text).toContain("  c: ColumnType<'a' | 'b' | (string & {}), 'a' | 'b', 'a' | 'b'>;");
  });

  test.each([
    ['the column', 't:\n  columns: { c: { type: string, required: true, enum: [a, b], severity: warn } }\n'],
    ['the table', 't:\n  severity: warn\n  columns: { c: { type: string, required: true, enum: [a, b] } }\n'],
  ])('a reader meets what %s only warns of', async (_, tables) => {
    const text = await moduleOf(tables);
    expect(property(text, 'c', 'TRow')).toContain("c: 'a' | 'b' | (string & {});");
    expect(property(text, 'c', 'NewTRow')).toContain("c: 'a' | 'b';");
    expect(text).toContain("'c (lax)': valueRule({");
  });

  test('a tolerance of nothing leaves the enum closed', async () => {
    const text = await moduleOf(column('{ type: string, required: true, enum: [a, b], invalid: 0 }'));
    expect(property(text, 'c')).toContain("c: 'a' | 'b';");
  });

  test('without brands values are plain', async () => {
    const tables =
      't:\n  columns: { a: "decimal(9,2)", b: instant, c: date, d: uuid, e: { type: decimal, unit: EUR } }\n';
    const text = await moduleOf(tables, { brands: false });
    for (const name of 'abcde') expect(property(text, name)).toContain(`${name}: string | null;`);
    expect(text).toContain('import { defineTable');
    expect(text).not.toMatch(/Decimal|Money|Instant|Uuid/);
  });

  test('instants are Date where that is asked for, and microseconds are noted', async () => {
    const tables = 't:\n  columns: { a: instant, b: instant(3), c: timestamp }\n';
    const generated = await generateFrom([contract(tables)], { instants: 'date' });
    const text = textOf(generated);
    expect(property(text, 'a')).toContain('a: Date | null;');
    expect(property(text, 'c')).toContain('c: Timestamp | null;');
    expect(text).toContain("  instants: 'date',\n");
    expect(generated.notes).toEqual([
      { where: 'case/t.a', message: 'a Date has milliseconds: the microseconds of instants are lost' },
    ]);
  });

  test('what the database fills in is optional for a writer, and what it generates is not there', async () => {
    const text = await moduleOf(
      `t:\n  key: [id]\n  columns:\n    id: { type: int64, generated: true }\n    a: { type: int32, required: true }\n    b: { type: int32, required: true, default: 0 }\n    c: int32\n`,
    );
    const [, row = ''] = /export interface NewTRow \{\n([\s\S]*?)\n\}/.exec(text) ?? [];
    expect(row.match(/^ {2}\w.*$/gm)).toEqual(['  a: number;', '  b?: number;', '  c?: number | null;']);
    const [, table = ''] = /export interface TTable \{\n([\s\S]*?)\n\}/.exec(text) ?? [];
    expect(table.split('\n')).toEqual([
      '  id: GeneratedAlways<bigint>;',
      '  a: number;',
      '  b: Generated<number>;',
      '  c: number | null;',
    ]);
  });

  test('nested values have interfaces of their own, named by their path', async () => {
    const text = await moduleOf(
      `orders:\n  columns:\n    lines: array<struct>\n    lines[].price: { type: decimal, required: true }\n    lines[].product: struct\n    lines[].product.sku: string\n    attrs: map<string,struct>\n    attrs{}.x: int32\n`,
    );
    expect(property(text, 'lines')).toContain('lines: readonly (OrdersLines | null)[] | null;');
    expect(property(text, 'price', 'OrdersLines')).toContain('price: Decimal;');
    expect(property(text, 'product', 'OrdersLines')).toContain('product: OrdersLinesProduct | null;');
    expect(property(text, 'sku', 'OrdersLinesProduct')).toContain('sku: string | null;');
    expect(property(text, 'attrs')).toContain('attrs: ReadonlyMap<string, OrdersAttrs | null> | null;');
  });

  test("Kysely's table has the names of the source", async () => {
    const generated = await generateFrom([
      contract('t:\n  columns: { a: { type: int32, physicalName: [Ä b, AB] } }\n'),
    ]);
    expect(textOf(generated)).toContain("export interface TTable {\n  'Ä b': number | null;\n}");
    expect(textOf(generated)).toContain("{ name: 'a', type: 'int32', required: false, physicalNames: ['Ä b', 'AB'] }");
    expect(generated.notes).toEqual([
      { where: 'case/t.a', message: `the source has one of several names: Kysely's table has "Ä b" only` },
    ]);
  });

  test('a key over members of a struct is no key to ask by', async () => {
    const generated = await generateFrom([contract('t:\n  key: [a.b]\n  columns: { a: struct, a.b: int32 }\n')]);
    expect(textOf(generated)).toContain('export type TKey = never;');
    expect(generated.notes).toEqual([
      { where: 'case/t', message: 'byKey is not there: the key names a member of a column' },
    ]);
  });
});

describe('names', () => {
  test.each([
    [
      'tables that differ in case',
      ['orders: { columns: { id: int64 } }\nOrders: { columns: { id: int64 } }\n'],
      /table "orders" of case and table "Orders" of case are "orders" and "Orders", which differ only in case/,
    ],
    [
      'tables that are one identifier',
      ['a-b: { columns: { id: int64 } }\na_b: { columns: { id: int64 } }\n'],
      /table "a-b" of case and table "a_b" of case are both "AB"/,
    ],
    [
      'columns that differ in case',
      ['t: { columns: { id: int64, ID: int64 } }\n'],
      /column "id" of case\/t and column "ID" of case\/t are "id" and "ID"/,
    ],
    [
      'a column and a feature',
      ['t: { columns: { id: int64 }, features: { Id: { type: int64, as: id } } }\n'],
      /column "id" of case\/t and feature "Id" of case\/t/,
    ],
  ])('%s are refused', async (_, [tables = ''], message) => {
    await expect(generateFrom([contract(tables)])).rejects.toThrow(message);
  });

  test('contracts that are one name in the index are refused', async () => {
    const texts = ['a.b', 'a-b'].map((name) => contract('t: { columns: { id: int64 } }\n', name));
    await expect(generateFrom(texts)).rejects.toThrow('contract a-b and contract a.b are both "abV1" in the output');
  });

  test('two versions stand side by side', async () => {
    const text = (major: number) =>
      `contract: shop.orders@${major}\nversion: ${major}.0.0\ntables: { t: { columns: { id: int64 } } }\n`;
    const { files } = await generateFrom([text(1), text(2)]);
    expect(files.map(({ path }) => path)).toEqual(['shop.orders.v1.ts', 'shop.orders.v2.ts', 'index.ts']);
    expect(files[2]?.text).toBe(
      "// Generated by `surety generate typescript` from 2 contracts. Do not edit: change the contracts.\nexport * as shopOrdersV1 from './shop.orders.v1.js';\nexport * as shopOrdersV2 from './shop.orders.v2.js';\n",
    );
  });

  test('what is taken gives way to names of the contract, and all of it compiles', async () => {
    const tables = [
      'order: { columns: { id: int64, row: struct, row.a: int32 } }',
      'new_order: { columns: { id: int64 } }',
      'local: { columns: { date: struct, date.on: { type: date, required: true } } }',
      'define-table: { columns: { id: int64 } }',
      'value_rule: { columns: { id: { type: int64, min: 1 } } }',
      'undefined: { columns: { id: int64 } }',
      'await: { columns: { id: int64 } }',
      'readonly: { columns: { map: struct, map.x: int32, m: "map<string,int32>" } }',
      'Date: { columns: { at: instant } }',
      'string: { columns: { s: string } }',
      'generated: { columns: { always: struct, always.x: int32, g: { type: int32, generated: true } } }',
    ];
    const generated = await generateFrom([contract(`${tables.join('\n')}\n`)], { instants: 'date' });
    const text = textOf(generated);
    expect(text).toContain('defineTable as defineTable_');
    expect(text).toContain('export const newOrder = defineTable_<NewOrderRow, ');
    expect(text).toContain('export const undefined_ = ');
    expect(text).toContain('m: ReadonlyMap<string, number | null> | null;');
    expect(text).toContain('map: ReadonlyMap_ | null;');
    expect(generated.notes.map(({ message }) => message)).toEqual(
      expect.arrayContaining(['"NewOrderRow" is called NewOrderRow_: the name is taken']),
    );
    const compiled = compile(new Map(filesOf(generated, 'taken')));
    expect(generated.files.flatMap(({ path }) => compiled.problemsOf(`taken/${path}`))).toEqual([]);
  });

  test('columns keep their order and their names, whatever they are', async () => {
    const names = ['z', '1', '0', 'hasOwnProperty', '__proto__', '$ref', 'a b', "it's"];
    const columns = names.map((name) => `    ${JSON.stringify(name)}: int64\n`).join('');
    const text = await moduleOf(`t:\n  columns:\n${columns}`);
    const [, row = ''] = /export interface TRow \{\n([\s\S]*?)\n\}/.exec(text) ?? [];
    expect([...row.matchAll(/^ {2}(\S.*): bigint/gm)].map(([, key]) => key)).toEqual([
      'z',
      "'1'",
      "'0'",
      'hasOwnProperty',
      '__proto__',
      '$ref',
      "'a b'",
      '"it\'s"',
    ]);
  });
});

describe('comments', () => {
  test('a column tells what the contract says of it', async () => {
    const text = await moduleOf(
      column(
        `{ type: "string(20)", description: Where it goes., classification: pii, unit: kg, minLength: 2, format: email, missing: 2%, raci: { responsible: crm }, deprecated: { since: 2.0.0, sunset: 2027-03-01, replacedBy: country } }`,
      ),
    );
    expect(property(text, 'c')).toBe(`/**
 * Where it goes.
 * - \`string(20)\`; unit kg; classification pii
 * - missing: at most 2%
 * - format \`email\`
 * - at least 2 characters
 * - responsible: crm
 * @deprecated since 2.0.0, removed after 2027-03-01, use country
 */
c: string | null;`);
  });

  test('values of an enum are told one by one', async () => {
    const text = await moduleOf(
      column('{ type: string, enum: { a: First., b: { deprecated: { since: 2.1.0, replacedBy: a } }, c: } }'),
    );
    expect(property(text, 'c')).toContain(' * - `a`: First.\n * - `b`: deprecated since 2.1.0, use a\n */');
  });

  test('a deprecated table or contract is deprecated in code', async () => {
    const tables =
      'old:\n  deprecated: { since: 1.1.0 }\n  columns: { id: int64 }\nfresh: { columns: { id: int64 } }\n';
    const text = await moduleOf(tables);
    expect(deprecatedIn(text)).toEqual(['OldRow', 'old']);
    const whole = `${contract(tables)}\nstatus: deprecated\ndeprecated: { sunset: 2027-01-01 }\n`;
    expect(deprecatedIn(textOf(await generateFrom([whole])))).toEqual(['OldRow', 'old', 'FreshRow', 'fresh']);
    expect(textOf(await generateFrom([whole]))).toContain(' * @deprecated removed after 2027-01-01\n');
  });

  test('a text of the contract is never a tag', async () => {
    const text = await moduleOf(column(`{ type: string, description: "@deprecated\\n  @type {x}\\nsee\\t@internal" }`));
    expect(deprecatedIn(text)).toEqual([]);
    expect(tagsIn(text)).toEqual([]);
    const feature = await moduleOf(
      `${column('array<string>')}  features:\n    f: { type: boolean, as: "c @> array['x']" }\n`,
    );
    expect(feature).toContain(" * - computed: c \\@> array['x']\n");
    expect(tagsIn(feature)).toEqual([]);
  });

  test('a long description is broken between words', async () => {
    const text = await moduleOf(column(`{ type: string, description: "${'words and more words '.repeat(20)}" }`));
    const lines = property(text, 'c').split('\n');
    expect(lines.length).toBeGreaterThan(4);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(120);
  });
});

describe('options', () => {
  test('another form of instants is refused', async () => {
    await expect(generateFrom([contract('t: { columns: { id: int64 } }\n')], { instants: 'iso' })).rejects.toThrow(
      '--instants is "iso", expected text or date',
    );
  });
});

test('all but the validators is as a formatter would set it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'surety-format-'));
  try {
    const [a, b, c] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)];
    const long = `a_table_with_a_long_name_${a}: { columns: { id: int64 } }\n`;
    const tolerant = `{ type: string, required: true, default: ${a}, invalid: 1%, enum: [${a}, ${b}, ${c}] }`;
    const wide = contract(`${column(tolerant)}${long}`);
    const all = [
      ...(await typescript.generate(await inputOf(FIXTURE), {})).files,
      ...(await typescript.generate(await inputOf(SHIPPED), { brands: false })).files,
      ...(await generateFrom([wide])).files,
    ];
    for (const { path, text } of all) await writeFile(join(folder, path), withoutValidators(text));
    const settings = {
      formatter: { indentStyle: 'space', lineWidth: 120 },
      javascript: { formatter: { quoteStyle: 'single' } },
    };
    await writeFile(join(folder, 'biome.json'), JSON.stringify(settings));
    const biome = join(ROOT, 'node_modules', '.bin', 'biome');
    expect(() =>
      execFileSync(biome, ['format', ...all.map(({ path }) => path)], { cwd: folder, stdio: 'pipe' }),
    ).not.toThrow();
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** Lists in them are filled, which no formatter does. */
function withoutValidators(text: string): string {
  const source = ts.createSourceFile('case.ts', text, ts.ScriptTarget.ES2022, true);
  const isOther = (node: ts.Statement): boolean =>
    !ts.isFunctionDeclaration(node) && !/^const \w+_rules\b/.test(node.getText());
  return `${source.statements
    .filter(isOther)
    .map((node) => node.getFullText())
    .join('')}\n`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Names of what has the tag `@deprecated`. */
function deprecatedIn(text: string): readonly string[] {
  return tagged(text, (node) => ts.getJSDocDeprecatedTag(node) !== undefined);
}

function tagsIn(text: string): readonly string[] {
  return tagged(text, (node) => ts.getJSDocTags(node).length > 0);
}

function tagged(text: string, has: (node: ts.Node) => boolean): readonly string[] {
  const source = ts.createSourceFile('case.ts', text, ts.ScriptTarget.ES2022, true);
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const isNamed = ts.isInterfaceDeclaration(node) || ts.isPropertySignature(node) || ts.isVariableDeclaration(node);
    if (isNamed && has(node)) names.push(node.name.getText());
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}
