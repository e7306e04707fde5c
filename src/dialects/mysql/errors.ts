import { EngineError } from '../../sql/dialect.ts';
import type { ServerAddress } from '../server/address.ts';
import { networkProblem, placeText } from '../server/connect.ts';

/** Errors that end the connection: numbers of the servers' error references, and codes of the driver. */
const LOST: ReadonlySet<unknown> = new Set([
  1053,
  1927,
  2006,
  2013,
  4031,
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_PACKETS_OUT_OF_ORDER',
]);
const CLOSED = /closed state|Connection lost/i;

export interface DriverError {
  readonly errno?: unknown;
  readonly code?: unknown;
  readonly message?: string;
  /** Set by the server alone. */
  readonly sqlState?: unknown;
}

/** What an error of the driver under a statement means; texts of the server that could hold values are marked as its own (`failed`). */
export function explain(error: unknown, address: ServerAddress): EngineError {
  if (error instanceof EngineError) return error;
  const { errno, code, message = String(error), sqlState } = error as DriverError;
  // What the server says may hold any text: only its number tells what it is.
  const ours = sqlState === undefined;
  if (LOST.has(errno) || LOST.has(code) || (ours && CLOSED.test(message))) {
    const lost = `the connection to ${placeText(address)} was lost`;
    return new EngineError('lost', lost, 'look at the server, then run it again');
  }
  const network = ours ? networkProblem(error, address) : undefined;
  if (network) return network;
  if (errno === 1205) return new EngineError('time-out', 'another transaction keeps the table locked');
  if (errno === 1317 || errno === 1969 || errno === 3024) return new EngineError('time-out', 'cancelled on the server');
  // A function of the warehouse chose the words of a signal.
  const failed = new EngineError('failed', `${errno === 1644 ? 'a function raised: ' : ''}${message}`);
  failed.cause = { errno };
  return failed;
}

/** The number of the server's error that an explained one comes from. */
export function errorNumber(error: unknown): number | undefined {
  const cause = error instanceof EngineError ? (error.cause as DriverError | undefined) : undefined;
  return typeof cause?.errno === 'number' ? cause.errno : undefined;
}
