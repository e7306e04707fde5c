import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import type { WarehouseTarget } from '../../sql/dialect.ts';
import { misconfigured } from './misconfigured.ts';

/** What is needed to encrypt a connection. Certificates and keys are PEM texts, not files. */
export interface ServerTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  /** Whether the certificate and the name in it are checked. */
  readonly rejectUnauthorized: boolean;
  /** Name that the certificate must hold; absent: the host. */
  readonly servername?: string;
}

export type TlsSaid = NonNullable<WarehouseTarget['tls']>;
type FileKey = 'ca' | 'cert' | 'key';

/** What surety.yaml says, with the words that it says it in. */
export interface TlsRequest {
  readonly said: TlsSaid;
  /** How messages name a key: `tls.ca`, or the parameter of the url. */
  word(key: keyof TlsSaid): string;
}

/** How to encrypt, the files read; false: not at all. Throws `EngineError` (misconfigured). */
export async function readTls(
  { said, word }: TlsRequest,
  name: string,
  place: { readonly isSocket: boolean; readonly isLoopback: boolean },
): Promise<ServerTls | false> {
  const keys = (['ca', 'cert', 'key', 'serverName'] as const).filter((key) => said[key] !== undefined);
  const mode = said.mode ?? (keys.length > 0 || !(place.isSocket || place.isLoopback) ? 'verify' : 'off');
  const idle = keys.find((key) => mode === 'off' || (mode === 'require' && (key === 'ca' || key === 'serverName')));
  if (idle) {
    const why = mode === 'off' ? 'nothing is encrypted' : 'nothing is checked';
    throw misconfigured(
      `${word(idle)} of "${name}" has no use where ${why}`,
      'remove it, or let `verify` check the server',
    );
  }
  if (mode !== 'off' && place.isSocket) {
    throw misconfigured(`the connection of "${name}" is a unix socket, which is never encrypted`, 'remove tls');
  }
  if ((said.cert === undefined) !== (said.key === undefined)) {
    const [has, lacks] = said.cert === undefined ? (['key', 'cert'] as const) : (['cert', 'key'] as const);
    throw misconfigured(`${word(has)} of "${name}" has no ${lacks}`, 'give the file of the certificate and of its key');
  }
  if (mode === 'off') return false;
  const read = async (key: FileKey): Promise<{ readonly [K in FileKey]?: string }> => {
    const path = said[key];
    return path === undefined ? {} : { [key]: await readPem(path, key, `${word(key)} of "${name}"`) };
  };
  return {
    ...(await read('ca')),
    ...(await read('cert')),
    ...(await read('key')),
    rejectUnauthorized: mode === 'verify',
    ...(said.serverName !== undefined && { servername: said.serverName }),
  };
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
};

async function readPem(path: string, key: FileKey, what: string): Promise<string> {
  const near = relative(process.cwd(), path);
  const shown = near !== '' && !near.startsWith('..') ? near : path;
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = REASONS[code] ?? `cannot be read${code && ` (${code})`}`;
    throw misconfigured(`${what}: ${shown} ${reason}`, 'correct the path, or the rights of the file');
  }
  const kind = key === 'key' ? 'PRIVATE KEY' : 'CERTIFICATE';
  if (key === 'key' && /BEGIN ENCRYPTED PRIVATE KEY|^Proc-Type: 4,ENCRYPTED/m.test(text)) {
    throw misconfigured(
      `${what}: ${shown} is encrypted`,
      'give a key without a passphrase that only its reader may read',
    );
  }
  if (!new RegExp(`-----BEGIN (?:[A-Z0-9]+ )*${kind}-----`).test(text)) {
    const noun = key === 'key' ? 'private key' : 'certificate';
    throw misconfigured(
      `${what}: ${shown} holds no ${noun}`,
      `give a PEM file that begins with -----BEGIN ${kind}-----`,
    );
  }
  return text;
}
