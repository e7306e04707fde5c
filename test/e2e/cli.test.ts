import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import runSchema from '../../reports/run.schema.json' with { type: 'json' };
import type { Run } from '../../src/model/run.ts';
import { ROOT, surety } from '../support/cli.ts';

const valid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(runSchema);
const NOW = ['--now', '2026-11-23T09:00:00Z'];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'surety-e2e-'));
  await cp(join(ROOT, 'examples', 'shop'), join(folder, 'shop'), { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('verify', () => {
  test('the shipped contracts hold, their anomalies warn with samples', async () => {
    const { code, stdout } = await surety(ROOT, ['verify', 'contracts']);
    expect(stdout).toMatch(
      /^! warn: 3 contracts, 3 tables, \d+ checks: \d+ pass, 4 warn\n {2}\d+ planned: \d+ measured \(\d+ scan, \d+ metadata\)\n/,
    );
    expect(stdout).toContain('12 of 3,376 rows are missing (0.36%)');
    expect(stdout).toMatch(/^ {2}[\d,]+ rows read in \d+\.\d+ s, now \S+$/m);
    expect(code).toBe(0);
    expect((await surety(ROOT, ['verify', 'contracts', '--fail-on', 'warn'])).code).toBe(1);
  });

  test('the broken example breaks: exit 1, every breach with its place and its owner', async () => {
    const { code, stdout } = await surety(join(folder, 'shop'), ['verify', ...NOW]);
    expect(code).toBe(1);
    for (const path of [
      'key',
      'email.invalid',
      'amount.invalid',
      'status.invalid',
      'customer_id.references',
      'freshness',
      'shipped-after-placed',
      'shipped-has-date',
    ]) {
      expect(stdout).toContain(`✗ fail orders.${path}: `);
    }
    expect(stdout).toContain('contracts/orders.yaml:13:10  responsible: shop-data');
    expect(stdout).not.toContain('ann(at)example.org');
  });

  test('JSON fits its schema, and goes to a file whole', async () => {
    const cwd = join(folder, 'shop');
    const result = await surety(cwd, ['verify', ...NOW, '--output', 'json=run.json', '--output', 'text']);
    const run = JSON.parse(await readFile(join(cwd, 'run.json'), 'utf8')) as Run;
    expect(valid(run), JSON.stringify(valid.errors)).toBe(true);
    expect(run.verdict).toBe('fail');
    expect(run.coverage.planned).toBe(
      run.contracts.flatMap(({ tables }) => tables.flatMap(({ checks }) => checks)).length,
    );
    expect(result.stdout).toContain('✗ shop.orders');
    expect((await readdir(cwd)).sort()).toEqual(['contracts', 'data', 'run.json', 'surety.yaml']);
  });

  test('a selection measures only what it names', async () => {
    const cwd = join(folder, 'shop');
    const one = await surety(cwd, ['verify', ...NOW, '--table', 'customers']);
    expect(one.code).toBe(0);
    expect(one.stdout).toContain('1 contract, 1 table,');
    const check = await surety(cwd, ['verify', 'shop.orders', ...NOW, '--check', 'orders.email', '--output', 'json']);
    const run = JSON.parse(check.stdout) as Run;
    expect(run.contracts[0]?.tables[0]?.checks.every(({ path }) => path.startsWith('orders.email.'))).toBe(true);
  });

  test.each([
    [['verify', '--check', 'nonsense'], 'nothing fits --check nonsense'],
    [['verify', '--check', 'orders.key', '--check', 'orders.kee'], 'nothing fits --check orders.kee'],
    [['verify', '--table', 'orders', '--table', 'custmers'], 'nothing fits --table custmers'],
    [['verify', '--output', 'json=data/orders.csv'], 'name of data or of a contract'],
    [['verify', '--now', '2026-02-30T08:00:00Z'], 'expected an instant'],
    [['verify', 'no-such-contract'], 'no-such-contract'],
    [['verify', '--output', 'jsn'], 'did you mean json?'],
    [['verify', '--now', 'yesterday'], 'expected an instant'],
    [['verify', '--fail-on', 'red'], 'expected warn or fail'],
    [['verfy'], 'Did you mean verify?'],
    [['verify', '--env', 'nowhere'], 'nowhere'],
  ])('wrong use is exit 2 with a way out: %j', async (args, words) => {
    const { code, stdout, stderr } = await surety(join(folder, 'shop'), args);
    expect(stdout + stderr).toContain(words);
    expect(code).toBe(2);
  });

  test('an invalid contract among others: the others are verified, exit 2', async () => {
    const cwd = join(folder, 'shop');
    await writeFile(
      join(cwd, 'contracts', 'bad.yaml'),
      'contract: shop.bad\nversion: 1.0.0\nstatus: draft\ntables: { t: { columns: { a: strng } } }\n',
    );
    const { code, stdout } = await surety(cwd, ['verify', ...NOW]);
    await rm(join(cwd, 'contracts', 'bad.yaml'));
    expect(stdout).toContain('contracts/bad.yaml:4:');
    expect(stdout).toContain('✗ shop.orders 1.2.0: fail');
    expect(code).toBe(2);
  });

  test('a file that is gone is an error of its table alone: exit 3', async () => {
    const cwd = join(folder, 'gone');
    await cp(join(ROOT, 'examples', 'shop'), cwd, { recursive: true });
    await rm(join(cwd, 'data', 'customers.csv'));
    const { code, stdout } = await surety(cwd, ['verify', ...NOW]);
    expect(stdout).toContain('✗ fail orders.key');
    expect(stdout).toMatch(/\? error customers\.\w+ and \d+ more checks: .*customers\.csv/);
    expect(code).toBe(3);
  });
});

describe('plan', () => {
  test('prints each statement and why, and reads nothing', async () => {
    const { code, stdout } = await surety(join(folder, 'shop'), ['plan', ...NOW]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/shop\.orders orders \(lake: .*\): \d+ checks, 3 statements/);
    expect(stdout).toMatch(/-- 1\. one scan for \d+ metrics/);
    expect(stdout).toContain('exact uniqueness needs a grouping of its own');
  });
});

describe('init', () => {
  test('a first contract holds right away, and is never written over', async () => {
    const cwd = join(folder, 'fresh');
    await mkdir(cwd);
    for (const name of ['weather.csv', 'airports.csv', 'birdstrikes.parquet']) {
      await cp(join(ROOT, 'contracts', 'data', name), join(cwd, name));
    }
    const made = await surety(cwd, ['init', 'weather.csv', 'airports.csv', 'birdstrikes.parquet', '--yes']);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    const weather = await readFile(join(cwd, 'contracts', 'weather.yaml'), 'utf8');
    expect(weather).toContain('key: [location, date]');
    expect(weather).toContain('enum: [drizzle, fog, rain, snow, sun]');
    expect((await surety(cwd, ['lint'])).stdout).toBe('no problems\n');
    expect((await surety(cwd, ['verify'])).code).toBe(0);
    const again = await surety(cwd, ['init', 'weather.csv', '--yes']);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('--force');
    expect(await readFile(join(cwd, 'contracts', 'weather.yaml'), 'utf8')).toBe(weather);
  });
});

test('--version and --help answer', async () => {
  expect((await surety(folder, ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const help = await surety(folder, ['--help']);
  expect(help.code).toBe(0);
  expect(help.stdout).toContain('Exit codes: 0 everything holds');
});
