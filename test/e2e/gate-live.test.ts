import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { GateFinding, GateResult } from '../../src/model/gate.ts';
import { buildOnce, surety } from '../support/cli.ts';
import { inDuckDB } from '../support/duckdb-files.ts';
import { GIT_VARIABLES, type GitFolder, gitRepository, temporaryFolder } from '../support/git-repository.ts';

beforeAll(buildOnce);

/** Whose addresses are classified; nobody may read them anywhere. */
const ADDRESSES = ['ann@private.example', 'bob@private.example', 'eve@private.example'];
const MASKED = '{ type: string, classification: pii }';
const PUBLIC = '{ type: string, classification: public }';
const PASSWORD = 'hunter2-of-the-reader';

/** Columns of the table; what is not given is as it was at the base. */
interface Columns {
  readonly email?: string;
  readonly amount?: string;
  readonly size?: string;
  readonly city?: string;
}

function columns({ email = MASKED, amount = 'int64', size = 'int32', city = 'string' }: Columns): string {
  return `      email: ${email}\n      amount: ${amount}\n      size: ${size}\n      city: ${city}\n`;
}

function contract(version: string, location: string, changed: Columns = {}): string {
  return `contract: shop.orders
version: ${version}
raci: { responsible: sales, accountable: sales }
warehouse: lake
tables:
  orders:
    location: ${location}
    key: [email]
    columns:
${columns(changed)}`;
}

/** Rows as SQL: two of three have no city. */
const ROWS = `select * from (values
  ('${ADDRESSES[0]}', 5::bigint, 7::int, 'Rome'),
  ('${ADDRESSES[1]}', 3000000000, 70000, null),
  ('${ADDRESSES[2]}', 9, 8, null)) as t(email, amount, size, city)`;
const GOOD_ROWS = `select email, least(amount, 10) as amount, least(size, 10)::int as size, coalesce(city, 'Rome') as city from (${ROWS})`;

/** Where the rows are kept. */
interface Store {
  readonly name: string;
  readonly warehouse: string;
  readonly location: string;
  readonly fill: (folder: string, rows: string) => Promise<void>;
}

const STORES: readonly Store[] = [
  {
    name: 'a CSV',
    warehouse: '{ type: duckdb, root: data }',
    location: 'orders.csv',
    fill: (folder, rows) => inDuckDB(':memory:', `copy (${rows}) to '${join(folder, 'data', 'orders.csv')}' (header)`),
  },
  {
    name: 'a Parquet file',
    warehouse: '{ type: duckdb, root: data }',
    location: 'orders.parquet',
    fill: (folder, rows) =>
      inDuckDB(':memory:', `copy (${rows}) to '${join(folder, 'data', 'orders.parquet')}' (format parquet)`),
  },
  {
    name: 'a database file',
    warehouse: '{ type: duckdb, url: data/shop.duckdb }',
    location: 'orders',
    fill: (folder, rows) => inDuckDB(join(folder, 'data', 'shop.duckdb'), `create table orders as ${rows}`),
  },
];
const [CSV, , DATABASE] = STORES as readonly [Store, Store, Store];

/** main with the contract and its rows, and a branch of it on which nothing has changed yet. */
async function project(store: Store, rows = ROWS, before: Columns = {}): Promise<GitFolder> {
  const repository = await gitRepository();
  await mkdir(join(repository.folder, 'data'));
  await store.fill(repository.folder, rows);
  await repository.commit({
    'surety.yaml': `warehouses: { lake: ${store.warehouse} }\n`,
    'contracts/orders.yaml': contract('1.0.0', store.location, before),
  });
  repository.git('switch', '--quiet', '--create', 'feature');
  return repository;
}

/** The same with a PostgreSQL warehouse, and one column that is required on the branch. */
async function tightenedOn(url: string): Promise<GitFolder> {
  const repository = await gitRepository();
  await repository.commit({
    'surety.yaml': `warehouses: { lake: { type: postgres, url: "${url}" } }\n`,
    'contracts/orders.yaml': contract('1.0.0', 'orders'),
  });
  repository.git('switch', '--quiet', '--create', 'feature');
  await repository.write({ 'contracts/orders.yaml': contract('1.1.0', 'orders', { city: REQUIRED }) });
  return repository;
}

