import { afterEach, beforeEach, expect, it } from 'vitest';
import { exportLines } from '../../src/store/export.ts';
import { migrate, readyToWrite, refuseOther, stateOf } from '../../src/store/migrate.ts';
import { MIGRATIONS } from '../../src/store/migrations/index.ts';
import type { Migration } from '../../src/store/migrations/migration.ts';
import type { Store } from '../../src/store/open.ts';
import { prune } from '../../src/store/prune.ts';
import { saveRun } from '../../src/store/save-run.ts';
import { statusOf } from '../../src/store/status.ts';
import { keptRun, manyChecks } from '../support/kept-run.ts';
import { describeStores, type StorePlace } from '../support/store-places.ts';

const NOTE: Migration = {
  number: 2,
  name: 'note',
  statements: ({ table, types: { key } }) => [table('note').addColumn('id', key)],
};

async function recordsOf(store: Store): Promise<readonly Record<string, unknown>[]> {
  const records: Record<string, unknown>[] = [];
  for await (const line of exportLines(store)) records.push(JSON.parse(line));
  return records;
}

await describeStores('a store', (make) => {
  let place: StorePlace;
  let store: Store;
  beforeEach(async () => {
    place = await make();
    store = await place.open();
  });
  afterEach(async () => {
    await store.close();
    await place.drop();
  });

  it('is made once, by one of those who come at the same time', async () => {
    expect(await stateOf(store)).toEqual({ state: 'empty' });
    const others = await Promise.all([1, 2, 3].map(() => place.open()));
    const done = await Promise.all([store, ...others].map((each) => migrate(each)));
    expect(done.map(({ applied }) => applied.join()).sort()).toEqual(['', '', '', 'runs']);
    expect(done.map(({ to }) => to)).toEqual([1, 1, 1, 1]);
    expect(await stateOf(store)).toEqual({ state: 'current', version: 1 });
    await Promise.all(others.map((each) => each.close()));
  });

  it('goes forward by what is missing, and an older one is not written before', async () => {
    await migrate(store);
    const both = [...MIGRATIONS, NOTE];
    await expect(refuseOther(store, both)).rejects.toMatchObject({
      message: expect.stringMatching(/has version 1, and this Surety needs 2/),
      hint: expect.stringContaining('surety store migrate'),
    });
    await expect(readyToWrite(store, both)).rejects.toThrow(/needs 2/);
    expect(await migrate(store, both)).toEqual({ from: 1, to: 2, applied: ['note'] });
    expect(await migrate(store, both)).toEqual({ from: 2, to: 2, applied: [] });
    await refuseOther(store, both);
  });

  it('of a newer version is refused with a hint, whatever is asked of it', async () => {
    await migrate(store, [...MIGRATIONS, NOTE]);
    const told = { message: expect.stringMatching(/version 2, and this Surety knows up to 1/), hint: 'update Surety' };
    await expect(saveRun(store, keptRun())).rejects.toMatchObject(told);
    await expect(recordsOf(store)).rejects.toMatchObject(told);
    await expect(prune(store, '2026-01-01T00:00:00Z')).rejects.toMatchObject(told);
    await expect(migrate(store)).rejects.toMatchObject(told);
    expect(await statusOf(store)).toMatchObject({ state: 'newer', version: 2, latest: 1 });
  });

  it('is not made where somebody else has a table of that name', async () => {
    await store.db.schema.createTable('run').addColumn('id', 'integer').execute();
    const told = { message: expect.stringContaining('has a table "run" that is not of a store') };
    await expect(migrate(store)).rejects.toMatchObject(told);
    await expect(saveRun(store, keptRun())).rejects.toMatchObject(told);
    await expect(stateOf(store)).rejects.toMatchObject(told);
  });

  it('that is not there is not read', async () => {
    await expect(recordsOf(store)).rejects.toThrow(/there is no store at/);
    await expect(prune(store, '2026-01-01T00:00:00Z')).rejects.toThrow(/there is no store at/);
    await expect(statusOf(store)).rejects.toThrow(/there is no store at/);
  });

  it('gives back what was kept', async () => {
    const odd = `it's "odd" \\ ' -- \u0000 \u202e😀 \ud800 ${'long '.repeat(1000)}`;
    const run = keptRun({
      now: '2026-11-23T08:00:00.000001Z',
      checks: {
        'orders.a.missing': {
          verdict: 'fail',
          message: odd,
          reason: 'x'.repeat(900),
          measured: { bad: '9007199254740993', rows: 9007199254740991 },
        },
        'orders.b.freshness': { kind: 'freshness', measured: { newest: '2026-11-23T07:00:00Z', ageSeconds: 3600 } },
        'orders.c': { kind: 'metric', measured: { value: '0.1' }, limits: [] },
        'orders.d': { kind: 'metric', measured: { value: '‹pii›' } },
        'orders.e': { kind: 'metric', measured: { value: 0.30000000000000004, undecided: true, none: null } },
        'orders.f': { kind: 'metric', measured: { value: 'NaN', rows: '99999999999999999999' } },
      },
    });
    expect(await saveRun(store, run)).toBe('saved');
    const [first, ...records] = await recordsOf(store);
    expect(first).toEqual({
      type: 'run',
      id: run.id,
      startedAt: '2026-11-23T08:00:00Z',
      measuredAt: '2026-11-23T08:00:00.000001Z',
      environment: null,
      seconds: 0.25,
      verdict: 'pass',
      surety: '0.1.0',
      commit: null,
      planned: 6,
      measured: 6,
      skipped: 0,
      notMeasured: 0,
      diagnostics: 0,
    });
    const byPath = Object.fromEntries(records.map((record) => [record['path'], record]));
    expect(byPath['orders.a.missing']).toMatchObject({
      type: 'measurement',
      run: run.id,
      measuredAt: '2026-11-23T08:00:00.000001Z',
      contract: 'shop.orders',
      table: 'orders',
      severity: 'fail',
      verdict: 'fail',
      measured: { bad: '9007199254740993', rows: 9007199254740991 },
      limits: [{ verdict: 'fail', side: 'max', of: 'bad', unit: 'rows', value: 0 }],
      bad: '9007199254740993',
      rows: 9007199254740991,
      value: null,
      ageSeconds: null,
    });
    const message = String(byPath['orders.a.missing']?.['message']);
    expect(message).toMatch(/^it's "odd" \\ ' -- \\x00 \\u202e😀 \\ud800 long long/);
    expect([...message].length).toBeLessThan(2050);
    expect(byPath['orders.b.freshness']).toMatchObject({ ageSeconds: 3600, value: null });
    expect(byPath['orders.c']).toMatchObject({ value: 0.1, measured: { value: '0.1' }, limits: [] });
    expect(byPath['orders.d']).toMatchObject({ value: null, measured: { value: '‹pii›' } });
    expect(byPath['orders.e']).toMatchObject({
      value: 0.30000000000000004,
      measured: { value: 0.30000000000000004, undecided: true, none: null },
    });
    expect(byPath['orders.f']).toMatchObject({ value: null, rows: null });
  });

  it('keeps a run once under its id, and what a contract says once', async () => {
    const run = keptRun({ checks: manyChecks(3) });
    expect(await saveRun(store, run)).toBe('saved');
    expect(await saveRun(store, run)).toBe('there already');
    await saveRun(store, keptRun());
    await saveRun(store, keptRun({ content: 'contract: shop.orders\nversion: 2.0.0\n' }));
    expect(await statusOf(store)).toMatchObject({
      state: 'current',
      version: 1,
      runs: { runs: 3, measurements: 5, contracts: 2, first: '2026-11-23T08:00:00Z', last: '2026-11-23T08:00:00Z' },
    });
  });

  it('keeps thousands of measurements, and nothing of a run of which one cannot be', async () => {
    await saveRun(store, keptRun({ checks: manyChecks(2345) }));
    const twice = manyChecks(300);
    const broken = {
      ...twice,
      'orders.c1.missing': { fingerprint: 'same' },
      'orders.c299.missing': { fingerprint: 'same' },
    };
    await expect(saveRun(store, keptRun({ checks: broken }))).rejects.toThrow();
    expect(await statusOf(store)).toMatchObject({ runs: { runs: 1, measurements: 2345 } });
  });

  it('forgets old runs as a whole, but no run that was the last one of some check', async () => {
    const at = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T08:00:00Z`;
    const runs = [
      keptRun({ now: at(1), checks: manyChecks(2) }),
      keptRun({ now: at(2), checks: manyChecks(3) }),
      keptRun({ now: at(3), checks: manyChecks(2) }),
      keptRun({ now: at(4), checks: manyChecks(1) }),
    ];
    for (const run of runs) await saveRun(store, run);
    expect(await prune(store, at(1))).toEqual({ removed: 0, kept: 0 });
    // The second one measured a check that is not there any more.
    expect(await prune(store, at(4))).toEqual({ removed: 1, kept: 2 });
    const left = (await recordsOf(store)).filter(({ type }) => type === 'run').map(({ id }) => id);
    expect(left).toEqual([1, 2, 3].map((index) => runs[index]?.id));
    expect(await statusOf(store)).toMatchObject({ runs: { measurements: 6 } });
    await saveRun(store, keptRun({ now: at(5), checks: manyChecks(3) }));
    expect(await prune(store, at(6))).toEqual({ removed: 3, kept: 1 });
    expect(await statusOf(store)).toMatchObject({ runs: { runs: 1, measurements: 3 } });
  });
});
