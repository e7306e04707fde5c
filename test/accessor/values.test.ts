import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TableDefinition } from '../../src/model/table-definition.ts';
import { ACCESSOR_ENGINES, type Place } from './engines.ts';
import { anyTable, column } from './tables.ts';
import { MEMBERS, on, VALUE_CASES } from './values.ts';

describe.each(ACCESSOR_ENGINES)('on $name', (engine) => {
  const cases = VALUE_CASES.filter(({ native }) => on(native, engine) !== undefined);
  const rows = cases.flatMap(({ name, values }) =>
    values.flatMap(({ sql, value }) => {
      const text = on(sql, engine);
      return text === undefined ? [] : [{ name, sql: text, value }];
    }),
  );
  const definition: TableDefinition = {
    name: 'every',
    location: 'every',
    key: ['number'],
    columns: [
      column('number', 'int32', { required: true }),
      ...cases.map(({ name, type }) => column(name, type)),
      ...MEMBERS,
    ],
  };
  const table = anyTable(definition);
  let place: Place;

  beforeAll(async () => {
    const columns = cases.map(({ name, native }) => `${engine.quote(name)} ${on(native, engine)}`);
    place = await engine.create([
      ...cases.flatMap(({ before }) => before?.[engine.key] ?? []),
      `create table $s.every (number integer primary key, ${columns.join(', ')})`,
      ...rows.map(({ name, sql }, at) => `insert into $s.every (number, ${engine.quote(name)}) values (${at}, ${sql})`),
    ]);
  });
  afterAll(() => place?.drop());

  test.each(rows.map((row, at) => ({ ...row, at })))('$name $sql is $value', async ({ name, value, at }) => {
    const every = table(place.db, { schema: place.schema });
    const nothing = Object.fromEntries(cases.map((each) => [each.name, null]));
    expect(await every.byKey({ number: at })).toStrictEqual({ number: at, ...nothing, [name]: value });
  });

  test('a stream, a query and a transaction give the same rows as execute', async () => {
    const every = table(place.db, { schema: place.schema });
    const order = (found: readonly object[]): readonly object[] =>
      [...found].sort((a, b) => Number((a as { number: number }).number) - Number((b as { number: number }).number));
    const expected = order(await every.execute());
    expect(expected).toHaveLength(rows.length);
    const streamed: object[] = [];
    for await (const row of every.stream({ batchSize: 3 })) streamed.push(row);
    expect(order(streamed)).toStrictEqual(expected);
    expect(order(await every.query().selectAll().execute())).toStrictEqual(expected);
    const inside = await place.db.transaction().execute((tx) => table(tx, { schema: place.schema }).execute());
    expect(order(inside)).toStrictEqual(expected);
  });

  test.each(
    rows
      .map((row, at) => ({ ...row, at }))
      .filter(({ name, value }) => name !== 'anything' && typeof value !== 'object' && !Number.isNaN(value)),
  )('where $name = $sql finds its row, and <= too where values have an order', async ({ name, value, at }) => {
    const every = table(place.db, { schema: place.schema }).select('number' as never);
    expect(await every.where(name as never, '=', value as never).execute()).toContainEqual({ number: at });
    expect(await every.where(name as never, 'in', [value] as never).execute()).toContainEqual({ number: at });
    expect(await every.where(name as never, '!=', value as never).execute()).not.toContainEqual({ number: at });
    expect(
      await every
        .query()
        .select('number' as never)
        .where(name as never, '=', value as never)
        .execute(),
    ).toContainEqual({ number: at });
    if (typeof value === 'boolean' || name === 'id') return;
    expect(await every.where(name as never, '<=', value as never).execute()).toContainEqual({ number: at });
    expect(await every.where(name as never, '<', value as never).execute()).not.toContainEqual({ number: at });
  });
});
