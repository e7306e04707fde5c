import { CamelCasePlugin, type CompiledQuery, type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RowReadError } from '../../src/accessor/index.ts';
import { ACCESSOR_ENGINES, type Place } from './engines.ts';
import {
  type AnyRow,
  type Anything,
  anyTable,
  column,
  createOrders,
  createWide,
  ORDERS_DEFINITION,
  WIDE_DEFINITION,
} from './tables.ts';

const HOSTILE = ['select', 'a"b', 'back`tick', "quo'te", 'constructor', '__proto__', ';drop table x;--', 'naïve ✓'];

const orders = ORDERS_DEFINITION;
const ORDERS = anyTable(orders);

describe.each(ACCESSOR_ENGINES)('on $name', (engine) => {
  let place: Place;
  const at = (table: ReturnType<typeof anyTable>) => table(place.db, { schema: place.schema });

  beforeAll(async () => {
    const text = 'varchar(100)';
    place = await engine.create([
      ...createOrders(engine),
      `create table $s.hostile (${HOSTILE.map((name) => `${engine.quote(name)} ${text}`).join(', ')})`,
      `insert into $s.hostile values (${HOSTILE.map((_, index) => `'v${index}'`).join(', ')})`,
      'create table $s.nothing (number bigint)',
      ...createWide(engine),
      ...(engine.key === 'postgres' ? ['analyze $s.wide'] : []),
    ]);
  });
  afterAll(() => place?.drop());

  test('all stored columns under the names of the contract, of the promised rows alone, and no feature', async () => {
    const rows = await at(ORDERS).execute();
    expect(rows).toHaveLength(4);
    expect(rows.find((row) => row.shop === 'a' && row.number === 1n)).toStrictEqual({
      shop: 'a',
      number: 1n,
      channel: 'web',
      status: 'paid',
      amount: '10.50',
      placed_at: '2026-01-01T10:00:00.000000Z',
    });
  });

  test('select reads what is named, features included', async () => {
    expect(
      await at(ORDERS).select('net', 'large', 'number').where('shop', '=', 'a').where('number', '=', 2n).execute(),
    ).toStrictEqual([{ net: '100.00', large: true, number: 2n }]);
    await expect(async () => at(ORDERS).select('secret')).rejects.toThrow('orders has no column "secret"');
  });

  test('conditions on features, on null and on lists', async () => {
    const numbers = async (accessor: ReturnType<typeof at>): Promise<unknown> =>
      (await accessor.select('shop', 'number').execute()).map((row: Anything) => `${row.shop}${row.number}`).sort();
    expect(await numbers(at(ORDERS).where('large', '=', true))).toEqual(['a2']);
    expect(await numbers(at(ORDERS).where('amount', 'is', null))).toEqual(['b1']);
    expect(await numbers(at(ORDERS).where('amount', 'is not', null).where('shop', '=', 'a'))).toEqual(['a1', 'a2']);
    expect(await numbers(at(ORDERS).where('number', 'in', []))).toEqual([]);
    expect(await at(ORDERS).where('channel', 'not in', []).count()).toBe(3);
    expect(await numbers(at(ORDERS).where('shop', 'in', ['a', 'b']).where('amount', '>=', '10.49'))).toEqual([
      'a1',
      'a2',
    ]);
    expect(await at(ORDERS).where('placed_at', '<', '2026-01-01T10:00:00.000001Z').count()).toBe(1);
  });

  test('texts are equal, and follow each other, by code point', async () => {
    expect(await at(ORDERS).where('channel', '=', 'WEB').count()).toBe(1);
    expect(await at(ORDERS).where('channel', '!=', 'WEB').count()).toBe(2);
    expect(await at(ORDERS).where('channel', '=', 'web ').count()).toBe(0);
    expect(await at(ORDERS).where('channel', '<', 'a').count()).toBe(1);
    expect(await at(ORDERS).query().select('shop').where('channel', 'in', ['WEB', 'x']).execute()).toHaveLength(1);
  });

  test('values of conditions never become SQL', async () => {
    for (const value of ["' or 1=1 --", '" or 1=1', '\\', "\\' or 1=1 #", '$1', '?', '{now}', '😀', '/*', '%']) {
      expect(await at(ORDERS).where('status', '=', value).count()).toBe(0);
      expect(await at(ORDERS).where('status', '!=', value).count()).toBe(4);
      expect(await at(ORDERS).query().select('shop').where('status', '=', value).execute()).toEqual([]);
    }
    await expect(at(ORDERS).where('status', '=', 'a\0').count()).rejects.toThrow('NUL');
    await expect(async () => at(ORDERS).where('number', '=', '1 or 1=1').count()).rejects.toThrow('cannot be compared');
    await expect(async () =>
      at(ORDERS)
        .where('number', '= 1 or 1 =' as '=', 1n)
        .count(),
    ).rejects.toThrow('compares nothing');
    await expect(async () =>
      at(ORDERS)
        .where('number', '=', { toString: () => '1' })
        .count(),
    ).rejects.toThrow();
    await expect(async () => at(ORDERS).where('number', '=', null)).rejects.toThrow('is null');
    await expect(async () => at(ORDERS).where('nope', '=', 1)).rejects.toThrow('no column "nope"');
  });

  test('byKey takes exactly the key', async () => {
    expect(await at(ORDERS).byKey({ shop: 'a', number: 2n })).toMatchObject({ channel: 'shop' });
    expect(await at(ORDERS).select('net').byKey({ shop: 'a', number: 2n })).toStrictEqual({ net: '100.00' });
    expect(await at(ORDERS).byKey({ shop: 'a', number: 9n })).toBeUndefined();
    // Not one of the promised rows.
    expect(await at(ORDERS).byKey({ shop: 'a', number: 3n })).toBeUndefined();
    const twice = anyTable({ ...orders, key: ['shop'] });
    await expect(at(twice).byKey({ shop: 'a' })).rejects.toThrow('orders has several rows of one key: shop');
    await expect(at(ORDERS).byKey({ shop: 'a' })).rejects.toThrow('the key of orders is shop, number');
    await expect(at(ORDERS).byKey({ shop: 'a', number: 1n, status: 'x' })).rejects.toThrow('status');
  });

  test('an engine finds the row of a key by its index, though it reads from a derived table', async () => {
    const planOf = async (query: { compile(): CompiledQuery }): Promise<string> => {
      const compiled = query.compile();
      const { rows } = await place.db.executeQuery({ ...compiled, sql: `explain ${compiled.sql}` });
      return JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value));
    };
    const index = { postgres: /Index.* Scan/, mysql: /"key":"PRIMARY"/, duckdb: /SCAN|EMPTY_RESULT/ }[engine.key];
    const wide = anyTable(WIDE_DEFINITION)(place.db, { schema: place.schema });
    expect(await planOf(wide.where('number', '=', 5000).query().select('label'))).toMatch(index);
    const [number, label] = [column('number', 'int64'), column('label', 'string')];
    const long = anyTable({ ...WIDE_DEFINITION, columns: [number, label] })(place.db, { schema: place.schema });
    const last = await planOf(long.where('number', '=', 9223372036854775807n).query().select('label'));
    expect(last).toMatch(engine.key === 'mysql' ? /const table/ : index);
    const one = at(ORDERS).where('shop', '=', 'a').where('number', '=', 9223372036854775807n);
    const plan = await planOf(one.query().select('amount'));
    expect(plan).not.toMatch(/DERIVED|Subquery Scan/);
    if (engine.key === 'mysql') expect(plan).toMatch(/const table/);
  });

  test('names are quoted, whatever they are', async () => {
    const definition = {
      name: 'hos"t`ile',
      location: 'hostile',
      key: [],
      columns: HOSTILE.map((name) => column(name, 'string')),
    };
    const hostile = at(anyTable(definition));
    const [row] = await hostile.execute();
    expect(Object.keys(row ?? {})).toEqual(HOSTILE);
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
    expect(HOSTILE.map((name) => row?.[name])).toEqual(HOSTILE.map((_, index) => `v${index}`));
    for (const [index, name] of HOSTILE.entries()) {
      expect(await hostile.select(name).where(name, '=', `v${index}`).execute()).toHaveLength(1);
    }
  });

  test('names of the contract may be ones that the engine itself cannot have', async () => {
    const name = `😀 ${'long '.repeat(40)}`;
    const long = at(
      anyTable({
        name: '😀',
        location: 'nothing',
        key: [],
        columns: [column(name, 'int64', { physicalNames: ['number'] })],
      }),
    );
    expect(await long.execute()).toEqual([]);
    expect(await long.where(name, '>', 1n).count()).toBe(0);
  });

  test('of several names in the source the one that is there is found', async () => {
    const definition = { ...orders, columns: [column('way', 'string', { physicalNames: ['channel', 'CHAN'] })] };
    const listed = at(anyTable(definition));
    expect(await listed.query().select('way').where('way', '=', 'shop').execute()).toEqual([{ way: 'shop' }]);
    expect(await listed.where('way', '=', 'shop').execute()).toEqual([{ way: 'shop' }]);
    const none = { ...orders, columns: [column('way', 'string', { physicalNames: ['channel', 'route'] })] };
    await expect(at(anyTable(none)).count()).rejects.toThrow('has none of channel, route for "way"');
    await expect(at(anyTable({ ...definition, location: 'absent' })).count()).rejects.toThrow('there is no table');
  });

  test('an empty table has no rows, no newest row and no verdict but fail', async () => {
    const nothing = at(anyTable({ name: 'nothing', key: ['number'], columns: [column('number', 'int64')] }));
    expect(await nothing.execute()).toEqual([]);
    expect(await nothing.count()).toBe(0);
    expect(await nothing.byKey({ number: 1n })).toBeUndefined();
    for await (const row of nothing.stream()) expect(row).toBeUndefined();
    await expect(nothing.freshness()).rejects.toThrow('promises nothing');
    const none = await at(ORDERS).where('shop', '=', 'z').freshness();
    expect(none).toEqual({ newest: null, age: null, verdict: 'fail', within: orders.freshness?.within });
  });

  test('freshness is that of the promised rows', async () => {
    const found = await at(ORDERS).freshness();
    expect(found).toMatchObject({ newest: '2026-01-02T10:00:00.000000Z', verdict: 'fail' });
    expect(Math.abs((found.age ?? 0) - (Date.now() - Date.parse('2026-01-02T10:00:00Z')))).toBeLessThan(60_000);
  });

  test('a row that breaks its contract is an error that names column and reason, and no value of a personal one', async () => {
    const definition = {
      ...orders,
      columns: [column('number', 'date'), column('status', 'boolean', { classification: 'pii' })],
    };
    const error: Anything = await at(anyTable(definition))
      .execute()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RowReadError);
    expect(error.problems.map(({ path }: Anything) => path)).toEqual(['number', 'status']);
    expect(error.message).toContain('‹pii›');
    expect(error.message).not.toContain('paid');
    const required = { ...orders, columns: [column('amount', 'decimal(12,2)', { required: true })] };
    await expect(at(anyTable(required)).execute()).rejects.toThrow(
      'orders: a row breaks its contract: amount: is null',
    );
    await expect(at(anyTable(required)).stream().next()).rejects.toThrow('amount: is null');
  });

  test('plug-ins of the connection do not rename columns', async () => {
    const camel = place.db.withPlugin(new CamelCasePlugin());
    const rows = ORDERS(camel, { schema: place.schema }).where('number', '=', 2n);
    const [row] = await rows.select('placed_at').execute();
    expect(row).toEqual({ placed_at: '2026-01-02T10:00:00.000000Z' });
    expect(await rows.query().select('placed_at').execute()).toEqual([row]);
  });

  test('instants may be Dates', async () => {
    const dated = at(anyTable(orders, 'date'));
    const [row] = await dated.where('placed_at', '=', new Date('2026-01-02T10:00:00Z')).execute();
    expect(row?.['placed_at']).toEqual(new Date('2026-01-02T10:00:00Z'));
  });

  test('statements of the user keep every digit, going and coming', async () => {
    const int64 = sql.raw(engine.key === 'mysql' ? 'signed' : 'bigint');
    const big = sql`cast(9007199254740993 as ${int64})`;
    const query = sql<Anything>`select ${big} as big, ${big} = ${9007199254740992n} as same, ${1} as one`;
    const { rows } = await query.execute(place.db);
    expect(String(rows[0].big)).toBe('9007199254740993');
    // MySQL decides before version 8.0.22 how it compares, and before it knows the value: by floats.
    if (engine.name !== 'mysql') expect(Boolean(rows[0].same)).toBe(false);
    const orders = place.db.withSchema(place.schema) as unknown as Kysely<{ orders: AnyRow }>;
    const limited = await orders.selectFrom('orders').selectAll().orderBy('number').limit(2).offset(1).execute();
    expect(limited).toHaveLength(2);
  });

  test('a transaction is rolled back as a whole', async () => {
    if (engine.key === 'duckdb') return;
    const table = sql.raw(`${place.schema}.nothing`);
    const failed = place.db.transaction().execute(async (tx) => {
      await sql`insert into ${table} values (1)`.execute(tx);
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    const nothing = at(anyTable({ name: 'nothing', key: ['number'], columns: [column('number', 'int64')] }));
    expect(await nothing.count()).toBe(0);
  });
});
