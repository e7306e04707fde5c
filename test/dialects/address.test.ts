import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAddress, type ServerAddress } from '../../src/dialects/server/address.ts';
import { mysqlPlace, pgTls } from '../../src/dialects/server/drivers.ts';
import type { AddressKind } from '../../src/dialects/server/server-url.ts';
import { EngineError, type WarehouseTarget } from '../../src/sql/dialect.ts';
import { projectFolder } from '../support/project-folder.ts';

const POSTGRES = { schemes: ['postgres', 'postgresql'], port: 5432, needsDatabase: true };
const MYSQL = { schemes: ['mysql', 'mariadb'], port: 3306 };
const VERIFY = { rejectUnauthorized: true };

type Address = Pick<WarehouseTarget, 'url' | 'parts' | 'tls'>;

function target(address: Address): WarehouseTarget {
  return { name: 'crm', schemas: new Map(), concurrency: 4, timeout: 1000, allowPrivileged: false, ...address };
}

function kindOf({ url = '' }: Address): AddressKind {
  return /^(?:mysql|mariadb)/.test(url) ? MYSQL : POSTGRES;
}

async function problem(address: Address, kind = kindOf(address)): Promise<readonly [message: string, hint: string]> {
  try {
    await readAddress(target(address), kind);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    expect(error.failure).toBe('misconfigured');
    return [error.message, error.hint ?? ''];
  }
  throw new Error('nothing is wrong');
}

