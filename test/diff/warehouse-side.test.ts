import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type Loaded, loadContracts } from '../../src/contract/load.ts';
import { compareProjects } from '../../src/diff/compare-projects.ts';
import { type WarehouseSide, warehouseSide } from '../../src/diff/sides/warehouse-side.ts';
import type { Table } from '../../src/model/contract.ts';
import { inDuckDB } from '../support/duckdb-files.ts';
import { typeOf } from '../support/open-server.ts';
import { projectFolder } from '../support/project-folder.ts';
import { type ServerProject, serverProject } from '../support/server-project.ts';
import { describeOn } from '../support/servers/ask.ts';

const HEAD = 'version: 1.0.0\nraci: { accountable: ann }\n';
const DUCKDB = 'warehouses: { w: { type: duckdb, url: data.db }, lake: { type: duckdb, root: lake } }\n';

async function load(folder: string, selectors: readonly string[] = [folder], variables = {}): Promise<Loaded> {
  const loaded = await loadContracts(selectors, { variables });
  const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
  return loaded;
}

function found(side: WarehouseSide): Loaded {
  if (!('loaded' in side)) throw new Error(JSON.stringify(side));
  return side.loaded;
}

/** `name: type` of each column, by table. */
function shapes({ contracts }: Loaded): Readonly<Record<string, readonly string[]>> {
  const columns = ({ columns: all }: Table) => all.map(({ name, typeText }) => `${name}: ${typeText.text}`);
  return Object.fromEntries(
    contracts.flatMap(({ contract }) =>
      contract.tables.map((table) => [`${contract.id}/${table.name}`, columns(table)] as const),
    ),
  );
}

function side({ project, contracts }: Loaded) {
  return { project, contracts: contracts.map(({ contract }) => contract) };
}

/** Paths of everything that differs. */
function changesBetween(old: Loaded, now: Loaded): readonly string[] {
  const changes = compareProjects(side(old), side(now), { asOf: '2026-11-25' }).flatMap((each) => each.changes);
  return [...new Set(changes.map(({ path }) => path).filter((path) => path !== 'version'))].sort();
}

