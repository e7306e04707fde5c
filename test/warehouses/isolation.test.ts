import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildOnce, surety } from '../support/cli.ts';
import { typeOf } from '../support/open-server.ts';
import { checksOf, type ServerProject, serverProject, verdictsOf } from '../support/server-project.ts';
import { describeOn } from '../support/servers/ask.ts';
import { startServer } from '../support/servers/index.ts';
import { SERVER_NAMES, variableOf } from '../support/servers/server.ts';

/** How the engines say the same. */
const WORDS = {
  postgres: {
    number: (text: string) => `cast(${text} as integer)`,
    sleep: 'select pg_sleep(30)',
    runaway: 'select a.i from generate_series(1, 100000) a(i), generate_series(1, 100000) b(i) where a.i + b.i < 0',
    grantColumns: 'grant select (id) on $s.kept to $r',
    forbidden: 'error: forbidden',
    hidden: 'error: forbidden',
    limit: "set_config('statement_timeout', '0', false) is not null",
  },
  mysql: {
    number: (text: string) => `cast(${text} as signed)`,
    sleep: 'select sleep(30)',
    runaway:
      'select 1 as n from information_schema.columns a, information_schema.columns b, information_schema.columns c where a.ordinal_position + b.ordinal_position + c.ordinal_position < 0',
    grantColumns: 'grant select (id) on $s.kept to $r',
    forbidden: 'error: not found or forbidden',
    hidden: 'error: not found or forbidden',
    limit: '(@x := 1) = 1',
  },
} as const;

const SETUP = [
  'create table $s.orders (id bigint primary key, status varchar(20), amount bigint)',
  "insert into $s.orders values (1, 'placed', 10), (2, 'placed', 20), (3, 'placed', 30), (4, 'placed', 40), (5, null, 50)",
  'create table $s.other (id bigint primary key)',
  'insert into $s.other values (1), (2), (3)',
  'create table $s.kept (id bigint primary key, secret varchar(20))',
  "insert into $s.kept values (1, 'x')",
  'create table $s.closed (id bigint primary key)',
  'grant select on $s.orders to $r',
  'grant select on $s.other to $r',
];

const ORDERS = `  orders:
    key: [id]
    columns: { id: int64, status: { type: string(20), required: true }, amount: { type: int64, min: 0 } }
`;
const OTHER = '  other: { key: [id], columns: { id: int64 } }\n';
const MEASURED = {
  'orders.id.column': 'pass',
  'orders.status.column': 'pass',
  'orders.amount.column': 'pass',
  'orders.id.type': 'pass',
  'orders.status.type': 'pass',
  'orders.amount.type': 'pass',
  'orders.rows': 'pass',
  'orders.key': 'pass',
  'orders.id.required': 'pass',
  'orders.status.required': 'fail',
  'orders.amount.invalid': 'pass',
};
const OTHER_MEASURED = {
  'other.id.column': 'pass',
  'other.id.type': 'pass',
  'other.rows': 'pass',
  'other.key': 'pass',
  'other.id.required': 'pass',
};

beforeAll(buildOnce);

