import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isPlain } from '../../generators/dbt/identifier.ts';
import { dbt } from '../../generators/dbt.ts';
import type { Generated, GeneratorInput } from '../../generators/generator.ts';
import { ROOT } from '../support/cli.ts';
import { projectFolder } from '../support/project-folder.ts';
import { find } from '../support/servers/command.ts';
import { PIECES, withText } from './hostile-contract.ts';
import { FIXTURE, inputOf, SHIPPED } from './input.ts';
import { openDatabase } from './sql-engines.ts';

const KINDS = ['models', 'sources'] as const;

const published = JSON.parse(readFileSync(join(ROOT, 'test/generators/schemas/dbt-resources.json'), 'utf8')) as {
  readonly definitions: object;
};
// It has `Warn` alone, yet dbt reads any case and its documents write `warn`.
const severity = { Severity: { enum: ['error', 'warn'] } };
const schema = { ...published, definitions: { ...published.definitions, ...severity } };
const isValid = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);

async function generated(path: string, kind: 'models' | 'sources' = 'models'): Promise<Generated> {
  return dbt.generate(await inputOf(path), { as: kind });
}

/** The contract of a table with these columns, generated and read back. */
async function tableOf(table: string, kind: 'models' | 'sources' = 'models') {
  const folder = await projectFolder({
    'surety.yaml': 'warehouses: { w: { type: postgres, url: "postgres://localhost/x" } }\n',
    'contracts/a.yaml': `contract: a\nversion: 1.0.0\nstatus: draft\nwarehouse: w\ntables:\n  parent: { key: [id], columns: { id: int64 } }\n  t: ${table}\n`,
  });
  const { files, notes } = await generated(folder, kind);
  const read = parse(files[0]?.text ?? '') as {
    models?: readonly Properties[];
    sources?: readonly { tables: readonly Properties[] }[];
  };
  const tables = read.models ?? read.sources?.[0]?.tables ?? [];
  return {
    text: files[0]?.text ?? '',
    table: tables.find(({ name }) => name === 't'),
    notes: notes.map(({ where, message }) => `${where}: ${message}`),
  };
}

interface Properties {
  readonly name: string;
  readonly columns: readonly Record<string, unknown>[];
  readonly [key: string]: unknown;
}

describe("dbt's own schema", () => {
  test.each([
    ['models', 'the fixture', FIXTURE],
    ['sources', 'the fixture', FIXTURE],
    ['models', 'the shipped contract', SHIPPED],
    ['sources', 'the shipped contract', SHIPPED],
  ] as const)('accepts %s of %s', async (kind, _, path) => {
    const { files } = await generated(path, kind);
    expect(files.length).toBeGreaterThan(0);
    for (const { text } of files) {
      isValid(parse(text));
      expect(isValid.errors).toBeNull();
    }
  });

  test('refuses what is no property', () => {
    expect(isValid({ version: 2, models: [{ name: 'a', columns: [{ name: 'b', datatype: 'int' }] }] })).toBe(false);
  });
});

