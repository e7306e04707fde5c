import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate and its key, as PEM texts. */
export interface Issued {
  readonly cert: string;
  readonly key: string;
}

export interface Authority extends Issued {
  /** A certificate of a server of this name or IPv4 address. */
  issue(name: string): Issued;
}

/** An authority of its own, made without tools: Node.js reads certificates and writes none. */
export function authority(name: string): Authority {
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    ...issued(name, keys, name, keys.privateKey, [extension(BASIC_CONSTRAINTS, sequence(der(0x01, 0xff)))]),
    issue(server) {
      const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const alternative = isIPv4(server)
        ? der(0x87, Buffer.from(server.split('.').map(Number)))
        : der(0x82, Buffer.from(server));
      return issued(server, own, name, keys.privateKey, [extension(ALTERNATIVE_NAMES, sequence(alternative))]);
    },
  };
}

type Keys = { readonly publicKey: KeyObject; readonly privateKey: KeyObject };

const ECDSA_SHA256 = Buffer.from('06082a8648ce3d040302', 'hex');
const COMMON_NAME = Buffer.from('0603550403', 'hex');
const BASIC_CONSTRAINTS = Buffer.from('0603551d13', 'hex');
const ALTERNATIVE_NAMES = Buffer.from('0603551d11', 'hex');
const VERSION_3 = der(0xa0, der(0x02, 2));

let serial = 1;

function issued(name: string, keys: Keys, by: string, signer: KeyObject, extensions: readonly Buffer[]): Issued {
  const day = 86_400_000;
  const body = sequence(
    VERSION_3,
    der(0x02, serial++),
    sequence(ECDSA_SHA256),
    distinguished(by),
    sequence(time(Date.now() - day), time(Date.now() + day)),
    distinguished(name),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = der(0x03, 0, sign('sha256', body, signer));
  const text = sequence(body, sequence(ECDSA_SHA256), signature).toString('base64');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${text.replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
    key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function distinguished(name: string): Buffer {
  return sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(name)))));
}

function time(milliseconds: number): Buffer {
  const text = new Date(milliseconds).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return der(0x18, Buffer.from(text));
}

function extension(id: Buffer, value: Buffer): Buffer {
  return sequence(id, der(0x04, value));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, ...parts);
}

/** One value of ASN.1: tag, length, content. */
function der(tag: number, ...parts: readonly (Buffer | number)[]): Buffer {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : part)));
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
