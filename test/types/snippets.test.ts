import { beforeAll, describe, expect, test } from 'vitest';
import { typescript } from '../../generators/typescript.ts';
import { FIXTURE, inputOf } from '../generators/input.ts';
import { type Compiled, compile } from './compile.ts';
import { filesOf } from './generate.ts';

const HEAD = `
import type { Insertable, Kysely } from 'kysely';
import type { Decimal, Instant, LocalDate, Money, Timestamp } from 'surety/accessor';
import { customers, events, orders } from './shop.orders.v2.js';
import type * as shop from './shop.orders.v2.js';
import { class_, doIt } from './hostile.names.v1.js';
export type { Decimal, Insertable, Instant, LocalDate, Money, Timestamp };
export { class_, customers, doIt, events, orders };
declare const db: Kysely<unknown>;
declare const shopDb: Kysely<{ 'sales.orders': shop.OrdersTable }>;
declare const row: shop.OrdersRow;
declare const event: shop.EventsRow;
declare const fresh: shop.NewOrdersRow;
declare const instant: Instant;
export { db, event, fresh, instant, row, shopDb };
`;

/** Title → code that compiles. */
const GOOD: Readonly<Record<string, string>> = {
  'rows have all stored columns': 'const all: Promise<shop.OrdersRow[]> = orders(db).execute();\nexport { all };',
  'a selection has just its columns':
    "const some: Promise<{ order_id: bigint; amount: Money<'EUR'> }[]> = orders(db).select('order_id', 'amount').execute();\nexport { some };",
  'features are selected like columns':
    "const some: Promise<{ net_amount: Money<'EUR'> | null; is_big: boolean }[]> = orders(db).select('net_amount', 'is_big').execute();\nexport { some };",
  'conditions chain': `export const found = orders(db)
  .where('order_id', '>', 1n)
  .where('status', 'in', ['placed', 'shipped'])
  .where('placed_at', '<', '2026-03-29T02:30:00.000000' as Timestamp)
  .where('shipped_at', 'is not', null)
  .where('net_amount', '>=', '10.00' as Money<'EUR'>)
  .count();`,
  'one row by its key':
    'const one: Promise<shop.OrdersRow | undefined> = orders(db).byKey({ order_id: 1n });\nexport { one };',
  'one row by a key of two columns': 'export const one = events(db).byKey({ customer_id: 1n, at: instant });',
  'rows are streamed': `export async function run(): Promise<bigint> {
  let sum = 0n;
  for await (const { order_id } of orders(db).select('order_id').stream({ batchSize: 10 })) sum += order_id;
  return sum;
}`,
  'a closed enum is exhausted by a switch': `export function label(status: shop.OrdersRow['status']): string {
  switch (status) {
    case 'placed': return 'a';
    case 'shipped': return 'b';
    case 'returned': return 'c';
    case 'refunded': return 'd';
    default: { const never: never = status; return never; }
  }
}`,
  'an open enum takes any text': "const channel: shop.OrdersRow['channel'] = 'kiosk';\nexport { channel };",
  'nested values': `const country: string | undefined = event.address?.country;
const lat: number | undefined = event.address?.geo?.lat;
const price: Decimal | null | undefined = event.lines?.[0]?.price;
const tag: string | null | undefined = event.tags?.[0];
const score: number | null | undefined = event.scores?.get('a');
export { country, lat, price, score, tag };`,
  'an amount in a currency is a decimal': 'const decimal: Decimal = row.amount;\nexport { decimal };',
  'a row to be written leaves out what the database fills in': `export const written = orders.insertable({
  order_id: 1n,
  customer_id: 2n,
  placed_on: '2026-03-29' as LocalDate,
  placed_at: '2026-03-29T02:30:00.000000' as Timestamp,
  amount: '12.50' as Money<'EUR'>,
});`,
  'an insertable row goes into the builder of Kysely':
    "export const done = shopDb.insertInto('sales.orders').values(orders.insertable(fresh)).execute();",
  'the builder is limited to the columns of the contract': `export const found = orders(db)
  .query()
  .select(['order_id', 'net_amount'])
  .where('status', '=', 'placed')
  .groupBy('order_id')
  .execute();`,
  'parse takes what comes from outside':
    "const parsed: shop.OrdersRow = orders.parse({ order_id: '1' });\nexport { parsed };",
  'facts of the contract': 'const id: string = orders(db).contract.id;\nexport { id };',
  'odd names': `export async function run(): Promise<string> {
  const [first] = await class_(db).select('__proto__', 'constructor', '*/', 'say "x"', 'function').execute();
  const id: bigint | undefined = first?.constructor;
  return \`\${id} \${first?.['say "x"'] ?? ''} \${first?.__proto__ ?? ''}\`;
}
export const one = class_(db).byKey({ constructor: 1n });`,
  'integers are compared with literals of their values': 'export const isUrgent = row.priority === 3;',
};

