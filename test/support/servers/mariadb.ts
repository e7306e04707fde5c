import { join } from 'node:path';
import { find, run } from './command.ts';
import type { MissingServer, StartedServer } from './server.ts';
import { startMysqld } from './start-mysqld.ts';

/** MariaDB of the system. */
export async function mariadb(): Promise<StartedServer | MissingServer> {
  const mysqld = find('mariadbd');
  const installer = find('mariadb-install-db');
  if (mysqld === undefined || installer === undefined || find('my_print_defaults') === undefined) {
    const packages = 'mariadb-server-core mariadb-client-core';
    const missing = `there is no mariadbd or what sets it up: apt-get install -y --no-install-recommends ${packages}`;
    return { name: 'mariadb', missing };
  }
  return startMysqld('mariadb', async (folder) => {
    const data = join(folder, 'data');
    const args = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
    await run(installer, [...args, '--innodb-log-file-size=8M'], { cwd: folder });
    return { mysqld, data, args: ['--innodb-log-file-size=8M'] };
  });
}