const REQUIRED = '{ type: string, required: true }';

type Variables = Readonly<Record<string, string>>;

async function gate(folder: string, args: readonly string[], env: Variables = {}) {
  const ended = await surety(folder, ['breaking', '--output', 'json', ...args], { ...GIT_VARIABLES, ...env });
  if (!ended.stdout.startsWith('{')) throw new Error(ended.stderr);
  const result = JSON.parse(ended.stdout) as GateResult;
  return { ...ended, result, findings: result.contracts.flatMap((each) => each.findings) };
}

/** Runs the gate and gives what every format says, with all that stands on the terminal. */
async function everyOutput(folder: string, args: readonly string[], env: Variables = {}) {
  const to = await temporaryFolder();
  const names = {
    json: 'gate.json',
    markdown: 'comment.md',
    sarif: 'gate.sarif',
    github: 'log.txt',
    junit: 'gate.xml',
    gitlab: 'quality.json',
  };
  const outputs = Object.entries(names).flatMap(([format, name]) => ['--output', `${format}=${join(to, name)}`]);
  const ended = await surety(folder, ['breaking', '--output', 'text', ...outputs, ...args], {
    ...GIT_VARIABLES,
    ...env,
  });
  const written = Object.entries(names).map(
    ([format, name]) => [format, readFileSync(join(to, name), 'utf8')] as const,
  );
  const texts: Readonly<Record<string, string>> = {
    text: ended.stdout,
    errors: ended.stderr,
    ...Object.fromEntries(written),
  };
  return { code: ended.code, texts };
}

/** `required-added orders.city warning open`, with what the rows say. */
const told = (findings: readonly GateFinding[]) =>
  findings.map(({ rule, path, severity, state, live }) => [
    `${rule} ${path} ${severity} ${state}`,
    ...(live ? [live.message] : []),
  ]);

/** Formats in which one of the words stands. */
function saying(texts: Readonly<Record<string, string>>, words: readonly string[]): readonly string[] {
  return Object.entries(texts).flatMap(([format, text]) => (words.some((word) => text.includes(word)) ? format : []));
}

