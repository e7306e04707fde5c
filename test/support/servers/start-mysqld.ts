import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ownFolder, removeFolder, writeOwn } from './account.ts';
import { createCertificate } from './certificate.ts';
import { connect } from './connect.ts';
import { launch } from './launch.ts';
import { freePort } from './port.ts';
import type { ServerName, StartedServer } from './server.ts';

export interface MysqldPrograms {
  readonly mysqld: string;
  /** An initialised data folder whose root has no password. */
  readonly data: string;
  readonly args: readonly string[];
}

const SETTINGS = [
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--character-set-server=utf8mb4',
  // A zone that differs from ours, as on most servers: what leans on the default shows.
  '--default-time-zone=-05:00',
  '--innodb-buffer-pool-size=64M',
  // What makes a server durable is time lost here.
  '--skip-log-bin',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-flush-method=nosync',
  '--innodb-doublewrite=0',
  '--performance-schema=OFF',
  '--general-log=1',
];

/** Starts MariaDB or MySQL in a folder of its own. */
export async function startMysqld(
  name: ServerName,
  prepare: (folder: string) => Promise<MysqldPrograms>,
): Promise<StartedServer> {
  const folder = await ownFolder(name);
  try {
    return await start(name, folder, prepare);
  } catch (error) {
    await removeFolder(folder);
    throw error;
  }
}

async function start(
  name: ServerName,
  folder: string,
  prepare: (folder: string) => Promise<MysqldPrograms>,
): Promise<StartedServer> {
  const log = join(folder, 'statements.log');
  const accounts = join(folder, 'accounts.sql');
  const passwords = { root: randomBytes(12).toString('hex'), reader: randomBytes(12).toString('hex') };
  const [programs, certificate] = await Promise.all([
    prepare(folder),
    createCertificate(folder, 'rsa'),
    writeOwn(accounts, accountsSql(passwords)),
  ]);
  const port = await freePort();
  const server = launch({
    program: programs.mysqld,
    args: [
      '--no-defaults',
      ...programs.args,
      `--datadir=${programs.data}`,
      `--port=${port}`,
      `--socket=${join(folder, 'socket')}`,
      `--pid-file=${join(folder, 'pid')}`,
      // Before the first connection: nobody ever comes in without a password.
      `--init-file=${accounts}`,
      `--general-log-file=${log}`,
      ...SETTINGS,
      ...(certificate
        ? [`--ssl-ca=${certificate.ca}`, `--ssl-cert=${certificate.certificate}`, `--ssl-key=${certificate.key}`]
        : ['--skip-ssl']),
    ],
    folder,
    log: join(folder, 'errors.log'),
    signal: 'SIGKILL',
  });
  try {
    const url = (user: keyof typeof passwords): string => `mysql://${user}:${passwords[user]}@127.0.0.1:${port}/`;
    const connection = await server.ready(() => connect(url('root')));
    const [answer] = await connection.query('select version() as version');
    await connection.close();
    return {
      name,
      url: url('root'),
      reader: url('reader'),
      version: String(answer?.['version']),
      log,
      ...(certificate && { ca: certificate.ca }),
      stop: server.stop,
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** One statement a line. */
function accountsSql(passwords: { readonly root: string; readonly reader: string }): string {
  return [
    `alter user 'root'@'localhost' identified by '${passwords.root}';`,
    // MariaDB brings this one along.
    `create user if not exists 'root'@'127.0.0.1';`,
    `alter user 'root'@'127.0.0.1' identified by '${passwords.root}';`,
    `grant all privileges on *.* to 'root'@'127.0.0.1' with grant option;`,
    `create user 'reader'@'%' identified by '${passwords.reader}';`,
    '',
  ].join('\n');
}
