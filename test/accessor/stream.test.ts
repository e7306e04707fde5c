import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESSOR_ENGINES, type Place } from './engines.ts';
import { anyTable, column, createWide, WIDE_DEFINITION } from './tables.ts';

const table = anyTable(WIDE_DEFINITION);

describe.each(ACCESSOR_ENGINES)('on $name a stream', (engine) => {
  let place: Place;
  const wide = () => table(place.db, { schema: place.schema });

  beforeAll(async () => {
    place = await engine.create(createWide(engine));
  });
  afterAll(() => place?.drop());

  test.each([1, 7, 1000, 100_000])('gives every row once in batches of %d', async (batchSize) => {
    const seen = new Set<number>();
    const rows = batchSize === 1 ? wide().where('number', '<=', 100) : wide();
    for await (const row of rows.stream({ batchSize })) seen.add(row.number);
    expect(seen.size).toBe(batchSize === 1 ? 100 : 10_000);
  });

  test('leaving the loop gives the connection back', async () => {
    for (let round = 0; round < 15; round++) {
      let seen = 0;
      for await (const row of wide().stream({ batchSize: 10 })) {
        expect(row.label).toMatch(/^label/);
        seen += 1;
        if (seen === 25) break;
      }
    }
    expect(await wide().count()).toBe(10_000);
  });

  test('leaving by an error gives the connection back too', async () => {
    for (let round = 0; round < 15; round++) {
      const failing = async (): Promise<void> => {
        for await (const row of wide().stream()) throw new Error(`at ${row.number > 0}`);
      };
      await expect(failing()).rejects.toThrow('at true');
    }
    expect(await wide().count()).toBe(10_000);
  });

  test('an error of the engine in the middle surfaces', async () => {
    const failing = {
      postgres: 'case when number = 9000 then 1 / (number - 9000) else 1 end',
      mysql: 'case when number = 9000 then (select 1 union select number) else 1 end',
      duckdb: `case when number = 9000 then error('no such number') else 1 end`,
    };
    const columns = [...WIDE_DEFINITION.columns, column('odd', 'int32', { as: failing[engine.key] })];
    const odd = anyTable({ ...WIDE_DEFINITION, columns })(place.db, { schema: place.schema }).select('number', 'odd');
    const numbers: number[] = [];
    const read = async (): Promise<void> => {
      for await (const { number } of odd.stream({ batchSize: 100 })) numbers.push(number);
    };
    for (let round = 0; round < 15; round++) {
      await expect(read()).rejects.toThrow(/division by zero|more than 1 row|no such number/);
    }
    // Others find it before they give a row.
    if (engine.key === 'postgres') expect(numbers.length).toBeGreaterThan(0);
    expect(numbers).not.toContain(9000);
    expect(await wide().count()).toBe(10_000);
  });

  test('two streams at once do not mix', async () => {
    const [one, two] = [wide().stream({ batchSize: 50 }), wide().stream({ batchSize: 70 })];
    const sums = [0, 0];
    for (let step = 0; step < 10_000; step++) {
      sums[0] += (await one.next()).value.number;
      sums[1] += (await two.next()).value.number;
    }
    expect(sums).toEqual([50_005_000, 50_005_000]);
    expect((await one.next()).done).toBe(true);
    expect((await two.next()).done).toBe(true);
  });

  test('a batch is a whole number of rows', () => {
    expect(() => wide().stream({ batchSize: 0 })).toThrow('from 1');
    expect(() => wide().stream({ batchSize: 1.5 })).toThrow('from 1');
  });
});
