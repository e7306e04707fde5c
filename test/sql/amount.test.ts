import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAmount, parseBound } from '../../src/sql/amount.ts';
import { printDecimal } from '../../src/util/decimal.ts';

describe('tolerances', () => {
  test.each([
    ['3', 'rows', '3'],
    ['0', 'rows', '0'],
    ['1000000', 'rows', '1000000'],
    ['0.5%', 'share', '0.005'],
    ['2%', 'share', '0.02'],
    ['0%', 'share', '0'],
    [' 99.999% ', 'share', '0.99999'],
  ])('%j is %s %s', (text, unit, value) => {
    const parsed = parseAmount(text);
    expect('amount' in parsed && { unit: parsed.amount.unit, value: printDecimal(parsed.amount.value) }).toEqual({
      unit,
      value,
    });
  });

  test.each([
    ['0.5', 'did you mean 0.5%?'],
    ['0.02', 'did you mean 0.02%? (or 2%: the fraction 0.02)'],
    ['2.5', 'did you mean 2.5%?'],
    ['.5', 'did you mean 0.5%?'],
    ['2 %', 'write 2%'],
    ['0,5%', 'write 0.5%'],
    ['.5%', 'write 0.5%'],
    ['2 percent', 'write 2%'],
    ['3.0', 'write 3'],
    ['1e3', 'write 1000'],
    ['-1', 'leave the sign out'],
    ['-1%', 'leave the sign out'],
    ['100%', 'leave the check out'],
    ['250%', 'leave the check out'],
    ['few', 'write a number of rows'],
    ['', 'write a number of rows'],
    ['%', 'write a number of rows'],
    ['1e9999', 'write a number of rows'],
  ])('%j is refused: %s', (text, hint) => {
    const parsed = parseAmount(text);
    const problem = 'problem' in parsed ? parsed.problem : undefined;
    expect(problem?.message).toContain(`"${text}"`);
    expect(problem?.hint).toContain(hint);
  });

  test('shares are exact', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 99n }), fc.stringMatching(/^[0-9]{1,12}$/), (whole, fraction) => {
        const parsed = parseAmount(`${whole}.${fraction}%`);
        const { coefficient, scale } = ('amount' in parsed && parsed.amount.value) || { coefficient: -1n, scale: 0 };
        expect(coefficient * 10n ** BigInt(20 - scale)).toBe(
          BigInt(`${whole}${fraction}`) * 10n ** BigInt(18 - fraction.length),
        );
      }),
    );
  });
});

describe('bounds', () => {
  test.each([
    ['25', '25'],
    ['-0.5', '-0.5'],
    ['+3', '3'],
    ['1e3', '1000'],
    ['1.10', '1.1'],
    ['5%', '0.05'],
    ['-20%', '-0.2'],
    ['250%', '2.5'],
    ['9223372036854775807', '9223372036854775807'],
  ])('%s is %s', (text, value) => {
    const parsed = parseBound(text);
    expect('value' in parsed && printDecimal(parsed.value)).toBe(value);
  });

  test.each([
    ['5 %', 'write 5%'],
    ['0,5%', 'write 0.5%'],
    ['1,000', 'write 1000'],
    ['0,5', 'write 0.5'],
    ['1_000', 'write 1000'],
    ['many', 'write a number'],
    ['', 'write a number'],
    ['NaN', 'write a number'],
    ['1e9999', 'write a number'],
  ])('%j is refused: %s', (text, hint) => {
    const parsed = parseBound(text);
    const problem = 'problem' in parsed ? parsed.problem : undefined;
    expect(problem?.message).toContain(`"${text}"`);
    expect(problem?.hint).toContain(hint);
  });

  test('more than 38 digits', () => {
    const parsed = parseBound(`1${'0'.repeat(38)}`);
    expect('problem' in parsed && parsed.problem.message).toContain('38 digits');
    expect(parseBound('9'.repeat(38))).toHaveProperty('value');
  });
});
