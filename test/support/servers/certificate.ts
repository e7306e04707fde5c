import { join } from 'node:path';
import { writeOwn } from './account.ts';
import { find, run } from './command.ts';

export interface Certificate {
  /** The authority, the server's certificate and its key: PEM files. */
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** Elliptic keys are made at once; RSA is what old servers understand. */
const KEYS = { ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'], rsa: ['-newkey', 'rsa:2048'] };
const DAYS = ['-days', '7'];

/** A certificate for loopback, signed by an authority of its own; none without openssl. */
export async function createCertificate(
  folder: string,
  kind: keyof typeof KEYS = 'ec',
): Promise<Certificate | undefined> {
  const openssl = find('openssl');
  if (openssl === undefined) return undefined;
  const call = (...args: readonly string[]): Promise<string> => run(openssl, args, { cwd: folder });
  await writeOwn(join(folder, 'names.cnf'), 'subjectAltName = DNS:localhost, IP:127.0.0.1\n');
  await Promise.all([
    call('req', '-x509', ...KEYS.ec, ...DAYS, '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Surety'),
    call('req', ...KEYS[kind], '-nodes', '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost'),
  ]);
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-set_serial', '1', ...DAYS, '-extfile', 'names.cnf'];
  await call('x509', '-req', '-in', 'server.csr', ...signing, '-out', 'server.pem');
  return {
    ca: join(folder, 'ca.pem'),
    certificate: join(folder, 'server.pem'),
    key: join(folder, 'server.key'),
  };
}
