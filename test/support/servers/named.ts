import { randomBytes } from 'node:crypto';
import { connect } from './connect.ts';
import type { ServerName, StartedServer } from './server.ts';

/** A server that somebody else runs: all that is made there is a user that reads, under a name of its own. */
export async function named(name: ServerName, url: string): Promise<StartedServer> {
  const isMysql = url.startsWith('mysql:');
  const user = `surety_reader_${randomBytes(4).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const reader = new URL(url);
  reader.username = user;
  reader.password = password;
  const connection = await connect(url);
  try {
    await connection.query(
      isMysql
        ? `create user '${user}'@'%' identified by '${password}'`
        : `create role ${user} login password '${password}'`,
    );
    const [answer] = await connection.query(isMysql ? 'select version() as version' : 'show server_version');
    return {
      name,
      url,
      reader: reader.href,
      version: String(answer?.['version'] ?? answer?.['server_version']),
      async stop() {
        const last = await connect(url);
        try {
          await last.query(isMysql ? `drop user '${user}'@'%'` : `drop owned by ${user}; drop role ${user}`);
        } finally {
          await last.close();
        }
      },
    };
  } finally {
    await connection.close();
  }
}