/** A server on loopback that speaks no protocol and counts who comes. */
async function listener(): Promise<{ readonly url: string; readonly count: () => number }> {
  let count = 0;
  const server = createServer((socket) => {
    count += 1;
    socket.on('error', () => {});
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { url: urlAt(portOf(server.address())), count: () => count };
}

/** A url at which nothing listens any more. */
async function closedUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server.address());
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return urlAt(port);
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

function urlAt(port: number): string {
  return `postgres://reader:${PASSWORD}@127.0.0.1:${port}/shop?sslmode=disable`;
}

/** The variables of a GitHub run for a pull request from a fork. */
async function forkEvent(): Promise<Variables> {
  const path = join(await temporaryFolder(), 'event.json');
  const repositories = { head: { repo: { full_name: 'a/fork' } }, base: { repo: { full_name: 'b/it' } } };
  await writeFile(path, JSON.stringify({ pull_request: repositories }));
  return { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: path };
}

describe.each(STORES)('live rows of $name', (store) => {
  test('rows that break a promise make its finding block, with their number, and what is classified nowhere', async () => {
    const { folder, write } = await project(store);
    await write({ 'contracts/orders.yaml': contract('1.1.0', store.location, { city: REQUIRED }) });
    const quiet = await gate(folder, []);
    expect([quiet.code, told(quiet.findings)]).toEqual([0, [['required-added orders.city warning open']]]);
    const { code, findings, result } = await gate(folder, ['--live']);
    expect(told(findings)).toEqual([
      ['required-added orders.city error violated', '2 of 3 rows have no value (66.67%); none allowed'],
    ]);
    expect([code, result.passed, result.counts.writers, result.counts.safe]).toEqual([1, false, 1, 0]);
    const samples = findings[0]?.live?.samples;
    expect(samples?.columns).toEqual(expect.arrayContaining(['email', 'city']));
    const at = samples?.columns.indexOf('email') ?? -1;
    expect(samples?.rows.map((row) => row[at])).toEqual(['‹pii›', '‹pii›']);
    const every = await everyOutput(folder, ['--live']);
    expect(every.code).toBe(1);
    expect(saying(every.texts, ADDRESSES)).toEqual([]);
    expect(saying(every.texts, ['2 of 3 rows have no value']).toSorted()).toEqual(
      ['github', 'gitlab', 'json', 'junit', 'markdown', 'sarif', 'text'].toSorted(),
    );
  });

  test('a promise that all rows keep is proven safe', async () => {
    const { folder, write } = await project(store, GOOD_ROWS);
    await write({ 'contracts/orders.yaml': contract('1.1.0', store.location, { city: REQUIRED }) });
    const { code, findings, result } = await gate(folder, ['--live=required']);
    expect(told(findings)).toEqual([['required-added orders.city warning safe', '0 of 3 rows have no value']]);
    expect([code, result.passed, result.counts.safe, result.counts.warnings]).toEqual([0, true, 1, 0]);
    const { stdout } = await surety(folder, ['breaking', '--live'], GIT_VARIABLES);
    expect(stdout).toMatch(/^ {2}· proven safe {2}required-added orders\.city: /m);
    expect(stdout).toMatch(/^passes: .* · 1 proven safe · 0 waived$/m);
  });

  test('a promise of a feature is asked of the rows like that of a column', async () => {
    const { folder, write, commit } = await project(store);
    const version = (number: string, features: string): string =>
      `${contract(number, store.location)}    features:\n      ${features}\n`;
    await commit({ 'contracts/orders.yaml': version('1.1.0', 'twofold: { type: int64, as: amount * 2 }') });
    const promised = 'twofold: { type: int64, as: amount * 2, max: 100, required: true }';
    await write({ 'contracts/orders.yaml': version('1.2.0', promised) });
    const { findings } = await gate(folder, ['--live', '--against', 'HEAD']);
    expect(told(findings).toSorted()).toEqual([
      ['range-added orders.twofold.max error violated', expect.stringContaining('1 of 3 rows')],
      ['required-added orders.twofold warning safe', '0 of 3 rows have no value'],
    ]);
  });

  test('a narrower type: rows that do not fit block', async () => {
    const { folder, write } = await project(store);
    const narrow = { amount: 'int32', size: 'int16' };
    await write({ 'contracts/orders.yaml': contract('2.0.0', store.location, narrow) });
    const { code, findings, result } = await gate(folder, ['--live']);
    expect(told(findings).toSorted()).toEqual([
      ['type-narrowed orders.size error violated', '1 of 3 rows hold a value that is no int16 (33.33%); none allowed'],
      [
        'type-narrowed-representation orders.amount error violated',
        '1 of 3 rows hold a value that is no int32 (33.33%); none allowed',
      ],
    ]);
    expect([code, result.counts.safe]).toEqual([1, 0]);
    const rows = findings.flatMap(({ live }) => live?.samples?.rows ?? []).map((row) => row.at(-1));
    expect(rows.toSorted()).toEqual(['3000000000', '70000']);
  });

  test('a narrower type that all rows fit is safe for writers, and blocks on where readers break too', async () => {
    const { folder, write } = await project(store, GOOD_ROWS);
    await write({ 'contracts/orders.yaml': contract('1.1.0', store.location, { size: 'int16' }) });
    const safe = await gate(folder, ['--live']);
    expect(told(safe.findings)).toEqual([
      ['type-narrowed orders.size warning safe', '0 of 3 rows hold a value that is no int16'],
    ]);
    expect([safe.code, safe.result.counts.safe]).toEqual([0, 1]);
    // Typed code of readers breaks whatever the rows are.
    await write({ 'contracts/orders.yaml': contract('2.0.0', store.location, { amount: 'int32' }) });
    const { code, findings, result } = await gate(folder, ['--live']);
    expect(told(findings)).toEqual([
      ['type-narrowed-representation orders.amount error open', '0 of 3 rows hold a value that is no int32'],
    ]);
    expect(findings[0]?.live?.holds).toBe(true);
    expect([code, result.counts.readers, result.counts.safe]).toEqual([1, 1, 0]);
  });
});

describe('live rows', () => {
  test('a value that breaks a rule is shown where it may be, and masked where it is classified', async () => {
    const rows = ROWS.replaceAll('@private.example', '@PRIVATE');
    const values = ADDRESSES.map((address) => address.replace('@private.example', '@PRIVATE'));
    for (const [classification, shows] of [
      ['pii', []],
      ['public', ['json', 'text']],
    ] as const) {
      const email = `{ type: string, classification: ${classification}`;
      const { folder, write } = await project(CSV, rows, { email: `${email} }` });
      const tight = { email: `${email}, pattern: "^[a-z@.]+$" }` };
      await write({ 'contracts/orders.yaml': contract('1.1.0', CSV.location, tight) });
      const { code, texts } = await everyOutput(folder, ['--live']);
      expect(code).toBe(1);
      expect(texts['text']).toContain('3 of 3 rows');
      expect(saying(texts, values).toSorted(), classification).toEqual(shows);
    }
  });

  test('the samples show where the rows are when nothing is classified', async () => {
    const { folder, write } = await project(CSV, ROWS, { email: PUBLIC });
    await write({ 'contracts/orders.yaml': contract('1.1.0', CSV.location, { email: PUBLIC, city: REQUIRED }) });
    const { texts } = await everyOutput(folder, ['--live']);
    expect(texts['text']).toContain(ADDRESSES[1]);
    expect(texts['text']).not.toContain(ADDRESSES[0]);
  });

  test('`--live` without a value may stand before a path', async () => {
    const repository = await project(CSV);
    await repository.commit({
      'contracts/orders.yaml': contract('1.1.0', CSV.location, { city: REQUIRED }),
      'contracts/sizes.yaml': contract('1.0.0', CSV.location).replace('shop.orders', 'shop.sizes'),
    });
    for (const path of ['contracts/orders.yaml', 'shop.orders']) {
      const { code, findings } = await gate(repository.folder, ['--live', path]);
      expect([path, code, findings.map(({ rule, state }) => `${rule} ${state}`)]).toEqual([
        path,
        1,
        ['required-added violated'],
      ]);
    }
    const both = await gate(repository.folder, ['--live', 'contracts/sizes.yaml', 'contracts/orders.yaml']);
    expect(both.findings.map(({ rule, state }) => `${rule} ${state}`).toSorted()).toEqual([
      'contract-added open',
      'required-added violated',
    ]);
    const other = await gate(repository.folder, ['--live', 'contracts/sizes.yaml']);
    expect([other.code, other.findings.map(({ rule }) => rule)]).toEqual([0, ['contract-added']]);
  });

  test('a warehouse out of reach leaves the warning and is said, and exit 3 where it is required', async () => {
    const { folder } = await tightenedOn(await closedUrl());
    const { code, findings, result } = await gate(folder, ['--live']);
    expect(told(findings)).toEqual([
      [
        'required-added orders.city warning open',
        expect.stringMatching(/^not measured: .*cannot be reached: nothing listens on 127\.0\.0\.1:\d+$/),
      ],
    ]);
    expect([code, findings[0]?.live?.holds, result.diagnostics]).toEqual([0, null, []]);
    const required = await gate(folder, ['--live=required']);
    expect([required.code, told(required.findings)]).toEqual([3, told(findings)]);
    expect(required.result.diagnostics.map((each) => `${each.code} ${each.severity} ${each.at?.file}`)).toEqual([
      'gate/not-measured error contracts/orders.yaml',
    ]);
    for (const args of [['--live'], ['--live=required']]) {
      const { texts } = await everyOutput(folder, args);
      expect(saying(texts, [PASSWORD])).toEqual([]);
      expect(texts['text']).toContain('live: not measured: ');
    }
    const { code: warehouse, ...output } = await surety(folder, ['diff', 'contracts', 'warehouse:lake'], GIT_VARIABLES);
    expect(warehouse).toBe(3);
    expect(saying(output, [PASSWORD])).toEqual([]);
  });

  test('nothing is connected to for a change from outside', async () => {
    const { url, count } = await listener();
    const { folder } = await tightenedOn(url);
    for (const live of ['--live', '--live=required']) {
      const outside: readonly (readonly [readonly string[], Variables])[] = [
        [[live, '--untrusted'], {}],
        [[live], await forkEvent()],
        [[live], { CI_MERGE_REQUEST_SOURCE_PROJECT_ID: '7', CI_PROJECT_ID: '5' }],
      ];
      for (const [args, env] of outside) {
        const { findings } = await gate(folder, args, env);
        expect(findings.map(({ rule, severity, state }) => `${rule} ${severity} ${state}`)).toEqual([
          'required-added warning open',
        ]);
        expect(count()).toBe(0);
      }
    }
    // The same run for a change from inside does come.
    const inside = await gate(folder, ['--live']);
    expect([inside.code, inside.findings[0]?.live?.message]).toEqual([0, expect.stringMatching(/^not measured: /)]);
    expect(count()).toBeGreaterThan(0);
  });
});

describe('a warehouse as a side of a comparison', () => {
  async function difference(folder: string, args: readonly string[], env: Variables = {}) {
    const ended = await surety(folder, ['diff', '--output', 'json', ...args], { ...GIT_VARIABLES, ...env });
    if (!ended.stdout.startsWith('{')) throw new Error(ended.stderr);
    const result = JSON.parse(ended.stdout) as GateResult;
    return { ...ended, result, findings: result.contracts.flatMap((each) => each.findings) };
  }

  /** The table has no size, a note that nobody named, and an amount of another type. */
  const OTHER = `select email, amount::varchar as amount, city, true as note from (${ROWS})`;

  test('a missing column, one more, another type, and nothing about versions', async () => {
    const { folder } = await project(DATABASE, OTHER);
    const { code, findings, result } = await difference(folder, ['contracts', 'warehouse:lake']);
    expect(findings.map(({ rule, path }) => `${rule} ${path}`).toSorted()).toEqual([
      'column-added orders.note',
      'column-removed orders.size',
      'type-changed orders.amount',
    ]);
    expect(findings.find(({ rule }) => rule === 'type-changed')).toMatchObject({ before: 'int64', after: 'string' });
    expect([code, result.diagnostics, result.after]).toEqual([0, [], { label: 'warehouse lake', commit: null }]);
    const back = await difference(folder, ['warehouse:lake', 'contracts']);
    expect(back.findings.map(({ rule, path }) => `${rule} ${path}`).toSorted()).toEqual([
      'column-added orders.size',
      'column-removed orders.note',
      'type-changed orders.amount',
    ]);
  });

  test('no version is needed of what has none', async () => {
    const { folder } = await project(DATABASE, OTHER);
    const { result } = await difference(folder, ['contracts', 'warehouse:lake']);
    expect(result.contracts.map(({ needs }) => needs)).toEqual([null]);
    const { stdout } = await surety(folder, ['diff', 'contracts', 'warehouse:lake'], GIT_VARIABLES);
    expect(stdout).toContain('column-removed orders.size');
    expect(stdout).not.toMatch(/version: /);
  });

  test('a table as the contract has it is no change, and what keeps none is said', async () => {
    const { folder } = await project(DATABASE);
    const same = await difference(folder, ['contracts', 'warehouse:lake']);
    expect([same.code, same.findings, same.result.contracts.length]).toEqual([0, [], 1]);
    const slip = await difference(folder, ['contracts', 'warehouse:lak']);
    expect([slip.code, slip.result.diagnostics.map(({ code, hint }) => [code, hint])]).toEqual([
      2,
      [['project/unknown-warehouse', 'did you mean "lake"?']],
    ]);
  });

  test('is refused for a change from outside, without a connection', async () => {
    const { url, count } = await listener();
    const { folder } = await tightenedOn(url);
    for (const sides of [
      ['contracts', 'warehouse:lake'],
      ['warehouse:lake', 'contracts'],
      ['main', 'warehouse:lake'],
    ]) {
      for (const [args, env] of [
        [[...sides, '--untrusted'], {}],
        [sides, await forkEvent()],
      ] as const) {
        const { code, result } = await difference(folder, args, env);
        expect([code, result.contracts, result.diagnostics.map((each) => each.code)], args.join(' ')).toEqual([
          2,
          [],
          ['gate/untrusted-side'],
        ]);
        expect(count()).toBe(0);
      }
    }
    expect((await difference(folder, ['contracts', 'warehouse:lake'])).code).toBe(3);
    expect(count()).toBeGreaterThan(0);
  });
});
