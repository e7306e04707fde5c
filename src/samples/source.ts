import type { Instant } from '../sql/dialect.ts';
import type { Random } from './random.ts';

/** Where the values of a column come from; they are canonical, as `src/values` has them. */
export interface Source {
  /** How many values there are, where they can be numbered. */
  readonly size?: bigint;
  /** The value of a number from 0 to `size - 1`. */
  at?(index: bigint): unknown;
  /** Any value; later attempts go further afield. */
  any(random: Random, attempt: number): unknown;
}

/** What a source has to know beside the column. */
export interface SourceContext {
  readonly now: Instant;
  /** Zone of naive times in the column. */
  readonly zone: string | undefined;
  /** How many different values are wanted at least. */
  readonly wanted: number;
  /** Whether a file reads the value as NULL; absent: none. */
  readonly isNull?: (value: unknown) => boolean;
  /** The time that the table's freshness or retention looks at, in microseconds since 1970 of the column's own clocks; absent: any. */
  readonly span?: { readonly first?: bigint; readonly last?: bigint };
}
