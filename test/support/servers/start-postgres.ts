import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ownFolder, removeFolder, writeOwn } from './account.ts';
import { type Certificate, createCertificate } from './certificate.ts';
import { run } from './command.ts';
import { connect } from './connect.ts';
import { launch } from './launch.ts';
import { freePort } from './port.ts';
import type { ServerName, StartedServer } from './server.ts';

export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
  /** Whether the library pg_stat_statements lies with them. */
  readonly statistics: boolean;
}

/** Nobody but the account reaches the socket; over the network nobody comes in without a password. */
const HOSTS = 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n';

/** A zone and a collation that differ from ours, as on most servers: what leans on the default shows. */
const HOSTILE = ['timezone=America/New_York'];
const LOCALE = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en'];

/** What makes a server durable is time lost here. */
const HASTY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'wal_level=minimal', 'max_wal_senders=0'];

const LOGGED = ['log_statement=all', 'log_timezone=UTC', 'log_line_prefix=%m [%p] %q%u@%d %a '];

/** Starts a server in a folder of its own. */
export async function startPostgres(
  name: ServerName,
  find: (folder: string) => Promise<PostgresPrograms>,
  secure: boolean,
): Promise<StartedServer> {
  const folder = await ownFolder(name);
  try {
    return await start(name, folder, await find(folder), secure);
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
}

async function start(
  name: ServerName,
  folder: string,
  programs: PostgresPrograms,
  secure: boolean,
): Promise<StartedServer> {
  const data = join(folder, 'data');
  const hosts = join(folder, 'hosts.conf');
  const log = join(folder, 'statements.log');
  const [certificate] = await Promise.all([
    secure ? createCertificate(folder) : undefined,
    run(programs.initdb, ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', ...LOCALE], { cwd: folder }),
    writeOwn(hosts, HOSTS),
  ]);
  const port = await freePort();
  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    `hba_file=${hosts}`,
    'autovacuum=off',
    ...HOSTILE,
    ...HASTY,
    ...LOGGED,
    ...(programs.statistics ? ['shared_preload_libraries=pg_stat_statements'] : []),
    ...secured(certificate),
  ];
  const server = launch({
    program: programs.postgres,
    args: ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    folder,
    log,
    signal: 'SIGQUIT',
  });
  try {
    const socket = `postgres://postgres@${encodeURIComponent(folder)}:${port}/postgres`;
    const connection = await server.ready(() => connect(socket));
    const passwords = { postgres: randomBytes(12).toString('hex'), reader: randomBytes(12).toString('hex') };
    await connection.query(`alter role postgres password '${passwords.postgres}'`);
    await connection.query(`create role reader login password '${passwords.reader}'`);
    if (programs.statistics) await connection.query('create extension pg_stat_statements');
    const [answer] = await connection.query('show server_version');
    await connection.close();
    const url = (role: keyof typeof passwords): string =>
      `postgres://${role}:${passwords[role]}@127.0.0.1:${port}/postgres`;
    return {
      name,
      url: url('postgres'),
      reader: url('reader'),
      version: String(answer?.['server_version']),
      log,
      ...(certificate && { ca: certificate.ca }),
      stop: server.stop,
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function secured(certificate: Certificate | undefined): readonly string[] {
  if (!certificate) return ['ssl=off'];
  return ['ssl=on', `ssl_cert_file=${certificate.certificate}`, `ssl_key_file=${certificate.key}`];
}