describe('urls', () => {
  test.each<readonly [url: string, address: ServerAddress]>([
    ['postgres://db.example/shop', { host: 'db.example', port: 5432, database: 'shop', tls: VERIFY }],
    ['postgresql://db_1/shop', { host: 'db_1', port: 5432, database: 'shop', tls: VERIFY }],
    ['POSTGRES://DB/Shop', { host: 'DB', port: 5432, database: 'Shop', tls: VERIFY }],
    ['  postgres://db/shop\n', { host: 'db', port: 5432, database: 'shop', tls: VERIFY }],
    [
      'postgres://ann:secret@db:6432/shop',
      { host: 'db', port: 6432, database: 'shop', user: 'ann', password: 'secret', tls: VERIFY },
    ],
    [
      'postgres://a%40b:p%3A%2F%3F%23%5B%40%25%20%C3%A9@db/s%2Fp%20%22x%22',
      { host: 'db', port: 5432, database: 's/p "x"', user: 'a@b', password: 'p:/?#[@% é', tls: VERIFY },
    ],
    [
      'postgres://ann:p@ss:wo[r]d+é@db/shop',
      { host: 'db', port: 5432, database: 'shop', user: 'ann', password: 'p@ss:wo[r]d+é', tls: VERIFY },
    ],
    ['postgres://ann:@db/shop', { host: 'db', port: 5432, database: 'shop', user: 'ann', tls: VERIFY }],
    ['postgres://:secret@db:/shop', { host: 'db', port: 5432, database: 'shop', password: 'secret', tls: VERIFY }],
    ['mysql://db', { host: 'db', port: 3306, tls: VERIFY }],
    ['mysql://db/', { host: 'db', port: 3306, tls: VERIFY }],
    ['mariadb://ann@db:3307/shop', { host: 'db', port: 3307, database: 'shop', user: 'ann', tls: VERIFY }],
    ['mysql://[::1]:3307/shop', { host: '::1', port: 3307, database: 'shop', tls: false }],
    ['mysql://[2001:db8::1]', { host: '2001:db8::1', port: 3306, tls: VERIFY }],
    ['mysql://192.0.2.7', { host: '192.0.2.7', port: 3306, tls: VERIFY }],
    [
      'postgres://ann@%2Fvar%2Frun%2Fpostgresql/shop',
      {
        host: '/var/run/postgresql',
        port: 5432,
        database: 'shop',
        user: 'ann',
        socket: '/var/run/postgresql',
        tls: false,
      },
    ],
    ['mysql://%2Ftmp%2Fmysql.sock', { host: '/tmp/mysql.sock', port: 3306, socket: '/tmp/mysql.sock', tls: false }],
  ])('%j', async (url, address) => {
    expect(await readAddress(target({ url }), kindOf({ url: url.trim() }))).toEqual(address);
  });

  const FORM = 'write mysql://user:password@host:3306/database';
  const ENCODE =
    'percent-encode odd characters of the user, the password and the database (@ is %40, / is %2F, ? is %3F, # is %23, % is %25), or write host, user and password apart';
  const UNREADABLE = ['the url of "crm" cannot be read', ENCODE] as const;
  const PORT = ['the port of "crm" is not a number from 1 to 65535', 'leave it out for 3306'] as const;
  const TYPE = 'correct the url, or the `type` of the warehouse';
  test.each<readonly [url: string, told: readonly [string, string]]>([
    ['', ['the url of "crm" is empty', FORM]],
    [' \n', ['the url of "crm" is empty', FORM]],
    ['postgres://ann:secret@db/x', ['the url of "crm" begins with "postgres:", expected mysql:', TYPE]],
    ['https://db', ['the url of "crm" begins with "https:", expected mysql:', TYPE]],
    ['jdbc:mysql://db', ['the url of "crm" begins with "jdbc:", expected mysql:', 'leave "jdbc:" out']],
    ['secret://db', ['the url of "crm" does not begin with mysql:', FORM]],
    ['db.example/shop', ['the url of "crm" does not begin with mysql:', FORM]],
    ['ann:secret@db', ['the url of "crm" does not begin with mysql:', FORM]],
    ['mysql:db', UNREADABLE],
    ['mysql:/db', UNREADABLE],
    ['mysql://ann:se/cret@db/x', UNREADABLE],
    ['mysql://ann:12/cret@db/x', UNREADABLE],
    ['mysql://ann:se?cret@db/x', UNREADABLE],
    ['mysql://ann:se#cret@db/x', UNREADABLE],
    ['mysql://ann:12#cret', UNREADABLE],
    ['mysql://ann:se%cret@db/x', UNREADABLE],
    ['mysql://ann:se%ffcret@db/x', UNREADABLE],
    ['mysql://db/%', UNREADABLE],
    ['mysql://db/x?sslmode=%', UNREADABLE],
    ['mysql://db/a/b', ['the url of "crm" has more than a database behind the host', ENCODE]],
    ['mysql://', ['the url of "crm" names no host', FORM]],
    ['mysql:///shop', ['the url of "crm" names no host', FORM]],
    ['mysql://ann:secret@/shop', ['the url of "crm" names no host', FORM]],
    ['mysql://db:http', PORT],
    ['mysql://db:0', PORT],
    ['mysql://db:65536', PORT],
    ['mysql://db:+1', PORT],
    ['mysql://db:1e3', PORT],
    ['mysql://ann:secret', PORT],
    ['mysql://::1/x', ['the host of "crm" cannot be read', 'write an IPv6 address in brackets: [::1]']],
    [
      'mysql://[db]/x',
      [
        'the host of "crm" is neither a name nor an address',
        'write the name alone, such as db.example.com, or the absolute path of a unix socket',
      ],
    ],
    [
      'mysql://a,b/x',
      [
        'the host of "crm" is neither a name nor an address',
        'write the name alone, such as db.example.com, or the absolute path of a unix socket',
      ],
    ],
    [
      'mysql://ann:se\ncret@db',
      [
        'the password of "crm" holds a control character',
        'look for a line break or a tab, such as the one at the end of a file',
      ],
    ],
  ])('%j is refused', async (url, told) => {
    expect(await problem({ url }, MYSQL)).toEqual(told);
  });

  test('a database may be needed', async () => {
    expect(await problem({ url: 'postgres://db' })).toEqual([
      'warehouse "crm" names no database',
      'write it behind the host, or as `database`',
    ]);
  });
});

