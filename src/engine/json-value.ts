import type { Value } from '../model/value.ts';
import { printDecimal } from '../util/decimal.ts';
import { jsonInteger } from '../util/json-integer.ts';

/** A value as JSON holds it: exact numbers that JSON cannot hold are texts. */
export function jsonValue(value: Value): number | string | boolean | null {
  if (typeof value === 'bigint') return jsonInteger(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return value !== null && typeof value === 'object' ? printDecimal(value) : value;
}
