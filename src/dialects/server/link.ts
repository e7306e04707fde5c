import type { Row } from '../../model/value.ts';
import type { EngineError, Statement } from '../../sql/dialect.ts';

/** One connection to a server, as its driver gives it. Its methods throw the driver's own errors. */
export interface Link {
  /** Runs one statement by the protocol that takes exactly one, its values bound. */
  query(statement: Statement): Promise<readonly Row[]>;
  /** What the columns of a query are, a row each (`SqlDialect.describedColumn` reads them). The query should give no rows. */
  describe(query: Statement): Promise<readonly Row[]>;
  /** Begins a read-only snapshot whose statements may take so long, in milliseconds. */
  begin(timeout: number): Promise<void>;
  /** Takes back what a statement has set, and makes statements possible again after one has failed; the snapshot stays. */
  recover(): Promise<void>;
  /** Ends the snapshot. */
  end(): Promise<void>;
  /** Asks the server, on a connection of its own that is opened within the limit in milliseconds, to stop what runs on this one. */
  cancel(limit: number): Promise<void>;
  /** Closes at once; what runs is given up. Never throws. */
  close(): Promise<void>;
  /** What an error of the driver means. */
  explain(error: unknown): EngineError;
}