describe('parts', () => {
  test.each<readonly [parts: NonNullable<WarehouseTarget['parts']>, address: ServerAddress]>([
    [{ host: 'db' }, { host: 'db', port: 3306, tls: VERIFY }],
    [
      { host: 'db', port: '3307', database: 'a/b', user: 'a@b', password: ' p%41:/?#"\'' },
      { host: 'db', port: 3307, database: 'a/b', user: 'a@b', password: ' p%41:/?#"\'', tls: VERIFY },
    ],
    [{ host: '::1' }, { host: '::1', port: 3306, tls: false }],
    [{ host: '[::1]' }, { host: '::1', port: 3306, tls: false }],
    [{ host: 'fe80::1%eth0' }, { host: 'fe80::1%eth0', port: 3306, tls: VERIFY }],
    [{ host: '/tmp/my.sock' }, { host: '/tmp/my.sock', port: 3306, socket: '/tmp/my.sock', tls: false }],
  ])('%j', async (parts, address) => {
    expect(await readAddress(target({ parts }), MYSQL)).toEqual(address);
  });

  const HOST = [
    'the host of "crm" is neither a name nor an address',
    'write the name alone, such as db.example.com, or the absolute path of a unix socket',
  ] as const;
  const CONTROL = 'look for a line break or a tab, such as the one at the end of a file';
  test.each<readonly [address: Address, told: readonly [string, string]]>([
    [{}, ['warehouse "crm" has neither url nor host', 'write `url`, or `host`, `database` and `user`']],
    [{ parts: {} }, ['warehouse "crm" has no host', 'write `host`, such as db.example.com']],
    [{ parts: { user: 'ann' } }, ['warehouse "crm" has no host', 'write `host`, such as db.example.com']],
    [{ parts: { host: 'mysql://db' } }, HOST],
    [{ parts: { host: 'db:3306' } }, HOST],
    [{ parts: { host: 'ann@db' } }, HOST],
    [{ parts: { host: 'db/shop' } }, HOST],
    [{ parts: { host: '-db' } }, HOST],
    [{ parts: { host: '[db]' } }, HOST],
    [
      { parts: { host: 'db', port: '33o6' } },
      ['the port of "crm" is not a number from 1 to 65535', 'leave it out for 3306'],
    ],
    [{ parts: { host: 'db', password: 'secret\n' } }, ['the password of "crm" holds a control character', CONTROL]],
    [{ parts: { host: 'db', user: 'a\0' } }, ['the user of "crm" holds a control character', CONTROL]],
    [{ url: 'mysql://db', parts: { user: 'ann' } }, ['warehouse "crm" has both url and user', 'keep one of them']],
  ])('%j is refused', async (address, told) => {
    expect(await problem(address, MYSQL)).toEqual(told);
  });
});

