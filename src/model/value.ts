import type { Decimal } from '../util/decimal.ts';

/**
 * A value as an engine gave it, exactly: integers are bigint, decimals are `Decimal`, floats are number (NaN and the infinities
 * included), texts, dates and times are string in ISO form.
 */
export type Value = null | boolean | bigint | number | string | Decimal;

/** One row of a result, by alias; a null-prototype object. */
export type Row = Readonly<Record<string, Value>>;
