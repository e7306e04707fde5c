import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/commands/verb.ts';
import { loadContracts } from '../../src/contract/load.ts';
import { formatText } from '../../src/samples/format-text.ts';
import { patternText } from '../../src/samples/pattern-text.ts';
import { randomOf } from '../../src/samples/random.ts';
import { FORMATS, formatHolds } from '../../src/sql/formats.ts';
import { patternMatches } from '../../src/sql/pattern.ts';
import { FIXTURE } from '../generators/input.ts';
import { RANDOM_TEXTS, RANDOM_TREES, SUBJECTS, TREES } from '../sql/pattern-cases.ts';
import { projectFolder } from '../support/project-folder.ts';
import { NOW, notedPaths, runSample, runTelling } from './made.ts';

const contract = (tables: string, id = 'shop.a'): string =>
  `contract: ${id}\nversion: 1.0.0\nraci: { responsible: x, accountable: x }\ntables:\n${tables}`;

/** Columns of a text without quotes. */
function columnsOf(csv: string): Readonly<Record<string, readonly string[]>> {
  const [names = [], ...rows] = csv
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  return Object.fromEntries(names.map((name, at) => [name, rows.map((row) => row[at] ?? '')]));
}

describe('the same seed', () => {
  test.each(['csv', 'sql'])('gives the same bytes as %s, and another one others', async (output) => {
    const made = (seed: string) =>
      runSample(FIXTURE, 'orders', '--rows', '40', '--seed', seed, '--now', NOW, '--output', output);
    const [one, same, other] = [await made('a'), await made('a'), await made('b')];
    expect(same).toEqual(one);
    expect(other.out).not.toBe(one.out);
  });

  test('gives the other columns the same values when one is added', async () => {
    const table = (more: string): string =>
      contract(
        `  t:\n    key: [id]\n    columns:\n      id: int64\n${more}      a: string\n      b: { type: int32, min: 5 }\n      c: { type: int32 }\n    checks: { order: c > b }\n`,
      );
    const made = async (more: string) => {
      const folder = await projectFolder({ 'contracts/a.yaml': table(more) });
      return columnsOf((await runSample(folder, 't', '--rows', '60')).out);
    };
    const [before, after] = [await made(''), await made('      new: { type: string, required: true }\n')];
    expect(after).toMatchObject(before);
    expect(after['new']).toHaveLength(60);
    expect(new Set(before['a']).size).toBeGreaterThan(30);
  });

  test('makes parents and children that fit together', async () => {
    const parents = columnsOf((await runSample(FIXTURE, 'customers', '--rows', '30', '--seed', 'x', '--now', NOW)).out);
    const sql = (await runSample(FIXTURE, 'orders', '--rows', '30', '--seed', 'x', '--now', NOW, '--output', 'sql'))
      .out;
    const children = [...sql.matchAll(/^ {2}\(\d+, \d+, '([-0-9a-f]{36})'/gm)].map(([, id]) => id);
    expect(children.length).toBeGreaterThan(20);
    for (const id of children) expect(parents['account_id']).toContain(id);
  });

  test('is mixed with all names, so that no two columns are alike', () => {
    const numbers = (...names: readonly string[]) => {
      const random = randomOf(...names)(3, 0);
      return Array.from({ length: 8 }, () => random.below(2 ** 32));
    };
    expect(numbers('1', 'a', 'b')).toEqual(numbers('1', 'a', 'b'));
    const others = [numbers('1', 'a', 'b'), numbers('1', 'ab', ''), numbers('2', 'a', 'b'), numbers('1', 'a', 'c')];
    expect(new Set(others.flat()).size).toBe(32);
    const starts = [randomOf('1')(3, 0), randomOf('1')(4, 0), randomOf('1')(3, 1)].map((random) =>
      random.below(2 ** 32),
    );
    expect(new Set(starts).size).toBe(3);
  });

  // Written down once: whoever gave a seed keeps their rows.
  test('keeps giving what it gave', async () => {
    const folder = await projectFolder({
      'contracts/a.yaml': contract(
        '  t: { key: [id], columns: { id: int64, a: string, b: { type: "decimal(6,2)", required: true }, c: { type: string, format: email } } }\n',
      ),
    });
    const { out } = await runSample(folder, 't', '--rows', '3', '--seed', 'kept');
    expect(out.split('\r\n')).toMatchInlineSnapshot(`
      [
        "id,a,b,c",
        "1,fjord juniper,8546.40,violet.hazel438@example.org",
        "2,juniper,929.27,birch.garnet901@example.com",
        "3,juniper violet basil,2556.45,nectar.iris774@example.org",
        "",
      ]
    `);
  });
});

test('random numbers are spread evenly', () => {
  const random = randomOf('even')(0, 0);
  const drawn = Array.from({ length: 20_000 }, () => random.below(10));
  for (let digit = 0; digit < 10; digit += 1) {
    const share = drawn.filter((each) => each === digit).length / drawn.length;
    expect(share).toBeGreaterThan(0.09);
    expect(share).toBeLessThan(0.11);
  }
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 40n }), fc.nat(), (limit, row) => {
      const value = randomOf('big')(row, 0).big(limit);
      expect(value >= 0n && value < limit).toBe(true);
    }),
  );
});