describe('TLS', () => {
  test.each([
    ['localhost', false],
    ['LocalHost.', false],
    ['127.0.0.1', false],
    ['127.9.9.9', false],
    ['::1', false],
    ['0:0:0:0:0:0:0:1', false],
    ['/var/run/x', false],
    ['localhost.example', true],
    ['128.0.0.1', true],
    ['127.1', true],
    ['::2', true],
    ['0.0.0.0', true],
    ['10.0.0.1', true],
  ])('of %s, when nothing is said', async (host, encrypts) => {
    const { tls } = await readAddress(target({ parts: { host } }), MYSQL);
    expect(tls).toEqual(encrypts ? VERIFY : false);
  });

  test.each<readonly [query: string, tls: ServerAddress['tls']]>([
    ['', VERIFY],
    ['?', VERIFY],
    ['?sslmode=disable', false],
    ['?sslmode=off', false],
    ['?ssl-mode=DISABLED', false],
    ['?sslmode=require', { rejectUnauthorized: false }],
    ['?ssl-mode=REQUIRED', { rejectUnauthorized: false }],
    ['?sslmode=verify-ca', VERIFY],
    ['?sslmode=verify-full', VERIFY],
    ['?ssl-mode=VERIFY_CA', VERIFY],
    ['?ssl-mode=VERIFY_IDENTITY', VERIFY],
    ['?&sslmode=%76erify-full&', VERIFY],
  ])('%s', async (query, tls) => {
    for (const scheme of ['postgres', 'mysql']) {
      const url = `${scheme}://ann:secret@db/x${query}`;
      expect((await readAddress(target({ url }), kindOf({ url }))).tls).toEqual(tls);
    }
  });

  const WORDS = 'write disable, require or verify-full';
  const KNOWN =
    'remove it; known are sslmode, sslrootcert, sslcert, sslkey; user, password and database stand before the question mark';
  const UNKNOWN = ['the url of "crm" has a parameter that is not known', KNOWN] as const;
  const RELATIVE = 'write it as `tls` in surety.yaml, where files are relative to the project folder';
  test.each<readonly [url: string, told: readonly [string, string]]>([
    ['postgres://db/x?sslmode=prefer', ['sslmode=prefer of "crm" falls back to plain text without a word', WORDS]],
    ['postgres://db/x?sslmode=allow', ['sslmode=allow of "crm" falls back to plain text without a word', WORDS]],
    ['mysql://db/x?ssl-mode=PREFERRED', ['ssl-mode=preferred of "crm" falls back to plain text without a word', WORDS]],
    ['postgres://db/x?sslmode=secret', ['sslmode of "crm" is no way to encrypt that is known', WORDS]],
    ['postgres://db/x?sslmode', ['sslmode of "crm" is no way to encrypt that is known', WORDS]],
    ['postgres://db/x?sslmode=constructor', ['sslmode of "crm" is no way to encrypt that is known', WORDS]],
    ['postgres://db/x?sslmode=off&ssl-mode=off', ['the url of "crm" says ssl-mode twice', 'keep one of them']],
    ['postgres://db/x?sslrootcert=ca.pem', ['sslrootcert in the url of "crm" is no absolute path', RELATIVE]],
    ['postgres://db/x?sslkey', ['sslkey in the url of "crm" is no absolute path', RELATIVE]],
    ['postgres://ann@db/x?sslmod=require', ['the url of "crm" has the parameter "sslmod" that is not known', KNOWN]],
    ['postgres://db/x?user=ann', ['the url of "crm" has the parameter "user" that is not known', KNOWN]],
    ['postgres://db/x?ssl=true', ['the url of "crm" has the parameter "ssl" that is not known', KNOWN]],
    [
      'postgres://ann@db/x?constructor=1',
      ['the url of "crm" has the parameter "constructor" that is not known', KNOWN],
    ],
    ['postgres://db/x?secret=1', UNKNOWN],
    ['postgres://ann@db/x?secret', UNKNOWN],
    ['postgres://ann@db/x?a%20b=1', UNKNOWN],
  ])('%s is refused', async (url, told) => {
    expect(await problem({ url })).toEqual(told);
  });

  const VERIFIED = 'remove it, or let `verify` check the server';
  const PAIR = 'give the file of the certificate and of its key';
  const SOCKET = ['the connection of "crm" is a unix socket, which is never encrypted', 'remove tls'] as const;
  test.each<readonly [address: Address, told: readonly [string, string]]>([
    [
      { url: 'postgres://db/x?sslmode=require', tls: { mode: 'require' } },
      ['sslmode in the url of "crm" stands beside tls', 'keep one of them'],
    ],
    [{ url: 'mysql://db/x?ssl-ca=/x', tls: {} }, ['ssl-ca in the url of "crm" stands beside tls', 'keep one of them']],
    [{ parts: { host: 'db' }, tls: { cert: '/x' } }, ['tls.cert of "crm" has no key', PAIR]],
    [{ parts: { host: 'db' }, tls: { key: '/x' } }, ['tls.key of "crm" has no cert', PAIR]],
    [{ url: 'postgres://db/x?sslcert=/x' }, ['sslcert in the url of "crm" has no key', PAIR]],
    [
      { parts: { host: 'db' }, tls: { mode: 'off', ca: '/x' } },
      ['tls.ca of "crm" has no use where nothing is encrypted', VERIFIED],
    ],
    [
      { parts: { host: 'db' }, tls: { mode: 'require', serverName: 'x' } },
      ['tls.serverName of "crm" has no use where nothing is checked', VERIFIED],
    ],
    [
      { url: 'postgres://db/x?sslmode=require&sslrootcert=/x' },
      ['sslrootcert in the url of "crm" has no use where nothing is checked', VERIFIED],
    ],
    [{ parts: { host: '/x' }, tls: { mode: 'verify' } }, SOCKET],
    [{ parts: { host: '/x' }, tls: { mode: 'require' } }, SOCKET],
    [{ parts: { host: '/x' }, tls: { ca: '/y' } }, SOCKET],
  ])('%j is refused', async (address, told) => {
    expect(await problem(address, { ...kindOf(address), needsDatabase: false })).toEqual(told);
  });

  const CA = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
  const KEY = '-----BEGIN EC PRIVATE KEY-----\nAA==\n-----END EC PRIVATE KEY-----\n';

  test('files are read', async () => {
    const folder = await projectFolder({ 'ca.pem': CA, 'me.pem': `x\n${CA}`, 'a b.key': KEY });
    const [ca, cert, key] = [join(folder, 'ca.pem'), join(folder, 'me.pem'), join(folder, 'a b.key')];
    const read = { ca: CA, cert: `x\n${CA}`, key: KEY, rejectUnauthorized: true };
    const parts = { host: 'localhost' };
    const of = async (address: Address): Promise<unknown> => (await readAddress(target(address), MYSQL)).tls;
    expect(await of({ parts, tls: { ca, cert, key, serverName: 'db' } })).toEqual({ ...read, servername: 'db' });
    expect(await of({ parts, tls: { mode: 'require', cert, key } })).toEqual({
      cert: `x\n${CA}`,
      key: KEY,
      rejectUnauthorized: false,
    });
    const url = `mysql://localhost?ssl-ca=${ca}&ssl-cert=${cert}&ssl-key=${encodeURIComponent(key)}`;
    expect(await of({ url })).toEqual(read);
    expect(await of({ parts, tls: { ca } })).toEqual({ ca: CA, rejectUnauthorized: true });
  });

  test('a file that cannot be used is named', async () => {
    const folder = await projectFolder({
      'ca.pem': 'text',
      'me.pem': KEY,
      'me.key': CA,
      'locked.key': '-----BEGIN ENCRYPTED PRIVATE KEY-----\n',
      'old.key': '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n',
      'fine.pem': CA,
    });
    const of = async (tls: Record<string, string>): Promise<string> => {
      const paths = Object.entries(tls).map(([key, path]) => [key, join(folder, path)]);
      const [message] = await problem({ parts: { host: 'db' }, tls: Object.fromEntries(paths) }, MYSQL);
      return message.replaceAll(folder, '…');
    };
    expect(await of({ ca: 'gone.pem' })).toBe('tls.ca of "crm": …/gone.pem does not exist');
    expect(await of({ ca: '.' })).toBe('tls.ca of "crm": … is a folder');
    expect(await of({ ca: 'ca.pem' })).toBe('tls.ca of "crm": …/ca.pem holds no certificate');
    expect(await of({ cert: 'me.pem', key: 'me.key' })).toBe('tls.cert of "crm": …/me.pem holds no certificate');
    expect(await of({ cert: 'fine.pem', key: 'me.key' })).toBe('tls.key of "crm": …/me.key holds no private key');
    expect(await of({ cert: 'fine.pem', key: 'locked.key' })).toBe('tls.key of "crm": …/locked.key is encrypted');
    expect(await of({ cert: 'fine.pem', key: 'old.key' })).toBe('tls.key of "crm": …/old.key is encrypted');
  });

  test('a file below the working folder is named as people write it', async () => {
    const path = join(process.cwd(), 'node_modules', 'gone.pem');
    const [message] = await problem({ parts: { host: 'db' }, tls: { ca: path } }, MYSQL);
    expect(message).toBe(`tls.ca of "crm": ${relative(process.cwd(), path)} does not exist`);
  });
});

