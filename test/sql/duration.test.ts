import { describe, expect, test } from 'vitest';
import { parseDuration, printDuration } from '../../src/sql/duration.ts';

const S = 1_000_000n;

test.each([
  ['90s', 90n * S, 0],
  ['15m', 900n * S, 0],
  ['2h', 7200n * S, 0],
  ['1d', 86_400n * S, 0],
  ['4w', 28n * 86_400n * S, 0],
  ['6mo', 0n, 6],
  ['2y', 0n, 24],
  ['365250d', 365_250n * 86_400n * S, 0],
  ['1000y', 0n, 12_000],
])('%s is %d µs and %d months', (text, microseconds, months) => {
  expect(parseDuration(text, { calendar: true })).toEqual({ duration: { microseconds, months, text } });
});

test('blanks around and leading zeros are no part of it', () => {
  expect(parseDuration(' 02h ', { calendar: false })).toEqual({
    duration: { microseconds: 7200n * S, months: 0, text: '2h' },
  });
});

describe('refused', () => {
  test.each([
    ['1mo', false, 'calendar months', 'write days'],
    ['2y', false, 'calendar years', 'write days'],
    ['2H', false, 'not a duration', 'did you mean 2h?'],
    ['2 h', false, 'not a duration', 'did you mean 2h?'],
    ['15min', false, 'unknown unit "min"', 'did you mean 15m?'],
    ['3 days', false, 'not a duration', 'did you mean 3d?'],
    ['6 months', true, 'not a duration', 'did you mean 6mo?'],
    ['6 months', false, 'not a duration', 'write 30s'],
    ['1h30m', false, 'not a duration', 'write it in one unit: 90m'],
    ['1.5h', false, 'not a duration', 'write it in one unit: 90m'],
    ['PT90M', false, 'not a duration', 'write it in one unit: 90m'],
    ['P1D', false, 'not a duration', 'write it in one unit: 1d'],
    ['90', false, 'not a duration', 'write 30s'],
    ['-1h', false, 'not a duration', 'write 30s'],
    ['0h', false, 'more than zero', undefined],
    ['5q', false, 'unknown unit "q"', 'write 30s'],
    ['365251d', false, 'a thousand years', undefined],
    ['1001y', true, 'a thousand years', undefined],
    ['999999999999999999s', false, 'a thousand years', undefined],
    ['', false, 'not a duration', undefined],
  ] as const)('%j (calendar: %s): %s', (text, calendar, message, hint) => {
    const parsed = parseDuration(text, { calendar });
    const problem = 'problem' in parsed ? parsed.problem : undefined;
    expect(problem?.message).toContain(message);
    expect(problem?.message).toContain(`"${text}"`);
    if (hint !== undefined) expect(problem?.hint).toContain(hint);
  });
});

test.each([
  [7500n * S, '2h 5m'],
  [(3n * 86_400n + 4n * 3600n + 59n) * S, '3d 4h'],
  [45n * S, '45s'],
  [60n * S, '1m'],
  [61n * S, '1m 1s'],
  [3601n * S, '1h'],
  [400n * 86_400n * S, '400d'],
  [0n, '0s'],
  [999_999n, '0s'],
  [-999_999n, '0s'],
  [-7500n * S, '-2h 5m'],
])('%d µs reads %s', (microseconds, text) => {
  expect(printDuration(microseconds)).toBe(text);
});