describe('texts', () => {
  test.each(FORMATS.map(({ name }) => name))('of the format %s have it', (name) => {
    const random = randomOf('format', name);
    const texts = Array.from({ length: 200 }, (_, row) => formatText(name, random(row, 0), row % 7));
    const found = texts.filter((text) => text !== undefined);
    expect(found.filter((text) => !formatHolds(name, text))).toEqual([]);
    expect(found.length).toBeGreaterThan(150);
    expect(new Set(found).size).toBeGreaterThan(20);
  });

  test('are found for every pattern that anything matches', () => {
    const random = randomOf('patterns');
    const trees = [...TREES, ...RANDOM_TREES.slice(0, 150)];
    const lost = trees.filter((tree, at) => {
      const texts = Array.from({ length: 61 }, (_, attempt) =>
        patternText(tree, random(at, attempt), attempt, { least: 0 }),
      ).filter((text) => text !== undefined);
      expect(texts.every((text) => patternMatches(tree, text))).toBe(true);
      return texts.length === 0;
    });
    // What is left matches nothing that is known: an end in the middle, a start behind a character.
    const known = [...Object.values(SUBJECTS).filter((text) => text.length < 1000), ...RANDOM_TEXTS];
    expect(lost.filter((tree) => known.some((text) => patternMatches(tree, text)))).toEqual([]);
    expect(lost.length).toBeLessThan(trees.length / 4);
  });
});

describe('wrong use', () => {
  const refused = async (folder: string, ...args: readonly string[]): Promise<UsageError> => {
    const error = await runSample(folder, ...args).catch((reason: unknown) => reason);
    if (error instanceof UsageError) return error;
    throw error instanceof Error ? error : new Error('it was accepted');
  };

  test.each([
    [['order'], 'there is no table "order"', 'did you mean orders?'],
    [['zzzzzz'], 'there is no table "zzzzzz"', 'tables here are shop.orders@2/orders, '],
    [['shop.orders@2'], 'contract "shop.orders@2" has 3 tables', 'name one of shop.orders@2/orders, '],
    [['orders', '--output', 'cvs'], '"cvs" is no output format, expected csv or sql', 'did you mean csv?'],
    [['orders', '--output', 'sql', '--dialect', 'postgre'], '"postgre" is no dialect', 'did you mean postgres?'],
    [['orders', '--dialect', 'mysql'], '--dialect is one of INSERT statements', 'add --output sql'],
  ])('%s is refused with what to do', async (args, message, hint) => {
    const error = await refused(FIXTURE, ...args);
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
  });

  test('a name that several contracts have is refused', async () => {
    const table = '  t: { columns: { a: int32 } }\n';
    const folder = await projectFolder({
      'contracts/a.yaml': contract(table),
      'contracts/b.yaml': contract(table, 'shop.b'),
    });
    const error = await refused(folder, 't');
    expect(error.hint).toBe('name one of shop.a/t, shop.b/t');
    expect((await runSample(folder, 'shop.b/t', '--rows', '2')).code).toBe(0);
    expect((await runSample(folder, 'shop.b', '--rows', '2')).out).toMatch(/^a\r\n/);
  });

  test.each(['0', '-1', '1.5', '9999999'])('%s rows are refused', async (rows) => {
    await expect(runSample(FIXTURE, 'orders', '--rows', rows)).rejects.toThrow(/1 to 1,000,000/);
  });

  test('a file that cannot be written is told', async () => {
    const folder = await projectFolder({ 'contracts/a.yaml': contract('  t: { columns: { a: int32 } }\n') });
    const error = await refused(folder, 't', '--out', 'no/such/folder.csv');
    expect(error.message).toContain('cannot write');
    await runSample(folder, 't', '--rows', '1', '--out', 'a.csv');
    expect(await readFile(join(folder, 'a.csv'), 'utf8')).toMatch(/^a\r\n/);
  });
});

test('a contract that is invalid costs only itself, and says what is wrong where its table is asked for', async () => {
  const broken = contract('  u: { columns: { a: nothing } }\n', 'shop.b');
  const folder = await projectFolder({
    'contracts/a.yaml': contract('  t: { columns: { a: int32 } }\n'),
    'contracts/b.yaml': broken,
  });
  expect((await runSample(folder, 't', '--rows', '1')).notes).toEqual([]);
  const told: string[] = [];
  const error = await runTelling(told, folder, 'u').catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    message: 'there is no table "u" in the contracts that are valid',
    hint: 'mend the others first',
  });
  expect(told.join('')).toMatch(/b\.yaml:5:\d+: error: .*nothing/);
  expect((await loadContracts([folder])).invalid).toHaveLength(1);
  const alone = await projectFolder({ 'contracts/b.yaml': broken });
  await expect(runSample(alone, 'u')).rejects.toMatchObject({ hint: 'mend the others first' });
});

test('INSERT statements of tables that refer to each other tell that neither can be filled first', async () => {
  const folder = await projectFolder({
    'contracts/a.yaml': contract(
      '  a: { location: a.csv, key: [id], columns: { id: int64, b: { type: int64, references: b.id }, own: { type: int64, references: a.id } } }\n' +
        '  b: { location: b.csv, key: [id], columns: { id: int64, a: { type: int64, references: a.id } } }\n' +
        '  c: { location: c.csv, columns: { a: { type: int64, references: a.id } } }\n',
    ),
  });
  const noted = async (table: string, ...more: readonly string[]) =>
    notedPaths((await runSample(folder, table, '--rows', '9', ...more)).notes);
  expect(await noted('a', '--output', 'sql')).toEqual(['a.b.references']);
  expect(await noted('b', '--output', 'sql')).toEqual(['b.a.references']);
  expect(await noted('c', '--output', 'sql')).toEqual([]);
  expect(await noted('a')).toEqual([]);
});

test('formats that are looked up in long patterns take no long time', { timeout: 6000 }, async () => {
  const random = randomOf('languages');
  // Compiling the pattern for each would take ten seconds and more.
  const texts = Array.from({ length: 20_000 }, (_, row) => formatText('language-code', random(row, 0), 0));
  expect(texts.filter((text) => text === undefined)).toEqual([]);
});
