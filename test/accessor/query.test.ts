import { CamelCasePlugin, type Kysely, type KyselyPlugin, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESSOR_ENGINES, type Place } from './engines.ts';
import { type AnyRow, anyTable, createOrders, ORDERS_DEFINITION } from './tables.ts';

const table = anyTable(ORDERS_DEFINITION);

describe.each(ACCESSOR_ENGINES)('on $name a query', (engine) => {
  let place: Place;
  const orders = () => table(place.db, { schema: place.schema });

  beforeAll(async () => {
    place = await engine.create(createOrders(engine));
  });
  afterAll(() => place?.drop());

  test('has the columns of the contract and the promised rows alone', async () => {
    const rows = await orders().query().selectAll().execute();
    expect(rows).toHaveLength(4);
    expect(Object.keys(rows[0] ?? {})).toEqual(ORDERS_DEFINITION.columns.map(({ name }) => name));
    await expect(orders().query().select('secret').execute()).rejects.toThrow(/secret/);
  });

  test('decodes columns under any alias, and their least and greatest values', async () => {
    const query = orders().where('shop', '=', 'a').query();
    expect(
      await query.select(['number as n', 'orders.placed_at', 'net']).orderBy('number', 'desc').limit(1).execute(),
    ).toEqual([{ n: 2n, placed_at: '2026-01-02T10:00:00.000000Z', net: '100.00' }]);
    const summed = query.select((eb) => [eb.fn.max('placed_at').as('last'), eb.fn.min('amount').as('least')]);
    expect(await summed.execute()).toEqual([{ last: '2026-01-02T10:00:00.000000Z', least: '10.50' }]);
    const grouped = query
      .select('channel')
      .select((eb) => eb.fn.countAll().as('n'))
      .groupBy('channel')
      .orderBy('channel');
    expect((await grouped.execute()).map(({ channel, n }) => [channel, Number(n)])).toEqual([
      ['shop', 1],
      ['web', 1],
    ]);
  });

  test('streams, and reads inside a transaction', async () => {
    const seen: unknown[] = [];
    for await (const row of orders().query().select('number').stream()) seen.push(row.number);
    expect(seen.sort()).toEqual([1n, 1n, 1n, 2n]);
    const found = await place.db
      .transaction()
      .execute((tx) => table(tx, { schema: place.schema }).query().select('number').execute());
    expect(found).toHaveLength(4);
  });

  test('decodes the columns of tables of contracts that are joined, and binds the values that they are compared with', async () => {
    const other = orders()
      .where('shop', '=', 'a')
      .query()
      .select(['shop', 'number as no', 'amount', 'placed_at'])
      .as('o');
    const joined = orders()
      .query()
      .innerJoin(other, (on) => on.onRef('o.shop', '=', 'orders.shop').onRef('o.no', '=', 'orders.number'))
      .select(['o.no', 'o.amount as cost', 'o.placed_at', 'orders.amount'])
      .where('o.no', '=', 2n)
      .where('o.placed_at', '=', '2026-01-02T10:00:00.000000Z');
    const row = { no: 2n, cost: expect.stringMatching(/^\d+\.\d\d$/), placed_at: '2026-01-02T10:00:00.000000Z' };
    expect(await joined.execute()).toEqual([{ ...row, amount: expect.stringMatching(/^\d+\.\d\d$/) }]);
    const all = orders().query().innerJoin(other, 'o.no', 'orders.number').selectAll('o').where('o.no', '=', 2n);
    expect((await all.execute())[0]).toEqual({ no: 2n, shop: 'a', amount: row.cost, placed_at: row.placed_at });
  });

  test('takes a name inside a subquery for what it is there', async () => {
    const inner = orders().query().select(['shop', 'number as placed_at']).as('x');
    const found = orders()
      .query()
      .select('number')
      .where((eb) => eb.exists(eb.selectFrom(inner).select('x.shop').where('placed_at', '=', 2n)));
    expect(await found.execute()).toHaveLength(4);
  });

  test('decodes each of several queries that grew from one and run at the same time', async () => {
    const base = orders().query().where('shop', '=', 'a').where('number', '=', 2n);
    const [one, two] = await Promise.all([
      base.select('number as value').execute(),
      base.select('placed_at as value').execute(),
    ]);
    expect([one, two]).toEqual([[{ value: 2n }], [{ value: '2026-01-02T10:00:00.000000Z' }]]);
  });

  test('leaves what is computed as it is, though a column elsewhere has its name', async () => {
    const counted = orders()
      .query()
      .select('shop')
      .select((eb) => eb.fn.countAll().as('placed_at'))
      .groupBy('shop')
      .as('g');
    const found = orders()
      .query()
      .select('number')
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom(counted)
            .select('g.shop')
            .where('placed_at', '>', 0 as never),
        ),
      );
    expect(await found.execute()).toHaveLength(4);
    const joined = orders()
      .query()
      .innerJoin(counted, 'g.shop', 'orders.shop')
      .selectAll('g')
      .where('orders.number', '=', 2n);
    const [row] = await joined.execute();
    expect(Number(row?.placed_at)).toBeGreaterThan(0);
  });

  test('of two columns under one name the last is there, on every engine', async () => {
    const other = orders().query().select(['shop', 'placed_at as amount']).where('number', '=', 2n).as('o');
    const joined = orders()
      .query()
      .innerJoin(other, 'o.shop', 'orders.shop')
      .selectAll(['orders', 'o'])
      .where('number', '=', 2n);
    const [row] = await joined.execute();
    expect(row).toMatchObject({ shop: 'a', number: 2n, amount: '2026-01-02T10:00:00.000000Z' });
    expect(Object.keys(row ?? {}).filter((name) => name.includes(':'))).toEqual([]);
  });

  test('computes only the features that it mentions', () => {
    const sqlOf = (query: { compile(): { readonly sql: string } }): string => query.compile().sql;
    const query = orders().query();
    expect(sqlOf(query.select('number'))).not.toContain('amount / 2');
    expect(sqlOf(query.select('net'))).toContain('amount / 2');
    expect(sqlOf(query.select('number').orderBy('net'))).toContain('amount / 2');
    expect(sqlOf(query.select('number').where('net', '>', '1.00'))).toContain('amount / 2');
    expect(sqlOf(query.select('number').where(sql.raw('net > 1') as never))).toContain('amount / 2');
    expect(sqlOf(query.selectAll())).toContain('amount / 2');
    const inner = orders().query().select(['number as n', 'net as half']).as('i');
    const joined = orders().query().innerJoin(inner, 'i.n', 'orders.number').select('i.half');
    expect(sqlOf(joined)).toContain('amount / 2');
    expect(sqlOf(joined)).not.toContain('amount > 100');
  });

  test('a plan comes as the engine gives it', async () => {
    const planned = table(place.db, { schema: place.schema })
      .query()
      .select(['number', 'shop as type', 'status as key']);
    expect((await planned.explain()).length).toBeGreaterThan(0);
  });

  test('all columns of a table without a contract are not guessed', () => {
    const db = place.db as unknown as Kysely<{ orders: AnyRow }>;
    const raw = db.withSchema(place.schema).selectFrom('orders').selectAll().as('r');
    const joined = orders().query().innerJoin(raw, 'r.shop', 'orders.shop');
    expect(() => joined.selectAll().compile()).toThrow('name them');
    expect(joined.selectAll('orders').compile().sql).toContain('join');
  });

  test('a plug-in finds its query again, and one that renames is refused', async () => {
    const seen = new WeakSet<object>();
    const plugin: KyselyPlugin = {
      transformQuery({ node, queryId }) {
        seen.add(queryId);
        return node;
      },
      transformResult: async ({ result, queryId }) => ({
        ...result,
        rows: result.rows.map((row) => ({ ...row, known: seen.has(queryId) })),
      }),
    };
    const query = orders().query().where('number', '=', 2n);
    expect(await query.withPlugin(plugin).select('placed_at').execute()).toEqual([
      { placed_at: '2026-01-02T10:00:00.000000Z', known: true },
    ]);
    expect(() => query.withPlugin(new CamelCasePlugin())).toThrow('names of a contract stay as they are');
  });
});
