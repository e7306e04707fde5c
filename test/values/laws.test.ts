import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDecimal, printDecimal } from '../../src/util/decimal.ts';
import { parseInstant } from '../../src/util/instant.ts';
import { readerOf } from '../../src/values/reader.ts';
import { plainField } from './fields.ts';

const MICROS = fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n });
const RAW: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  string: fc.string({ unit: 'binary' }),
  int32: fc.oneof(fc.integer(), fc.integer().map(String)),
  int64: fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  ),
  'decimal(38,10)': fc
    .tuple(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.integer({ min: 0, max: 12 }))
    .map(([value, scale]) => ({ value, scale })),
  decimal: fc
    .tuple(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.integer({ min: 0, max: 38 }))
    .map(([value, scale]) => ({ value, scale })),
  float64: fc.double(),
  float32: fc.oneof(fc.float(), fc.float().map(String)),
  date: fc.integer({ min: -719_162, max: 2_932_896 }).map((days) => ({ days })),
  time: fc.bigInt({ min: 0n, max: 86_399_999_999n }).map((micros) => ({ micros })),
  timestamp: MICROS.map((micros) => ({ micros })),
  instant: MICROS.map((micros) => ({ micros })),
  uuid: fc.oneof(
    fc.uuid(),
    fc.uuid().map((text) => text.toUpperCase()),
  ),
  bytes: fc.uint8Array(),
};

test.each(Object.entries(RAW))('what is canonical stays as it is: %s', (type, raw) => {
  const read = readerOf(plainField(type));
  fc.assert(
    fc.property(raw, (value) => {
      expect(read(read(value))).toStrictEqual(read(value));
    }),
  );
});

test('a decimal keeps its value', () => {
  const read = readerOf(plainField('decimal(38,10)'));
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.integer({ min: 0, max: 20 }), (value, scale) => {
      const text = read({ value, scale }) as string;
      expect(printDecimal(parseDecimal(text) ?? { coefficient: -1n, scale: 99 })).toBe(
        printDecimal({ coefficient: value, scale }),
      );
      expect(text.split('.')[1]?.length).toBeGreaterThanOrEqual(10);
      expect(text).not.toMatch(/^-0\.0*$|^0\d/);
      expect(read(printDecimal({ coefficient: value, scale }))).toBe(text);
    }),
  );
});

test('an instant keeps its microseconds, whatever its offset', () => {
  const read = readerOf(plainField('instant'));
  fc.assert(
    fc.property(
      fc.bigInt({ min: -62_000_000_000_000_000n, max: 253_000_000_000_000_000n }),
      fc.integer({ min: -18 * 60, max: 18 * 60 }),
      (micros, minutes) => {
        const local = readerOf(plainField('timestamp'))({ micros: micros + BigInt(minutes) * 60_000_000n }) as string;
        const size = Math.abs(minutes);
        const offset = `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
        const text = read(`${local.replace('T', ' ')}${offset}`) as string;
        expect(parseInstant(text)).toBe(micros);
        expect(text).toBe(read({ micros }));
        expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
      },
    ),
  );
});

test('days of the calendar are read as JavaScript counts them', () => {
  const read = readerOf(plainField('date'));
  fc.assert(
    fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (days) => {
      const text = new Date(days * 86_400_000).toISOString().slice(0, 10);
      expect(read({ days })).toBe(text);
      expect(read(text)).toBe(text);
    }),
  );
});

test('JSON gives what JSON.parse gives, and long numbers too', () => {
  const read = readerOf(plainField('array<decimal>'));
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n })), (numbers) => {
      expect(read(`[${numbers.join(' ,\n')}]`)).toEqual(numbers.map(String));
    }),
  );
  const open = readerOf(plainField('struct'));
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
      const text = JSON.stringify(value);
      expect(JSON.stringify(open(text))).toBe(text);
    }),
  );
});
