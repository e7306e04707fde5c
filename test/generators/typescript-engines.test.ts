import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESSOR_ENGINES, type Place } from '../accessor/engines.ts';
import type { AnyRow, anyTable } from '../accessor/tables.ts';
import { MEMBERS, on, VALUE_CASES } from '../accessor/values.ts';
import { generateFrom } from '../types/generate.ts';

/** What a module of any contract exports, for tests that know its tables. */
type GeneratedModule = Readonly<Record<'every', ReturnType<typeof anyTable>>>;

/** A contract over the columns that an engine can hold, and what is derived from them. */
function contract(names: readonly string[]): string {
  const columns = VALUE_CASES.filter(({ name }) => names.includes(name)).map(
    ({ name, type }) => `      ${name}: "${type}"\n`,
  );
  const members = MEMBERS.map(({ name, type }) => `      ${name}: ${type}\n`);
  return `contract: test.every
version: 1.0.0
warehouse: lake
tables:
  every:
    key: [number]
    columns:
      number: int32
${columns.join('')}${members.join('')}    features:
      half: { type: "decimal(13,2)", as: "cast(amount / 2 as decimal(13,2))", unit: EUR }
`;
}

describe.each(ACCESSOR_ENGINES)('a generated module on $name', (engine) => {
  const cases = VALUE_CASES.filter(({ native }) => on(native, engine) !== undefined);
  const rows = cases.flatMap(({ name, values }) =>
    values.flatMap(({ sql, value }) => {
      const text = on(sql, engine);
      return text === undefined ? [] : [{ name, sql: text, value }];
    }),
  );
  const nothing = Object.fromEntries(cases.map(({ name }) => [name, null]));
  const expected = rows.map(({ name, value }, number) => ({ ...nothing, number, [name]: value }));
  let folder: string;
  let place: Place;
  let every: GeneratedModule['every'];

  beforeAll(async () => {
    const generated = await generateFrom([contract(cases.map(({ name }) => name))]);
    folder = await mkdtemp(join(tmpdir(), 'surety-module-'));
    for (const { path, text } of generated.files) await writeFile(join(folder, path), text);
    const module: GeneratedModule = await import(pathToFileURL(join(folder, 'test.every.v1.ts')).href);
    every = module.every;
    const columns = cases.map(({ name, native }) => `${engine.quote(name)} ${on(native, engine)}`);
    place = await engine.create([
      ...cases.flatMap(({ before }) => before?.[engine.key] ?? []),
      `create table $s.every (number integer primary key, ${columns.join(', ')})`,
      ...rows.map(({ name, sql }, at) => `insert into $s.every (number, ${engine.quote(name)}) values (${at}, ${sql})`),
    ]);
  });
  afterAll(async () => {
    await place?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const inOrder = (found: readonly AnyRow[]) => [...found].sort((one, other) => one['number'] - other['number']);

  test('gives the same values as on every other engine, extremes included', async () => {
    expect(rows.length).toBeGreaterThan(25);
    expect(inOrder(await every(place.db, { schema: place.schema }).execute())).toStrictEqual(expected);
  });

  test('what it reads it accepts', async () => {
    const read = await every(place.db, { schema: place.schema }).execute();
    expect(every.validate(read)).toStrictEqual(read);
    // A text in a column of JSON is JSON to `parse`, which takes what drivers give.
    const plain = read.filter(({ anything }) => typeof anything !== 'string');
    expect(plain.length).toBeGreaterThan(read.length - 4);
    for (const row of plain) expect(every.parse(row)).toStrictEqual(row);
  });

  test('a feature is selected like a column', async () => {
    const found = await every(place.db, { schema: place.schema })
      .select('number', 'half')
      .where('half', '=', '6.25')
      .execute();
    const number = rows.findIndex(({ name }) => name === 'amount');
    expect(found).toStrictEqual([{ number, half: '6.25' }]);
  });
});
