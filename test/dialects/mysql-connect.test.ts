import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mysql } from '../../src/dialects/mysql.ts';
import type { EngineError, Warehouse, WarehouseTarget } from '../../src/sql/dialect.ts';
import { openServerOf, requestFor } from '../support/open-server.ts';
import { describeOn } from '../support/servers/ask.ts';
import { find, run } from '../support/servers/command.ts';
import { type Connection, connect } from '../support/servers/connect.ts';
import type { StartedServer } from '../support/servers/server.ts';
import { startMysqld } from '../support/servers/start-mysqld.ts';

const SUFFIX = randomBytes(4).toString('hex');

await describeOn(['mariadb', 'mysql'], 'who is let in, and with which rights', (server) => {
  const isMysql = server.name === 'mysql';
  const database = `db_${SUFFIX}`;
  const made: string[] = [];
  let admin: Connection;
  beforeAll(async () => {
    admin = await connect(server.url);
    await admin.query(`create database ${database}`);
    await admin.query(`create table ${database}.t (id bigint, s varchar(10))`);
  });
  afterAll(async () => {
    for (const account of made) await admin.query(`drop user ${account}`);
    await admin.query(`drop database ${database}`);
    await admin.close();
  });
  /** A new account and the url that it connects by. */
  const account = async (name: string, how = "identified by 'pa\\'ss %word'", more = ''): Promise<string> => {
    const user = `${name}_${SUFFIX}`;
    made.push(`'${user}'@'%'`);
    await admin.query(`create user '${user}'@'%' ${how} ${more}`);
    const url = new URL(server.reader);
    url.username = user;
    url.password = encodeURIComponent("pa'ss %word");
    return url.href;
  };
  const open = (url: string, more: Partial<WarehouseTarget> = {}): Promise<Warehouse> =>
    openServerOf(server, [requestFor(`${database}.t`)], { url, ...more });
  const refusalOf = (url: string, more: Partial<WarehouseTarget> = {}): Promise<string> =>
    open(url, more).then(
      () => 'let in',
      (error: EngineError) => `${error.failure}: ${error.message} (${error.hint})`,
    );
  const withDatabase = (url: string, name: string): string => new URL(`/${name}`, url).href;

  it('a wrong password, a user that is not there, a database that is not there', async () => {
    const url = new URL(server.reader);
    url.password = 'wrong';
    expect(await refusalOf(url.href)).toMatch(/^unreachable: \S+ refuses the password of "reader" \(correct user/);
    url.username = `nobody_${SUFFIX}`;
    expect(await refusalOf(url.href)).toMatch(/refuses the password of "nobody_/);
    expect(await refusalOf(withDatabase(server.reader, 'nowhere'))).toMatch(
      /has no database "nowhere", or "reader" may not/,
    );
    expect(await refusalOf(withDatabase(server.url, 'nowhere'))).toMatch(/has no database "nowhere" \(/);
  });

  it('accounts that are locked, expired, for encrypted connections only, or used up', async () => {
    expect(await refusalOf(await account('locked', undefined, 'account lock'))).toMatch(/has locked the account/);
    expect(await refusalOf(await account('expired', undefined, 'password expire'))).toMatch(/has expired/);
    const secret = await account('secret', undefined, 'require ssl');
    expect(await refusalOf(secret)).toMatch(/`tls: verify` if the account is for encrypted connections only/);
    if (server.ca !== undefined) expect(await refusalOf(secret, { tls: { mode: 'require' } })).toBe('let in');
    const few = await account('few', undefined, 'with max_user_connections 1');
    const first = await connect(few);
    expect(await refusalOf(few)).toMatch(/has no connection left/);
    await first.close();
  });

  if (server.ca !== undefined) {
    it('encrypted connections say so, and certificates are checked', async () => {
      const facts = async (tls: WarehouseTarget['tls']): Promise<boolean | undefined> => {
        const warehouse = await open(server.reader, tls === undefined ? {} : { tls });
        await warehouse.close();
        return warehouse.facts.encrypted;
      };
      expect(await facts(undefined)).toBe(false);
      expect(await facts({ mode: 'require' })).toBe(true);
      expect(await facts({ mode: 'verify', ...(server.ca !== undefined && { ca: server.ca }) })).toBe(true);
      expect(await refusalOf(server.reader, { tls: { mode: 'verify' } })).toMatch(
        /signed by nobody that this machine knows/,
      );
    });
  }

  if (isMysql) {
    it.each(['mysql_native_password', 'sha256_password', 'caching_sha2_password'])(
      'without encryption by %s, the first time and again',
      async (plugin) => {
        const url = await account(plugin.slice(0, 12), `identified with ${plugin} by 'pa\\'ss %word'`);
        expect(await refusalOf(url)).toBe('let in');
        expect(await refusalOf(url)).toBe('let in');
      },
    );
  }

  it('rights by grant and by role, without a hash of a password', async () => {
    const url = await account('rights');
    const [own, role] = [`'rights_${SUFFIX}'@'%'`, `role_${SUFFIX}`];
    const rights = async (): Promise<readonly [readonly string[], string, string]> => {
      const warehouse = await open(url);
      await warehouse.close();
      expect(JSON.stringify([warehouse.facts, warehouse.readerRole, warehouse.warnings])).not.toMatch(
        /\*[0-9A-F]{8}|PASSWORD/,
      );
      return [warehouse.facts.beyondReading, warehouse.refusesContractSql?.message ?? '', warehouse.warnings.join()];
    };
    await admin.query(`grant select on ${database}.* to ${own}`);
    expect(await rights()).toEqual([[], '', '']);
    await admin.query(`grant insert, update (s) on ${database}.t to ${own}`);
    expect(await rights()).toEqual([['change rows'], '', '']);
    await admin.query(`create role ${role}`);
    await admin.query(`grant file on *.* to ${role}`);
    await admin.query(`grant ${role} to ${own}`);
    expect(await rights()).toEqual([['change rows'], '', '']);
    await admin.query(isMysql ? `set default role ${role} to ${own}` : `set default role ${role} for ${own}`);
    const [beyond, refusal, warning] = await rights();
    expect(beyond).toEqual(['read and write files of the server', 'change rows']);
    expect(refusal).toBe(
      `the role "rights_${SUFFIX}@%" could read and write files of the server, so SQL of a contract is not sent`,
    );
    expect(warning).toMatch(/could read and write files of the server; one that can only read is enough/);
    await admin.query(`drop role ${role}`);
  });

  it('the lines of a role that can only read make one, for this schema only', async () => {
    const warehouse = await open(server.url);
    await warehouse.close();
    expect(warehouse.readerRole).toEqual([
      `create user 'surety_reader'@'%' identified by '…';`,
      `grant select on \`${database.replace('_', '\\_')}\`.* to 'surety_reader'@'%';`,
    ]);
    const url = await account('lines');
    await admin.query(String(warehouse.readerRole[1]).replace("'surety_reader'", `'lines_${SUFFIX}'`));
    const other = database.replace('_', 'x');
    await admin.query(`create database ${other}`);
    await admin.query(`create table ${other}.t (id bigint)`);
    const reader = await openServerOf(server, [requestFor(`${database}.t`), requestFor(`${other}.t`)], { url });
    await reader.close();
    expect(reader.facts.beyondReading).toEqual([]);
    expect(reader.tables.get(`${database}.t`)).toHaveProperty('columns');
    expect(reader.tables.get(`${other}.t`)).toMatchObject({ kind: 'not found or forbidden' });
    await admin.query(`drop database ${other}`);
  });

  it('tables and columns that the role may not see', async () => {
    const url = await account('blind');
    const own = `'blind_${SUFFIX}'@'%'`;
    await admin.query(`create table ${database}.kept (id bigint, secret varchar(10))`);
    await admin.query(`create table ${database}.written (id bigint)`);
    await admin.query(`grant select (id) on ${database}.kept to ${own}`);
    await admin.query(`grant insert on ${database}.written to ${own}`);
    const column = (name: string) => ({ name, physicalNames: [name], type: { name: 'string' } as const });
    const wanted = [
      requestFor(`${database}.kept`, [column('ID'), column('secret'), column('nothing')]),
      requestFor(`${database}.written`),
      requestFor(`${database}.gone`),
      requestFor('nowhere.t'),
    ];
    const [blind, seeing] = [
      await openServerOf(server, wanted, { url }),
      await openServerOf(server, wanted, { url: server.url }),
    ];
    await blind.close();
    await seeing.close();
    const found = [...blind.tables.values()];
    expect(found[0]).toMatchObject({ hidden: ['secret', 'nothing'], columns: [{ name: 'id' }] });
    expect(found[1]).toMatchObject({
      kind: 'forbidden',
      hint: `grant select on \`${database}\`.\`written\` to ${own};`,
    });
    expect(found[2]).toMatchObject({ kind: 'not found or forbidden', hint: expect.stringMatching(/grant select on/) });
    expect(found[3]).toMatchObject({ kind: 'not found or forbidden' });
    const all = [...seeing.tables.values()];
    expect(all[0]).not.toHaveProperty('hidden');
    expect(all[2]).toMatchObject({ kind: 'not found', hint: expect.stringContaining('has ') });
    expect(all[3]).toMatchObject({ kind: 'not found' });
    // Who we are, what we could do, the tables; one more where something is not there, or where somebody has rights on single columns.
    expect([blind.prepared.length, seeing.prepared.length]).toEqual([3 + 3 + 1, 3 + 3 + 1]);
  });

  it('a server that nobody listens on, and one that is another', async () => {
    expect(await refusalOf('mysql://a:b@127.0.0.1:1/c')).toMatch(/^unreachable: nothing listens on 127.0.0.1:1/);
    const target = {
      name: 'w',
      schemas: new Map<string, string>(),
      concurrency: 1,
      timeout: 1000,
      allowPrivileged: false,
    };
    const parts = { host: '/nowhere/mysqld.sock', user: 'a' };
    await expect(mysql.open({ ...target, parts }, [], { timeout: 1000 })).rejects.toThrow(
      /nothing listens on \/nowhere/,
    );
  });
});

const programs = [find('mariadbd'), find('mariadb-install-db')] as const;

describe.skipIf(programs.includes(undefined))('a server whose settings change what SQL means', () => {
  const MODES = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PIPES_AS_CONCAT,PAD_CHAR_TO_FULL_LENGTH,IGNORE_SPACE';
  let server: StartedServer;
  let admin: Connection;
  beforeAll(async () => {
    const [mysqld = '', installer = ''] = programs;
    server = await startMysqld('mariadb', async (folder) => {
      const data = join(folder, 'data');
      const args = ['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'];
      await run(installer, [...args, '--innodb-log-file-size=8M'], { cwd: folder });
      const own = [`--sql-mode=${MODES}`, '--lower-case-table-names=1', '--default-regex-flags=DOTALL,MULTILINE'];
      return { mysqld, data, args: ['--innodb-log-file-size=8M', ...own] };
    });
    admin = await connect(server.url);
    await admin.query('create database Shop');
    await admin.query('create table Shop.Orders (Id bigint, c char(5), s varchar(40))');
    await admin.query('insert into Shop.Orders values (1, ?, ?), (2, ?, ?)', [
      'ab',
      'back\\slash',
      'cd',
      "\\' or 1=1 -- ",
    ]);
    await admin.query("grant select on Shop.* to 'reader'@'%'");
  });
  afterAll(async () => {
    await admin?.close();
    await server?.stop();
  });

  it('means the same as everywhere', async () => {
    const warehouse = await openServerOf(server, [requestFor('Shop.ORDERS')]);
    expect(warehouse.tables.get('Shop.ORDERS')).toMatchObject({ place: 'shop.orders' });
    const session = await warehouse.session({ timeout: 5000 });
    const sql = `select max(char_length(c)) as width, max('it\\'s') as quote, max("text") as text, max(1 || 0) as truth,
      count(case when s = ? then 1 end) as slash, count(case when s = ? then 1 end) as injected, count(case when s = ? then 1 end) as none,
      max('a\nb' regexp '^b$') as flags from shop.orders`;
    const parameters = ['back\\slash', "\\' or 1=1 -- ", "x\\' or 1=1 -- "];
    expect(await session.run({ sql, parameters }, { timeout: 5000 })).toEqual([
      { width: 2n, quote: "it's", text: 'text', truth: 1n, slash: 1n, injected: 1n, none: 0n, flags: 0n },
    ]);
    await session.close();
    await warehouse.close();
  });
});
