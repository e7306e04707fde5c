import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decimal,
  type Instant,
  instant,
  localDate,
  localTime,
  money,
  timestamp,
  toDate,
  uuid,
} from '../../src/accessor/index.ts';

test('makers give canonical values', () => {
  expect(decimal('1.50')).toBe('1.5');
  expect(decimal('-0')).toBe('0');
  expect(instant('2026-03-29T02:30:00+02:00')).toBe('2026-03-29T00:30:00.000000Z');
  expect(instant(new Date(1))).toBe('1970-01-01T00:00:00.001000Z');
  expect(timestamp('2026-03-29 02:30')).toBe('2026-03-29T02:30:00.000000');
  expect(localDate('2026-03-29')).toBe('2026-03-29');
  expect(localTime('02:30')).toBe('02:30:00.000000');
  expect(uuid('5C6E8B7A-0000-4000-8000-000000000ABC')).toBe('5c6e8b7a-0000-4000-8000-000000000abc');
  expect(money('EUR', '12.50')).toBe('12.50');
  expect(money('EUR', 12n)).toBe(12n);
});

test('makers refuse what is none', () => {
  expect(() => decimal('1,5')).toThrow('"1,5"');
  expect(() => instant('2026-03-29T02:30:00')).toThrow('2026-03-29T02:30:00');
  expect(() => localDate('2026-02-30')).toThrow('2026-02-30');
  expect(() => money('EUR', 'ten')).toThrow('"ten" is no amount');
  for (const amount of ['01', '1,5', '+1', '', '-0', '1e3', '.5'])
    expect(() => money('EUR', amount)).toThrow('is no amount');
  for (const amount of [Number.NaN, Infinity]) expect(() => money('EUR', amount)).toThrow('is no amount');
  for (const amount of ['0', '0.00', '-0.50', '12.50', '9007199254740993']) expect(money('EUR', amount)).toBe(amount);
  expect([money('EUR', 5.5), money('JPY', 5n)]).toEqual([5.5, 5n]);
});

test('an instant as a Date keeps its milliseconds', () => {
  const dates = fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  });
  fc.assert(fc.property(dates, (date) => toDate(instant(date)).getTime() === date.getTime()));
  expect(toDate('2026-03-29T02:30:00.123999Z' as Instant).toISOString()).toBe('2026-03-29T02:30:00.123Z');
  expect(() => toDate('infinity' as Instant)).toThrow('"infinity" is no Date');
});