describe('a DuckDB database', () => {
  it('that keeps what is promised is no change', async () => {
    const folder = await projectFolder({
      'surety.yaml': DUCKDB,
      'contracts/a.yaml': `contract: a
${HEAD}warehouse: w
tables:
  orders:
    key: [id]
    columns:
      id: int64
      email: { type: "string(50)", required: true, unique: true, classification: pii }
      amount: { type: "decimal(12,2)", min: 0 }
      total: decimal
      placed: { type: instant, physicalName: [PLACED_AT, at] }
      tags: array<string>
      address: struct
      address.country: { type: string, required: true }
`,
    });
    await inDuckDB(
      join(folder, 'data.db'),
      'create table orders (id bigint primary key, email varchar, amount decimal(10,2) not null, total decimal(9,1), placed_at timestamptz, tags varchar[], address struct(country varchar))',
    );
    const loaded = await load(folder);
    const answer = await warehouseSide('w', loaded);
    expect(answer.diagnostics).toEqual([]);
    expect(found(answer).contracts.map(({ selected }) => selected)).toEqual([true]);
    expect(side(found(answer)).contracts).toEqual(side(loaded).contracts);
    expect(changesBetween(loaded, found(answer))).toEqual([]);
  });

  it('shows columns that are gone, new or of another type, members too, and tables that are gone', async () => {
    const folder = await projectFolder({
      'surety.yaml': DUCKDB,
      'contracts/a.yaml': `contract: a
${HEAD}warehouse: w
tables:
  orders:
    extraColumns: allow
    columns:
      id: int64
      gone: string
      qty: { type: int32, required: true, min: 1 }
      amount: "decimal(12,2)"
      note: { type: "native(interval)" }
      address: struct
      address.country: string
      address.zip: string
      lines: array<struct>
      lines[].qty: int32
      whole: struct
      flat: struct
      flat.x: string
      deep: string
    features: { double: { type: int64, as: 2 * id } }
  missing: { columns: { id: int64 } }
  here: { warehouse: lake, columns: { id: int64 } }
`,
      'contracts/b.yaml': `contract: b\n${HEAD}tables: { t: { columns: { id: int64 } } }\n`,
    });
    await inDuckDB(
      join(folder, 'data.db'),
      `create table orders (first uuid, id bigint, qty bigint, amount decimal(12,3), note varchar,
        address struct(country varchar, city varchar, geo struct(lat double)), lines struct(qty bigint, sku varchar)[],
        whole struct(a integer), flat varchar, deep struct(a integer), "second" struct(a integer)[])`,
    );
    const loaded = await load(folder);
    const answer = await warehouseSide('w', loaded);
    const now = found(answer);
    expect(shapes(now)).toEqual({
      'a/orders': [
        'id: int64',
        'qty: int64',
        'amount: decimal(12,3)',
        'note: string',
        'address: struct',
        'address.country: string',
        'lines: array<struct>',
        'lines[].qty: int64',
        'whole: struct',
        'flat: string',
        'deep: struct',
        'address.city: string',
        'address.geo: struct',
        'lines[].sku: string',
        'first: uuid',
        'second: array<struct>',
      ],
      'a/here': ['id: int64'],
      'b/t': ['id: int64'],
    });
    const qty = now.contracts[0]?.contract.tables[0]?.columns[1];
    expect(now.contracts[0]?.contract.tables[0]?.columns.find(({ name }) => name === 'deep')?.type).toEqual({
      name: 'struct',
    });
    expect(qty).toMatchObject({ required: true, min: { text: '1' }, type: { name: 'integer', bits: 64 } });
    expect(now.contracts.map(({ selected }) => selected)).toEqual([true, false]);
    expect(answer.diagnostics).toEqual([]);
    const paths = [
      ...['orders.qty', 'orders.amount', 'orders.note', 'orders.lines[].qty', 'orders.flat', 'orders.deep'],
      ...['orders.gone', 'orders.address.zip'],
      ...['orders.address.city', 'orders.address.geo', 'orders.lines[].sku', 'orders.first', 'orders.second'],
      'missing',
    ];
    expect(changesBetween(loaded, now)).toEqual(paths.toSorted());
    expect(changesBetween(now, loaded)).toEqual(paths.toSorted());
  });

  it('of which only a part is selected leaves the rest as it is', async () => {
    const contract = (id: string) =>
      `contract: ${id}\n${HEAD}warehouse: w\ntables: { ${id}: { columns: { id: int64 } } }\n`;
    const folder = await projectFolder({
      'surety.yaml': DUCKDB,
      'contracts/a.yaml': contract('a'),
      'contracts/b.yaml': contract('b'),
    });
    await inDuckDB(join(folder, 'data.db'), 'create table a (id integer)', 'create table b (id integer)');
    const now = found(await warehouseSide('w', await load(folder, [join(folder, 'contracts/a.yaml')])));
    expect(shapes(now)).toEqual({ 'a/a': ['id: int32'], 'b/b': ['id: int64'] });
    expect(now.contracts.map(({ selected }) => selected)).toEqual([true, false]);
  });

  it('says what it could not tell, and leaves that as the contract has it', async () => {
    const folder = await projectFolder({
      'surety.yaml': DUCKDB,
      'contracts/a.yaml': `contract: a
${HEAD}warehouse: w
tables:
  t: { columns: { id: { type: int32, physicalName: [id, key] }, n: int64 } }
  odd: { location: a.b.c.d, columns: { id: int64 } }
`,
    });
    await inDuckDB(join(folder, 'data.db'), 'create table t (id bigint, key bigint, n bigint)');
    const answer = await warehouseSide('w', await load(folder));
    expect(shapes(found(answer))).toMatchObject({ 'a/odd': ['id: int64'] });
    expect(shapes(found(answer))['a/t']?.slice(0, 2)).toEqual(['id: int32', 'n: int64']);
    expect(answer.diagnostics).toMatchObject([
      { code: 'warehouse/not-told', severity: 'warning', path: 't', message: '"id" could be "id" or "key"' },
      {
        code: 'warehouse/not-told',
        path: 'odd',
        message: '"odd" is shown as the contract has it: "a.b.c.d" has too many parts',
        at: { line: 7 },
      },
    ]);
  });
});

test('files: headers are columns, text has no types, and Parquet has', async () => {
  const folder = await projectFolder({
    'surety.yaml': DUCKDB,
    'lake/cells.csv': 'id,extra\n1,x\n',
    'lake/empty.csv': '',
    'lake/docs.jsonl': '{"p":{"a":1},"n":1}\n',
    'contracts/a.yaml': `contract: a
${HEAD}warehouse: lake
tables:
  cells: { columns: { id: int64, gone: string } }
  empty: { columns: { id: int64 } }
  docs: { columns: { p: struct, n: string } }
  stored: { columns: { id: int64, n: string } }
  nowhere: { columns: { id: int64 } }
`,
  });
  await inDuckDB(':memory:', `copy (select 1::bigint as id, 2 as n) to '${join(folder, 'lake/stored.parquet')}'`);
  const answer = await warehouseSide('lake', await load(folder));
  expect(answer.diagnostics).toEqual([]);
  expect(shapes(found(answer))).toEqual({
    'a/cells': ['id: int64', 'extra: string'],
    'a/empty': ['id: int64'],
    'a/docs': ['p: struct', 'n: string'],
    'a/stored': ['id: int64', 'n: int32'],
  });
});