/** Texts of a parsed file, at any depth. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** What Jinja makes of a text whose only expressions are strings; undefined where there are others. */
function rendered(text: string): string | undefined {
  const parts = text.split(/\{\{ '([^'\\]*)' \}\}/);
  const isPlain = parts.every((part, index) => index % 2 === 1 || !/\{[{%#]/.test(part));
  return isPlain ? parts.join('') : undefined;
}

describe('data', () => {
  test.each(KINDS)('is no Jinja and no other YAML than text, in %s of any contract', async (kind) => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 }), async (pieces) => {
        const input: GeneratorInput = await withText(pieces.join(''));
        const { files } = await dbt.generate(input, { as: kind });
        const text = files[0]?.text ?? '';
        const read = parse(text) as unknown;
        expect(parse(text, { version: '1.1' })).toEqual(read);
        // Calls that dbt looks for without braces are those of our own alone.
        const calls = /^\s*(?:env_var|ref|var|source|doc)\s*\(/;
        for (const each of textsOf(read)) {
          expect(rendered(each), each).toBeDefined();
          if (calls.test(each)) expect(each).toMatch(/^(?:ref\('[\w-]+'\)|source\('\w+', '[\w-]+'\))$/);
        }
        const [resource] = (read as Record<string, readonly Properties[] | undefined>)[kind] ?? [];
        const owner =
          kind === 'models'
            ? ownerOf(resource)
            : ownerOf((resource?.['tables'] as readonly Properties[] | undefined)?.[0]);
        if (owner !== undefined) expect(rendered(owner)).toBe(pieces.join(''));
      }),
      { numRuns: 100 },
    );
  });
});

test('words and numbers that older YAML takes for something else are texts', async () => {
  const words = [
    'y',
    'No',
    'on',
    'OFF',
    'true',
    'null',
    'nan',
    '~',
    '',
    '01',
    '1_0',
    '12:30:30',
    '2001-01-01',
    '=',
    '<<',
    '.5',
  ];
  const { text } = await tableOf(`{ columns: { c: { type: string, enum: ${JSON.stringify(words)} } } }`);
  const read = parse(text, { version: '1.1' }) as { models: readonly Properties[] };
  const [test] = (read.models.at(-1)?.columns[0]?.['data_tests'] ?? []) as readonly Record<string, unknown>[];
  expect(test).toEqual({ accepted_values: { arguments: { values: words } } });
  // The parser here is no judge of what others take for a number, a date or a key of their own.
  for (const word of words) expect(text).toContain(`- "${word}"\n`);
});

function ownerOf(resource: Properties | undefined): string | undefined {
  return (resource?.['config'] as { meta?: { owner?: string } } | undefined)?.meta?.owner;
}

describe('tests', () => {
  const CASES: readonly (readonly [string, readonly unknown[], readonly string[]])[] = [
    ['{ type: string, required: true }', ['not_null'], []],
    ['{ type: int64, unique: true }', ['unique'], []],
    [`{ type: string, enum: [a, "b'c"] }`, [{ accepted_values: { arguments: { values: ['a', "b''c"] } } }], []],
    ['{ type: int32, enum: [1, 2] }', [{ accepted_values: { arguments: { values: ['1', '2'], quote: false } } }], []],
    ['{ type: string, enum: [a], openEnum: true }', [], []],
    [
      '{ type: int64, references: parent.id }',
      [{ relationships: { arguments: { to: "ref('parent')", field: 'id' } } }],
      [],
    ],
    ['{ type: string, missing: 3 }', [{ not_null: { config: { error_if: '> 3', warn_if: '> 3' } } }], []],
    [
      '{ type: string, missing: { allow: { warn: 1, fail: 3 } } }',
      [{ not_null: { config: { error_if: '> 3', warn_if: '> 1' } } }],
      [],
    ],
    [
      '{ type: string, missing: { allow: { warn: 1 } } }',
      [{ not_null: { config: { severity: 'warn', warn_if: '> 1' } } }],
      [],
    ],
    ['{ type: string, missing: 0% }', ['not_null'], []],
    [
      '{ type: string, missing: 2% }',
      [],
      ['the tolerance of not_null: dbt has none for shares, windows or groups, so the test is left out'],
    ],
    [
      '{ type: string, unique: { allow: 3 } }',
      [],
      ['the tolerance of unique: dbt has none for shares, windows or groups, so the test is left out'],
    ],
    [
      '{ type: float64, enum: [1.50, NaN, -.inf] }',
      [
        {
          accepted_values: {
            arguments: {
              values: ['1.5', "cast('NaN' as double precision)", "cast('-Infinity' as double precision)"],
              quote: false,
            },
          },
        },
      ],
      [],
    ],
    ['{ type: string, pattern: "^a$" }', [], ['pattern: dbt has no test of its own for such rules; meta holds them']],
    [
      '{ type: string, enum: [a], missing: { values: [b] } }',
      [],
      ['values that count as missing: to dbt only NULL is missing, so that accepted_values is left out'],
    ],
    [
      '{ type: int64, references: parent.id, missing: { values: [0] } }',
      [],
      ['values that count as missing: to dbt only NULL is missing, so that relationships is left out'],
    ],
  ];

  test.each(CASES)('of %s', async (column, tests, expected) => {
    const { table, notes } = await tableOf(`{ columns: { c: ${column} } }`);
    expect(table?.columns[0]?.['data_tests'] ?? []).toEqual(tests);
    expect(notes).toEqual(expected.map((message) => `a/t.c: ${message}`));
  });

  test.each([
    ['rows: { min: 1 }', []],
    ['rows: { min: 2 }', ['rows: dbt has no test of its own for such promises; meta holds them']],
    [
      'rows: { max: 9 }, retention: { min: 2y }, updates: daily, extraColumns: warn',
      ['rows, retention, updates and extraColumns: dbt has no test of its own for such promises; meta holds them'],
    ],
  ])('that there are none is noted: %s', async (promises, expected) => {
    const { notes } = await tableOf(`{ ${promises}, timeColumn: at, columns: { at: instant } }`);
    expect(notes).toEqual(expected.map((message) => `a/t: ${message}`));
  });

  test('look at the rows that the contract is about', async () => {
    const { table } = await tableOf('{ where: "b > 1", columns: { c: { type: string, required: true }, b: int64 } }');
    expect(table?.columns[0]?.['data_tests']).toEqual([{ not_null: { config: { where: 'b > 1' } } }]);
    expect(table?.columns[0]).not.toHaveProperty('constraints');
  });

  test('look at the rows of the window, and so do no constraints', async () => {
    const columns = (time: string) =>
      `{ key: [k], timeColumn: t, window: 7d, columns: { k: int64, t: ${time}, c: { type: string, required: true, unique: true, enum: [a] } } }`;
    const { table, notes } = await tableOf(columns('instant'));
    const [key, , own] = table?.columns ?? [];
    expect(key?.['data_tests']).toEqual(['not_null', 'unique']);
    const recent = { where: "t >= current_timestamp - interval '168 hours'" };
    expect(own?.['data_tests']).toEqual([
      { not_null: { config: recent } },
      'unique',
      { accepted_values: { arguments: { values: ['a'] }, config: recent } },
    ]);
    expect([table?.['constraints'], key?.['constraints'], own?.['constraints']]).toEqual([
      [{ type: 'primary_key', columns: ['k'] }],
      [{ type: 'not_null' }],
      [{ type: 'unique' }],
    ]);
    expect(notes).toEqual([
      'a/t: constraints are left out, as only the rows of the last 7d have to keep it: c.required',
    ]);
    const naive = await tableOf(columns('{ type: timestamp, timezone: Europe/Paris }'));
    expect(naive.text).toContain(
      "where: \"t >= (current_timestamp - interval '168 hours') at time zone 'Europe/Paris'\"",
    );
    const daily = await tableOf(columns('{ type: date, timezone: UTC }'));
    expect(daily.text).toContain('where: "t > cast(current_timestamp at time zone \'UTC\' as date) - 7"');
  });

  test('are left out where MySQL cannot tell the rows of the window', async () => {
    const folder = await projectFolder({
      'surety.yaml': 'warehouses: { w: { type: mysql, url: "mysql://localhost/x" } }\n',
      'contracts/a.yaml': `contract: a\nversion: 1.0.0\nstatus: draft\nwarehouse: w\ntables:
  t: { timeColumn: at, window: 36h, columns: { at: { type: timestamp, required: true, timezone: Europe/Paris } } }
  u: { timeColumn: at, window: 90s, columns: { at: { type: timestamp, required: true, timezone: UTC } } }
  v: { timeColumn: at, window: 7d, columns: { at: { type: date, required: true, timezone: UTC } } }\n`,
    });
    const { files, notes } = await generated(folder, 'sources');
    expect(notes.map(({ where, message }) => `${where}: ${message}`)).toEqual([
      'a/t.at: not_null: dbt cannot tell the rows of the last 36h from others, so the test is left out',
    ]);
    expect(files[0]?.text).toContain('where: "`at` >= utc_timestamp() - interval 90 second"');
    expect(files[0]?.text).toContain('where: "`at` > utc_date() - interval 7 day"');
  });

  test('of what only warns are warnings, and there is no constraint', async () => {
    const { table, notes } = await tableOf(
      '{ severity: warn, key: [k], columns: { k: int64, c: { type: string, required: true, unique: true }, d: { type: string, required: true, severity: fail } } }',
    );
    expect(table?.columns.map((column) => column['data_tests'])).toEqual([
      [{ not_null: { config: { severity: 'warn' } } }, { unique: { config: { severity: 'warn' } } }],
      [{ not_null: { config: { severity: 'warn' } } }, { unique: { config: { severity: 'warn' } } }],
      ['not_null'],
    ]);
    expect(table).not.toHaveProperty('constraints');
    expect(table?.columns.map((column) => column['constraints'])).toEqual([
      undefined,
      undefined,
      [{ type: 'not_null' }],
    ]);
    expect(notes).toEqual([
      'a/t: constraints are left out, as a breach is only a warning: key, k.required, c.required, c.unique',
    ]);
  });

  test('of uniqueness are none where values count as missing', async () => {
    const { table, notes } = await tableOf(
      '{ columns: { c: { type: int64, unique: true, missing: { values: [-1] } } }, checks: { part: { unique: [c], where: c > 1 } } }',
    );
    expect(table?.columns).toEqual([{ name: 'c', data_type: 'bigint', config: expect.anything() }]);
    expect(table).not.toHaveProperty('data_tests');
    expect(notes).toEqual([
      'a/t.c: values that count as missing: to dbt only NULL is missing, so that unique is left out',
      'a/t: constraints are left out, as values that count as missing may come more than once: c.unique',
      'a/t.part: dbt has no test of its own for uniqueness of several columns, with exceptions or of values that count as missing',
    ]);
  });

  test('that are checks of a table have names of their own', async () => {
    const { table } = await tableOf(
      `{ columns: { c: { type: int64, unique: true }, d: string }, checks: { one: { unique: [c], where: d = 'A' }, two: { unique: [c], where: d = 'B' } } }`,
    );
    expect(table?.['data_tests']).toEqual([
      { unique: { name: 't.one', arguments: { column_name: 'c' }, config: { where: "d = 'A'" } } },
      { unique: { name: 't.two', arguments: { column_name: 'c' }, config: { where: "d = 'B'" } } },
    ]);
    expect(isValid({ version: 2, models: [table] })).toBe(true);
  });

  test('are left out where dbt would read more than SQL in them', async () => {
    const { table, notes } = await tableOf(
      `{ where: "b <> '\\\\'", columns: { c: { type: string, required: true }, b: string } }`,
    );
    expect(table?.columns[0]).not.toHaveProperty('data_tests');
    expect(notes).toContain(
      'a/t.c: not_null: dbt cannot hold the rows it is about (braces or backslashes in where), so the test is left out',
    );
  });
});

describe('models', () => {
  test('have an enforced contract with constraints', async () => {
    const { table } = await tableOf(
      '{ key: [a, b], columns: { a: int64, b: string(5), c: { type: "decimal(4,1)", unique: true } } }',
    );
    expect(table?.['config']).toMatchObject({ contract: { enforced: true } });
    expect(table?.['constraints']).toEqual([{ type: 'primary_key', columns: ['a', 'b'] }]);
    expect(table?.columns.map(({ data_type, constraints }) => [data_type, constraints])).toEqual([
      ['bigint', [{ type: 'not_null' }]],
      ['varchar(5)', [{ type: 'not_null' }]],
      ['numeric(4,1)', [{ type: 'unique' }]],
    ]);
  });

  test('of a deprecated table have the date on which they go', async () => {
    const { table } = await tableOf('{ deprecated: { since: 1.0.0, sunset: 2027-01-01 }, columns: { a: int64 } }');
    expect(table?.['deprecation_date']).toBe('2027-01-01');
    expect(isValid({ version: 2, models: [table] })).toBe(true);
  });

  test('have none where a name cannot be quoted, and a note says so', async () => {
    const { table, notes } = await tableOf(`{ columns: { 'a"b': string, c: string } }`);
    expect(table?.columns.map(({ name }) => name)).toEqual(['c']);
    expect(table?.['config']).not.toHaveProperty('contract');
    expect(notes).toEqual([
      'a/t.a"b: dbt cannot quote such a name: the column is left out',
      'a/t: the contract is not enforced by dbt: it would need each column with its type',
    ]);
  });

  test('are not enforced where dbt-duckdb would write a name without its quotes', async () => {
    const folder = await projectFolder({
      'contracts/a.yaml':
        'contract: a\nversion: 1.0.0\nstatus: draft\ntables: { t: { columns: { "a) b": string } } }\n',
    });
    const { files } = await generated(folder);
    expect(files[0]?.text).not.toContain('enforced');
  });

  test('of two contracts with one table name are an error that names both', async () => {
    const contract = (id: string, table: string) =>
      `contract: ${id}\nversion: 1.0.0\nstatus: draft\ntables: { ${table}: { columns: { id: int64 } } }\n`;
    const folder = await projectFolder({
      'contracts/a.yaml': contract('a', 't'),
      'contracts/b.yaml': contract('b', 'T'),
    });
    await expect(generated(folder)).rejects.toThrow(/table "t" of a and table "T" of b/);
    await expect(generated(folder, 'sources')).resolves.toBeDefined();
  });
});

describe('sources', () => {
  test('have freshness, the rows it is about, and times as instants', async () => {
    const table = (zone: string) =>
      `{ where: "b > 1", freshness: { column: at, within: { warn: 90s, fail: 2d } }, columns: { at: { type: timestamp, required: true, timezone: ${zone} }, b: int64 } }`;
    const utc = await tableOf(table('UTC'), 'sources');
    expect(utc.table?.['config']).toMatchObject({
      loaded_at_field: '"at"',
      freshness: {
        warn_after: { count: 2, period: 'minute' },
        error_after: { count: 2, period: 'day' },
        filter: 'b > 1',
      },
    });
    expect(utc.notes).toContain('a/t.freshness: 90s is rounded up to minutes: dbt counts no seconds');
    const paris = await tableOf(table('Europe/Paris'), 'sources');
    expect(paris.table?.['config']).toMatchObject({ loaded_at_field: `"at" at time zone 'Europe/Paris'` });
  });

  test('of files say where they are', async () => {
    const { files } = await generated(SHIPPED, 'sources');
    expect(files[0]?.text).toContain('external_location: contracts/data/birdstrikes.parquet');
  });
});

test('another kind is an error that names both', async () => {
  await expect(inputOf(SHIPPED).then((input) => dbt.generate(input, { as: 'seeds' }))).rejects.toThrow(
    /expected models or sources/,
  );
});

describe('a name without quotes', () => {
  test('is none of the words that DuckDB keeps for itself', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const words = await (await connection.run('select keyword_name from duckdb_keywords()')).getRows();
    const kept: string[] = [];
    for (const [word] of words.map(([each]) => [String(each)] as const)) {
      const isRead = await connection
        .run(`select ${word}, count(*) from (select 1 as "${word}") where ${word} is not null group by ${word}`)
        .then(
          () => true,
          () => false,
        );
      if (!isRead) kept.push(word);
    }
    connection.closeSync();
    expect(kept.length).toBeGreaterThan(70);
    expect(kept.filter((word) => isPlain(word, 'duckdb'))).toEqual([]);
    // Of DuckDB 2.
    expect(isPlain('by', 'files')).toBe(false);
  });

  test('is none of the words that PostgreSQL keeps for itself', async (context) => {
    const database = await openDatabase('postgres');
    if (!database) return context.skip();
    const words = await database.query("select word from pg_get_keywords() where catcode in ('R', 'T')");
    await database.close();
    expect(words.length).toBeGreaterThan(70);
    expect(words.flat().filter((word) => isPlain(word ?? '', 'postgres'))).toEqual([]);
  });
});

