import type { Table } from '../model/contract.ts';
import { compareDecimals, decimalOf, printDecimal } from '../util/decimal.ts';

/** Why a table of so many rows breaks its promise about their number; undefined where it keeps it. */
export function rowsProblem({ rows: { min, max } }: Table, rows: number): string | undefined {
  const count = decimalOf(rows);
  const few = [min?.warn, min?.fail].find((bound) => bound && compareDecimals(count, bound) < 0);
  const many = [max?.warn, max?.fail].find((bound) => bound && compareDecimals(count, bound) > 0);
  if (few) return `${rows} rows are fewer than the promised ${printDecimal(few)}: give --rows ${printDecimal(few)}`;
  if (many) return `${rows} rows are more than the promised ${printDecimal(many)}: give --rows ${printDecimal(many)}`;
  return undefined;
}
