import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ZodType } from 'zod';
import type { GeneratorInput } from '../../generators/generator.ts';
import { zod } from '../../generators/zod.ts';
import { compareDecimals, parseDecimal } from '../../src/util/decimal.ts';
import { ROOT } from '../support/cli.ts';
import { projectFolder } from '../support/project-folder.ts';
import { FIXTURE, inputOf, SHIPPED } from './input.ts';
import { jsonRows, specInput } from './json-schema-rows.ts';
import { BEYOND, difference, isAbout, rowSpecs } from './row-specs.ts';

type Schemas = Readonly<Record<string, ZodType>>;

let folder: string;
let modules = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'surety-zod-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The first module that is generated, run with the real zod. */
async function load(input: GeneratorInput): Promise<Schemas> {
  const { files } = await zod.generate(input, {});
  const code = ts.transpile(files[0]?.text ?? '', { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext });
  modules += 1;
  const path = join(folder, `module${modules}.mjs`);
  await writeFile(path, code);
  return import(pathToFileURL(path).href);
}

async function tableOf(yaml: string): Promise<ZodType> {
  const head = 'contract: shop.a\nversion: 1.0.0\nraci: { responsible: x, accountable: x }\ntables:\n  t:\n';
  const { TRow } = await load(await inputOf(await projectFolder({ 'contracts/a.yaml': `${head}${yaml}` })));
  return TRow as ZodType;
}

const SNIPPET = `
import { EventsRow, OrdersRow } from './shop.orders.v2.zod.js';
import { ClassRow } from './hostile.names.v1.zod.js';
const order = OrdersRow.parse({});
export const id: bigint = order.order_id;
export const amount: string = order.amount;
export const status: 'placed' | 'shipped' | 'returned' | 'refunded' = order.status;
export const priority: 1 | 2 | 3 | null = order.priority;
export const none: null = order.shipped_at === null ? order.shipped_at : null;
// @ts-expect-error it may be null
export const shipped: string = order.shipped_at;
// @ts-expect-error whole numbers of 64 bits are bigint
export const number: number = order.order_id;
// @ts-expect-error there is no such column
export const other = order.other;
// @ts-expect-error a value that the enum has not
export const lost: boolean = order.status === 'lost';
// @ts-expect-error nothing is known of JSON
export const payload: string = order.payload;
const event: EventsRow = EventsRow.parse({});
export const lat: number | undefined = event.address?.geo?.lat;
export const price: string | null | undefined = event.lines?.[0]?.price;
export const names: (keyof ClassRow)[] = ['constructor', 'toString', "it's", 'a-b'];
export type Input = import('zod').input<typeof OrdersRow>['shipped_at'];
export const absent: Input = undefined;
`;

test('modules are strict-clean, and the types of rows are those of the contract', async () => {
  const { files } = await zod.generate(await inputOf(FIXTURE), {});
  const shipped = await zod.generate(await inputOf(SHIPPED), {});
  const all = [...files, ...shipped.files, { path: 'snippet.ts', text: SNIPPET }];
  for (const { path, text } of all) await writeFile(join(folder, path), text);
  const program = ts.createProgram(
    all.map(({ path }) => join(folder, path)),
    {
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noUnusedLocals: true,
      noImplicitReturns: true,
      isolatedModules: true,
      verbatimModuleSyntax: true,
      skipLibCheck: true,
      noEmit: true,
      types: [],
      lib: ['lib.es2022.d.ts'],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
    },
  );
  const told = ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
    return `${file?.fileName}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
  expect(told).toEqual([]);
  for (const { path, text } of [...files, ...shipped.files]) {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
    expect(kindsIn(source).has(ts.SyntaxKind.AnyKeyword), path).toBe(false);
    // What data could become: a template, a call of what we do not define.
    expect(text).not.toMatch(/[\u2028\u2029]|process\.exit\(1\)(?!\})/);
  }
});

function kindsIn(node: ts.Node): Set<ts.SyntaxKind> {
  const kinds = new Set<ts.SyntaxKind>();
  const visit = (each: ts.Node): void => {
    kinds.add(each.kind);
    each.forEachChild(visit);
  };
  visit(node);
  return kinds;
}

test('hostile names are read as they are', async () => {
  const { ClassRow } = (await load(await inputOf(FIXTURE))) as { ClassRow: ZodType<Record<string, unknown>> };
  const row = JSON.parse(
    '{ "constructor": 1, "__proto__": "x", "default": true, "toString": "new\\nline", "select": "*/`${x}", "it\'s": "y" }',
  );
  const read = ClassRow.parse(row);
  expect(read).toMatchObject({ default: true, toString: 'new\nline', select: '*/`${x}', "it's": 'y', 'a-b': null });
  expect(read['constructor']).toBe(1n);
  expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
  const without = ClassRow.safeParse(JSON.parse('{ "constructor": 1, "__proto__": "x", "default": true }'));
  expect(without.data?.['toString']).toBeNull();
  expect(ClassRow.safeParse(JSON.parse('{ "__proto__": "x", "default": true }')).success).toBe(false);
  expect(ClassRow.safeParse({ ...row, toString: 'other' }).success).toBe(false);
});

