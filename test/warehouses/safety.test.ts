import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect as connectMysql } from '../../src/dialects/mysql/link.ts';
import { connect as connectPostgres } from '../../src/dialects/postgres/link.ts';
import { readAddress } from '../../src/dialects/server/address.ts';
import type { Link } from '../../src/dialects/server/link.ts';
import type { Session, Warehouse } from '../../src/sql/dialect.ts';
import { buildOnce, surety } from '../support/cli.ts';
import { openServerOf, requestFor, typeOf } from '../support/open-server.ts';
import { checksOf, type ServerProject, serverProject, verdictsOf } from '../support/server-project.ts';
import { describeOn } from '../support/servers/ask.ts';
import { connect } from '../support/servers/connect.ts';
import { startServer } from '../support/servers/index.ts';
import { sentBy } from '../support/servers/sent.ts';
import { SERVER_NAMES } from '../support/servers/server.ts';

const ODD = "\\' or 1=1 -- ";
const SETUP = [
  'create table $s.t (id bigint primary key, s varchar(50), amount bigint)',
  "insert into $s.t values (1, 'a', 10), (2, 'b', 20), (3, null, 30)",
  'grant select on $s.t to $r',
];

beforeAll(buildOnce);

await describeOn(SERVER_NAMES, 'a warehouse is never changed', (server) => {
  const isMysql = typeOf(server) === 'mysql';
  const quoted = (text: string): string =>
    isMysql ? `'${text.replaceAll(/[\\']/g, '\\$&')}'` : `'${text.replaceAll("'", "''")}'`;
  const out = join(tmpdir(), `surety-never-${server.name}`);
  const owner = `owner_${server.name}`;
  let project: ServerProject;
  /** The url of somebody who may change everything in the schema, but nothing of the server. */
  let owning: string;
  beforeAll(async () => {
    project = await serverProject(server, SETUP);
    await project.admin.query(
      isMysql
        ? `create user if not exists '${owner}'@'%' identified by 'own'`
        : `create role ${owner} login password 'own'`,
    );
    await project.admin.query(
      isMysql
        ? `grant all on ${project.schema}.* to '${owner}'@'%'`
        : `grant all on schema ${project.schema} to ${owner}`,
    );
    if (!isMysql) await project.admin.query(`grant all on all tables in schema ${project.schema} to ${owner}`);
    const url = new URL(project.url);
    url.username = owner;
    url.password = 'own';
    owning = url.href;
    await project.surety(suretyOf(owning));
  });
  afterAll(async () => {
    if (!isMysql) await project?.admin.query(`drop owned by ${owner}`);
    await project?.admin.query(isMysql ? `drop user '${owner}'@'%'` : `drop role ${owner}`);
    await project?.drop();
  });
  const suretyOf = (url: string, more = ''): string =>
    `warehouses: { w: { type: ${typeOf(server)}, url: "${url}"${isMysql ? '' : `, schema: ${project.schema}`}${more} } }\nparties: { ann: { name: Ann } }\n`;
  const rows = async (): Promise<string> => {
    const found = await project.admin.query(`select id, s, amount from ${project.schema}.t order by id`);
    return JSON.stringify(found.map((row) => Object.values(row).map(String)));
  };

  const STATEMENTS = [
    'select 1; insert into $s.t values (9, null, 9)',
    'select 1 as a; select 2 as b',
    'set transaction read write',
    'set session transaction read write',
    'insert into $s.t values (9, null, 9)',
    'update $s.t set amount = 0',
    'delete from $s.t',
    'create table $s.made (a int)',
    'drop table $s.t',
    'truncate table $s.t',
    `select 1 as a into outfile '${out}'`,
    `copy (select 1) to program 'touch ${out}'`,
    `copy (select 1) to '${out}'`,
    'with x as (insert into $s.t values (9, null, 9) returning id) select * from x',
    'select 1) q; drop table $s.t; --',
    'select * from $s.t for update',
    "select load_file('/etc/passwd') as f",
    `load data local infile '/etc/passwd' into table $s.t`,
    "select pg_read_file('/etc/passwd') as f",
    "select pg_notify('x', 'y')",
    'select 1 as a /* not closed',
    'do $$ begin insert into $s.t values (9, null, 9); end $$',
    'call $s.nothing()',
    'explain analyze insert into $s.t values (9, null, 9)',
  ];

  /** What reads, or does nothing that outlives the transaction. */
  const READS = [
    'select * from $s.t for update',
    'select 1 as a /* not closed',
    'select load_file',
    'select pg_notify',
    'set session transaction',
  ];
  const linkTo = async (url: string): Promise<Link> => {
    const kind = isMysql ? { schemes: ['mysql'], port: 3306 } : { schemes: ['postgres'], port: 5432 };
    const address = await readAddress(
      { name: 'w', url, schemas: new Map(), concurrency: 1, timeout: 10_000, allowPrivileged: false },
      kind,
    );
    return (isMysql ? connectMysql : connectPostgres)(address, { timeout: 10_000 });
  };

  it.each(STATEMENTS)('the driver is sent: %s', async (text) => {
    const before = await rows();
    const link = await linkTo(owning);
    const refused = async (sql: string): Promise<boolean> => {
      const ended = await link.query({ sql, parameters: [] }).then(
        () => false,
        () => true,
      );
      await link.recover();
      return ended;
    };
    try {
      await link.begin(10_000);
      const sql = text.replaceAll('$s', project.schema);
      // As it is, which only the server refuses, and as the engine sends what a contract says.
      // MySQL's definitions commit whatever runs before them: no transaction keeps them off, but a session sends queries alone.
      const commits = isMysql && /^(?:create|drop|truncate)/.test(text);
      const [bare, wrapped] = [
        commits || (await refused(sql)),
        await refused(`select count(*) as n from (\n${sql}\n) q`),
      ];
      if (!READS.some((read) => text.startsWith(read))) expect([bare, wrapped], sql).toEqual([true, true]);
      // The session still reads, and still cannot write.
      const [row] = await link.query({ sql: `select count(*) as n from ${project.schema}.t`, parameters: [] });
      expect(String(row?.['n'])).toBe('3');
    } finally {
      await link.close();
    }
    expect(await rows()).toBe(before);
    expect(existsSync(out)).toBe(false);
  });

  it('a session takes queries alone', async () => {
    const warehouse = await openServerOf(server, [], { url: owning });
    try {
      const session = await warehouse.session({ timeout: 10_000 });
      for (const sql of [
        "set application_name = 'somebody'",
        'set @x = 1',
        'drop table t',
        'create table t2 (a int)',
        'truncate table t',
        'rollback',
        'commit',
        '(select 1)',
        'explain select 1',
      ]) {
        await expect(session.run({ sql, parameters: [] }, { timeout: 1000 }), sql).rejects.toThrow(
          'only queries may run',
        );
      }
      await session.close();
    } finally {
      await warehouse.close();
    }
  });

  it('a contract that tries is refused before anything is sent, or by the engine, and its neighbours are measured', async () => {
    const tries = [
      'insert into {t} values (9, null, 9)',
      `select 1 as a into outfile '${out}'`,
      `copy (select 1) to program 'touch ${out}'`,
      'with x as (insert into {t} values (9, null, 9) returning id) select * from x',
      'set transaction read write',
    ];
    const checks = tries
      .map((text, index) => `      try-${index}: { failingRows: ${JSON.stringify(text)} }\n`)
      .join('');
    await project.contract(
      `  t:\n    key: [id]\n    columns: { id: int64, s: string(50), amount: int64 }\n    checks:\n${checks}      good: amount > 0\n`,
    );
    const before = await rows();
    const found = verdictsOf(await project.verify());
    for (const index of tries.keys()) expect(found[`t.try-${index}`], tries[index]).toBe('error: engine refused');
    expect(found).toMatchObject({ 't.good': 'pass', 't.rows': 'pass', 't.key': 'pass' });
    expect(await rows()).toBe(before);
    expect(existsSync(out)).toBe(false);
  });

  it('nothing but reading is in the log of the server', async () => {
    const { log } = server;
    if (log === undefined) return;
    const from = (await readFile(log, 'utf8')).length;
    await project.contract(
      `  t:\n    key: [id]\n    where: id > 0\n    columns: { id: { type: int64, unique: true }, s: { type: string(50), required: true, pattern: "^a$" }, amount: { type: int64, min: 15 } }\n    checks: { up: amount > 15, broken: nowhere > 1, median: { metric: median(amount), min: 1 }, by: { expect: amount > 0, by: [s] }, q: { failingRows: "select * from {t} where amount < 25" }, own: { references: { columns: [id], to: [t.id] } } }\n`,
    );
    const found = verdictsOf(await project.verify());
    expect(found).toMatchObject({
      't.s.required': 'fail',
      't.broken': 'error: engine refused',
      't.median': 'pass',
      't.q': 'fail',
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const text = (await readFile(log, 'utf8')).slice(from);
    const sent = sentBy(server, text, owner).map(({ sql }) => sql);
    expect(sent.length).toBeGreaterThan(5);
    const harmless =
      /^(?:select|with|begin isolation level repeatable read read only|start transaction with consistent snapshot, read only|rollback|set (?:session |local )?(?:session )?[a-z_@]|show )/i;
    expect(sent.filter((statement) => !harmless.test(statement))).toEqual([]);
    const unquoted = sent.map((statement) => statement.replaceAll(/'[^']*'/g, "''"));
    expect(
      unquoted.filter((statement) => /read write|\b(?:insert|update|create|temporary|lock)\b/i.test(statement)),
    ).toEqual([]);
  });

  it('writers do not wait for a run, and what they write is not seen by it', async () => {
    await project.contract(
      `  t:\n    key: [id]\n    columns: { id: int64, amount: int64 }\n    checks:\n      slow: { failingRows: "select 1 as n from {t} where ${isMysql ? 'sleep(0.5) = 1' : 'pg_sleep(0.5) is null'}" }\n      later: { failingRows: "select * from {t} where id > 50" }\n`,
    );
    const running = project.verify();
    await new Promise((resolve) => setTimeout(resolve, 700));
    const began = performance.now();
    await project.admin.query(`insert into ${project.schema}.t values (51, null, 1)`);
    await project.admin.query(`update ${project.schema}.t set amount = amount where id = 1`);
    const waited = performance.now() - began;
    const found = verdictsOf(await running);
    await project.admin.query(`delete from ${project.schema}.t where id = 51`);
    expect(found).toMatchObject({ 't.slow': 'pass', 't.later': 'pass', 't.rows': 'pass' });
    expect(waited).toBeLessThan(300);
  });

  it.each([false, true])('a value that looks like SQL is a value (backslashes are ordinary: %s)', async (ordinary) => {
    // The setting of MySQL is the whole server's, so it gets one of its own.
    const other = isMysql && ordinary ? await startServer(server.name) : undefined;
    if (other && 'missing' in other) throw new Error(other.missing);
    const place = await serverProject(other ?? server, SETUP);
    const { admin, schema, reader } = place;
    try {
      const writer = await connect((other ?? server).url);
      await writer.query(
        isMysql ? `insert into ${schema}.t values (60, ?, 15)` : `insert into ${schema}.t values (60, $1, 15)`,
        [ODD],
      );
      await writer.close();
      if (other) await admin.query(`set global sql_mode = concat(@@global.sql_mode, ',NO_BACKSLASH_ESCAPES')`);
      if (!isMysql && !ordinary) await admin.query(`alter role ${reader} set standard_conforming_strings = off`);
      const value = JSON.stringify(ODD);
      await place.contract(
        `  t:\n    key: [id]\n    columns:\n      id: int64\n      s: { type: string(50), enum: [${value}], missing: { allow: 1, values: [${value}] } }\n      amount: int64\n    checks:\n      same: { metric: ${JSON.stringify(`share(s = ${quoted(ODD)})`)}, equals: 0.25 }\n`,
      );
      const found = checksOf(await place.verify());
      const of = (path: string) => found.find((check) => check.path === path);
      expect(of('t.s.invalid')?.measured).toMatchObject({ bad: 2, rows: 4 });
      expect(of('t.s.missing')).toMatchObject({ verdict: 'fail', measured: { bad: 2, rows: 4 } });
      expect(of('t.same')?.verdict).toBe('pass');
    } finally {
      await place.drop();
      await other?.stop();
    }
  });

  it('what contract SQL sets does not outlive it: settings, locks and variables', async () => {
    const texts = isMysql
      ? [
          "get_lock('surety_test', 0) = 1",
          '(@kept := 7) = 7',
          '@kept is null',
          "is_free_lock('surety_test') is not null",
        ]
      : [
          "set_config('search_path', 'nowhere', false) is not null",
          "set_config('timezone', 'Asia/Tokyo', false) is not null",
          "current_setting('timezone') = 'UTC'",
          'pg_try_advisory_lock(4711)',
        ];
    const warehouse: Warehouse = await openServerOf(server, [], { url: owning, concurrency: 1 });
    const run = async (session: Session, text: string, contractSql: boolean) =>
      session.run(
        { sql: `select count(*) as n from (select 1 as a) q where (\n${text}\n)`, parameters: [] },
        { timeout: 5000, contractSql },
      );
    try {
      const first = await warehouse.session({ timeout: 5000 });
      for (const text of texts) await run(first, text, true);
      if (!isMysql) expect((await run(first, "current_setting('timezone') = 'UTC'", false))[0]?.['n']).toBe(1n);
      await first.close();
      const second = await warehouse.session({ timeout: 5000 });
      // A lock belongs to its connection: somebody else gets it only if that one is gone.
      const free = isMysql ? "is_free_lock('surety_test')" : 'cast(pg_try_advisory_lock(4711) as int)';
      const [row] = await project.admin.query(`select ${free} as free`);
      expect(String(row?.['free'])).toBe('1');
      if (!isMysql) await project.admin.query('select pg_advisory_unlock(4711)');
      if (isMysql) expect(String((await run(second, '@kept is null', true))[0]?.['n'])).toBe('1');
      await second.close();
    } finally {
      await warehouse.close();
    }
  });

  it('an administrator is warned, and SQL of a contract is not sent unless surety.yaml says so', async () => {
    const url = new URL(server.url);
    if (isMysql) url.pathname = `/${project.schema}`;
    await project.surety(suretyOf(url.href));
    await project.contract(
      `  t:\n    key: [id]\n    columns: { id: int64, amount: { type: int64, min: 1 } }\n    checks: { own: amount > 0, sum: { metric: sum(amount), min: 1 }, q: { failingRows: "select * from {t} where id > 50" } }\n`,
    );
    try {
      const run = await project.verify();
      expect(verdictsOf(run)).toMatchObject({
        't.rows': 'pass',
        't.key': 'pass',
        't.amount.invalid': 'pass',
        't.sum': 'pass',
        't.own': expect.stringMatching(/^error: /),
        't.q': expect.stringMatching(/^error: /),
      });
      const refused = checksOf(run).find(({ path }) => path === 't.own');
      expect(refused?.message).toMatch(/could .*, so SQL of a contract is not sent/);
      expect(refused?.hint).toMatch(/grant select/i);
      expect(run.diagnostics.map(({ message }) => message).join()).toMatch(/a role|one that can only read/);
      const connected = await surety(project.folder, ['connect']);
      expect([connected.code, connected.stderr]).toEqual([0, '']);
      expect(connected.stdout).toMatch(/grant select/i);
      await project.contract(
        '  t:\n    key: [id]\n    where: id > 0\n    columns: { id: int64, amount: { type: int64, min: 1 } }\n',
      );
      expect(verdictsOf(await project.verify()), 'a where is SQL of the contract too').toMatchObject({
        't.id.column': 'pass',
        't.rows': expect.stringMatching(/^error: .* is not sent$/),
        't.key': expect.stringMatching(/^error: /),
      });
      await project.contract(
        `  t:\n    key: [id]\n    columns: { id: int64, amount: { type: int64, min: 1 } }\n    checks: { own: amount > 0, q: { failingRows: "select * from {t} where id > 50" } }\n`,
      );
      await project.surety(suretyOf(url.href, ', allowPrivileged: true'));
      expect(verdictsOf(await project.verify())).toMatchObject({ 't.own': 'pass', 't.q': 'pass' });
    } finally {
      await project.surety(suretyOf(owning));
    }
  });

  it('a table that is looked up by an odd name', async () => {
    // MySQL's names hold no letters beyond the first 65,536.
    const name = `o"d; drop table t; -- \`é漢${isMysql ? '' : '😀'}`;
    const of = isMysql ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`;
    await project.admin.query(`create table ${project.schema}.${of} (id bigint)`);
    if (!isMysql) await project.admin.query(`grant select on ${project.schema}.${of} to ${owner}`);
    const location = `"${name.replaceAll('"', '""')}"`;
    const long = 'n'.repeat(70);
    const warehouse = await openServerOf(server, [requestFor(location), requestFor(long)], {
      url: owning,
      ...(!isMysql && { schema: project.schema }),
    });
    try {
      const source = warehouse.tables.get(location);
      expect(source).toMatchObject({ place: `${project.schema}.${name}`, columns: [{ name: 'id' }] });
      expect(warehouse.tables.get(long)).toMatchObject({ reason: expect.stringMatching(/70 .*at most 6[34]/) });
    } finally {
      await warehouse.close();
      await project.admin.query(`drop table ${project.schema}.${of}`);
    }
  });
});
