import { appendFile, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadContracts } from '../src/contract/load.ts';
import { type VerifyOptions, verify } from '../src/engine/verify.ts';
import type { CheckResult, Run } from '../src/model/run.ts';
import { buildOnce, surety } from './support/cli.ts';
import { inDuckDB } from './support/duckdb-files.ts';
import { projectFolder } from './support/project-folder.ts';

const HEAD = 'contract: shop.all\nversion: 1.0.0\nraci: { responsible: ann, accountable: ann }\n';
/** Runs for minutes if nothing stops it. */
const ENDLESS = 'select count(*) as n from range(100000000000) a where a.range % 7 = 8 having count(*) > 0';

/** A project with the Parquet files `orders` (id 1 to 5, one status NULL) and `other` (id 1 to 3). */
async function project(tables: string): Promise<string> {
  const folder = await projectFolder({ 'contracts/all.yaml': `${HEAD}tables:\n${tables}` });
  const copy = (name: string, query: string): string =>
    `copy (${query}) to '${join(folder, 'contracts', `${name}.parquet`)}' (format parquet)`;
  await inDuckDB(
    ':memory:',
    copy(
      'orders',
      "select range as id, case when range = 5 then null else 'placed' end as status, range * 10 as amount from range(1, 6)",
    ),
    copy('other', 'select range as id from range(1, 4)'),
  );
  return folder;
}

const ORDERS = `  orders:
    key: [id]
    columns: { id: int64, status: { type: string, required: true }, amount: { type: int64, min: 0 } }
`;
const OTHER = '  other: { key: [id], columns: { id: int64 } }\n';