const SPECS = await rowSpecs();

describe('rows of the check specs', () => {
  test('many checks are looked at, and each exception is one of them', async () => {
    expect(SPECS.length).toBeGreaterThan(50);
    expect(SPECS.filter(({ verdict }) => verdict === 'fail').length).toBeGreaterThan(30);
    expect(SPECS.filter(({ kind }) => kind === 'required').length).toBeGreaterThan(8);
    expect(Object.keys(BEYOND)).toHaveLength(6);
  });

  test.each(SPECS)('are refused where they are bad: $title', async (each) => {
    const schemas = await load(await specInput(each.spec));
    const schema = schemas[`${each.table[0]?.toUpperCase()}${each.table.slice(1)}Row`] as ZodType;
    const rows = ((await jsonRows(each.spec)).get(each.table) ?? []).map(asDriver);
    const refused = rows.filter((row) =>
      schema.safeParse(row).error?.issues.some(({ path }) => isAbout(each, path as (string | number)[], row)),
    );
    expect(difference(each, refused.length)).toBeUndefined();
  });
});

/** JSON's numbers that are no safe integers, as drivers give them. */
function asDriver(value: unknown): unknown {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) return BigInt(value);
  if (Array.isArray(value)) return value.map(asDriver);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asDriver(inner)]));
}

