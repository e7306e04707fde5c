import { expect, test } from 'vitest';
import { createRunId } from '../../src/store/run-id.ts';

test('ids of runs are short, sort by time and are all different', () => {
  const times = [0, 1, 31, 32, 1_000, Date.parse('2026-11-23T08:00:00Z'), Date.parse('3000-01-01T00:00:00Z')];
  const ids = times.map(createRunId);
  expect([...ids].sort()).toEqual(ids);
  expect(ids.filter((id) => !/^[0-9a-hjkmnp-tv-z]{16}$/.test(id))).toEqual([]);
  const now = Date.now();
  expect(new Set(Array.from({ length: 10_000 }, () => createRunId(now))).size).toBe(10_000);
});
