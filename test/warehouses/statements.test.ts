import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadContracts } from '../../src/contract/load.ts';
import { plan } from '../../src/engine/describe.ts';
import { typeOf } from '../support/open-server.ts';
import { checksOf, type ServerProject, serverProject } from '../support/server-project.ts';
import { describeOn } from '../support/servers/ask.ts';
import { sentBy } from '../support/servers/sent.ts';
import { SERVER_NAMES } from '../support/servers/server.ts';

const SETUP = [
  'create table $s.customers (id bigint primary key)',
  'insert into $s.customers values (0), (1), (2)',
  'create table $s.orders (id bigint, customer bigint, number varchar(20), status varchar(20), amount decimal(12,2), note varchar(20))',
  ...Array.from(
    { length: 10 },
    (_, i) =>
      `insert into $s.orders values (${i + 1}, ${i % 3}, 'A${i}', '${i % 2 === 0 ? 'placed' : 'shipped'}', ${i + 2}, 'n')`,
  ),
  'grant select on $s.customers to $r',
  'grant select on $s.orders to $r',
];

/** 31 checks: 3 of them need a grouping, 1 the other table, 1 is a query of the contract. */
const TABLES = `  orders:
    key: [id]
    columns:
      id: { type: int64, min: 0 }
      customer: { type: int64, required: true, references: customers.id }
      number: { type: string(20), unique: true, pattern: '^A[0-9]+$' }
      status: { type: string(20), required: true, enum: [placed, shipped] }
      amount: { type: "decimal(12,2)", required: true, min: 0, max: 1000 }
      note: { type: string(20), missing: 100 }
    checks:
      pair: { unique: [customer, number] }
      positive: amount > 0
      shipped: { expect: amount > 1, where: status = 'shipped' }
      average: { metric: avg(amount), min: 1, max: 100 }
      total: { metric: sum(amount), min: 1 }
      again: { metric: sum(amount), max: 100000 }
      third: { metric: sum(amount), min: { warn: 2 } }
      placed: { metric: "share(status = 'placed')", max: 0.9 }
      query: { failingRows: "select * from {orders} where amount < 0" }
  customers: { columns: { id: int64 } }
`;

await describeOn(SERVER_NAMES, 'statements that the server counts', (server) => {
  const isMysql = typeOf(server) === 'mysql';
  let project: ServerProject;
  beforeAll(async () => {
    project = await serverProject(server, SETUP);
    await project.contract(TABLES);
  });
  afterAll(() => project?.drop());

  /** What the server itself says it was sent by the work: statements that read a catalog, and statements that read the schema's tables. */
  async function sent(work: () => Promise<unknown>): Promise<{ lookUps: number; queries: readonly string[] }> {
    const { admin, schema } = project;
    if (!isMysql && server.name === 'postgres15') {
      await admin.query('select pg_stat_statements_reset()');
      await work();
      const rows = await admin.query(
        `select s.query, s.calls from pg_stat_statements s join pg_roles r on r.oid = s.userid where r.rolname = $1`,
        [project.reader],
      );
      const all = rows.flatMap((row) => Array.from({ length: Number(row['calls']) }, () => String(row['query'])));
      return split(all, schema);
    }
    if (server.log === undefined) throw new Error('the server writes no log');
    const from = (await readFile(server.log, 'utf8')).length;
    await work();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const text = (await readFile(server.log, 'utf8')).slice(from);
    const entries = sentBy(server, text, schema)
      .filter(({ how }) => how === 'execute')
      .map(({ sql }) => sql);
    return split(entries, schema);
  }

  function split(all: readonly string[], schema: string): { lookUps: number; queries: readonly string[] } {
    const own = all.filter((text) => text.includes(schema) || /pg_attribute|information_schema\.columns/.test(text));
    const isLookUp = (text: string): boolean => /pg_attribute|information_schema\.columns/.test(text);
    return { lookUps: own.filter(isLookUp).length, queries: own.filter((text) => !isLookUp(text)) };
  }

  const options = { tables: ['orders'] };
  const load = () => loadContracts([`${project.folder}/contracts`]);

  it('thirty checks that hold are one catalog statement, one scan, and one statement for each set and reference', async () => {
    let checks = 0;
    const { lookUps, queries } = await sent(async () => {
      const run = await project.verify(options);
      expect(
        checksOf(run)
          .filter(({ verdict }) => verdict !== 'pass')
          .map(({ path, message }) => `${path}: ${message}`),
      ).toEqual([]);
      checks = checksOf(run).length;
    });
    expect(checks).toBeGreaterThanOrEqual(30);
    expect(lookUps).toBe(1);
    expect(queries).toHaveLength(6);
  });

  it('planning sends the catalog statement alone, and prints what verifying sends', async () => {
    const loaded = await load();
    const { lookUps, queries } = await sent(async () => {
      const described = await plan(loaded, options);
      expect(described.tables.flatMap(({ statements }) => statements)).toHaveLength(6);
    });
    expect([lookUps, queries]).toEqual([1, []]);
  });

  it('failing rows are one statement more for the table, and one for each query of the contract', async () => {
    const { admin, schema } = project;
    await admin.query(`update ${schema}.orders set amount = -1 where id = 1`);
    await admin.query(`update ${schema}.orders set status = 'lost' where id = 2`);
    try {
      const { queries } = await sent(() => project.verify(options));
      expect(queries).toHaveLength(6 + 2);
      const silent = await sent(() => project.verify({ ...options, samples: 0 }));
      expect(silent.queries, 'only the counts by rule').toHaveLength(6 + 1);
    } finally {
      await admin.query(`update ${schema}.orders set amount = 3, status = 'placed' where id in (1, 2)`);
    }
  });

  it('what the catalog answers costs no scan', async () => {
    const { queries } = await sent(() => project.verify({ ...options, checks: ['orders.*.type', 'orders.*.column'] }));
    expect(queries).toEqual([]);
  });

  it('200 tables are one catalog statement', async () => {
    const { admin, schema } = project;
    const names = Array.from({ length: 200 }, (_, index) => `many_${index}`);
    for (const name of names) await admin.query(`create table ${schema}.${name} (id bigint primary key, s varchar(5))`);
    for (const name of names) await admin.query(`grant select on ${schema}.${name} to ${project.reader}`);
    await project.contract(
      names
        .map((name) => `  ${name}: { key: [id], rows: { min: 0 }, columns: { id: int64, s: string(5) } }\n`)
        .join(''),
    );
    try {
      const { lookUps, queries } = await sent(async () => {
        const run = await project.verify();
        expect(checksOf(run).filter(({ verdict }) => verdict === 'fail' || verdict === 'error')).toEqual([]);
      });
      expect(lookUps).toBe(1);
      // The scan, and the grouping of the key.
      expect(queries).toHaveLength(400);
    } finally {
      await project.contract(TABLES);
    }
  });
});
