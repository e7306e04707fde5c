import type { Value } from '../model/value.ts';
import { printDecimal } from '../util/decimal.ts';

/** A value as JSON holds it: exact numbers that JSON cannot hold are texts. */
export function jsonValue(value: Value): number | string | boolean | null {
  if (typeof value === 'bigint') return jsonInteger(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return value !== null && typeof value === 'object' ? printDecimal(value) : value;
}

export function jsonInteger(value: bigint): number | string {
  return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : String(value);
}
