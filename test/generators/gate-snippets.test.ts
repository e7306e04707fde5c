import { beforeAll, describe, expect, test } from 'vitest';
import { CHANGE_RULES } from '../../src/diff/catalogue.ts';
import type { ChangeExample } from '../../src/model/change.ts';
import { type Compiled, compile } from '../types/compile.ts';
import { filesOf, generateFrom } from '../types/generate.ts';

/** What a reader wrote against the old version, and what the compiler says of it against the new one. */
interface Snippet {
  readonly code: string;
  readonly breaks: string;
}

const GONE: Snippet = {
  code: "import { orders } from './case.v1.js';\nexport const found = orders;\n",
  breaks: 'TS2307',
};
const REFUNDS: Snippet = {
  code: "import { refunds } from './case.v1.js';\nexport const found = refunds;\n",
  breaks: 'TS2305',
};
const CODE: Snippet = reader("export const found = orders(db).select('code').execute();", 'TS2345');
const LABEL = reader(
  `export function label({ status }: OrdersRow): string {
  switch (status) {
    case 'placed': return 'a';
    case 'shipped': return 'b';
    case null: return '';
    default: { const never: never = status; return never; }
  }
}`,
  'TS2322',
);

/** Rule whose change breaks typed accessors → code that it breaks, written against the rule's own example. */
const SNIPPETS: Readonly<Record<string, Snippet>> = {
  'contract-removed': GONE,
  'contract-removed-before-sunset': GONE,
  'contract-removed-after-sunset': GONE,
  'last-version-removed': GONE,
  'contract-id-changed': { ...GONE, code: GONE.code.replace('case.v1', 'shop.orders.v1') },
  'version-retired-before-sunset': GONE,
  'version-retired-in-use': GONE,
  'table-removed': REFUNDS,
  'table-removed-before-sunset': REFUNDS,
  'table-removed-after-sunset': REFUNDS,
  'table-renamed': { code: GONE.code, breaks: 'TS2305' },
  'column-removed': CODE,
  'column-removed-before-sunset': CODE,
  'column-removed-after-sunset': CODE,
  'column-renamed': CODE,
  'column-case-changed': reader("export const found = orders(db).select('Code').execute();", 'TS2345'),
  'type-representation-changed': reader(
    'export const dozens = (row: OrdersRow): number => (row.quantity ?? 0) / 12;',
    'TS2365',
  ),
  'type-narrowed-representation': reader(
    'export const more = (row: OrdersRow): bigint => (row.quantity ?? 0n) + 1n;',
    'TS2365',
  ),
  'type-changed': reader('export const more = (row: OrdersRow): bigint => (row.quantity ?? 0n) + 1n;', 'TS2365'),
  'timestamp-timezone-changed': reader(
    'export const when = (row: OrdersRow): Timestamp | null => row.placed_at;',
    'TS2322',
  ),
  'key-removed': lines('export const one = lines(db).byKey({ order_id: 1n, line_no: 1 });', 'TS2345'),
  'key-widened': lines('export const one = lines(db).byKey({ order_id: 1n });', 'TS2345'),
  'key-narrowed': lines('export const one = lines(db).byKey({ order_id: 1n, line_no: 1 });', 'TS2353'),
  'key-changed': lines('export const one = lines(db).byKey({ order_id: 1n, line_no: 1 });', 'TS2353'),
  'required-removed': reader('export const length = (row: OrdersRow): number => row.email.length;', 'TS18047'),
  'column-became-feature': reader('export const gross = (row: OrdersRow): bigint | null => row.gross;', 'TS2339'),
  'currency-changed': reader(
    "export const euros = (row: OrdersRow): Money<'EUR', bigint> | null => row.amount;",
    'TS2322',
  ),
  'currency-removed': reader(
    "export const euros = (row: OrdersRow): Money<'EUR', bigint> | null => row.amount;",
    'TS2322',
  ),
  'enum-value-added': LABEL,
  'enum-value-renamed': reader(
    "export const isShipped = (row: OrdersRow): boolean => row.status === 'shipped';",
    'TS2367',
  ),
  'enum-opened': LABEL,
  'version-content-mutated': reader("export const found = orders(db).select('note').execute();", 'TS2345'),
};

function reader(code: string, breaks: string): Snippet {
  return { code: withHead('orders', code), breaks };
}

function lines(code: string, breaks: string): Snippet {
  return { code: withHead('lines', code), breaks };
}