await describeOn(SERVER_NAMES, 'what cannot be measured costs only its own checks', (server) => {
  const words = WORDS[typeOf(server)];
  let project: ServerProject;
  beforeAll(async () => {
    project = await serverProject(server, [...SETUP, words.grantColumns]);
  });
  afterAll(() => project?.drop());
  afterEach(async () => {
    // The server may need a moment to notice that a connection is gone.
    for (let tries = 0; tries < 40 && (await project.connections()) > 0; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await project.connections(), 'connections left').toBe(0);
  });
  const run = async (tables: string, options = {}) => {
    await project.contract(tables);
    return project.verify(options);
  };

  it.each<readonly [string, string, Readonly<Record<string, string>>]>([
    [
      'an expression that fails on a value',
      `bad: ${words.number('status')} > 0\n      good: amount > 0\n      worse: { metric: "max(${words.number('status')})", max: 5 }\n      sum: { metric: sum(amount), equals: 150 }`,
      {
        'orders.bad': 'error: engine refused',
        'orders.good': 'pass',
        'orders.worse': 'error: engine refused',
        'orders.sum': 'pass',
      },
    ],
    [
      'an expression that does not parse for the engine',
      'bad: amount > > 0\n      good: amount > 20',
      { 'orders.bad': 'error: engine refused', 'orders.good': 'fail' },
    ],
    [
      'a name that is nowhere',
      'bad: nowhere > 0\n      good: amount > 0',
      { 'orders.bad': 'error: engine refused', 'orders.good': 'pass' },
    ],
    [
      'a where of a check',
      `bad: { expect: amount > 0, where: "${words.number('status')} = 1" }\n      bad-set: { unique: [amount], where: nowhere = 1 }\n      good: { expect: amount > 0, where: id = 1 }`,
      { 'orders.bad': 'error: engine refused', 'orders.bad-set': 'error: engine refused', 'orders.good': 'pass' },
    ],
    [
      'a query and groups',
      `bad: { failingRows: select * from nowhere }\n      groups: { expect: "${words.number('status')} > 0", by: [id] }\n      good: { failingRows: "select * from {orders} where amount > 45" }`,
      { 'orders.bad': 'error: engine refused', 'orders.groups': 'error: engine refused', 'orders.good': 'fail' },
    ],
  ])('%s', async (_, checks, expected) => {
    const found = await run(`${ORDERS}    checks:\n      ${checks}\n${OTHER}`);
    expect(verdictsOf(found)).toEqual({ ...MEASURED, ...OTHER_MEASURED, ...expected });
    // The second sentence of an engine's message may hold values.
    expect(JSON.stringify(checksOf(found).map(({ message }) => message))).not.toContain('placed');
  });

  it('a where of the table', async () => {
    const found = verdictsOf(await run(`${ORDERS}    where: "${words.number('status')} = 1"\n${OTHER}`));
    expect(found).toMatchObject({ ...OTHER_MEASURED, 'orders.status.column': 'pass', 'orders.status.type': 'pass' });
    for (const path of ['orders.rows', 'orders.key', 'orders.status.required', 'orders.amount.invalid'])
      expect(found[path], path).toBe('error: engine refused');
  });

  it('a table that is not there, and one that the role may not read', async () => {
    const gone = `  gone: { columns: { id: int64 } }\n  closed: { columns: { id: int64 } }\n`;
    const found = await run(`${ORDERS}${OTHER}${gone}`);
    const verdicts = verdictsOf(found);
    expect(verdicts).toMatchObject({ ...MEASURED, ...OTHER_MEASURED });
    const missing = typeOf(server) === 'mysql' ? words.hidden : 'error: not found';
    for (const check of ['rows', 'id.column', 'id.type']) {
      expect(verdicts[`gone.${check}`], check).toBe(missing);
      expect(verdicts[`closed.${check}`], check).toBe(words.forbidden);
    }
    expect(
      Object.keys(verdicts).filter((path) => path.endsWith('.readable')),
      'only files have records',
    ).toEqual([]);
    expect(checksOf(found).find(({ path }) => path === 'closed.rows')?.hint).toMatch(/grant select/i);
    const ended = await surety(project.folder, ['verify']);
    expect(ended.code).toBe(3);
  });

  it('a column that the role may not read', async () => {
    const kept = `  kept:
    key: [id]
    extraColumns: forbid
    columns: { id: int64, secret: { type: string(20), required: true, maxLength: 3 } }
    checks: { named: "secret <> 'y'", other: id > 0 }
`;
    const found = verdictsOf(await run(`${kept}${OTHER}`));
    expect(found).toMatchObject({
      ...OTHER_MEASURED,
      'kept.rows': 'pass',
      'kept.key': 'pass',
      'kept.id.required': 'pass',
      'kept.other': 'pass',
      'kept.secret.required': 'error: forbidden',
      'kept.secret.invalid': 'error: forbidden',
      'kept.named': 'error: forbidden',
    });
    const catalog = typeOf(server) === 'mysql' ? words.hidden : 'pass';
    expect(found['kept.secret.column']).toBe(catalog);
    const partial = verdictsOf(await run('  kept: { extraColumns: forbid, columns: { id: int64 } }\n'));
    expect(partial['kept.extraColumns'], 'columns that the role does not see').toBe(
      typeOf(server) === 'mysql' ? 'error: forbidden' : 'fail',
    );
  });

  it('a missing column is a broken promise', async () => {
    const found = verdictsOf(
      await run(`${ORDERS.replace('amount:', 'total:')}    checks: { positive: total > 0, other: id > 0 }\n`),
    );
    expect(found).toMatchObject({
      'orders.total.column': 'fail',
      'orders.total.type': 'skipped: column missing',
      'orders.total.invalid': 'skipped: column missing',
      'orders.positive': 'skipped: column missing',
      'orders.other': 'pass',
    });
  });

  it('a query past its time: it is cancelled, the others are measured in the same snapshot', async () => {
    const checks = `slow: { failingRows: "${words.sleep}" }\n      runaway: { failingRows: "${words.runaway}" }\n      later: { failingRows: "select * from {orders} where amount > 45" }\n      good: amount > 0`;
    const began = performance.now();
    const found = verdictsOf(await run(`${ORDERS}    checks:\n      ${checks}\n${OTHER}`, { timeout: 2000 }));
    expect(performance.now() - began).toBeLessThan(2 * 4000 + 4000);
    expect(found).toEqual({
      ...MEASURED,
      ...OTHER_MEASURED,
      'orders.slow': 'error: time-out',
      'orders.runaway': 'error: time-out',
      'orders.later': 'fail',
      'orders.good': 'pass',
    });
  });

  it('a text of two gigabytes, and a pattern that the engine calls too complex, cost only their own checks', async () => {
    const complex = "'(((a{0,255}){0,255}){0,255}){0,255}'";
    const pattern = typeOf(server) === 'mysql' ? `status regexp ${complex}` : `status ~ ${complex}`;
    const checks = `huge: { metric: "max(length(repeat('x', 2000000000)))", min: 1 }\n      complex: ${JSON.stringify(pattern)}\n      good: amount > 0`;
    const found = verdictsOf(await run(`${ORDERS}    checks:\n      ${checks}\n${OTHER}`, { timeout: 10_000 }));
    expect(found).toEqual({
      ...MEASURED,
      ...OTHER_MEASURED,
      'orders.huge': expect.stringMatching(/^error: (?:engine refused|time-out)$/),
      'orders.complex': expect.stringMatching(/^error: (?:engine refused|time-out)$/),
      'orders.good': 'pass',
    });
  });

  it('contract SQL cannot lift the limit of what follows it', async () => {
    const checks = `lift: "${words.limit}"\n      slow: { failingRows: "${words.sleep}" }`;
    const began = performance.now();
    const found = verdictsOf(await run(`${ORDERS}    checks:\n      ${checks}\n`, { timeout: 2000 }));
    expect(performance.now() - began).toBeLessThan(8000);
    expect(found['orders.slow']).toBe('error: time-out');
  });

  it('a signal that ends the run', async () => {
    const controller = new AbortController();
    const running = run(`${ORDERS}    checks: { slow: { failingRows: "${words.sleep}" } }\n`, {
      signal: controller.signal,
    });
    setTimeout(() => controller.abort(), 700);
    const began = performance.now();
    const found = verdictsOf(await running);
    expect(performance.now() - began).toBeLessThan(4000);
    expect(found['orders.slow']).toBe('error: cancelled');
    expect(found['orders.amount.type']).toBe('pass');
    const before = verdictsOf(await run(`${ORDERS}`, { signal: AbortSignal.abort() }));
    expect(new Set(Object.values(before))).toEqual(new Set(['error: cancelled']));
  });

  it('a connection that is ended under a statement: that is an error, the rest is measured on a new one', async () => {
    const checks = `slow: { failingRows: "${words.sleep}" }\n      later: { failingRows: "select * from {orders} where amount > 45" }\n      good: amount > 0`;
    const running = run(`${ORDERS}    checks:\n      ${checks}\n${OTHER}`);
    let killed = 0;
    for (let tries = 0; tries < 100 && killed === 0; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      killed = await killSleeper(project);
    }
    expect(killed).toBe(1);
    expect(verdictsOf(await running)).toEqual({
      ...MEASURED,
      ...OTHER_MEASURED,
      'orders.slow': 'error: connection lost',
      'orders.later': 'fail',
      'orders.good': 'pass',
    });
  });

  it.each<readonly [string, (url: URL) => void, RegExp]>([
    ['a port that nobody listens on', (url) => (url.port = '1'), /nothing listens on 127\.0\.0\.1:1/],
    ['a wrong password', (url) => (url.password = 'not-the-password'), /refuses the password/],
    ['a host that is none', (url) => (url.hostname = 'nowhere.invalid'), /there is no host "nowhere\.invalid"/],
    ['a database that is none', (url) => (url.pathname = '/nowhere_at_all'), /nowhere_at_all/],
  ])('%s: one warehouse is out of reach, the other is measured', async (_, spoil, message) => {
    const url = new URL(project.url);
    const password = url.password;
    spoil(url);
    const schema = typeOf(server) === 'mysql' ? '' : `, schema: ${project.schema}`;
    const type = typeOf(server);
    const declared = (of: string): string => `{ type: ${type}, url: "${of}"${schema} }`;
    const good = `warehouses: { w: ${declared(project.url)}, bad: ${declared(url.href)} }\nparties: { ann: { name: Ann } }\n`;
    await project.surety(good);
    try {
      const found = await run(`${OTHER}${ORDERS}    warehouse: bad\n`);
      expect(verdictsOf(found)).toMatchObject(OTHER_MEASURED);
      const lost = checksOf(found).filter(({ path }) => path.startsWith('orders.'));
      expect(new Set(lost.map(({ verdict, reason }) => `${verdict}: ${reason}`))).toEqual(
        new Set(['error: warehouse not reached']),
      );
      expect(lost[0]?.message).toMatch(message);
      expect(lost[0]?.hint ?? '').not.toBe('');
      for (const secret of [password, 'not-the-password', url.href])
        expect(JSON.stringify(found)).not.toContain(secret);
      const connected = await surety(project.folder, ['connect', 'bad']);
      expect(connected.code, connected.stderr).toBe(3);
      expect(connected.stderr).toMatch(message);
      expect(connected.stderr.trim().split('\n')).toHaveLength(2);
      for (const secret of [password, 'not-the-password'])
        expect(connected.stderr + connected.stdout).not.toContain(secret);
    } finally {
      await project.surety(`warehouses: { w: ${declared(project.url)} }\nparties: { ann: { name: Ann } }\n`);
    }
  });
});