describe('dbt itself', () => {
  const program = process.env['SURETY_TEST_DBT'] ?? find('dbt');

  test.each(KINDS)('parses %s without a warning, where it is installed with dbt-duckdb', async (kind) => {
    if (program === undefined) {
      console.log('dbt is not on the PATH and SURETY_TEST_DBT names none: its own parser was not asked');
      return;
    }
    const { files } = await generated(FIXTURE, kind);
    const models = kind === 'models' ? ['class', 'do-it', 'orders', 'customers', 'events'] : ['unrelated'];
    const folder = await projectFolder({
      'dbt_project.yml':
        'name: trial\nversion: "1.0"\nprofile: trial\nmodels: { +materialized: table }\nflags: { send_anonymous_usage_stats: false }\n',
      'profiles.yml': 'trial: { target: a, outputs: { a: { type: duckdb, path: ":memory:" } } }\n',
    });
    await mkdir(join(folder, 'models'));
    for (const { path, text } of files) await writeFile(join(folder, 'models', path), text);
    for (const name of models) await writeFile(join(folder, 'models', `${name}.sql`), 'select 1 as x\n');
    const { status, stdout } = spawnSync(program, ['parse', '--warn-error', '--profiles-dir', '.'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (stdout.includes('Could not find adapter type duckdb')) {
      console.log('dbt has no adapter for DuckDB: its own parser was not asked');
      return;
    }
    expect(status, stdout).toBe(0);
  });
});
