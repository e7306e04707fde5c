import { spawnSync } from 'node:child_process';
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildOnce, surety } from '../support/cli.ts';
import { gitRepository } from '../support/git-repository.ts';
import { projectFolder } from '../support/project-folder.ts';
import { describeStores } from '../support/store-places.ts';

beforeAll(buildOnce);

const CONTRACT = `contract: shop.orders
version: 1.0.0
raci: { responsible: sales, accountable: sales }
tables:
  orders:
    location: orders.csv
    columns:
      id: int64
      note: { type: string, enum: [a, b] }
`;
const NOW = ['--now', '2026-11-23T08:00:00Z'];

function project(files: Readonly<Record<string, string>> = {}): Promise<string> {
  return projectFolder({ 'contracts/orders.yaml': CONTRACT, 'contracts/orders.csv': 'id,note\n1,a\n2,x\n', ...files });
}

async function changeStore(cwd: string, statement: string): Promise<void> {
  const database = new DatabaseSync(join(cwd, '.surety', 'store.db'));
  database.exec(statement);
  database.close();
}

describe('surety verify --store', () => {
  test('keeps the run, and prints what it prints without', async () => {
    const cwd = await project();
    const plain = await surety(cwd, ['verify', ...NOW, '--output', 'junit']);
    expect(await readdir(cwd)).toEqual(['contracts']);
    const kept = await surety(cwd, ['verify', ...NOW, '--output', 'junit', '--store']);
    const timeless = (text: string): string => text.replace(/time="[^"]*"/g, '');
    expect([kept.code, kept.stderr, timeless(kept.stdout)]).toEqual([1, '', timeless(plain.stdout)]);
    const status = await surety(cwd, ['store', 'status']);
    expect([status.code, status.stderr]).toEqual([0, '']);
    expect(status.stdout).toMatch(
      /^sqlite \.surety\/store\.db\n {2}version 1\n {2}1 run, the first of 2026-11-23T08:00:00Z, the last of 2026-11-23T08:00:00Z\n {2}\d measurements against 1 contract version\n {2}\d+ KiB\n$/,
    );
    const json = JSON.parse((await surety(cwd, ['store', 'status', '--output', 'json'])).stdout);
    expect(json).toMatchObject({ place: 'sqlite .surety/store.db', state: 'current', version: 1, runs: { runs: 1 } });
  });

  test('keeps the commit of the contracts', async () => {
    const { folder, commit } = await gitRepository();
    const head = await commit({ 'contracts/orders.yaml': CONTRACT, 'contracts/orders.csv': 'id,note\n1,a\n' });
    await surety(folder, ['verify', '--store']);
    const { stdout } = await surety(folder, ['store', 'export']);
    expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({ type: 'run', commit: head });
  });

  test('with a store that cannot be written prints its verdict and ends with 3', async () => {
    const cwd = await project({ '.surety/store.db': 'this is no database, however long it may be'.repeat(50) });
    const { code, stdout, stderr } = await surety(cwd, [
      'verify',
      '--store',
      '--output',
      'text',
      '--output',
      'json=run.json',
    ]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^✗ fail: 1 contract, 1 table/);
    expect(stderr).toBe(
      'error: the run is not stored: .surety/store.db is no SQLite database\n  hint: correct `store:` in surety.yaml, or move the file away\n',
    );
    expect(JSON.parse(await readFile(join(cwd, 'run.json'), 'utf8')).verdict).toBe('fail');
  });

  test('with a store that may only be read prints its verdict and ends with 3', async () => {
    const cwd = await project();
    await surety(cwd, ['verify', '--store']);
    await Promise.all([
      chmod(cwd, 0o755),
      chmod(join(cwd, '.surety/store.db'), 0o444),
      chmod(join(cwd, '.surety'), 0o555),
    ]);
    // Root may write everywhere.
    const around = process.getuid?.() === 0 ? { uid: 65534 } : {};
    // Where the sources lie in a folder of root's own, nobody else can run them.
    if ((await surety(cwd, ['--version'], {}, around)).code !== 0) return;
    const { code, stdout, stderr } = await surety(cwd, ['verify', '--store'], {}, around);
    await chmod(join(cwd, '.surety'), 0o755);
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(
        /^error: the run is not stored: \.surety\/store\.db may not be written\n {2}hint: give write permission/,
      ),
    ]);
    expect(stdout).toMatch(/^✗ fail: 1 contract, 1 table/);
  });

  test('on a disk that is full prints its verdict and ends with 3, and keeps what was there', async () => {
    const cwd = await project({
      'disk/here': '',
      'surety.yaml': 'parties: { sales: {} }\nstore: sqlite:disk/store.db\n',
    });
    const disk = join(cwd, 'disk');
    // Only root may, and not in every container; test/store/sqlite.test.ts has a quota for the others.
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'none', disk]).status !== 0) return;
    try {
      await surety(cwd, ['verify', '--store']);
      await writeFile(join(disk, 'fill'), Buffer.alloc(1_000_000)).catch(() => {});
      const { code, stdout, stderr } = await surety(cwd, ['verify', '--store']);
      expect([code, stdout]).toEqual([3, expect.stringMatching(/^✗ fail: 1 contract/)]);
      expect(stderr).toMatch(/^error: the run is not stored: disk\/store\.db .*\n {2}hint: /);
      await rm(join(disk, 'fill'));
      expect((await surety(cwd, ['store', 'status'])).stdout).toContain('  1 run, ');
      expect((await surety(cwd, ['verify', '--store'])).code).toBe(1);
    } finally {
      spawnSync('umount', [disk]);
    }
  });

  test('with a newer store prints its verdict and ends with 3', async () => {
    const cwd = await project();
    await surety(cwd, ['verify', '--store']);
    await changeStore(cwd, `insert into surety_migration values (99, 'later', '2030-01-01 00:00:00.000000')`);
    const { code, stdout, stderr } = await surety(cwd, ['verify', '--store']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^✗ fail: 1 contract/);
    expect(stderr).toMatch(/not stored: .* has version 99, and this Surety knows up to 1\n {2}hint: update Surety\n/);
    const migrated = await surety(cwd, ['store', 'migrate']);
    expect([migrated.code, migrated.stderr]).toEqual([3, expect.stringContaining('update Surety')]);
    const status = await surety(cwd, ['store', 'status']);
    expect([status.code, status.stdout]).toEqual([
      0,
      expect.stringContaining('version 99, and this Surety knows up to 1'),
    ]);
  });

  test('with a wrong `store:` measures nothing and ends with 2, and says no secret', async () => {
    const cwd = await project({ 'surety.yaml': 'parties: { sales: {} }\nstore: "oracle:hunter2@db"\n' });
    const { code, stdout, stderr } = await surety(cwd, ['verify', '--store']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: surety\.yaml:2: `store` names no engine that keeps one\n {2}hint: write sqlite:/);
    expect((await surety(cwd, ['verify'])).code).toBe(1);
    const parts = await project({
      'surety.yaml': 'parties: { sales: {} }\nstore: "postgres://ann:hunter2@127.0.0.1:1/"\n',
    });
    const ended = await surety(parts, ['verify', '--store']);
    expect([ended.code, ended.stdout]).toEqual([2, expect.stringMatching(/^✗ fail/)]);
    expect(stderr + ended.stderr).not.toContain('hunter2');
  });

  test('with a server that is not there prints its verdict and ends with 3, and says no secret', async () => {
    const cwd = await project({
      'surety.yaml': 'parties: { sales: {} }\nstore: "postgres://ann:hunter2@127.0.0.1:1/runs"\n',
    });
    const { code, stdout, stderr } = await surety(cwd, ['verify', '--store']);
    expect([code, stdout]).toEqual([3, expect.stringMatching(/^✗ fail/)]);
    expect(stderr).toMatch(/^error: the run is not stored: nothing listens on 127\.0\.0\.1:1\n {2}hint: /);
    expect(stderr).not.toContain('hunter2');
  });

  test('keeps the run though an output cannot be made', async () => {
    const cwd = await project({ 'odd.txt.hbs': '{{nothing}}' });
    const { code } = await surety(cwd, ['verify', '--store', '--output', 'template:odd.txt.hbs=odd.txt']);
    expect(code).toBe(2);
    expect((await surety(cwd, ['store', 'status'])).stdout).toContain('  1 run, ');
  });

  test('writes no output over the store', async () => {
    const cwd = await project({ 'surety.yaml': 'parties: { sales: {} }\nstore: "sqlite:runs.json"\n' });
    await surety(cwd, ['store', 'migrate']);
    const { code, stderr } = await surety(cwd, ['verify', '--store', '--output', 'json=runs.json']);
    expect([code, stderr]).toEqual([2, expect.stringContaining('"runs.json" is what this command reads')]);
    expect((await surety(cwd, ['store', 'status'])).stdout).toContain('  0 runs\n');
  });
});

