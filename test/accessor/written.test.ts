import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect, defineTable, InvalidRowError, type Report } from '../../src/accessor/index.ts';
import { ACCESSOR_ENGINES, type Place } from './engines.ts';
import { type AnyRow, column, FACTS } from './tables.ts';
import { MEMBERS, on, VALUE_CASES } from './values.ts';

/** Refuses a row whose number is negative. */
function check(row: unknown, report: Report): void {
  report('number', Number((row as AnyRow)['number']) < 0 ? 'is less than 0' : undefined);
}

describe.each(ACCESSOR_ENGINES)('on $name', (engine) => {
  const cases = VALUE_CASES.filter(({ native }) => on(native, engine) !== undefined);
  // A composite of PostgreSQL takes no JSON, and its own text has no names.
  const writable = cases.filter(({ before }) => before?.[engine.key] === undefined);
  const rows = writable.flatMap(({ name, values }) =>
    values.filter(({ sql }) => on(sql, engine) !== undefined).map(({ value }) => ({ name, value })),
  );
  const table = defineTable<AnyRow, object, AnyRow, AnyRow, AnyRow, string>({
    definition: {
      name: 'every',
      key: ['number'],
      columns: [
        column('number', 'int32', { required: true }),
        ...cases.map(({ name, type }) => column(name, type)),
        ...MEMBERS,
      ],
    },
    facts: FACTS,
    validators: { row: check, insertable: check },
  });
  let place: Place;
  let db: Kysely<{ every: AnyRow }>;

  beforeAll(async () => {
    const columns = cases.map(({ name, native }) => `${engine.quote(name)} ${on(native, engine)}`);
    const create = `create table $s.every (number integer primary key, ${columns.join(', ')})`;
    const before = cases.flatMap((each) => each.before?.[engine.key] ?? []);
    place = await engine.create(engine.key === 'duckdb' ? [] : [...before, create]);
    // A database file is opened read-only.
    db = (engine.key === 'duckdb' ? connect({ dialect: 'duckdb' }) : place.db) as never;
    if (engine.key === 'duckdb') await sql.raw(create.replaceAll('$s', 'main')).execute(db);
  });
  afterAll(async () => {
    if (engine.key === 'duckdb') await db?.destroy();
    await place?.drop();
  });

  test.each(rows.map((row, at) => ({ ...row, at })))(
    '$name $value is read as it was written',
    async ({ name, value, at }) => {
      const row = table.insertable({ number: at, [name]: value }, engine.key);
      await db.withSchema(place.schema).insertInto('every').values(row).execute();
      const every = table(db, { schema: place.schema }).select('number', name);
      expect(await every.byKey({ number: at })).toStrictEqual({ number: at, [name]: value });
    },
  );

  test('what the contract refuses is not written, read or taken', () => {
    expect(() => table.insertable({ number: -1 }, engine.key)).toThrow(InvalidRowError);
    expect(() => table.parse({ number: '-1' })).toThrow('number: is less than 0');
    expect(() => table.validate([{ number: 1 }, { number: -1 }])).toThrow('row 1, number: is less than 0');
    const row = table.parse({ number: '7', more: 1 });
    // What JSON leaves out is null.
    expect(row).toEqual({ ...Object.fromEntries(Object.keys(row).map((name) => [name, null])), number: 7 });
    expect(Object.keys(row)).not.toContain('more');
    expect(table.contract).toBe(FACTS);
  });
});
