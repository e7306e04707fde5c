import type { LogicalType } from '../model/logical-type.ts';
import type { Show } from './shown.ts';
import { ValueProblem } from './value-problem.ts';

/** Texts are cells of a text file. */
export interface CellForm {
  /** Mark between whole digits and fraction; absent: `.`. */
  readonly decimal?: string;
  /** `dd.MM.yyyy` of dates, instead of ISO 8601. */
  readonly dateFormat?: string;
  /** Texts that stand for NULL; where it is there, an empty one does so too on every column that is no text. */
  readonly missing?: readonly string[];
}

export interface ScalarOptions {
  /** Instants as canonical text, the default, or as `Date`, which has milliseconds only. */
  readonly instants?: 'text' | 'date';
  /** Texts of instants without an offset are in UTC (MySQL in a session in UTC); else they are refused. */
  readonly naiveInstants?: 'utc';
  readonly cell?: CellForm;
  readonly show: Show;
}

/** Gives the canonical value of what is neither null nor undefined; throws `ValueProblem` with an empty path. */
export type ScalarReader = (raw: unknown) => unknown;

export type ScalarType<Name extends LogicalType['name']> = Extract<LogicalType, { name: Name }>;

/** Throws that a value is not what it should be. A hint that holds the value is left out where values may not be shown. */
export type Refuse = (raw: unknown, what: string, hint?: string, holdsValue?: 'holds the value') => never;

export function refusal(show: Show): Refuse {
  const isMasked = show('') !== '""';
  return (raw, what, hint, holdsValue) => {
    const subject = raw === '' ? 'an empty text' : show(raw);
    const told = hint === undefined || (isMasked && holdsValue) ? '' : `; ${hint}`;
    throw new ValueProblem([{ path: '', reason: `${subject} ${what}${told}` }]);
  };
}
