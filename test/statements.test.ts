import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { loadContracts } from '../src/contract/load.ts';
import { Connection } from '../src/dialects/duckdb/connection.ts';
import { plan } from '../src/engine/describe.ts';
import { verify } from '../src/engine/verify.ts';
import { inDuckDB } from './support/duckdb-files.ts';
import { projectFolder } from './support/project-folder.ts';

/** 31 checks: 3 of them need a grouping, 1 the other table, 1 is a query. */
const CONTRACT = `
contract: shop.all
version: 1.0.0
raci: { responsible: ann, accountable: ann }
tables:
  orders:
    key: [id]
    columns:
      id: { type: int64, min: 0 }
      customer: { type: int64, required: true, references: customers.id }
      number: { type: string, unique: true, pattern: '^A[0-9]+$' }
      status: { type: string, required: true, enum: [placed, shipped] }
      amount: { type: "decimal(12,2)", required: true, min: 0, max: 1000 }
      note: { type: string, missing: 100 }
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

const ROWS =
  "select range as id, range % 3 as customer, 'A' || range as number, case when range % 2 = 0 then 'placed' else 'shipped' end as status, cast(range + 2 as decimal(12,2)) as amount, 'n' as note from range(1, 11)";

async function project(rows: string, where: 'files' | 'database'): Promise<string> {
  const folder = await projectFolder({
    'contracts/all.yaml': where === 'files' ? CONTRACT : CONTRACT.replace('tables:', 'warehouse: base\ntables:'),
    'surety.yaml': 'warehouses: { base: { type: duckdb, url: all.duckdb } }\nparties: { ann: { name: Ann } }\n',
  });
  if (where === 'database') {
    await inDuckDB(
      join(folder, 'all.duckdb'),
      `create table orders as ${rows}`,
      'create table customers as select range as id from range(3)',
    );
  } else {
    const to = (name: string): string => `to '${join(folder, 'contracts', `${name}.parquet`)}' (format parquet)`;
    await inDuckDB(
      ':memory:',
      `copy (${rows}) ${to('orders')}`,
      `copy (select range as id from range(3)) ${to('customers')}`,
    );
  }
  return folder;
}

interface Sent {
  readonly lookUps: readonly string[];
  readonly queries: readonly string[];
}

/** What is sent to the engine while `work` runs, taken where every statement passes. */
async function sent(work: () => Promise<unknown>): Promise<Sent> {
  const lookUps: string[] = [];
  const queries: string[] = [];
  const run = Connection.prototype.run;
  const spy = vi.spyOn(Connection.prototype, 'run').mockImplementation(function (
    this: Connection,
    statement,
    options,
    queriesOnly,
  ) {
    (queriesOnly ? queries : lookUps).push(statement.sql);
    return run.call(this, statement, options, queriesOnly);
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return { lookUps, queries };
}

const options = { tables: ['orders'] };

describe.each(['files', 'database'] as const)('statements over %s', (where) => {
  it('thirty checks that hold are one look-up, one scan, and one statement for each set and reference', async () => {
    const folder = await project(ROWS, where);
    const loaded = await loadContracts([join(folder, 'contracts')]);
    expect(loaded.diagnostics).toEqual([]);
    let checks = 0;
    const { lookUps, queries } = await sent(async () => {
      const run = await verify(loaded, options);
      const all = run.contracts.flatMap(({ tables }) => tables.flatMap((table) => table.checks));
      expect(all.filter(({ verdict }) => verdict !== 'pass').map(({ path, message }) => `${path}: ${message}`)).toEqual(
        [],
      );
      checks = all.length;
    });
    expect(checks).toBeGreaterThanOrEqual(30);
    const described = lookUps.filter((text) => /^\s*(describe|select)/i.test(text));
    expect(described, 'one look-up a table of files (orders and customers), one for all of a database').toHaveLength(
      where === 'files' ? 2 : 1,
    );
    // The scan; key, number and pair; the reference; the query.
    expect(queries).toHaveLength(1 + 3 + 1 + 1);
    expect(queries.filter((text) => text.includes('m0'))).toHaveLength(1);
    expect(queries[0]?.match(/sum\("amount"\)/g), 'equal metrics are measured once').toHaveLength(1);
  });

  it('plan prints the same statements and runs none of them', async () => {
    const loaded = await loadContracts([join(await project(ROWS, where), 'contracts')]);
    const verified = await sent(() => verify(loaded, options));
    let planned: readonly string[] = [];
    const { queries } = await sent(async () => {
      planned = (await plan(loaded, options)).tables.flatMap(({ statements }) => statements.map(({ sql }) => sql));
    });
    expect(queries).toEqual([]);
    expect(planned).toEqual(verified.queries);
  });

  it('failing rows are one statement more, and one for each query of the contract, only where something failed', async () => {
    const broken = `select * replace (case when id = 1 then -1 else amount end as amount, case when id = 2 then 'lost' else status end as status) from (${ROWS})`;
    const loaded = await loadContracts([join(await project(broken, where), 'contracts')]);
    const good = 6;
    expect((await sent(() => verify(loaded, options))).queries).toHaveLength(good + 2);
    expect((await sent(() => verify(loaded, { ...options, checks: ['orders.status'] }))).queries).toHaveLength(2);
    expect(
      (await sent(() => verify(loaded, { ...options, checks: ['orders.note', 'orders.id.required'] }))).queries,
    ).toHaveLength(1);
    // The counts by rule are still wanted, rows to show are not.
    const silent = (await sent(() => verify(loaded, { ...options, samples: 0 }))).queries;
    expect(silent).toHaveLength(good + 1);
  });

  it('what the catalog answers costs no scan', async () => {
    const loaded = await loadContracts([join(await project(ROWS, where), 'contracts')]);
    const { queries } = await sent(() => verify(loaded, { ...options, checks: ['orders.*.type', 'orders.*.column'] }));
    expect(queries).toEqual([]);
  });
});
