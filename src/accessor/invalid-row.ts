import { visible } from '../util/visible.ts';

/** One thing that a row of the caller breaks. */
export interface RowProblem {
  /** `amount`, `lines[3].qty`; empty: the row itself. */
  readonly path: string;
  /** Values of classified columns are not quoted. */
  readonly reason: string;
  /** Index of the row, where several were given. */
  readonly row?: number;
}

/** Most problems that the message names. */
const TOLD = 20;

/** Rows that break their contract: nothing of them was taken. */
export class InvalidRowError extends Error {
  readonly table: string;
  /** At least one; of many rows the first 1,000. */
  readonly problems: readonly RowProblem[];

  constructor(table: string, problems: readonly RowProblem[]) {
    super(messageOf(table, problems));
    this.name = 'InvalidRowError';
    this.table = table;
    this.problems = problems;
  }
}

function messageOf(table: string, problems: readonly RowProblem[]): string {
  const told = problems.slice(0, TOLD).map(({ path, reason, row }) => {
    const place = [row === undefined ? '' : `row ${row}`, visible(path, 200)].filter((part) => part !== '').join(', ');
    return `${place === '' ? '' : `${place}: `}${reason}`;
  });
  const more = problems.length > TOLD ? [`and ${problems.length - TOLD} more`] : [];
  return `${table}: ${problems.length === 1 ? 'the contract is broken' : 'the contract is broken several times'}: ${[...told, ...more].join('; ')}`;
}
