import { BlockList, isIP } from 'node:net';
import type { WarehouseTarget } from '../../sql/dialect.ts';
import { misconfigured } from './misconfigured.ts';
import { portOf } from './port.ts';
import { type AddressKind, parseServerUrl } from './server-url.ts';
import { readTls, type ServerTls, type TlsRequest } from './tls.ts';
import { tlsOfUrl } from './url-parameters.ts';

/** Where a server is and how to connect to it. `drivers.ts` says it in the words of each driver. */
export interface ServerAddress {
  /** A name or an address without brackets; of a unix socket its path. */
  readonly host: string;
  readonly port: number;
  readonly database?: string;
  readonly user?: string;
  readonly password?: string;
  /** Absolute path of a unix socket: of PostgreSQL the folder, of MySQL the socket itself. */
  readonly socket?: string;
  /** False: plain text. */
  readonly tls: ServerTls | false;
}

type Parts = NonNullable<WarehouseTarget['parts']>;

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

const HOST_NAME = /^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_.])?$/i;

/**
 * The address that the url or the parts of a warehouse say, certificates and keys read from their files. Throws `EngineError`
 * (misconfigured) with one line that holds neither the url nor a value of it.
 */
export async function readAddress(target: WarehouseTarget, kind: AddressKind): Promise<ServerAddress> {
  const { name } = target;
  const { parts, tls } = target.url === undefined ? ofParts(target) : ofUrl(target.url, target, kind);
  for (const [key, text] of Object.entries(parts)) {
    if (!/[\p{Cc}]/u.test(text)) continue;
    throw misconfigured(
      `the ${key} of "${name}" holds a control character`,
      'look for a line break or a tab, such as the one at the end of a file',
    );
  }
  const host = hostOf(parts, name);
  const port = parts.port === undefined ? kind.port : portOf(parts.port);
  if (port === undefined) {
    throw misconfigured(`the port of "${name}" is not a number from 1 to 65535`, `leave it out for ${kind.port}`);
  }
  if (kind.needsDatabase && parts.database === undefined) {
    throw misconfigured(`warehouse "${name}" names no database`, 'write it behind the host, or as `database`');
  }
  const isSocket = host.startsWith('/');
  // The drivers would take the user of this machine, or of an environment variable of theirs.
  if (kind.needsUser && parts.user === undefined && !isSocket) {
    throw misconfigured(`warehouse "${name}" names no user`, 'write it before the host, or as `user`');
  }
  const { database, user, password } = parts;
  return {
    host,
    port,
    ...(database !== undefined && { database }),
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
    ...(isSocket && { socket: host }),
    tls: await readTls(tls, name, { isSocket, isLoopback: isLoopback(host) }),
  };
}

interface Said {
  readonly parts: Parts;
  readonly tls: TlsRequest;
}

function ofParts({ parts, tls = {}, name }: WarehouseTarget): Said {
  if (parts === undefined) {
    throw misconfigured(
      `warehouse "${name}" has neither url nor host`,
      'write `url`, or `host`, `database` and `user`',
    );
  }
  return { parts, tls: { said: tls, word: (key) => `tls.${key}` } };
}

function ofUrl(url: string, { parts, tls, name }: WarehouseTarget, kind: AddressKind): Said {
  const [second] = Object.keys(parts ?? {});
  if (second !== undefined) throw misconfigured(`warehouse "${name}" has both url and ${second}`, 'keep one of them');
  const read = parseServerUrl(url, name, kind);
  const own = tlsOfUrl(read.parameters, name, read.hasUser);
  if (own && tls) {
    const [key] = Object.keys(own.said) as (keyof typeof own.said)[];
    throw misconfigured(`${own.word(key ?? 'mode')} of "${name}" stands beside tls`, 'keep one of them');
  }
  return { parts: read.parts, tls: own ?? { said: tls ?? {}, word: (key) => `tls.${key}` } };
}

function hostOf({ host = '' }: Parts, name: string): string {
  if (host === '') throw misconfigured(`warehouse "${name}" has no host`, 'write `host`, such as db.example.com');
  const bare = /^\[(.*)\]$/s.exec(host)?.[1] ?? host;
  const isFine = bare === host ? host.startsWith('/') || isIP(host) > 0 || HOST_NAME.test(host) : isIP(bare) === 6;
  if (isFine) return bare;
  throw misconfigured(
    `the host of "${name}" is neither a name nor an address`,
    'write the name alone, such as db.example.com, or the absolute path of a unix socket',
  );
}

function isLoopback(host: string): boolean {
  const version = isIP(host);
  return version > 0
    ? LOOPBACK.check(host, version === 6 ? 'ipv6' : 'ipv4')
    : host.toLowerCase().replace(/\.$/, '') === 'localhost';
}
