import type { Column, WrittenText } from '../model/contract.ts';
import type { LogicalType } from '../model/logical-type.ts';
import { type Decimal, parseDecimal } from '../util/decimal.ts';
import type { Random } from './random.ts';
import type { Source } from './source.ts';

export type Bounds = Partial<Pick<Column, 'min' | 'max' | 'exclusiveMin' | 'exclusiveMax'>>;

/** How far values go where the contract bounds them on one side or none. */
const SPAN = 10_000n;
/** Digits behind the point where a decimal has any number of them. */
const PLACES = 2;
/** One value in so many is a bound. */
const EDGES = 40;

/** Whole numbers between the bounds, else from 1 or from the bound that there is; of up to 32 bits as numbers. */
export function integerSource(
  bounds: Bounds,
  { bits }: Extract<LogicalType, { name: 'integer' }>,
  wanted: number,
): Source {
  const limit = 2n ** BigInt((bits ?? 64) - 1);
  const print = (value: bigint): unknown => (bits !== undefined && bits < 64 ? Number(value) : value);
  return rangeSource(bounds, 0, { first: -limit, last: limit - 1n }, wanted, print);
}

/** Decimals of the declared scale, as canonical texts. */
export function decimalSource(bounds: Bounds, type: Extract<LogicalType, { name: 'decimal' }>, wanted: number): Source {
  const { precision, scale = precision === undefined ? PLACES : 0 } = type;
  const limit = 10n ** BigInt(precision ?? 38) - 1n;
  const print = (coefficient: bigint): string => {
    const text = printed(coefficient, scale);
    return precision === undefined && text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  };
  return rangeSource(bounds, scale, { first: -limit, last: limit }, wanted, print);
}

/** `-1234` with two places is `-12.34`. */
function printed(coefficient: bigint, scale: number): string {
  const digits = String(coefficient < 0n ? -coefficient : coefficient).padStart(scale + 1, '0');
  const sign = coefficient < 0n ? '-' : '';
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function rangeSource(
  bounds: Bounds,
  scale: number,
  limits: { readonly first: bigint; readonly last: bigint },
  wanted: number,
  print: (value: bigint) => unknown,
): Source {
  const unit = 10n ** BigInt(scale);
  const least = low(bounds, scale);
  const most = high(bounds, scale);
  // Numbers that are counted begin with one.
  const start = scale === 0 ? 1n : 0n;
  const span = (SPAN > BigInt(wanted) * 4n ? SPAN : BigInt(wanted) * 4n) * unit - 1n;
  const first = larger(limits.first, least ?? (most !== undefined && most < span ? most - span : start));
  const last = smaller(limits.last, most ?? first + span);
  const size = last < first ? 0n : last - first + 1n;
  return {
    size,
    at: (index) => print(first + index),
    any(random) {
      if (size === 0n) return undefined;
      if (random.oneIn(EDGES)) return print(random.oneIn(2) ? first : last);
      return print(first + random.big(size));
    },
  };
}

function low({ min, exclusiveMin }: Bounds, scale: number): bigint | undefined {
  if (min) return scaled(min, scale, 'up');
  const below = exclusiveMin && scaled(exclusiveMin, scale, 'down');
  return below === undefined ? undefined : below + 1n;
}

function high({ max, exclusiveMax }: Bounds, scale: number): bigint | undefined {
  if (max) return scaled(max, scale, 'down');
  const above = exclusiveMax && scaled(exclusiveMax, scale, 'up');
  return above === undefined ? undefined : above - 1n;
}

/** A bound in units of the last place, rounded up or down. */
function scaled({ text }: WrittenText, scale: number, way: 'up' | 'down'): bigint | undefined {
  const decimal: Decimal | undefined = parseDecimal(text);
  if (!decimal) return undefined;
  const { coefficient } = decimal;
  if (decimal.scale <= scale) return coefficient * 10n ** BigInt(scale - decimal.scale);
  const unit = 10n ** BigInt(decimal.scale - scale);
  const rest = ((coefficient % unit) + unit) % unit;
  const floor = (coefficient - rest) / unit;
  return way === 'up' && rest > 0n ? floor + 1n : floor;
}

/** Numbers with a few digits behind the point; of 32 bits as such a column rounds them. */
export function floatSource(bounds: Bounds, { bits }: Extract<LogicalType, { name: 'float' }>): Source {
  const read = (written: WrittenText | undefined): number | undefined => {
    const value = written && Number(written.text);
    return value !== undefined && Number.isFinite(value) ? value : undefined;
  };
  const least = read(bounds.min ?? bounds.exclusiveMin);
  const most = read(bounds.max ?? bounds.exclusiveMax);
  const first = least ?? (most !== undefined && most < 1000 ? most - 1000 : 0);
  const last = most ?? first + 1000;
  const stored = (value: number): number => (bits === 32 ? Math.fround(value) : value);
  return {
    any(random, attempt) {
      if (random.oneIn(EDGES)) return stored(random.oneIn(2) ? first : last);
      const value = first + fraction(random) * (last - first);
      // Narrow ranges need all their digits.
      return stored(attempt % 2 === 0 ? Math.round(value * 1000) / 1000 : value);
    },
  };
}

function fraction(random: Random): number {
  return (random.below(2 ** 21) * 2 ** 32 + random.below(2 ** 32)) / 2 ** 53;
}

function larger(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
