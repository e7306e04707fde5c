import type { Decimal } from '../util/decimal.ts';
import type { Position } from './diagnostic.ts';

/**
 * How many rows may be bad: a number of rows, or a share of the rows looked at (`0.02` for 2 %). Of `equals`: by how much the number may
 * be missed, as a number or as a share of what is expected.
 */
export type Amount =
  | { readonly unit: 'rows'; readonly value: Decimal }
  | { readonly unit: 'share'; readonly value: Decimal };

/** The comparison that turns a metric into a check. At least one of the two bounds is there. */
export interface Threshold<T> {
  readonly warn?: T;
  readonly fail?: T;
  readonly at: Position;
}

export type Tolerance = Threshold<Amount>;
export type Bound = Threshold<Decimal>;

/** A length of time in microseconds, or in calendar months, with the text that it was written as. */
export interface Duration {
  readonly microseconds: bigint;
  readonly months: number;
  readonly text: string;
}