describe('types', () => {
  const schemas = new Map<string, Promise<ZodType>>();
  const schemaOf = (yaml: string): Promise<ZodType> => {
    const known = schemas.get(yaml) ?? tableOf(yaml);
    schemas.set(yaml, known);
    return known;
  };
  const TYPES = `    extraColumns: forbid
    columns:
      i: int8
      n: { type: int32, exclusiveMin: -5.5, max: 4.5 }
      l: int64
      w: { type: integer, enum: [1, 99999999999999999999] }
      d: "decimal(4,2)"
      e: { type: decimal, enum: [1.50, 2] }
      f: float32
      b: { type: boolean, enum: [true] }
      day: { type: date, min: 2020-02-29, exclusiveMax: 2021-01-01 }
      clock: { type: time(3), max: "12:30:00.5" }
      at: timestamp
      when: { type: instant, min: "2020-01-01T00:00:00Z" }
      u: { type: uuid, enum: [00000000-0000-0000-0000-00000000000A] }
      s: { type: string(2), missing: { allow: 5%, values: [N/A] } }
      z: { type: int32, min: 0, missing: { allow: 5%, values: [-1] } }
      c: { type: string, format: iban }
      m: map<int32,string>
      y: bytes
      j: { type: json, required: true }\n`;

  const REFUSED = Symbol('refused');
  test.each<[string, unknown, unknown]>([
    ['i', 127, 127],
    ['i', 128, REFUSED],
    ['i', 1.5, REFUSED],
    ['i', '1', REFUSED],
    ['n', -5, -5],
    ['n', -6, REFUSED],
    ['n', 5, REFUSED],
    ['l', '9223372036854775807', 9223372036854775807n],
    ['l', -9223372036854775808n, -9223372036854775808n],
    ['l', '9223372036854775808', REFUSED],
    ['l', 2 ** 53, REFUSED],
    ['l', '1.0', REFUSED],
    ['l', true, REFUSED],
    ['w', '99999999999999999999', 99999999999999999999n],
    ['w', 2, REFUSED],
    ['d', '99.99', '99.99'],
    ['d', '+0099.9', '99.90'],
    ['d', 12.5, '12.50'],
    ['d', 12n, '12.00'],
    ['d', '-0.000', '0.00'],
    ['d', '99.999', REFUSED],
    ['d', '100', REFUSED],
    ['d', '1e1', REFUSED],
    ['d', 0.1 + 0.2, REFUSED],
    ['e', '1.5', '1.5'],
    ['e', '2.000', '2'],
    ['e', '3', REFUSED],
    ['f', 0.1, Math.fround(0.1)],
    ['f', 'NaN', Number.NaN],
    ['f', -Infinity, -Infinity],
    ['f', 1e39, REFUSED],
    ['f', '0.1', REFUSED],
    ['b', true, true],
    ['b', false, REFUSED],
    ['day', '2020-02-29', '2020-02-29'],
    ['day', '2020-02-30', REFUSED],
    ['day', '2021-01-01', REFUSED],
    ['day', 'infinity', REFUSED],
    ['day', '-infinity', REFUSED],
    ['clock', '12:30', '12:30:00.000000'],
    ['clock', '12:30:00.500001', REFUSED],
    ['clock', '24:00', REFUSED],
    ['at', '2026-03-29 02:30', '2026-03-29T02:30:00.000000'],
    ['at', '2026-03-29T02:30:00.123456', '2026-03-29T02:30:00.123456'],
    ['at', '2026-03-29T02:30:00Z', REFUSED],
    ['at', 'infinity', 'infinity'],
    ['when', '2026-03-29T02:30:00.5+02:00', '2026-03-29T00:30:00.500000Z'],
    ['when', '2026-03-29 02:30:00+00', '2026-03-29T02:30:00.000000Z'],
    ['when', '9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
    ['when', '9999-12-31T23:59:59-01:00', REFUSED],
    ['when', '2019-12-31T23:59:59.999999Z', REFUSED],
    ['when', '-infinity', REFUSED],
    ['when', 'infinity', 'infinity'],
    ['when', '2026-03-29T02:30:00', REFUSED],
    ['u', '00000000-0000-0000-0000-00000000000A', '00000000-0000-0000-0000-00000000000a'],
    ['u', '00000000-0000-0000-0000-00000000000b', REFUSED],
    ['s', '😀😀', '😀😀'],
    ['s', 'abc', REFUSED],
    ['s', 'N/A', 'N/A'],
    ['z', -1, -1],
    ['z', -2, REFUSED],
    ['c', 'DE89370400440532013000', 'DE89370400440532013000'],
    ['c', 'DE89370400440532013001', REFUSED],
    ['m', { 1: 'a', 2: null }, { 1: 'a', 2: null }],
    ['m', { 1: 2 }, REFUSED],
    ['y', new Uint8Array([1]), new Uint8Array([1])],
    ['y', 'AQ==', REFUSED],
    ['j', null, REFUSED],
    ['j', undefined, REFUSED],
    ['unknown', 1, REFUSED],
  ])('%s takes %s as %s', async (column, given, wanted) => {
    const result = (await schemaOf(TYPES)).safeParse({ j: 0, [column]: given });
    if (wanted === REFUSED) expect(result.success).toBe(false);
    else expect((result.data as Record<string, unknown> | undefined)?.[column]).toEqual(wanted);
  });

  test('a column that is left out is null', async () => {
    expect((await schemaOf(TYPES)).parse({ j: [] })).toMatchObject({
      i: null,
      l: null,
      d: null,
      when: null,
      m: null,
      j: [],
    });
  });
});

test('decimals are compared by their digits', async () => {
  const bound = '12345678901234567890.123456789';
  const schema = await tableOf(`    columns: { d: { type: decimal, required: true, max: "${bound}" } }\n`);
  const digits = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
  fc.assert(
    fc.property(digits, fc.nat({ max: 12 }), (coefficient, scale) => {
      const text = `${coefficient < 0n ? '-' : ''}${String(coefficient < 0n ? -coefficient : coefficient).padStart(scale + 1, '0')}`;
      const written = scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
      const holds = compareDecimals({ coefficient, scale }, parseDecimal(bound) ?? { coefficient: 0n, scale: 0 }) <= 0;
      expect(schema.safeParse({ d: written }).success).toBe(holds);
    }),
  );
});

test('rules of which a breach is only a warning are none', async () => {
  const row = await tableOf(
    '    severity: warn\n    columns: { a: { type: int32, min: 1, required: true }, b: { type: int32, min: 1, severity: fail } }\n',
  );
  expect(row.safeParse({ a: 0, b: 1 }).success).toBe(true);
  expect(row.safeParse({ a: null, b: 1 }).success).toBe(false);
  expect(row.safeParse({ a: 1, b: 0 }).success).toBe(false);
});

test('each thing that is left out has a note', async () => {
  const yaml = `contract: shop.a
version: 1.0.0
raci: { responsible: x, accountable: x }
tables:
  t:
    key: [id]
    freshness: { column: at, within: 1h }
    window: 7d
    timeColumn: at
    columns:
      id: int64
      at: instant
      a: { type: string, pattern: "(a+)+$" }
      b: { type: string, pattern: "^a+$" }
      c: { type: int32, min: 0, invalid: 1% }
      d: { type: instant, max: now }
      e: "native(inet)"
      f: { type: int32, physicalName: eff, missing: 1% }
      g: map<int64,string>
      h: { type: int32, required: true, min: 1, severity: warn }
      __proto__: string
    checks: { one: a <> b, two: { metric: avg(c), max: 3 } }
`;
  const { notes } = await zod.generate(await inputOf(await projectFolder({ 'contracts/a.yaml': yaml })), {});
  expect(notes.map(({ where, message }) => `${where}: ${message}`)).toEqual([
    'shop.a/t: left out, as they are about several rows: key, freshness, f.missing, two',
    'shop.a/t: left out, as they are SQL: one',
    'shop.a/t: every row has to keep the rules: the contract asks it of those of the last 7d',
    'shop.a/t: every row has to have a value, though a breach is only a warning: h',
    'shop.a/t: rows are read by the names of the contract; other names in the source: f',
    'shop.a/t.__proto__: left out: zod reads no column of this name',
    'shop.a/t.a: JavaScript may take long to match the pattern against a long text: maxLength would bound it',
    'shop.a/t.c: the rules on its values are left out, as some may break them (at most 1%)',
    'shop.a/t.d: max: now is left out: a row may be read at another time than it was verified',
    "shop.a/t.e: values of the engine's own type inet are not looked at",
    'shop.a/t.g: the keys are read as texts, not as whole numbers',
    'shop.a/t.h: the rules on its values are left out, as a breach is only a warning',
  ]);
});

test('two tables that become one name are refused', async () => {
  const yaml = (one: string, other: string) =>
    `contract: shop.a\nversion: 1.0.0\nraci: { responsible: x, accountable: x }\ntables:\n  ${one}: { columns: { a: int32 } }\n  ${other}: { columns: { a: int32 } }\n`;
  const input = await inputOf(await projectFolder({ 'contracts/a.yaml': yaml('order_items', 'order-items') }));
  expect(() => zod.generate(input, {})).toThrow(/table "order_items" of shop\.a and table "order-items" of shop\.a/);
});
