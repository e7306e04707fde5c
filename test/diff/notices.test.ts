import { expect, test } from 'vitest';
import { changesOf } from './compare-spec.ts';

const until = (sunset: string) =>
  `tables: { orders: { columns: { sku: string, code: { type: string, deprecated: { sunset: ${sunset}, replacedBy: sku } } } } }`;
const ORDERS = 'tables: { orders: { columns: { sku: string, code: string } } }';
const WITHOUT_CODE = 'tables: { orders: { columns: { sku: string } } }';
const DRAFT = `status: draft\n${ORDERS}`;

test.each<readonly [string, string | null, string | null, string, boolean]>([
  ['a draft that goes', DRAFT, null, 'contract-removed', true],
  ['a contract that goes', ORDERS, null, 'contract-removed', false],
  ['a column that goes after its sunset', until('2026-11-25'), WITHOUT_CODE, 'column-removed-after-sunset', true],
  ['a column that goes before its sunset', until('2026-11-26'), WITHOUT_CODE, 'column-removed-before-sunset', false],
  ['a sunset that comes earlier', until('2027-11-25'), until('2027-10-25'), 'sunset-earlier', false],
  ['a sunset that was over comes earlier', until('2026-11-25'), until('2026-10-25'), 'sunset-earlier', true],
  ['a sunset that comes later', until('2027-10-25'), until('2027-11-25'), 'sunset-later', true],
  ['something that is announced to go', ORDERS, until('2027-11-25'), 'deprecated', true],
  [
    'a feature more',
    WITHOUT_CODE,
    'tables: { orders: { columns: { sku: string }, features: { code: { type: string, as: lower(sku) } } } }',
    'column-added',
    true,
  ],
  ['a column more', WITHOUT_CODE, ORDERS, 'column-added', false],
])('%s', async (name, before, after, rule, notice) => {
  const changes = await changesOf({ name, before, after, expect: [] });
  expect(changes.map((change) => [change.rule, change.notice ?? false])).toEqual([[rule, notice]]);
});

test('what is a set has one text for all orders', async () => {
  const owned = (...informed: readonly string[]) =>
    `raci: { accountable: sales, informed: [${informed.join(', ')}] }\n${ORDERS}`;
  const read = (...uses: readonly string[]) =>
    `${ORDERS}\nconsumers: { forecast: { party: science, uses: [${uses.join(', ')}] } }`;
  const tagged = (...tags: readonly string[]) => `tags: [${tags.join(', ')}]\n${ORDERS}`;
  const printOf = async (before: string, after: string) =>
    (await changesOf({ name: 'order', before, after, expect: [] })).map(({ fingerprint }) => fingerprint);
  expect(await printOf(owned('a', 'b', 'c'), owned('a', 'b'))).toEqual(
    await printOf(owned('c', 'b', 'a'), owned('b', 'a')),
  );
  expect(await printOf(tagged('a', 'b', 'c'), tagged('a', 'b'))).toEqual(
    await printOf(tagged('c', 'b', 'a'), tagged('b', 'a')),
  );
  expect(await printOf(read('orders.sku', 'orders.code'), read('orders.code'))).toEqual(
    await printOf(read('orders.code', 'orders.sku'), read('orders.code')),
  );
});