async function run(folder: string, options: VerifyOptions = {}): Promise<Run> {
  const loaded = await loadContracts([join(folder, 'contracts')]);
  expect(loaded.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return verify(loaded, options);
}

const checksOf = (of: Run): readonly CheckResult[] =>
  of.contracts.flatMap(({ tables }) => tables.flatMap(({ checks }) => checks));

/** Verdict (with the reason of those that have one) by path. */
function verdicts(of: Run): Readonly<Record<string, string>> {
  return Object.fromEntries(
    checksOf(of).map(({ path, verdict, reason }) => [path, reason === null ? verdict : `${verdict}: ${reason}`]),
  );
}

const MEASURED = {
  'orders.id.column': 'pass',
  'orders.status.column': 'pass',
  'orders.amount.column': 'pass',
  'orders.id.type': 'pass',
  'orders.status.type': 'pass',
  'orders.amount.type': 'pass',
  'orders.rows': 'pass',
  'orders.key': 'pass',
  'orders.id.required': 'pass',
  'orders.status.required': 'fail',
  'orders.amount.invalid': 'pass',
};
const OTHER_MEASURED = {
  'other.id.column': 'pass',
  'other.id.type': 'pass',
  'other.rows': 'pass',
  'other.key': 'pass',
  'other.id.required': 'pass',
};

beforeAll(buildOnce);

describe('what cannot be measured costs only its own checks', () => {
  it.each<readonly [title: string, checks: string, expected: Readonly<Record<string, string>>]>([
    [
      'an expression that fails on a value',
      'bad: cast(status as int) > 0\n      good: amount > 0\n      worse: { metric: max(cast(status as int)), max: 5 }\n      sum: { metric: sum(amount), equals: 150 }',
      {
        'orders.bad': 'error: engine refused',
        'orders.good': 'pass',
        'orders.worse': 'error: engine refused',
        'orders.sum': 'pass',
      },
    ],
    [
      'an expression that does not parse for the engine',
      'bad: amount > > 0\n      good: amount > 20',
      { 'orders.bad': 'error: engine refused', 'orders.good': 'fail' },
    ],
    [
      'a name that is nowhere',
      'bad: nowhere > 0\n      good: amount > 0',
      { 'orders.bad': 'error: engine refused', 'orders.good': 'pass' },
    ],
    [
      'a where of a check',
      'bad: { expect: amount > 0, where: cast(status as int) = 1 }\n      bad-set: { unique: [amount], where: nowhere = 1 }\n      good: { expect: amount > 0, where: id = 1 }',
      { 'orders.bad': 'error: engine refused', 'orders.bad-set': 'error: engine refused', 'orders.good': 'pass' },
    ],
    [
      'a query and groups',
      'bad: { failingRows: select * from nowhere }\n      groups: { expect: cast(status as int) > 0, by: [id] }\n      good: { failingRows: "select * from {orders} where amount > 45" }',
      { 'orders.bad': 'error: engine refused', 'orders.groups': 'error: engine refused', 'orders.good': 'fail' },
    ],
    [
      'SQL that the engine writes out as several columns',
      'all: columns(*) > 0\n      star: "*"\n      some: { metric: "max(columns(*))", max: 3 }\n      first: amount > 0\n      wide: { metric: "select id, amount from {orders} limit 1", max: 3 }\n      last: { metric: sum(amount), equals: 150 }',
      {
        'orders.all': 'error: engine refused',
        'orders.star': 'error: engine refused',
        'orders.some': 'error: engine refused',
        'orders.first': 'pass',
        'orders.wide': 'error: not one value',
        'orders.last': 'pass',
      },
    ],
    [
      'SQL that writes to files or changes settings',
      'copy: { failingRows: "copy {orders} to \'x.csv\'" }\n      set: { failingRows: set threads = 1 }\n      read: { failingRows: "select * from read_text(\'/etc/hostname\')" }\n      good: amount > 0',
      {
        'orders.copy': 'error: engine refused',
        'orders.set': 'error: engine refused',
        'orders.read': 'error: engine refused',
        'orders.good': 'pass',
      },
    ],
  ])('%s', async (_, checks, expected) => {
    const folder = await project(`${ORDERS}    checks:\n      ${checks}\n${OTHER}`);
    expect(verdicts(await run(folder))).toEqual({ ...MEASURED, ...OTHER_MEASURED, ...expected });
  });

  it('a where of the table', async () => {
    const found = verdicts(await run(await project(`${ORDERS}    where: cast(status as int) = 1\n${OTHER}`)));
    expect(found).toMatchObject({ ...OTHER_MEASURED, 'orders.status.column': 'pass', 'orders.status.type': 'pass' });
    for (const path of ['orders.rows', 'orders.key', 'orders.status.required', 'orders.amount.invalid'])
      expect(found[path], path).toBe('error: engine refused');
  });

  it.each<readonly [title: string, spoil: (file: string) => Promise<void>, reason: string]>([
    ['a file that is gone', (file) => rm(file), 'not found'],
    [
      'a Parquet file that is cut off',
      async (file) => writeFile(file, (await readFile(file)).subarray(0, 60)),
      'cannot be read',
    ],
    ['a file that is no Parquet', (file) => writeFile(file, 'id,status\n1,placed\n'), 'cannot be read'],
    ['an empty Parquet file', (file) => writeFile(file, ''), 'cannot be read'],
  ])('%s', async (_, spoil, reason) => {
    const folder = await project(ORDERS + OTHER);
    await spoil(join(folder, 'contracts', 'orders.parquet'));
    const done = await run(folder);
    const found = verdicts(done);
    expect(found).toMatchObject(OTHER_MEASURED);
    for (const path of Object.keys(MEASURED)) expect(found[path], path).toBe(`error: ${reason}`);
    expect(done.coverage.notMeasured).toEqual([
      { reason, count: checksOf(done).filter(({ path }) => path.startsWith('orders.')).length },
    ]);
    expect(
      JSON.stringify(checksOf(done).map(({ message, reason, hint }) => [message, reason, hint])),
      'folders of this machine',
    ).not.toContain(folder);
  });

  it('pages that cannot be read behind a good footer', async () => {
    const folder = await project(ORDERS + OTHER);
    const file = join(folder, 'contracts', 'orders.parquet');
    const bytes = await readFile(file);
    await writeFile(file, bytes.fill(0xff, 4, 60));
    const found = verdicts(await run(folder));
    expect(found).toMatchObject(OTHER_MEASURED);
    expect(Object.values(found).filter((verdict) => verdict.startsWith('error')).length).toBeGreaterThan(0);
  });

  it('a file that changes while it is read', async () => {
    const folder = await project(`${ORDERS}    checks: { slow: { failingRows: ${ENDLESS} } }\n${OTHER}`);
    const file = join(folder, 'contracts', 'orders.parquet');
    const running = run(folder, { timeout: 1500 });
    // The tables are opened long before the slow query runs out of time.
    setTimeout(() => void appendFile(file, 'x').then(() => utimes(file, 1, 1)), 700);
    const found = verdicts(await running);
    expect(found).toMatchObject({ ...OTHER_MEASURED, 'orders.id.column': 'pass', 'orders.amount.type': 'pass' });
    for (const path of ['orders.rows', 'orders.key', 'orders.status.required', 'orders.slow'])
      expect(found[path], path).toBe('error: changed while reading');
  });

  it('a query past its time', async () => {
    const tables = `${ORDERS}    checks:\n      slow: { failingRows: ${ENDLESS} }\n      later: { failingRows: "select * from {orders} where amount > 45" }\n      good: amount > 0\n${OTHER}`;
    const folder = await project(tables);
    const began = Date.now();
    const found = verdicts(await run(folder, { timeout: 200 }));
    expect(Date.now() - began).toBeLessThan(5000);
    expect(found).toEqual({
      ...MEASURED,
      ...OTHER_MEASURED,
      'orders.slow': 'error: time-out',
      'orders.later': 'fail',
      'orders.good': 'pass',
    });
    expect((await surety(folder, ['verify', '--timeout', '1s'])).code).toBe(3);
  });

  it('a signal that ends the run', async () => {
    const folder = await project(`${ORDERS}    checks: { slow: { failingRows: ${ENDLESS} } }\n`);
    const controller = new AbortController();
    const running = run(folder, { signal: controller.signal });
    setTimeout(() => controller.abort(), 700);
    const found = verdicts(await running);
    expect(found['orders.slow']).toBe('error: cancelled');
    expect(found['orders.amount.type']).toBe('pass');
    const before = verdicts(await run(folder, { signal: AbortSignal.abort() }));
    expect(new Set(Object.values(before))).toEqual(new Set(['error: cancelled']));
  });
});

describe('exit codes', () => {
  it('a dropped column is a broken promise, and what needs it is skipped', async () => {
    const folder = await project(
      `${ORDERS.replace('amount:', 'total:')}    checks: { positive: total > 0, other: id > 0 }\n`,
    );
    const found = verdicts(await run(folder));
    expect(found).toMatchObject({
      'orders.total.column': 'fail',
      'orders.total.type': 'skipped: column missing',
      'orders.total.invalid': 'skipped: column missing',
      'orders.positive': 'skipped: column missing',
      'orders.other': 'pass',
    });
    expect((await surety(folder, ['verify'])).code).toBe(1);
  });

  it.each([
    'amount > 0; drop table orders',
    'select 1) q; drop table orders; --',
    'amount > 0 /* not closed',
    'amount > 0) or (true',
    'amount > 0\0',
  ])('two statements in one text are refused: %s', async (text) => {
    const folder = await project(`${ORDERS}    checks: { bad: ${JSON.stringify(text)} }\n`);
    const loaded = await loadContracts([join(folder, 'contracts')]);
    expect(loaded.contracts).toEqual([]);
    expect(
      loaded.diagnostics.map(({ at, severity }) => `${at?.file.split('/').at(-1)}:${at?.line} ${severity}`),
    ).toContain('all.yaml:8 error');
  });

  it.each<readonly [title: string, tables: string, args: readonly string[], code: number]>([
    ['everything holds', OTHER, ['verify'], 0],
    ['a broken promise', ORDERS, ['verify'], 1],
    ['broken and not measured', `${ORDERS}    checks: { bad: nowhere > 0 }\n`, ['verify'], 3],
    ['only a warning', OTHER.replace('key: [id],', 'severity: warn, rows: { min: 9 },'), ['verify'], 0],
    [
      'a warning that counts',
      OTHER.replace('key: [id],', 'severity: warn, rows: { min: 9 },'),
      ['verify', '--fail-on', 'warn'],
      1,
    ],
    ['two statements in one text', `${ORDERS}    checks: { bad: "amount > 0; drop table orders" }\n`, ['verify'], 2],
    [
      'two statements in one text, in lint',
      `${ORDERS}    checks: { bad: "amount > 0; drop table orders" }\n`,
      ['lint'],
      2,
    ],
    ['a file that is gone', `${OTHER}  gone: { columns: { id: int64 } }\n`, ['verify'], 3],
    ['a selection that matches nothing', OTHER, ['verify', '--check', 'nothing.at.all'], 2],
    ['a path that is not there', OTHER, ['verify', 'nowhere.yaml'], 2],
    ['an option that is none', OTHER, ['verify', '--nonsense'], 2],
    ['lint of a good contract', OTHER, ['lint'], 0],
    ['plan of a good contract', OTHER, ['plan'], 0],
  ])('%s', async (_, tables, args, code) => {
    const ended = await surety(await project(tables), args);
    expect(ended.code, ended.stdout + ended.stderr).toBe(code);
    expect(ended.stderr).not.toContain('defect');
  });

  it('an invalid contract among others: the others are verified, and the code says invalid', async () => {
    const folder = await project(`${ORDERS}    checks: { bad: nowhere > 0 }\n`);
    await writeFile(join(folder, 'contracts', 'invalid.yaml'), 'contract: shop.invalid\nversion: one\ntables: {}\n');
    const ended = await surety(folder, ['verify']);
    expect(ended.code).toBe(2);
    expect(ended.stdout).toContain('orders.status.required');
    expect(ended.stdout).toContain('contracts/invalid.yaml:2:10');
  });
});
