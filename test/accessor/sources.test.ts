import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESSOR_ENGINES, type Place } from './engines.ts';
import { type AnyRow, anyTable, column } from './tables.ts';

describe.each(ACCESSOR_ENGINES)('on $name', (engine) => {
  let place: Place;
  const { key } = engine;

  beforeAll(async () => {
    place = await engine.create([
      'create table $s.items (id bigint primary key, kind varchar(10), amount decimal(8,2))',
      `insert into $s.items values (1, 'a', 1.00), (2, 'a', 10.00), (3, 'b', 100.00), (4, null, 1000.00)`,
      'create table $s.rates (kind varchar(10), rate decimal(8,2))',
      `insert into $s.rates values ('a', 2.00), ('b', 3.00)`,
    ]);
  });
  afterAll(() => place?.drop());

  const items = (where: string | undefined, features: Readonly<Record<string, string>>) =>
    anyTable({
      name: 'items',
      key: ['id'],
      ...(where !== undefined && { where }),
      others: { rates: {} },
      columns: [
        column('id', 'int64', { required: true }),
        column('kind', 'string'),
        column('amount', 'decimal(8,2)'),
        ...Object.entries(features).map(([name, as]) => column(name, 'decimal(12,2)', { as })),
      ],
    })(place.db, { schema: place.schema });
  const byId = (rows: readonly AnyRow[]): readonly AnyRow[] => rows.toSorted((a, b) => Number(a['id'] - b['id']));

  test('the where of a table may name a feature', async () => {
    const some = items('twofold >= 20', { twofold: 'amount * 2' });
    expect(await some.count()).toBe(3);
    expect(byId(await some.select('id').execute())).toEqual([{ id: 2n }, { id: 3n }, { id: 4n }]);
    expect(await some.where('twofold', '=', '20.00').select('id', 'twofold').execute()).toEqual([
      { id: 2n, twofold: '20.00' },
    ]);
    expect(await some.query().select(['id']).where('id', '<', 3n).execute()).toEqual([{ id: 2n }]);
  });

  test('a window of a feature sees the rows that verification sees', async () => {
    const some = items("kind = 'a'", { total: 'sum(amount) over ()' });
    expect(byId(await some.select('id', 'total').execute())).toEqual([
      { id: 1n, total: '1111.00' },
      { id: 2n, total: '1111.00' },
    ]);
    expect(await some.query().select(['id', 'total']).where('id', '=', 1n).execute()).toEqual([
      { id: 1n, total: '1111.00' },
    ]);
  });

  test('SQL of the contract may qualify columns by the name of the table', async () => {
    const where = 'items.id > 1 and not exists (select 1 from {items} o where o.kind = items.kind and o.id < items.id)';
    for (const features of [{}, { total: 'sum(items.amount) over ()' }, { twofold: 'items.amount * 2' }] as const) {
      const some = items(where, features as Readonly<Record<string, string>>);
      const names = ['id', ...Object.keys(features)];
      expect((await some.select(...(names as ['id'])).execute()).map(({ id }) => id).toSorted()).toEqual([3n, 4n]);
      expect(await some.query().selectAll().execute()).toHaveLength(2);
    }
  });

  test('SQL of the contract may read other tables of it', async () => {
    const known = items('exists (select 1 from {rates} r where r.kind is not null)', {});
    expect(await known.count()).toBe(4);
    const most = items(undefined, { most: '(select max(rate) from {rates})' });
    expect(byId(await most.select('id', 'most').execute())[0]).toEqual({ id: 1n, most: '3.00' });
    const lost = items(undefined, { lost: '(select 1 from {nowhere})' });
    await expect(lost.select('lost').execute()).rejects.toThrow('{nowhere}');
    expect(await lost.query().select('id').execute()).toHaveLength(4);
  });

  test('NULLs of joins and of the greatest of no rows are lawful in a query', async () => {
    const all = items(undefined, {});
    const none = all
      .query()
      .select((eb) => eb.fn.max('id').as('last'))
      .where('id', '=', -1n);
    expect(await none.execute()).toEqual([{ last: null }]);
    const right = all.query().select(['id as other']).where('id', '=', 1n).as('r');
    const joined = all
      .query()
      .leftJoin(right, 'r.other', 'items.id')
      .select(['items.id', 'r.other'])
      .orderBy('items.id')
      .limit(2);
    expect(await joined.execute()).toEqual([
      { id: 1n, other: 1n },
      { id: 2n, other: null },
    ]);
  });

  test('more values than a server can be given are refused in words', async () => {
    const many = Array.from({ length: 70_000 }, (_, index) => BigInt(index));
    const found = items(undefined, {}).where('id', 'in', many);
    if (key === 'duckdb') expect(await found.count()).toBe(4);
    else await expect(found.count()).rejects.toThrow('takes 30000 values at most');
    expect(await items(undefined, {}).where('id', 'in', many.slice(0, 30_000)).count()).toBe(4);
  });
});

const FIXED = ACCESSOR_ENGINES.filter(({ key }) => key !== 'mysql');

describe.each(FIXED)('texts of other types on $name', (engine) => {
  let place: Place;
  const isPostgres = engine.key === 'postgres';

  beforeAll(async () => {
    place = await engine.create(
      isPostgres
        ? [
            `create type $s.mood as enum ('ok', 'low')`,
            `create collation $s.nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`,
            'create table $s.t (c char(5), e $s.mood, i text collate $s.nocase)',
            `insert into $s.t values ('ab', 'ok', 'Hello'), ('cd', 'low', 'hello')`,
          ]
        : [
            'create table $s.t (c varchar, e varchar, i varchar collate nocase)',
            `insert into $s.t values ('ab', 'ok', 'Hello'), ('cd', 'low', 'hello')`,
          ],
    );
  });
  afterAll(() => place?.drop());

  test('are what texts are elsewhere', async () => {
    const columns = ['c', 'e', 'i'].map((name) => column(name, 'string', { required: true }));
    const t = anyTable({ name: 't', key: [], columns })(place.db, { schema: place.schema });
    expect(await t.where('c', '=', 'ab').execute()).toEqual([{ c: 'ab', e: 'ok', i: 'Hello' }]);
    expect(await t.where('i', '=', 'hello').execute()).toEqual([{ c: 'cd', e: 'low', i: 'hello' }]);
    expect(await t.where('i', '!=', 'hello').select('i').execute()).toEqual([{ i: 'Hello' }]);
    expect(await t.where('i', 'in', ['HELLO', 'Hello']).count()).toBe(1);
    expect(await t.where('e', '!=', 'ok').select('e').execute()).toEqual([{ e: 'low' }]);
    // The engine's own text in a query: it may be padded there.
    expect(await t.query().select('i').where('c', '=', 'ab').execute()).toEqual([{ i: 'Hello' }]);
  });
});
