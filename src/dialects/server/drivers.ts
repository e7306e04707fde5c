import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, checkServerIdentity } from 'node:tls';
import type { ServerAddress } from './address.ts';

/** What `pg` takes as `ssl`. It overwrites `servername` by the host where that is a name, so the check is told the name itself. */
export function pgTls({ tls }: Pick<ServerAddress, 'tls'>): ConnectionOptions | false {
  if (tls === false) return false;
  const { servername, ...rest } = tls;
  if (servername === undefined) return { ...rest };
  return {
    ...rest,
    // A name that is an address stands in no handshake (RFC 6066 §3).
    ...(isIP(servername) === 0 && { servername }),
    checkServerIdentity: (_host, certificate) => checkServerIdentity(servername, certificate),
  };
}

/** What `mysql2` takes to reach a server. */
export interface MysqlPlace {
  readonly host: string;
  readonly port: number;
  readonly socketPath?: string;
  /** Absent: plain text. */
  readonly ssl?: {
    readonly ca?: string;
    readonly cert?: string;
    readonly key?: string;
    readonly rejectUnauthorized: boolean;
    readonly verifyIdentity: boolean;
  };
  readonly stream?: () => Socket;
}

/**
 * `mysql2` takes no `servername`: it checks the certificate against its `host`, and where that is an address against `localhost`. So
 * the name to check stands as `host`, and the socket is ours.
 */
export function mysqlPlace({ host, port, socket, tls }: ServerAddress): MysqlPlace {
  if (socket !== undefined) return { host: 'localhost', port, socketPath: socket };
  if (tls === false) return { host, port };
  const { servername, ...files } = tls;
  const ssl = { ...files, verifyIdentity: tls.rejectUnauthorized };
  const identity = servername ?? host;
  if (!tls.rejectUnauthorized || (identity === host && isIP(host) === 0)) return { host, port, ssl };
  // Node.js leaves a dot at the end of a name out when it compares, and an address with a dot is none to the driver.
  const checked = isIP(identity) > 0 ? `${identity}.` : identity;
  return { host: checked, port, ssl, stream: () => connect({ host, port, noDelay: true, keepAlive: true }) };
}
