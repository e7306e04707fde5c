import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sql } from '../../src/sql/kysely.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore, reading, type Store, writing } from '../../src/store/open.ts';
import { saveRun } from '../../src/store/save-run.ts';
import { statusOf } from '../../src/store/status.ts';
import type { FileTarget } from '../../src/store/target.ts';
import { keptRun, manyChecks } from '../support/kept-run.ts';
import { projectFolder } from '../support/project-folder.ts';
import { filePlace, type StorePlace } from '../support/store-places.ts';

async function pragma(store: Store, text: string): Promise<unknown> {
  const { rows } = await sql<Record<string, unknown>>`${sql.raw(`pragma ${text}`)}`.execute(store.db);
  return Object.values(rows[0] ?? {})[0];
}

describe('a store in a file', () => {
  let place: StorePlace;
  let path: string;
  beforeEach(async () => {
    place = await filePlace();
    path = (place.target as FileTarget).path;
  });
  afterEach(() => place.drop());

  test('outlives a loss of power, and readers and a writer do not wait for each other', async () => {
    const store = await place.open();
    await saveRun(store, keptRun());
    expect(await pragma(store, 'journal_mode')).toBe('wal');
    expect(await pragma(store, 'synchronous')).toBe(2n);
    expect(await pragma(store, 'foreign_keys')).toBe(1n);
    const other = await place.open();
    await reading(other, async (db) => {
      const count = () => db.selectFrom('run').select('id').execute();
      expect(await count()).toHaveLength(1);
      await saveRun(store, keptRun());
      expect(await count()).toHaveLength(1);
    });
    await Promise.all([store.close(), other.close()]);
  });

  test('is found by the history of a check without a walk over all of it', async () => {
    const store = await place.open();
    await saveRun(store, keptRun());
    const last = store.db
      .selectFrom('measurement')
      .select('verdict')
      .where('fingerprint', '=', 'x')
      .orderBy('measured_at', 'desc')
      .orderBy('run_id', 'desc')
      .limit(1)
      .compile();
    const { rows } = await store.db.executeQuery<{ detail: string }>({
      ...last,
      sql: `explain query plan ${last.sql}`,
    });
    expect(rows.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(/^SEARCH measurement USING INDEX .*\(fingerprint=\?\)$/),
    ]);
    await store.close();
  });

  test('that has no space left keeps nothing of the run', async () => {
    const store = await place.open();
    await saveRun(store, keptRun());
    await sql`${sql.raw(`pragma max_page_count = ${Number(await pragma(store, 'page_count')) + 20}`)}`.execute(
      store.db,
    );
    const told = {
      message: expect.stringContaining('has no space left'),
      hint: expect.stringContaining('free some space'),
    };
    await expect(saveRun(store, keptRun({ checks: manyChecks(2000) }))).rejects.toMatchObject(told);
    expect(await statusOf(store)).toMatchObject({ runs: { runs: 1, measurements: 1 } });
    expect(await saveRun(store, keptRun())).toBe('saved');
    await store.close();
  });

  test('that another connection keeps locked is told after a while', { timeout: 20_000 }, async () => {
    const store = await place.open();
    await migrate(store);
    const other = await place.open();
    await writing(other, async () => {
      const told = { failure: 'time-out', message: expect.stringMatching(/is kept locked by another/) };
      await expect(saveRun(store, keptRun())).rejects.toMatchObject(told);
    });
    expect(await saveRun(store, keptRun())).toBe('saved');
    await Promise.all([store.close(), other.close()]);
  });

  test.each([
    ['no database', 'no database at all, but text of some length'.repeat(99), /is no SQLite database/],
    ['a folder', undefined, /cannot be opened/],
  ])('that is %s is left as it is', async (_, text, told) => {
    if (text === undefined) await mkdir(path);
    else await writeFile(path, text);
    await expect(place.open().then((store) => saveRun(store, keptRun()))).rejects.toMatchObject({
      message: expect.stringMatching(told),
      hint: expect.stringContaining('correct `store:`'),
    });
    expect(await readdir(dirname(path))).toEqual(['store.db']);
    if (text !== undefined) expect(await readFile(path, 'utf8')).toBe(text);
  });

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['overwritten', (bytes: Buffer) => bytes.fill(0x78, 4096 * 3, 4096 * 20)],
  ])('that is %s is told as damaged', async (_, damage) => {
    const store = await place.open();
    await saveRun(store, keptRun({ checks: manyChecks(500) }));
    await pragma(store, 'wal_checkpoint(truncate)');
    await store.close();
    await writeFile(path, damage(await readFile(path)));
    const damaged = await place.open();
    const told = { message: expect.stringContaining('is damaged'), hint: expect.stringContaining('put a copy back') };
    await expect(statusOf(damaged)).rejects.toMatchObject(told);
    await damaged.close();
  });

  test('of somebody else is not touched', async () => {
    const other = new DatabaseSync(path);
    other.exec('create table run (x)');
    other.close();
    const before = await readFile(path);
    const store = await place.open();
    await expect(saveRun(store, keptRun())).rejects.toThrow(/is not of a store/);
    await store.close();
    expect(await readFile(path)).toEqual(before);
  });

  test('is not made by reading, and only in a folder that is there', async () => {
    await expect(openStore(place.target)).rejects.toThrow(/there is no store at sqlite store.db yet/);
    expect(existsSync(path)).toBe(false);
    const below: FileTarget = {
      engine: 'sqlite',
      path: join(dirname(path), 'none', 'x.db'),
      shown: 'none/x.db',
      ownFolder: false,
    };
    await expect(openStore(below, { makes: true })).rejects.toMatchObject({
      message: 'none/x.db cannot be opened: no such file or directory',
      hint: expect.stringContaining('see that the folder exists'),
    });
  });

  test('in the folder of Surety is made with it, and git does not see it', async () => {
    const folder = await projectFolder({});
    const path = join(folder, '.surety', 'store.db');
    const own: FileTarget = { engine: 'sqlite', path, shown: '.surety/store.db', ownFolder: true };
    for (const _ of [1, 2]) {
      const store = await openStore(own, { makes: true });
      await migrate(store);
      await store.close();
    }
    expect(await readFile(join(folder, '.surety', '.gitignore'), 'utf8')).toBe('*\n');
  });
});