/** How many statements sleep. */
async function sleepers({ admin, url }: ServerProject): Promise<number> {
  const text = url.startsWith('mysql:')
    ? `select count(*) as n from information_schema.processlist where info like '%sleep(30)%' and info not like '%processlist%'`
    : `select count(*) as n from pg_stat_activity where application_name = 'surety' and state = 'active' and query like '%pg_sleep(30)%'`;
  const [row] = await admin.query(text);
  return Number(row?.['n']);
}

/** Ends the connection that sleeps; gives how many were ended. */
async function killSleeper(project: ServerProject): Promise<number> {
  if (project.url.startsWith('mysql:')) {
    const rows = await project.admin.query(
      `select id from information_schema.processlist where info like '%sleep(30)%' and info not like '%processlist%'`,
    );
    for (const row of rows) await project.admin.query(`kill ${Number(row['id'] ?? row['ID'])}`);
    return rows.length;
  }
  const rows = await project.admin.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'surety' and state = 'active' and query like '%pg_sleep(30)%'`,
  );
  return rows.length;
}

describe('a server that stops in the middle', () => {
  it.each(SERVER_NAMES.filter((name) => process.env[variableOf(name)] === undefined))(
    '%s: what was running and what comes after are errors, what was measured stays',
    async (name) => {
      const started = await startServer(name);
      if ('missing' in started) {
        expect(process.env['SURETY_TEST_REQUIRE_SERVERS'], started.missing).not.toBe('1');
        return;
      }
      const words = WORDS[typeOf(started)];
      let project: ServerProject | undefined;
      try {
        project = await serverProject(started, SETUP);
        await project.contract(
          `${OTHER}${ORDERS}    checks: { slow: { failingRows: "${words.sleep}" } }\n  third: { location: other, columns: { id: int64 } }\n`,
        );
        const running = project.verify();
        for (let tries = 0; tries < 200 && (await sleepers(project)) === 0; tries++) {
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        await started.stop();
        const found = verdictsOf(await running);
        expect(found).toMatchObject(OTHER_MEASURED);
        expect(found['orders.slow']).toMatch(/^error: (?:connection lost|warehouse not reached)$/);
        expect(found['orders.amount.column']).toBe('pass');
      } finally {
        await project?.drop(true);
        await started.stop();
      }
    },
  );
});
