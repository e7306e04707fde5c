import type { Decimal } from '../util/decimal.ts';
import type { Value } from './value.ts';

export type Verdict = 'pass' | 'warn' | 'fail' | 'error' | 'skipped';

/** Where a measurement came from: rows that were read, the catalog or file footers, or a constraint that the engine enforces. */
export type Evidence = 'scan' | 'metadata' | 'constraint';

/** A number that the measured value was held against. */
export interface Limit {
  /** What it comes to beyond the limit. */
  readonly verdict: 'warn' | 'fail';
  /** Whether the value may be no lower, or no higher. */
  readonly side: 'min' | 'max';
  /** Name of the measured value. */
  readonly of: string;
  /** `share`: of the measured `rows`, 0.02 for 2 %. */
  readonly unit: 'number' | 'rows' | 'share' | 'seconds';
  readonly value: Decimal;
}

/** What a check came to. */
export interface Outcome {
  readonly verdict: Verdict;
  /** One sentence in lower case with the measured value and the threshold. */
  readonly message: string;
  /** Why there is no verdict on the data, in words that repeat (`no rows`, `column missing`, `time-out`); of error and skipped only. */
  readonly reason?: string;
  readonly hint?: string;
  /** Measured values by name. */
  readonly measured: Readonly<Record<string, Value>>;
  /** What the measured values were held against. */
  readonly limits?: readonly Limit[];
  readonly evidence?: Evidence;
  /** How many rows were bad, where that can be said: samples are fetched where it is above zero. */
  readonly bad?: bigint;
}
