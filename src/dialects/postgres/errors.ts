import { EngineError } from '../../sql/dialect.ts';
import type { ServerAddress } from '../server/address.ts';
import { networkProblem, placeText, whoText } from '../server/connect.ts';

/** SQLSTATEs of appendix A of PostgreSQL's manual that end the connection. */
const LOST = /^(?:08|57P0[1245])/;

/** What an error of the driver means; texts of the server that could hold values are marked as its own (`failed`). */
export function explain(error: unknown, address: ServerAddress): EngineError {
  if (error instanceof EngineError) return error;
  const { code, message, routine, severity } = error as { readonly [name: string]: unknown; readonly message?: string };
  // What the server says may hold any text: only its code tells what it is.
  const ours = severity === undefined;
  const network = ours ? networkProblem(error, address) : undefined;
  if (network) return network;
  const state = typeof code === 'string' ? code : '';
  const place = placeText(address);
  switch (state) {
    case '28P01':
      return new EngineError(
        'unreachable',
        `${place} refuses the password of ${whoText(address)}`,
        'correct user and password',
      );
    case '28000':
      if (routine === 'InitializeSessionUserId') {
        return new EngineError('unreachable', `${place} has no role ${whoText(address)}`, 'correct the user');
      }
      return new EngineError(
        'unreachable',
        `${place} takes no connection of ${whoText(address)} from here${address.tls ? '' : ' without TLS'}`,
        address.tls
          ? 'ask its administrator for a line in pg_hba.conf'
          : 'write `tls: verify`, or ask for a line in pg_hba.conf',
      );
    case '3D000':
      return new EngineError(
        'unreachable',
        `${place} has no database "${address.database ?? ''}"`,
        'correct the database',
      );
    case '53300':
      return new EngineError(
        'unreachable',
        `${place} has no connection left`,
        'lower `concurrency`, or try again later',
      );
    case '57P03':
      return new EngineError('unreachable', `${place} is starting up or shutting down`, 'try again in a moment');
    case '57014':
      return new EngineError('time-out', 'cancelled on the server');
    default:
      if (ours && /invalid response/i.test(message ?? '')) {
        return new EngineError(
          'unreachable',
          `${place} does not speak the protocol of PostgreSQL`,
          'correct the port, or the `type` of the warehouse',
        );
      }
      if (ours && /^SASL.*password/i.test(message ?? '')) {
        return new EngineError(
          'unreachable',
          `${place} wants a password of ${whoText(address)}, and surety.yaml gives none`,
          'write `password`, or put it into the url',
        );
      }
      if (LOST.test(state) || (ours && /Connection terminated|not queryable|Client was closed/i.test(message ?? '')))
        return new EngineError('lost', `the connection to ${place} was lost`, 'look at the server, then run it again');
      // A function of the warehouse chose these words.
      return new EngineError(
        'failed',
        `${routine === 'exec_stmt_raise' ? 'a function raised: ' : ''}${message ?? String(error)}`,
      );
  }
}
