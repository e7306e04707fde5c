import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EngineError, Session, Warehouse } from '../../src/sql/dialect.ts';
import { openServerOf } from '../support/open-server.ts';
import { type ServerProject, serverProject } from '../support/server-project.ts';
import { describeOn } from '../support/servers/ask.ts';

/** Statements that a server ends with an error, and such as it ends with a value as if they were done. */
const LONG = [
  'select sleep(30) as v',
  'select count(*) as v from (select sleep(30) as z) q',
  "select benchmark(2000000000, sha2('x', 512)) as v",
  'select count(*) as v from information_schema.columns a, information_schema.columns b, information_schema.columns c where a.ordinal_position + b.ordinal_position + c.ordinal_position < 0',
];

await describeOn(['mariadb', 'mysql'], 'limits and lost connections', (server) => {
  let project: ServerProject;
  let warehouse: Warehouse;
  beforeAll(async () => {
    project = await serverProject(server, [
      'create table $s.t (id bigint primary key)',
      'insert into $s.t values (1), (2)',
      'grant select on $s.* to $r',
    ]);
    warehouse = await openServerOf(server, [], { url: project.url, concurrency: 4 });
  });
  afterAll(async () => {
    await warehouse?.close();
    await project?.drop();
  });
  const failure = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'none',
      (error: EngineError) => error.failure,
    );
  const count = async (session: Session): Promise<unknown> => {
    const rows = await session.run({ sql: 'select count(*) as n from t', parameters: [] }, { timeout: 5000 });
    return rows[0]?.['n'];
  };

  it.each(LONG)('is ended in its time, and the session lives on: %s', async (sql) => {
    const session = await warehouse.session({ timeout: 400 });
    const began = performance.now();
    expect(await failure(session.run({ sql, parameters: [] }, { timeout: 400, contractSql: true }))).toBe('time-out');
    expect(performance.now() - began).toBeLessThan(2400);
    expect(await count(session)).toBe(2n);
    await session.close();
  });

  it.each(LONG)('is ended by a signal, and nothing is left at the server: %s', async (sql) => {
    const session = await warehouse.session({ timeout: 60_000 });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const began = performance.now();
    const ended = session.run(
      { sql, parameters: [] },
      { timeout: 60_000, signal: controller.signal, contractSql: true },
    );
    expect(await failure(ended)).toBe('cancelled');
    expect(performance.now() - began).toBeLessThan(2000);
    await session.close();
    const running = `select count(*) as n from information_schema.processlist where db = '${project.schema}' and command in ('Query', 'Execute') and id <> connection_id()`;
    await expect.poll(async () => Number((await project.admin.query(running))[0]?.['n'])).toBe(0);
  });

  it('the limit of a statement is that of its session', async () => {
    const [long, short] = [await warehouse.session({ timeout: 60_000 }), await warehouse.session({ timeout: 1234 })];
    const limit = server.name === 'mysql' ? '@@max_execution_time' : 'round(@@max_statement_time * 1000)';
    for (const [session, expected] of [
      [long, '60000'],
      [short, '1234'],
    ] as const) {
      const [row] = await session.run({ sql: `select cast(${limit} as char) as v`, parameters: [] }, { timeout: 5000 });
      expect(row?.['v']).toBe(expected);
      await session.close();
    }
  });

  it('a connection that the administrator ends: idle ones are replaced, others are lost', async () => {
    const session = await warehouse.session({ timeout: 5000 });
    const id = async (): Promise<string> => {
      const [row] = await session.run({ sql: 'select connection_id() as id', parameters: [] }, { timeout: 5000 });
      return String(row?.['id']);
    };
    const own = await id();
    const waiting = failure(session.run({ sql: 'select sleep(20) as v', parameters: [] }, { timeout: 30_000 }));
    setTimeout(() => void project.admin.query(`kill ${own}`), 100);
    // Some say that the statement was ended before they say that the connection was.
    expect(await waiting).toMatch(/^(?:lost|failed)$/);
    expect(await failure(count(session))).toBe('lost');
    await session.close();

    const idle = await warehouse.session({ timeout: 5000 });
    const [row] = await idle.run({ sql: 'select connection_id() as id', parameters: [] }, { timeout: 5000 });
    await idle.close();
    await project.admin.query(`kill ${row?.['id']}`);
    const fresh = await warehouse.session({ timeout: 5000 });
    expect(await count(fresh)).toBe(2n);
    await fresh.close();
  });

  it('closing does not wait for what runs', async () => {
    const own = await openServerOf(server, [], { url: project.url });
    const session = await own.session({ timeout: 60_000 });
    const running = failure(session.run({ sql: 'select sleep(30) as v', parameters: [] }, { timeout: 60_000 }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const began = performance.now();
    await own.close();
    expect(performance.now() - began).toBeLessThan(2500);
    expect(await running).not.toBe('time-out');
  });

  it('statements of a session see one snapshot and write nothing', async () => {
    const session = await warehouse.session({ timeout: 5000 });
    expect(await count(session)).toBe(2n);
    await project.admin.query(`insert into ${project.schema}.t values (3)`);
    expect(await count(session)).toBe(2n);
    await session.close();
    await project.admin.query(`delete from ${project.schema}.t where id = 3`);
  });
});