/** Title → code, and what the compiler says of it. */
const BAD: Readonly<Record<string, readonly [code: string, snippet: string]>> = {
  'a column that is not there': ['TS2339', 'export const x = row.total;'],
  'a selected column that is not there': ['TS2345', "export const x = orders(db).select('orderid');"],
  'nothing selected': ['TS2555', 'export const x = orders(db).select();'],
  'a column that was not selected': [
    'TS2339',
    "export const x = orders(db).select('order_id').execute().then(([first]) => first?.amount);",
  ],
  'a condition on a column that is not there': ['TS2769', "export const x = orders(db).where('orderid', '=', 1n);"],
  'a condition with a value of another type': ['TS2769', "export const x = orders(db).where('order_id', '=', 1);"],
  'a condition with a text that is no moment': [
    'TS2769',
    "export const x = orders(db).where('shipped_at', '>', '2026-01-01T00:00:00Z');",
  ],
  'a condition with a value that the enum does not have': [
    'TS2769',
    "export const x = orders(db).where('status', '=', 'lost');",
  ],
  'equality with null': ['TS2769', "export const x = orders(db).where('shipped_at', '=', null);"],
  'an order of booleans': ['TS2769', "export const x = orders(db).where('is_test', '<', true);"],
  'an operator that is none': ['TS2769', "export const x = orders(db).where('order_id', '~', 1n);"],
  'a null where one may be': ['TS18047', 'export const x = row.invoice_no.length;'],
  'a null to a column that is required': ['TS2322', 'export const x: shop.OrdersRow = { ...row, customer_id: null };'],
  'a key without one of its columns': ['TS2345', 'export const x = events(db).byKey({ customer_id: 1n });'],
  'a key with another column': ['TS2353', 'export const x = orders(db).byKey({ order_id: 1n, status: "placed" });'],
  'a key with a value of another type': ['TS2322', 'export const x = orders(db).byKey({ order_id: 1 });'],
  'a key where there is none': ['TS2345', 'export const x = doIt(db).byKey({ await: 1n });'],
  'euros as dollars': ['TS2322', "export const x: Money<'USD'> = row.amount;"],
  'dollars among euros': ['TS2769', "export const x = orders(db).where('amount', '>', '1.00' as Money<'USD'>);"],
  'a plain text as a decimal': ['TS2322', "export const x: Decimal = '1.00';"],
  'a plain text as a moment': ['TS2322', "export const x: Instant = '2026-01-01T00:00:00.000000Z';"],
  'a local time as a moment': ['TS2322', 'export const x: Instant = row.placed_at;'],
  'a date as a local time': ['TS2322', 'export const x: Timestamp = row.placed_on;'],
  'a number added to a bigint': ['TS2365', 'export const x = row.order_id + 1;'],
  'a bigint as a number': ['TS2322', 'export const x: number = row.order_id;'],
  'a number as a bigint': ['TS2322', 'export const x: bigint = row.count;'],
  'a value that a closed enum does not have': ['TS2322', "export const x: shop.OrdersRow['status'] = 'lost';"],
  'a number that an enum does not have': ['TS2322', "export const x: shop.OrdersRow['priority'] = 4;"],
  'a comparison that no value meets': ['TS2367', "export const x = row.status === 'lost';"],
  'a switch that leaves a value out': [
    'TS2322',
    `export function label(status: shop.OrdersRow['status']): string {
  switch (status) {
    case 'placed': return 'a';
    case 'shipped': return 'b';
    default: { const never: never = status; return never; }
  }
}`,
  ],
  'JSON taken for something': ['TS2322', 'export const x: string = row.payload;'],
  'an element of a list without a look': ['TS2533', 'export const x = event.tags![0].length;'],
  'a list that is changed': ['TS2339', "event.tags?.push('x');"],
  'a map that is changed': ['TS2339', "event.scores?.set('x', 1);"],
  'a member that is not there': ['TS2339', 'export const x = event.address?.zip;'],
  'a member of a struct that may be null': ['TS18047', 'export const x = event.address.country;'],
  'a feature among the stored columns': ['TS2339', 'export const x = row.net_amount;'],
  'a row to be written without a column': [
    'TS2345',
    `export const x = orders.insertable({ order_id: 1n, customer_id: 2n, placed_on: row.placed_on, placed_at: row.placed_at });`,
  ],
  'a row to be written with a generated column': [
    'TS2353',
    'export const x = orders.insertable({ ...fresh, loaded_at: instant });',
  ],
  'a row to be written with a feature': [
    'TS2353',
    'export const x = orders.insertable({ ...fresh, net_amount: row.amount });',
  ],
  'an insert of a generated column by Kysely': [
    'TS2353',
    'export const x: Insertable<shop.OrdersTable> = { ...orders.insertable(fresh), loaded_at: instant };',
  ],
  'an update of a generated column by Kysely': [
    'TS2322',
    "export const x = shopDb.updateTable('sales.orders').set({ loaded_at: instant });",
  ],
  'the name of the contract where Kysely needs that of the source': [
    'TS2769',
    "export const x = shopDb.selectFrom('sales.orders').select('channel');",
  ],
  'a column that the builder does not have': ['TS2769', "export const x = orders(db).query().select('secret');"],
  'facts that are changed': ['TS2540', "orders.contract.id = 'x';"],
  'rows of one table as those of another': ['TS2741', 'export const x: shop.CustomersRow = row;'],
};

const bad = Object.entries(BAD).map(([title, [code, snippet]], index) => ({
  title,
  code,
  snippet,
  path: `bad-${index}.ts`,
}));
const good = Object.entries(GOOD).map(([title, snippet], index) => ({ title, snippet, path: `good-${index}.ts` }));
let compiled: Compiled;

beforeAll(async () => {
  const generated = filesOf(await typescript.generate(await inputOf(FIXTURE), {}), '.');
  const snippets = [...good, ...bad].map(({ path, snippet }) => [path, `${HEAD}${snippet}\n`] as const);
  compiled = compile(new Map([...generated, ...snippets]));
});

describe('compiles', () => {
  test.each(good)('$title', ({ path }) => {
    expect(compiled.problemsOf(path)).toEqual([]);
  });
});

describe('does not compile', () => {
  test.each(bad)('$title', ({ path, code }) => {
    expect(compiled.codesOf(path)).toEqual([code]);
  });
});