describe('no side', () => {
  const files = {
    'surety.yaml':
      'warehouses: { analytics: { type: duckdb, url: "${DB}" }, lake: { type: duckdb, url: no.db }, idle: { type: duckdb, root: . }, pg: { type: postgres, url: "postgres://me:hunter22@127.0.0.1:1/db" } }\n',
    'contracts/a.yaml': `contract: a\n${HEAD}warehouse: lake\ntables: { t: { columns: { id: int64 } }, u: { warehouse: pg, columns: { id: int64 } } }\n`,
  };

  it.each([
    [
      'analytic',
      'misconfigured',
      'project/unknown-warehouse',
      'there is no warehouse "analytic"',
      'did you mean "analytics"?',
    ],
    [
      'x',
      'misconfigured',
      'project/unknown-warehouse',
      'there is no warehouse "x"',
      'declared are analytics, lake, idle, pg',
    ],
    ['analytics', 'misconfigured', 'project/unset-variable', '${DB} of warehouse "analytics" is not set', /set DB/],
    ['idle', 'misconfigured', 'diff/empty-warehouse', 'no contract has a table in the warehouse "idle"', /warehouse:/],
    [
      'lake',
      'unreached',
      'warehouse/unreached',
      /^lake: the warehouse cannot be reached: .*names no database file/,
      undefined,
    ],
    ['pg', 'unreached', 'warehouse/unreached', /^pg: the warehouse cannot be reached: /, undefined],
  ])('%s: %s', async (name, failed, code, message, hint) => {
    const answer = await warehouseSide(name, await load(await projectFolder(files)));
    expect(answer).toEqual({ failed, diagnostics: [expect.objectContaining({ code, severity: 'error' })] });
    expect(answer.diagnostics[0]?.message).toMatch(message);
    if (hint !== undefined) expect(answer.diagnostics[0]?.hint).toMatch(hint);
    expect(JSON.stringify(answer)).not.toContain('hunter22');
  });
});

await describeOn(['postgres', 'mariadb'], 'a server', (server) => {
  const isMysql = typeOf(server) === 'mysql';
  let project: ServerProject;
  beforeAll(async () => {
    project = await serverProject(server, [
      `create table $s.orders (extra ${isMysql ? 'datetime(6)' : 'timestamptz'}, id bigint primary key, email varchar(50) not null, qty bigint, amount decimal(10,2), flag boolean, note varchar(40))`,
      'create table $s.secret (id bigint)',
      'grant select on $s.orders to $r',
    ]);
  });
  afterAll(() => project?.drop());

  it('keeps a table that the role may not look at, and says so', async () => {
    await project.contract('  orders: { columns: { id: int64 } }\n  secret: { columns: { id: int32 } }\n');
    const answer = await warehouseSide('w', await load(project.folder));
    expect(shapes(found(answer))).toMatchObject({ 'shop.all/secret': ['id: int32'] });
    expect(answer.diagnostics).toMatchObject([
      {
        code: 'warehouse/not-told',
        path: 'secret',
        message: expect.stringMatching(/^"secret" is shown as the contract has it/),
      },
    ]);
  });

  it('shows its catalog in words of the contract, and opens no other warehouse', async () => {
    // Who opens the other one is warned of a role that may do anything.
    await project.surety(
      `warehouses:\n  w: { type: ${typeOf(server)}, url: "${project.url}"${isMysql ? '' : `, schema: ${project.schema}`} }\n  off: { type: ${typeOf(server)}, url: "${server.url}" }\nparties: { ann: { name: Ann } }\n`,
    );
    await project.contract(
      `  orders:\n    key: [id]\n    columns:\n      id: int64\n      EMAIL: { type: "string(50)", required: true }\n      qty: int32\n      amount: "decimal(12,2)"\n      flag: boolean\n      note: "string(20)"\n      gone: int64\n    checks: { same: { metric: count(id), equals: { from: away } } }\n  missing: { columns: { id: int64 } }\n  away: { warehouse: off, columns: { id: int64 } }\n`,
    );
    const loaded = await load(project.folder);
    // Whoever may only read single tables is not told which others there are.
    if (isMysql) {
      const told = await warehouseSide('w', loaded);
      expect(told.diagnostics).toMatchObject([{ code: 'warehouse/not-told', path: 'missing' }]);
      expect(shapes(found(told))['shop.all/missing']).toEqual(['id: int64']);
      await project.admin.query(`grant select on ${project.schema}.* to ${project.reader}`);
    }
    const answer = await warehouseSide('w', loaded);
    expect(answer.diagnostics).toEqual([]);
    expect(shapes(found(answer))).toEqual({
      'shop.all/orders': [
        'id: int64',
        'EMAIL: string(50)',
        'qty: int64',
        'amount: decimal(12,2)',
        'flag: boolean',
        'note: string(40)',
        `extra: ${isMysql ? 'timestamp(6)' : 'instant(6)'}`,
      ],
      'shop.all/away': ['id: int64'],
    });
  });
});