describe('surety store', () => {
  test('without a store says so, and makes none', async () => {
    const cwd = await project();
    for (const args of [['status'], ['export'], ['prune', '--older-than', '90d']]) {
      const { code, stdout, stderr } = await surety(cwd, ['store', ...args]);
      expect([code, stdout]).toEqual([3, '']);
      expect(stderr).toMatch(
        /there is no store at sqlite \.surety\/store\.db yet\n {2}hint: surety store migrate makes it/,
      );
    }
    expect(await readdir(cwd)).toEqual(['contracts']);
  });

  test('migrate makes it, once', async () => {
    const cwd = await project();
    const first = await surety(cwd, ['store', 'migrate']);
    expect(first).toEqual({ code: 0, stdout: 'sqlite .surety/store.db was made with version 1\n', stderr: '' });
    const second = await surety(cwd, ['store', 'migrate']);
    expect(second).toEqual({ code: 0, stdout: 'sqlite .surety/store.db has version 1\n', stderr: '' });
  });

  test('export gives lines of JSON, to a file whole or not at all', async () => {
    const cwd = await project();
    for (const day of ['21', '22']) await surety(cwd, ['verify', '--store', '--now', `2026-11-${day}T08:00:00Z`]);
    const { stdout } = await surety(cwd, ['store', 'export']);
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(records.filter(({ type }) => type === 'run').map(({ measuredAt }) => measuredAt)).toEqual([
      '2026-11-21T08:00:00Z',
      '2026-11-22T08:00:00Z',
    ]);
    expect(records.find(({ path }) => path === 'orders.note.invalid')).toMatchObject({
      verdict: 'fail',
      message: '1 of 2 rows are invalid (50%); none allowed',
      measured: { bad: 1, rows: 2 },
      bad: 1,
      rows: 2,
    });
    const to = await surety(cwd, ['store', 'export', '--to', 'runs.jsonl']);
    expect(to).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await readFile(join(cwd, 'runs.jsonl'), 'utf8')).toBe(stdout);
    const over = await surety(cwd, ['store', 'export', '--to', '.surety/store.db']);
    expect([over.code, over.stderr]).toEqual([2, expect.stringContaining('is the store itself')]);
    await changeStore(cwd, 'drop table measurement');
    const broken = await surety(cwd, ['store', 'export', '--to', 'broken.jsonl']);
    expect([broken.code, broken.stderr]).toEqual([3, expect.stringContaining('the store cannot be exported')]);
    expect((await readdir(cwd)).sort()).toEqual(['.surety', 'contracts', 'runs.jsonl']);
  });

  test('prune keeps what is new and what was last', async () => {
    const cwd = await project();
    for (const day of ['01', '02', '20']) await surety(cwd, ['verify', '--store', '--now', `2026-11-${day}T08:00:00Z`]);
    const pruned = await surety(cwd, ['store', 'prune', '--older-than', '10d', ...NOW]);
    expect(pruned).toEqual({ code: 0, stdout: 'removed 2 runs before 2026-11-13T08:00:00Z\n', stderr: '' });
    const rest = await surety(cwd, ['store', 'prune', '--older-than', '1d', ...NOW]);
    expect(rest.stdout).toBe(
      'removed 0 runs before 2026-11-22T08:00:00Z; 1 run before it stays as the last of some check\n',
    );
  });

  test('refuses what is no verb of it', async () => {
    const cwd = await project();
    for (const args of [[], ['drop'], ['prune'], ['prune', '--older-than', 'soon'], ['status', '--older-than', '1d']]) {
      const { code, stdout } = await surety(cwd, ['store', ...args]);
      expect([code, stdout]).toEqual([2, '']);
    }
    await writeFile(join(cwd, 'surety.yaml'), 'store: [\n');
    expect((await surety(cwd, ['store', 'status'])).code).toBe(2);
  });
});

await describeStores('the command line with a store', (make) => {
  test('keeps runs and says where, without the password', async () => {
    const place = await make();
    const cwd = await project({ 'surety.yaml': 'parties: { sales: {} }\nstore: "${STORE}"\n' });
    const env = { STORE: place.text };
    const kept = await surety(cwd, ['verify', '--store', ...NOW], env);
    expect([kept.code, kept.stderr]).toEqual([1, '']);
    const status = await surety(cwd, ['store', 'status'], env);
    expect([status.code, status.stderr]).toEqual([0, '']);
    expect(status.stdout).toContain('1 run, the first of 2026-11-23T08:00:00Z');
    expect(status.stdout).not.toContain('only-for-the-store');
    const exported = await surety(cwd, ['store', 'export'], env);
    expect(exported.stdout).toContain('"path":"orders.note.invalid"');
    const pruned = await surety(cwd, ['store', 'prune', '--older-than', '90d'], env);
    expect([pruned.code, pruned.stderr]).toEqual([0, '']);
    await place.drop();
  });
});
