import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ACCESSOR_ENGINES, type Place } from './engines.ts';
import { anyTable, column } from './tables.ts';

const HOUR = 3_600_000;
/** 08:00 in New York, in the night before which the clocks went back. */
const NOW = new Date('2026-11-01T13:00:00Z');

describe.each(ACCESSOR_ENGINES)('on $name freshness', (engine) => {
  let place: Place;

  const freshness = (name: string, within: { warn?: number; fail?: number }, at: Date = NOW) =>
    anyTable({
      name: 'times',
      key: [],
      columns: [column('local', 'timestamp'), column('day', 'date'), column('moment', 'instant')],
      freshness: { column: name, timezone: 'America/New_York', within },
    })(place.db, { schema: place.schema }).freshness(at);

  beforeAll(async () => {
    const [time, moment, utc] =
      engine.key === 'mysql' ? ['datetime(6)', 'timestamp(6) null', ''] : ['timestamp', 'timestamptz', '+00'];
    place = await engine.create([
      `create table $s.times (local ${time}, day date, moment ${moment})`,
      `insert into $s.times values
        ('2026-10-31 08:00:00', '2026-10-30', '2026-10-31 12:00:00${utc}'),
        ('2026-11-01 01:30:00', '2026-10-31', '2026-11-01 11:00:00.000001${utc}'),
        ('2026-11-01 10:00:00', '2026-11-02', '2026-11-01 13:05:00.000001${utc}'), (null, null, null)`,
      ...(engine.key === 'mysql' ? [] : [`insert into $s.times values ('infinity', 'infinity', 'infinity')`]),
    ]);
  });
  afterAll(() => place?.drop());

  test('counts from the newest value that is not in the future', async () => {
    const within = { warn: HOUR, fail: 3 * HOUR };
    expect(await freshness('moment', within)).toEqual({
      newest: '2026-11-01T11:00:00.000001Z',
      age: 2 * HOUR - 1,
      verdict: 'warn',
      within,
    });
    expect((await freshness('moment', { fail: 2 * HOUR })).verdict).toBe('pass');
    expect((await freshness('moment', { fail: 2 * HOUR - 2 })).verdict).toBe('fail');
  });

  test('reads naive times in the zone of the contract, in an overlap as the earlier instant', async () => {
    const { newest, age } = await freshness('local', { fail: HOUR });
    expect(newest).toBe('2026-11-01T01:30:00.000000');
    // 01:30 was 05:30 in UTC at first.
    expect(age).toBe(7.5 * HOUR);
  });

  test('of a date counts from the end of its day', async () => {
    const { newest, age, verdict } = await freshness('day', { fail: HOUR });
    expect({ newest, age, verdict }).toEqual({ newest: '2026-10-31', age: 9 * HOUR, verdict: 'fail' });
    const later = await freshness('day', { fail: HOUR }, new Date('2026-11-02T12:00:00Z'));
    expect(later).toMatchObject({ newest: '2026-11-02', age: -17 * HOUR, verdict: 'pass' });
  });

  test('fails where no value can be used', async () => {
    const before = await freshness('moment', { fail: HOUR }, new Date('2020-01-01T00:00:00Z'));
    expect(before).toEqual({ newest: null, age: null, verdict: 'fail', within: { fail: HOUR } });
  });
});
