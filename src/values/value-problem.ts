/** One thing that is wrong with a value. */
export interface ValueFault {
  /** `amount`, `address.country`, `lines[3].qty`, `scores{first}`. */
  readonly path: string;
  /** Lower case; quotes the value, unless it is personal: `"12.5" is not a whole number`. A hint follows a semicolon. */
  readonly reason: string;
}

/** A raw value that cannot be read as its column's type. */
export class ValueProblem extends Error {
  /** At least one; of a nested value several. */
  readonly faults: readonly ValueFault[];

  constructor(faults: readonly ValueFault[]) {
    super(faults.map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`)).join('; '));
    this.name = 'ValueProblem';
    this.faults = faults;
  }
}

/** The faults of an error that a reader threw, their paths behind `prefix`; another error is thrown again. */
export function faultsOf(error: unknown, prefix: string): readonly ValueFault[] {
  if (!(error instanceof ValueProblem)) throw error;
  return error.faults.map(({ path, reason }) => ({ path: prefix + path, reason }));
}
