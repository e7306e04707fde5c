/** An exact decimal number: `coefficient × 10^-scale`. `scale` is never negative. */
export interface Decimal {
  readonly coefficient: bigint;
  readonly scale: number;
}

const FORM = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** Reads `12`, `-0.5`, `1e3`; undefined where the text is not a number. Trailing zeros of the fraction are kept. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = FORM.exec(text.trim());
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const coefficient = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { coefficient, scale } : { coefficient: coefficient * 10n ** BigInt(-scale), scale: 0 };
}

export function decimalOf(value: bigint | number): Decimal {
  if (typeof value === 'bigint') return { coefficient: value, scale: 0 };
  const decimal = parseDecimal(String(value));
  if (!decimal) throw new RangeError(`${value} is not a finite number`);
  return decimal;
}

/** Negative, zero or positive as `left` is less than, equal to or greater than `right`. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const scale = Math.max(left.scale, right.scale);
  const difference = rescale(left, scale) - rescale(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function subtractDecimals(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale);
  return { coefficient: rescale(left, scale) - rescale(right, scale), scale };
}

export function multiplyDecimals(left: Decimal, right: Decimal): Decimal {
  return { coefficient: left.coefficient * right.coefficient, scale: left.scale + right.scale };
}

export function absoluteDecimal(value: Decimal): Decimal {
  return value.coefficient < 0n ? { ...value, coefficient: -value.coefficient } : value;
}

/** `numerator / denominator` to `digits` places, half away from zero: for people, never for a comparison. */
export function quotient(numerator: Decimal, denominator: Decimal, digits: number): Decimal {
  const top = numerator.coefficient * 10n ** BigInt(denominator.scale + digits + 1);
  const bottom = denominator.coefficient * 10n ** BigInt(numerator.scale);
  return roundDecimal({ coefficient: top / bottom, scale: digits + 1 }, digits);
}

/** Rounds half away from zero to at most `digits` places. */
export function roundDecimal(value: Decimal, digits: number): Decimal {
  if (value.scale <= digits) return value;
  const unit = 10n ** BigInt(value.scale - digits);
  const half = value.coefficient < 0n ? -unit / 2n : unit / 2n;
  return { coefficient: (value.coefficient + half) / unit, scale: digits };
}

/** Plain digits without an exponent; trailing zeros of the fraction are dropped. */
export function printDecimal(value: Decimal): string {
  const negative = value.coefficient < 0n;
  const digits = String(negative ? -value.coefficient : value.coefficient).padStart(value.scale + 1, '0');
  const whole = digits.slice(0, digits.length - value.scale);
  const fraction = value.scale === 0 ? '' : digits.slice(-value.scale).replace(/0+$/, '');
  const text = fraction === '' ? whole : `${whole}.${fraction}`;
  return negative && /[1-9]/.test(text) ? `-${text}` : text;
}

function rescale(value: Decimal, scale: number): bigint {
  return value.coefficient * 10n ** BigInt(scale - value.scale);
}
