import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { rootCertificates } from 'node:tls';
import { describe, expect, test, vi } from 'vitest';
import { describeOn } from './support/servers/ask.ts';
import { type Connection, connect } from './support/servers/connect.ts';
import { startServers } from './support/servers/index.ts';
import { type RunningServer, SERVER_NAMES, type TestServer, variableOf } from './support/servers/server.ts';

const VERSIONS = { postgres: /^18\./, postgres15: /^15\./, mariadb: /^1\d\..*MariaDB/, mysql: /^8\./ };

async function on<T>(url: string, use: (connection: Connection) => Promise<T>, ca?: string): Promise<T> {
  const connection = await connect(url, ca);
  try {
    return await use(connection);
  } finally {
    await connection.close();
  }
}

const isMysql = (server: RunningServer): boolean => server.url.startsWith('mysql:');

await describeOn(SERVER_NAMES, 'a server that tests run on', (server) => {
  test('says the version that it was asked for', () => {
    expect(server.version).toMatch(VERSIONS[server.name]);
  });

  test('refuses a wrong password and none', async () => {
    for (const password of ['wrong', '']) {
      const url = new URL(server.url);
      url.password = password;
      await expect(connect(url.href)).rejects.toThrow(/password|Access denied/i);
    }
  });

  test('lets its reader change nothing', async () => {
    await on(server.reader, async (reader) => {
      expect(await reader.query('select 1 as one')).toHaveLength(1);
      const creation = isMysql(server) ? 'create database spec_forbidden' : 'create table public.forbidden (id int)';
      await expect(reader.query(creation)).rejects.toThrow(/denied/);
    });
  });

  const { log, ca } = server;
  if (log !== undefined) {
    test('writes down every statement', async () => {
      const cast = isMysql(server) ? '?' : '$1::text';
      await on(server.reader, (reader) => reader.query(`select ${cast} as marked_statement`, ['x']));
      expect(await readFile(log, 'utf8')).toContain('marked_statement');
    });
  }

  if (ca !== undefined) {
    test('speaks TLS with a certificate of its authority, and without TLS', async () => {
      const asked = isMysql(server)
        ? `show status like 'ssl_cipher'`
        : `select case when ssl then 'yes' else '' end as "Value" from pg_stat_ssl where pid = pg_backend_pid()`;
      const cipher = (connection: Connection): Promise<unknown> =>
        connection.query(asked).then(([row]) => row?.['Value']);
      expect(await on(server.reader, cipher, await readFile(ca, 'utf8'))).not.toBe('');
      expect(await on(server.reader, cipher)).toBe('');
      await expect(connect(server.reader, rootCertificates[0])).rejects.toThrow(/certificate/);
    });
  }

  if (!isMysql(server) && log !== undefined) {
    test('counts statements', async () => {
      const counted = await on(server.url, (connection) => connection.query('select calls from pg_stat_statements'));
      expect(counted.length).toBeGreaterThan(0);
    });
  }
});

describe('servers that are not shared', () => {
  test('are gone with their folder once they are stopped', async () => {
    const [server] = await startServers(['mariadb']);
    if (server === undefined || 'missing' in server || server.log === undefined) return;
    expect(existsSync(dirname(server.log))).toBe(true);
    await server.stop();
    await expect(connect(server.url)).rejects.toThrow(/ECONNREFUSED/);
    expect(existsSync(dirname(server.log))).toBe(false);
  });

  test('do not outlive a process that is killed', async () => {
    const index = new URL('./support/servers/index.ts', import.meta.url).href;
    const script = `
      const { startServers } = await import('${index}');
      process.stdout.write(JSON.stringify(await startServers(['postgres'])));
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      env: { ...process.env, [variableOf('postgres')]: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [said] = (await once(child.stdout, 'data')) as [Buffer];
    const [server] = JSON.parse(String(said)) as [TestServer];
    child.kill('SIGKILL');
    if ('missing' in server) return;
    await vi.waitFor(() => expect(existsSync(dirname(server.log as string))).toBe(false), { timeout: 20_000 });
    await expect(connect(server.url)).rejects.toThrow(/ECONNREFUSED/);
  });
});
