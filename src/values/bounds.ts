import type { LogicalType } from '../model/logical-type.ts';
import { parseLiteral } from '../sql/literal.ts';
import { compareDecimals, decimalOf, parseDecimal } from '../util/decimal.ts';
import { instantToLocal } from '../util/zone.ts';
import { printMicros } from './micros.ts';
import { readerOf } from './reader.ts';

export interface BoundsSpec {
  readonly min?: string;
  readonly max?: string;
  readonly exclusiveMin?: string;
  readonly exclusiveMax?: string;
  readonly timezone?: string;
}

export interface Bound {
  /** The end of a sentence about a value that does not keep it: `is below 0`. */
  readonly words: string;
  holds(value: unknown): boolean;
}

/** What `now` is, in microseconds since 1970. */
export type Clock = () => bigint;

/** Negative, zero or positive as a canonical value is below, at or above the bound; NaN where it has no order. */
type Compare = (value: unknown) => number;

const BOUNDS = [
  ['min', 'is below', (sign: number) => sign >= 0],
  ['exclusiveMin', 'is not above', (sign: number) => sign > 0],
  ['max', 'is above', (sign: number) => sign <= 0],
  ['exclusiveMax', 'is not below', (sign: number) => sign < 0],
] as const;

/** Bounds of canonical values, exactly; what is NaN keeps none. Throws `RangeError` where a text is no bound of the type. */
export function boundsOf(spec: BoundsSpec, type: LogicalType, clock: Clock): readonly Bound[] {
  return BOUNDS.flatMap(([key, words, keeps]) => {
    const text = spec[key];
    if (text === undefined) return [];
    const compare = compareWith(text, type, spec.timezone, clock);
    return [{ words: `${words} ${text}`, holds: (value: unknown) => keeps(compare(value)) }];
  });
}

function compareWith(text: string, type: LogicalType, timezone: string | undefined, clock: Clock): Compare {
  const parsed = parseLiteral(text, type, 'bound');
  if ('problem' in parsed) throw new RangeError(parsed.problem.message);
  const { literal } = parsed;
  switch (literal.kind) {
    case 'decimal':
      return exactly(literal.text);
    case 'float': {
      const limit = Number(literal.text);
      return (value) => (value === limit ? 0 : (value as number) - limit);
    }
    case 'now':
      return (value) => order(textOf(value), now(clock(), type, timezone));
    default: {
      const limit = String(
        readerOf({ name: '', path: '', type, required: false, shape: { kind: 'value', type } })(literal.text),
      );
      return (value) => order(textOf(value), limit);
    }
  }
}

function exactly(text: string): Compare {
  const limit = parseDecimal(text) ?? decimalOf(0);
  return (value) => {
    const own = typeof value === 'string' ? parseDecimal(value) : decimalOf(value as bigint | number);
    return own ? compareDecimals(own, limit) : Number.NaN;
  };
}

/** Of a `Date` the canonical text of its instant. */
export function textOf(value: unknown): string {
  return value instanceof Date ? value.toISOString().replace('Z', '000Z') : String(value);
}

/** Canonical times sort as texts, and `-infinity` and `infinity` before and after all digits. */
function order(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** An instant as a canonical value of the type. */
function now(instant: bigint, type: LogicalType, timezone: string | undefined): string {
  if (type.name === 'instant') return `${printMicros(instant)}Z`;
  const local = String(printMicros(timezone === undefined ? instant : instantToLocal(instant, timezone)));
  return type.name === 'date' ? local.slice(0, 10) : local;
}