/** Imports only what is used, since an import of what is gone would break anything. */
function withHead(table: string, code: string): string {
  const imports = [
    ...(code.includes('(db)') ? ["import type { Kysely } from 'kysely';"] : []),
    ...['Money', 'Timestamp']
      .filter((name) => code.includes(name))
      .map((name) => `import type { ${name} } from 'surety/accessor';`),
    code.includes('(db)')
      ? `import { ${table} } from './case.v1.js';`
      : "import type { OrdersRow } from './case.v1.js';",
    ...(code.includes('(db)') ? ['declare const db: Kysely<unknown>;'] : []),
  ];
  return `${imports.join('\n')}\n${code}\n`;
}

const BREAKING = CHANGE_RULES.filter(({ effects }) => effects.types === 'breaks');
/** Rules that are told beside the one that breaks the code. */
const BESIDE: ReadonlySet<string> = new Set([
  'column-rename-suspected',
  'version-bump-too-small',
  'waiver-expired',
  'waiver-unapproved',
  'waiver-mismatched',
]);
/** Rules between whose versions a table stays: a reader of its rows is there. */
const ROWS = CHANGE_RULES.filter(({ id, effects }) => effects.types !== 'breaks' && id !== 'unclassified-change');

let compiled: Compiled;
/** Rule → files that take new rows for old ones. */
const takers = new Map<string, readonly string[]>();

beforeAll(async () => {
  const files = new Map<string, string>();
  for (const { id, example } of [...BREAKING, ...ROWS]) {
    const before = await generated(example, 0, `${id}/before`);
    const after = await generated(example, 1, `${id}/after`);
    for (const [path, text] of [...before, ...after]) files.set(path, text);
    for (const side of ['before', 'after']) files.set(`${id}/${side}/reader.ts`, SNIPPETS[id]?.code ?? '');
    const texts = takersOf(before, after).map((text, index) => [`${id}/taker-${index}.ts`, text] as const);
    for (const [path, text] of texts) files.set(path, text);
    takers.set(
      id,
      texts.map(([path]) => path),
    );
  }
  compiled = compile(files);
});

test('every rule that breaks typed accessors has a snippet, and no other', () => {
  expect(Object.keys(SNIPPETS).sort()).toEqual(BREAKING.map(({ id }) => id).sort());
});

describe.each(BREAKING)('$id', ({ id }) => {
  test('lets code compile before the change', () => {
    expect(compiled.problemsOf(`${id}/before/reader.ts`)).toEqual([]);
  });

  test('breaks it', () => {
    expect(compiled.codesOf(`${id}/after/reader.ts`)).toEqual([SNIPPETS[id]?.breaks]);
  });
});

test('where new rows are no old rows, a rule says that code breaks', () => {
  const broken = ROWS.filter(({ id }) => takers.get(id)?.some((path) => compiled.codesOf(path).length > 0));
  expect(new Set(broken.map(({ id }) => id))).toEqual(BESIDE);
  expect([...takers.values()].flat().length).toBeGreaterThan(80);
});

/** Code that gives rows of the new module where those of the old one are expected, for each table that both have. */
function takersOf(
  before: readonly (readonly [path: string, text: string])[],
  after: readonly (readonly [path: string, text: string])[],
): readonly string[] {
  const [[old, oldText] = ['', ''], [now, nowText] = ['', '']] = [before[0], after[0]];
  const rows = (text: string): readonly string[] =>
    [...text.matchAll(/^export const \w+ = defineTable<(\w+),/gm)].map(([, name = '']) => name);
  const module = (path: string): string => `./${path.split('/').slice(1).join('/').replace(/\.ts$/, '.js')}`;
  const both = rows(oldText).filter((name) => rows(nowText).includes(name));
  return both.map(
    (name) =>
      `import type { ${name} as Old } from '${module(old)}';\nimport type { ${name} as New } from '${module(now)}';\ndeclare const now: New;\nexport const old: Old = now;\n`,
  );
}

/** The modules of one side. Both have one version unless the example says otherwise, since the major is part of the path. */
async function generated(
  { before, after, around }: ChangeExample,
  side: 0 | 1,
  folder: string,
): Promise<readonly (readonly [string, string])[]> {
  const body = side === 0 ? before : after;
  if (body === null) return [];
  const version = around?.versions?.[side] ?? '1.0.0';
  const head = /^contract:/m.test(body) ? '' : `contract: case\nversion: ${version}\n`;
  return filesOf(await generateFrom([`${body.trimEnd()}\n${head}`]), folder);
}
