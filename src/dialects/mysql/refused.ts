import { EngineError } from '../../sql/dialect.ts';
import type { ServerAddress } from '../server/address.ts';
import { networkProblem, placeText, whoText } from '../server/connect.ts';
import { type DriverError, explain } from './errors.ts';

/** What OpenSSL says of a certificate, and the code that Node.js gives it: the driver keeps only the text. */
const CERTIFICATES: readonly (readonly [text: RegExp, code: string])[] = [
  [/^self[- ]signed certificate in/, 'SELF_SIGNED_CERT_IN_CHAIN'],
  [/^self[- ]signed certificate/, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [/^unable to verify/, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  [/^unable to get/, 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  [/^certificate has expired/, 'CERT_HAS_EXPIRED'],
  [/does not match certificate's altnames/, 'ERR_TLS_CERT_ALTNAME_INVALID'],
];

/** Why a connection could not be opened. */
export function refused(error: unknown, address: ServerAddress): EngineError {
  const { errno, code, message = '' } = error as DriverError;
  if (code === 'HANDSHAKE_SSL_ERROR') {
    const known = CERTIFICATES.find(([text]) => text.test(message))?.[1];
    const explained = known === undefined ? undefined : networkProblem({ code: known, message }, address);
    const place = placeText(address);
    return (
      explained ?? new EngineError('unreachable', `no TLS with ${place}: ${message}`, 'look at tls: ca, cert and key')
    );
  }
  const said = wordsOf(errno, code, address);
  return said ? new EngineError('unreachable', ...said) : explain(error, address);
}

/** Numbers of the servers' error references, and codes of the driver. */
function wordsOf(
  errno: unknown,
  code: unknown,
  address: ServerAddress,
): readonly [message: string, hint: string] | undefined {
  const place = placeText(address);
  const who = whoText(address);
  const database = `"${address.database ?? ''}"`;
  switch (errno) {
    case 1045:
    case 1698:
      return [
        `${place} refuses the password of ${who}`,
        address.tls || address.socket !== undefined
          ? 'correct user and password'
          : 'correct user and password, or write `tls: verify` if the account is for encrypted connections only',
      ];
    case 1130:
      return [`${place} lets nobody in from this machine`, `ask its administrator to let ${who} in from here`];
    case 1129:
      return [`${place} has blocked this machine after failed connections`, 'ask for `flush hosts` there'];
    case 3118:
    case 4151:
      return [`${place} has locked the account of ${who}`, 'ask its administrator'];
    case 1820:
    case 1862:
      return [`the password of ${who} at ${place} has expired`, 'set a new one there'];
    case 3159:
    case 3169:
      return [`${place} takes encrypted connections only`, 'write `tls: verify`'];
    case 1049:
      return [`${place} has no database ${database}`, 'correct the database'];
    case 1044:
      return [
        `${place} has no database ${database}, or ${who} may not use it`,
        'correct the database, or grant select on its tables',
      ];
    case 1040:
    case 1203:
    case 1226:
      return [`${place} has no connection left`, 'lower `concurrency`, or try again later'];
    default:
  }
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT')
    return [`${place} speaks no TLS`, 'write `tls: off` where the network is trusted'];
  if (typeof code !== 'string' || !code.startsWith('AUTH_SWITCH_PLUGIN')) return undefined;
  return [
    `${place} asks ${who} for a proof of identity that we do not know`,
    'use an account with a password (caching_sha2_password or mysql_native_password)',
  ];
}
