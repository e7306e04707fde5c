import type { LogicalType } from '../model/logical-type.ts';
import { readerOf } from '../values/reader.ts';
import { showOf } from '../values/shown.ts';
import { ValueProblem } from '../values/value-problem.ts';
import type { Decimal, Instant, LocalDate, LocalTime, Money, Timestamp, Uuid } from './types.ts';

/** Values of the branded types from what a program has, in canonical form. All throw `ValueProblem` for what is none. */

/** `decimal('1.50')` is `1.5`: without trailing zeros, as no scale is declared. */
export const decimal = maker<Decimal, string | number | bigint>({ name: 'decimal' });

/** From a text with an offset, or a `Date`. */
export const instant: (value: string | Date) => Instant = (value) =>
  instantOfText(value instanceof Date ? value.toISOString() : value);

/** From a local date and time without an offset. */
export const timestamp = maker<Timestamp, string>({ name: 'timestamp' });

/** From `YYYY-MM-DD`. */
export const localDate = maker<LocalDate, string>({ name: 'date' });

/** From `HH:MM[:SS[.ffffff]]`. */
export const localTime = maker<LocalTime, string>({ name: 'time' });

export const uuid = maker<Uuid, string>({ name: 'uuid' });

const CANONICAL = /^(?:0|-?(?:[1-9]\d*(?:\.\d+)?|0\.\d*[1-9]\d*)|0\.0+)$/;

/** An amount in a currency: `money('EUR', '12.50')` with the digits as they are, or a number of a column that holds such. */
export function money<Currency extends string>(currency: Currency, amount: string): Money<Currency>;
export function money<Currency extends string, Value extends number | bigint>(
  currency: Currency,
  amount: Value,
): Money<Currency, Value extends bigint ? bigint : number>;
export function money(_currency: string, amount: string | number | bigint): unknown {
  if (typeof amount === 'string' ? CANONICAL.test(amount) : typeof amount === 'bigint' || Number.isFinite(amount))
    return amount;
  throw new ValueProblem([
    { path: '', reason: `${showOf(undefined)(amount)} is no amount, expected digits such as 12.50` },
  ]);
}

const instantOfText = maker<Instant, string>({ name: 'instant' });

function maker<Value, From>(type: LogicalType): (value: From) => Value {
  const read = readerOf({ name: '', path: '', type, required: true, shape: { kind: 'value', type } });
  return (value) => read(value) as Value;
}
