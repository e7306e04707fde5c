import { EngineError, type RunOptions } from '../../sql/dialect.ts';
import type { ServerAddress } from './address.ts';

/** The longest that opening a connection may take, in milliseconds. */
const LONGEST = 10_000;

/** Waits for a connection, no longer than a statement may take and 10 s; `giveUp` is called where it comes too late. */
export async function connectWithin(
  connecting: Promise<unknown>,
  options: RunOptions,
  giveUp: () => void,
  explain: (error: unknown) => EngineError,
): Promise<void> {
  const limit = Math.min(LONGEST, Math.max(options.timeout, 1000));
  let timer: NodeJS.Timeout | undefined;
  let abort: () => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(new EngineError('unreachable', `no answer after ${limit / 1000} s`, 'look at host, port and firewall')),
      limit,
    );
    abort = () => reject(new EngineError('cancelled', 'cancelled'));
    options.signal?.addEventListener('abort', abort, { once: true });
  });
  stopped.catch(() => undefined);
  connecting.catch(() => undefined);
  try {
    if (options.signal?.aborted) throw new EngineError('cancelled', 'cancelled');
    await Promise.race([connecting, stopped]);
  } catch (error) {
    giveUp();
    const explained = error instanceof EngineError ? error : explain(error);
    // Nothing has been asked yet: whatever it is, it keeps us out.
    throw explained.failure === 'failed' || explained.failure === 'lost'
      ? new EngineError('unreachable', explained.message, explained.hint)
      : explained;
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', abort);
  }
}

/** Host and port for people; never a password. */
export function placeText({ host, port, socket }: ServerAddress): string {
  return socket ?? `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

export function whoText({ user }: ServerAddress): string {
  return user === undefined ? 'a client without a user' : `"${user}"`;
}

/** What a system or TLS error of the driver means; undefined where it is none. Codes are those of Node.js. Not for what the server itself says. */
export function networkProblem(error: unknown, address: ServerAddress): EngineError | undefined {
  const { code, message = '' } = error as { readonly code?: unknown; readonly message?: string };
  const place = placeText(address);
  const unreachable = (text: string, hint: string): EngineError => new EngineError('unreachable', text, hint);
  switch (code) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return unreachable(`nothing listens on ${place}`, 'start the server, or correct host and port');
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unreachable(`there is no host "${address.host}"`, 'correct the host');
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return unreachable(`${place} does not answer`, 'look at host, port and firewall');
    case 'ECONNRESET':
    case 'EPIPE':
      return new EngineError('lost', `the connection to ${place} was lost`, 'look at the server, then run it again');
    default:
  }
  const distrusted = certificateProblem(String(code));
  if (distrusted) return unreachable(`the certificate of ${place} ${distrusted[0]}`, distrusted[1]);
  if (/does not support SSL|secure connection.*not support/i.test(message))
    return unreachable(`${place} speaks no TLS`, 'write `tls: off` where the network is trusted');
  if (typeof code === 'string' && /^(?:ERR_SSL|ERR_TLS|EPROTO|HANDSHAKE_SSL)/.test(code))
    return unreachable(`no TLS with ${place}: ${code}`, 'look at tls: mode, ca, cert and key');
  return undefined;
}

/** What is wrong with a certificate, and what to do, by the codes of Node.js. */
function certificateProblem(code: string): readonly [problem: string, hint: string] | undefined {
  if (/SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER/.test(code))
    return ['is signed by nobody that this machine knows', 'name its authority: tls: { ca: file }'];
  if (code === 'CERT_HAS_EXPIRED') return ['has expired', 'renew it on the server'];
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return ['is for another name', 'connect by the name that it is for, or write tls: { serverName: … }'];
  return undefined;
}