describe('what is never said', () => {
  const secret = fc
    .array(fc.constantFrom(...'abzXY059:/?#[]@!$&\'()*+,;=%"<> \\^`{|}~é\t\n-_.'), { minLength: 5, maxLength: 12 })
    .map((letters) => `q${letters.join('')}7`);
  const scheme = fc.constantFrom('postgres', 'mysql', 'mariadb', 'jdbc:mysql', 'https', '');
  const change = fc.record({
    at: fc.nat(80),
    length: fc.nat(4),
    piece: fc.constantFrom('', '', ':', '/', '//', '?', '#', '@', '%', '[', ']', '=', '&', ' ', '\n', 'sslmode=', 'x'),
  });
  const changes = fc.array(change, { maxLength: 4 });

  /** What stays of a text after some of it was lost and something else came in between. */
  function broken(text: string, all: readonly { at: number; length: number; piece: string }[]): string {
    return all.reduce((now, { at, length, piece }) => {
      const start = at % (now.length + 1);
      return now.slice(0, start) + piece + now.slice(start + length);
    }, text);
  }

  async function said(address: Address): Promise<string> {
    try {
      await readAddress(target(address), MYSQL);
      return '';
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return `${error.message}\n${error.hint}`;
    }
  }

  test('the password of a url, however broken', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(secret, scheme, fc.boolean(), changes, async (password, start, encode, all) => {
        const written = encode ? encodeURIComponent(password) : password;
        const url = broken(`${start}://ann:${written}@db.example:3306/shop?sslmode=verify-full`, all);
        const text = await said({ url });
        if (text !== '') refused++;
        expect(text).not.toContain(password);
        expect(text).not.toContain(written);
        expect(text.split('\n').length).toBeLessThanOrEqual(2);
        if (url.length > 3) expect(text).not.toContain(url);
      }),
      { seed: 20261123, numRuns: 5000 },
    );
    expect(refused).toBeGreaterThan(2000);
  });

  test('the password of a part, wherever it stands', async () => {
    const key = fc.constantFrom('host', 'port', 'database', 'user', 'password');
    await fc.assert(
      fc.asyncProperty(secret, key, async (password, part) => {
        const text = await said({ parts: { host: 'db', [part]: password } });
        expect(text).not.toContain(password);
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });

  test('no word of a password without odd characters, however broken the url', async () => {
    await fc.assert(
      fc.asyncProperty(scheme, changes, async (start, all) => {
        const url = broken(`${start}://ann:hunter2canary@db.example:3306/shop?sslmode=verify-full`, all);
        expect(await said({ url })).not.toMatch(/hunter|canary/);
      }),
      { seed: 20261123, numRuns: 5000 },
    );
  });
});

describe('in the words of the drivers', () => {
  const address = { host: 'db', port: 1, tls: false } as const;

  test('plain text', () => {
    expect(pgTls(address)).toBe(false);
    expect(mysqlPlace(address)).toEqual({ host: 'db', port: 1 });
  });

  test('a unix socket', () => {
    const socket = { ...address, host: '/tmp/x', socket: '/tmp/x' };
    expect(mysqlPlace(socket)).toEqual({ host: 'localhost', port: 1, socketPath: '/tmp/x' });
  });

  test('an address that is expected stands in no handshake', () => {
    const tls = { rejectUnauthorized: true, servername: '192.0.2.7' };
    expect(pgTls({ tls })).not.toHaveProperty('servername');
    expect(pgTls({ tls: { ...tls, servername: 'db' } })).toHaveProperty('servername', 'db');
    expect(mysqlPlace({ ...address, tls })).toMatchObject({ host: '192.0.2.7.', ssl: { verifyIdentity: true } });
  });

  test('each call gives objects of its own, which the drivers change', async () => {
    const { tls } = await readAddress(target({ parts: { host: 'db' } }), MYSQL);
    expect(pgTls({ tls })).not.toBe(tls);
    expect(mysqlPlace({ ...address, tls }).ssl).not.toBe(tls);
  });
});
