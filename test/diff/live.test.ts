import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { loadContracts } from '../../src/contract/load.ts';
import { compareProjects } from '../../src/diff/compare-projects.ts';
import { type Live, type LiveOptions, measureLive } from '../../src/diff/live/measure-live.ts';
import type { Change } from '../../src/model/change.ts';
import type { LiveEvidence } from '../../src/model/gate.ts';
import { inDuckDB } from '../support/duckdb-files.ts';
import { typeOf } from '../support/open-server.ts';
import { projectFolder } from '../support/project-folder.ts';
import { type ServerProject, serverProject } from '../support/server-project.ts';
import { describeOn } from '../support/servers/ask.ts';
import { sentBy } from '../support/servers/sent.ts';

const HEAD = 'contract: shop\nversion: 1.0.0\nraci: { accountable: ann }\n';

/** A change as the comparison gives it: `path` names the promise, `checks` what decides about it. */
function change(path: string, checks: readonly string[], rest: Partial<Change> = {}): Change {
  return {
    rule: 'check-threshold-tightened',
    contract: 'shop',
    path,
    touches: { tables: [], columns: [] },
    before: null,
    after: null,
    message: '',
    checks,
    fingerprint: `${path} ${rest.rule ?? ''}`,
    ...rest,
  };
}

function typeChange(column: string, before: string, after: string): Change {
  return change(column, [`${column}.type`, `${column}.invalid`], { rule: 'type-narrowed', before, after });
}

async function measured(folder: string, changes: readonly Change[], options: LiveOptions = {}): Promise<Live> {
  const loaded = await loadContracts([folder], { variables: {} });
  const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors, null, 2));
  return measureLive(changes, loaded, options);
}

/** Evidence by the path of its change. */
function byPath(changes: readonly Change[], { evidence }: Live): Readonly<Record<string, LiveEvidence>> {
  return Object.fromEntries(
    changes.flatMap(({ path, fingerprint }) => {
      const found = evidence.get(fingerprint);
      return found ? [[path, found]] : [];
    }),
  );
}

/** What each change came to, as `true 0 of 4 rows …`. */
function told(changes: readonly Change[], live: Live): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(byPath(changes, live)).map(([path, { holds, message }]) => [path, `${holds} ${message}`]),
  );
}

describe('files', () => {
  const ORDERS =
    'id,email,amount,status,code\n1,ann@x.example,10,new,A1\n2,,-5,old,B22\n3,bob@x.example,2000,gone,C3\n4,eve@x.example,7,new,D4\n';

  async function orders(columns: string, more = ''): Promise<string> {
    return projectFolder({
      'contracts/orders.csv': ORDERS,
      'contracts/shop.yaml': `${HEAD}tables:\n  orders:\n    location: orders.csv\n    key: [id]\n${more}    columns:\n      id: int64\n${columns}`,
    });
  }

  it('says how many rows break a promise, and shows some without what is classified', async () => {
    const folder = await orders(
      '      email: { type: string, required: true, pattern: "^a", classification: pii }\n      amount: { type: int64, min: 0 }\n      status: string\n      code: string\n',
    );
    const changes = [
      change('orders.email.required', ['orders.email.required']),
      change('orders.email.pattern', ['orders.email.invalid']),
      change('orders.amount.min', ['orders.amount.invalid']),
    ];
    const live = await measured(folder, changes);
    expect(told(changes, live)).toEqual({
      'orders.email.required': 'false 1 of 4 rows have no value (25%); none allowed',
      'orders.email.pattern': 'false 2 of 4 rows break `pattern` (50%); none allowed',
      'orders.amount.min': 'false 1 of 4 rows break `min` (25%); none allowed',
    });
    expect(byPath(changes, live)['orders.email.pattern']?.samples).toEqual({
      columns: ['id', 'email'],
      rows: [
        ['3', '‹pii›'],
        ['4', '‹pii›'],
      ],
    });
    expect(byPath(changes, live)['orders.amount.min']?.samples).toEqual({
      columns: ['id', 'amount'],
      rows: [['2', '-5']],
    });
    expect(JSON.stringify([...live.evidence.values()])).not.toContain('x.example');
    expect(live.missed).toEqual([]);
  });

  it('shows as many rows as it is asked for', async () => {
    const folder = await orders('      email: { type: string, required: true }\n');
    const changes = [change('orders.email.required', ['orders.email.required'])];
    const live = await measured(folder, changes, { samples: 0 });
    expect(byPath(changes, live)['orders.email.required']).toMatchObject({ holds: false, samples: null });
  });

  it('judges each of several rules by itself, against the tolerance of the column', async () => {
    const folder = await orders(
      '      email: string\n      amount: { type: int64, min: 0, max: 100, invalid: 1 }\n      status: { type: string, enum: [new], minLength: 2, invalid: 25% }\n      code: { type: string, maxLength: 2, pattern: "^[A-D]" }\n',
    );
    const changes = [
      change('orders.amount.min', ['orders.amount.invalid']),
      change('orders.amount.invalid', ['orders.amount.invalid'], { before: '2', after: '1' }),
      change('orders.status.enum', ['orders.status.invalid']),
      change('orders.status.minLength', ['orders.status.invalid']),
      change('orders.code.maxLength', ['orders.code.invalid']),
      change('orders.code.pattern', ['orders.code.invalid']),
    ];
    const live = await measured(folder, changes);
    expect(told(changes, live)).toEqual({
      'orders.amount.min': 'true 1 of 4 rows break `min` (25%); at most 1 row allowed',
      'orders.amount.invalid': 'false 2 of 4 rows are invalid (50%); at most 1 row allowed',
      'orders.status.enum': 'false 2 of 4 rows break `enum` (50%); at most 25% allowed',
      'orders.status.minLength': 'true 0 of 4 rows break `minLength`',
      'orders.code.maxLength': 'false 1 of 4 rows break `maxLength` (25%); none allowed',
      'orders.code.pattern': 'true 0 of 4 rows break `pattern`',
    });
    expect(byPath(changes, live)['orders.code.maxLength']?.samples?.rows).toEqual([['2', 'B22']]);
  });

  it('knows a removed value from others, and a pattern whose change has the path of its column', async () => {
    const folder = await orders(
      '      email: { type: string, pattern: "^ann", minLength: 99, invalid: 2 }\n      status: { type: string, enum: [new] }\n',
    );
    const removed = (value: string) =>
      change(`orders.status.enum.${value}`, ['orders.status.invalid'], { before: value });
    const changes = [
      removed('old'),
      removed('sold.out'),
      change('orders.email', ['orders.email.invalid'], { after: '^ann' }),
    ];
    const live = await measured(folder, changes);
    expect(told(changes, live)).toEqual({
      'orders.status.enum.old': 'false 1 of 4 rows hold old (25%); none allowed',
      'orders.status.enum.sold.out': 'true 0 of 4 rows hold sold.out',
      'orders.email': 'true 2 of 4 rows break `pattern` (50%); at most 2 rows allowed',
    });
    expect(byPath(changes, live)['orders.status.enum.old']?.samples?.rows).toEqual([['2', 'old']]);
  });

  it('reads the dates of a text file in their new form', async () => {
    const folder = await projectFolder({
      'contracts/t.csv': 'id,day\n1,24.12.2026\n2,2026-12-25\n',
      'contracts/shop.yaml': `${HEAD}tables: { t: { location: t.csv, columns: { id: int64, day: { type: date, format: dd.MM.yyyy } } } }\n`,
    });
    const changes = [change('t.day', ['t.day.invalid'], { before: '%Y-%m-%d', after: 'dd.MM.yyyy' })];
    expect(told(changes, await measured(folder, changes))).toEqual({
      't.day': 'false 1 of 2 rows break `format` (50%); none allowed',
    });
  });

  it('takes a bound that is written another way for the same one', async () => {
    const folder = await orders('      amount: { type: int64, exclusiveMin: 7 }\n');
    const changes = [change('orders.amount.min', ['orders.amount.invalid'])];
    expect(told(changes, await measured(folder, changes))).toEqual({
      'orders.amount.min': 'false 2 of 4 rows break `exclusiveMin` (50%); none allowed',
    });
  });

  it('decides by the bound that changed', async () => {
    const folder = await orders(
      '      email: { type: string, missing: { allow: { warn: 10%, fail: 30% } } }\n      amount: int64\n',
      '    rows: { min: 2, max: 3 }\n    checks:\n      mean: { metric: avg(amount), min: 1000, max: 5000 }\n',
    );
    const missing = { before: '{ warn: 10%, fail: 50% }', after: '{ warn: 10%, fail: 30% }' };
    const changes = [
      change('orders.email.missing', ['orders.email.missing'], missing),
      change('orders.email.allow', ['orders.email.missing'], { ...missing, before: '{ warn: 40%, fail: 50% }' }),
      change('orders.rows.min', ['orders.rows']),
      change('orders.rows.max', ['orders.rows']),
      change('orders.mean.min', ['orders.mean']),
      change('orders.mean.max', ['orders.mean']),
    ];
    expect(told(changes, await measured(folder, changes))).toEqual({
      'orders.email.missing':
        'true 1 of 4 rows are missing (25%); warns above 10%, fails above 30%: only beyond the bound that warns, which is as before',
      'orders.email.allow':
        'false 1 of 4 rows are missing (25%); warns above 10%, fails above 30%: beyond the bound that warns',
      'orders.rows.min': 'true 4 rows; at least 2 rows',
      'orders.rows.max': 'false 4 rows; at most 3 rows',
      'orders.mean.min': 'false 503; at least 1000',
      'orders.mean.max': 'true 503; at most 5000',
    });
  });

  it('reads the cells of a text file as the narrower type', async () => {
    const folder = await orders(
      '      email: { type: "string(3)", classification: pii }\n      amount: { type: int8, invalid: 1 }\n      code: "string(3)"\n',
    );
    const changes = [
      typeChange('orders.email', 'string', 'string(3)'),
      typeChange('orders.amount', 'int64', 'int8'),
      typeChange('orders.code', 'string', 'string(3)'),
    ];
    const live = await measured(folder, changes);
    expect(told(changes, live)).toEqual({
      'orders.email': 'false 3 of 4 rows hold a value that is no string(3) (75%); none allowed',
      'orders.amount': 'true 1 of 4 rows hold a value that is no int8 (25%); at most 1 row allowed',
      'orders.code': 'true 0 of 4 rows hold a value that is no string(3)',
    });
    expect(JSON.stringify([...live.evidence.values()])).not.toContain('x.example');
  });

  it('reads members in documents as the narrower type', async () => {
    const folder = await projectFolder({
      'contracts/t.jsonl': '{"id":1,"p":{"q":300,"r":1},"xs":["a","bb"]}\n{"id":2,"p":{"q":1,"r":1},"xs":["ccc"]}\n',
      'contracts/shop.yaml': `${HEAD}tables:\n  t:\n    location: t.jsonl\n    columns:\n      id: int8\n      p: struct\n      p.q: int8\n      xs: array<string(2)>\n`,
    });
    const changes = [
      typeChange('t.p.q', 'int64', 'int8'),
      typeChange('t.xs', 'array<string>', 'array<string(2)>'),
      typeChange('t.id', 'int64', 'int8'),
    ];
    const live = await measured(folder, changes);
    expect(told(changes, live)).toEqual({
      't.p.q': 'null not measured: "p" has members that do not fit, "p.q" or others',
      't.xs': 'false 1 of 2 rows hold a value that is no array<string(2)> (50%); none allowed',
      't.id': 'true 0 of 2 rows hold a value that is no int8',
    });
    expect(live.missed.map(({ path }) => path)).toEqual(['t.p.q']);
  });

  it('says why nothing could be measured, and what should have been', async () => {
    const folder = await projectFolder({
      'contracts/orders.csv': 'id,email\n',
      'contracts/shop.yaml': `${HEAD}tables:
  orders: { location: orders.csv, columns: { id: int64, email: { type: string, required: true }, later: { type: string, required: true } } }
  gone: { location: gone.csv, columns: { id: { type: int64, required: true } } }
`,
    });
    const changes = [
      change('orders.email.required', ['orders.email.required']),
      change('orders.later.required', ['orders.later.required']),
      change('gone.id.required', ['gone.id.required']),
      change('orders.updates', []),
      change('orders.nothing', ['orders.nothing']),
      change('x.required', ['x.required'], { contract: 'other' }),
    ];
    const live = await measured(folder, changes);
    expect(told(changes, live)).toEqual({
      'orders.email.required': 'null not measured: no rows to look at (rows)',
      'orders.later.required': 'null not measured: column "later" is missing',
      'gone.id.required': 'null not measured: no file matches "gone.csv"',
      'orders.updates': 'null not measured: no check of a table says whether it is kept',
      'orders.nothing': 'null not measured: no check of a table says whether it is kept',
      'x.required': 'null not measured: the contract "other" is not valid',
    });
    expect(live.missed.map(({ path }) => path)).toEqual(['x.required', 'gone.id.required']);
  });

  it('asks about what tightens, and about nothing else', async () => {
    const folder = await orders('      email: { type: string, required: true }\n');
    const checks = ['orders.email.required'];
    const changes = [
      change('loosened', checks, { rule: 'check-threshold-loosened' }),
      change('notice', checks, { notice: true }),
      change('tightened', checks),
    ];
    const live = await measured(folder, changes);
    expect([...live.evidence.keys()]).toEqual([changes[2]?.fingerprint]);
  });

  it('takes a broken promise of a draft for a broken one, whatever the severity', async () => {
    const folder = await projectFolder({
      'surety.yaml': 'environments: { dev: { severity: warn } }\n',
      'contracts/orders.csv': ORDERS,
      'contracts/shop.yaml': `${HEAD}status: draft\ntables:\n  orders: { location: orders.csv, severity: warn, columns: { email: { type: string, required: true } } }\n  gone: { columns: { id: { type: int64, required: true } } }\n`,
    });
    const loaded = await loadContracts([folder], { environment: 'dev' });
    const changes = [
      change('orders.email.required', ['orders.email.required']),
      change('gone.id.required', ['gone.id.required']),
    ];
    const live = await measureLive(changes, loaded);
    expect(told(changes, live)).toMatchObject({
      'orders.email.required': 'false 1 of 4 rows have no value (25%); none allowed',
    });
    expect(live.missed.map(({ path }) => path)).toEqual(['gone.id.required']);
  });
});

test('what a comparison finds is measured: a narrower type in Parquet, a stricter check, contract by contract', async () => {
  const side = (type: string, allow: string) => `contract: shop
version: 1.0.0
raci: { accountable: ann }
tables:
  t:
    location: t.parquet
    key: [id]
    columns: { id: int64, qty: ${type} }
    checks: { small: { expect: qty < 10, allow: ${allow} } }
`;
  const other = (text: string) => text.replace('contract: shop', 'contract: other');
  const before = await projectFolder({
    'contracts/a.yaml': side('int64', '90%'),
    'contracts/b.yaml': other(side('int64', '90%')),
  });
  const after = await projectFolder({
    'contracts/a.yaml': side('int16', '50%'),
    'contracts/b.yaml': other(side('int64', '90%')),
  });
  await inDuckDB(
    ':memory:',
    `copy (select i as id, i * 10000 as qty from range(5) r(i)) to '${join(after, 'contracts/t.parquet')}'`,
  );
  const [old, now] = await Promise.all([loadContracts([before]), loadContracts([after])]);
  const sideOf = ({ project, contracts }: typeof old) => ({
    project,
    contracts: contracts.map(({ contract }) => contract),
  });
  const changes = compareProjects(sideOf(old), sideOf(now), { asOf: '2026-11-25' })
    .flatMap(({ changes: each }) => each)
    .filter(({ rule }) => !rule.startsWith('version-'));
  const live = await measureLive(changes, now);
  expect(told(changes, live)).toEqual({
    't.qty': 'false 1 of 5 rows hold a value that is no int16 (20%); none allowed',
    't.small.allow': 'false 4 of 5 rows break the condition (80%); at most 50% allowed',
  });
  expect(byPath(changes, live)['t.qty']?.samples?.rows).toEqual([['4', '40000']]);
});

/** Columns by how they are created; `$i`, `$t` … stand for words of the engine. */
const NARROWED: readonly (readonly [
  column: string,
  native: string,
  values: readonly string[],
  type: string,
  bad: number | null,
])[] = [
  ['small', 'bigint', ['1', '-32768', '32767'], 'int16', 0],
  ['big', 'bigint', ['1', '-32769', '32768'], 'int16', 2],
  ['counted', 'bigint', ['1', '99', '100'], 'decimal(4,2)', 1],
  ['money', 'decimal(12,4)', ['1.25', '99.99', '100'], 'decimal(4,2)', 1],
  ['cents', 'decimal(12,4)', ['1.25', '1.2500', '1.255'], 'decimal(12,2)', 1],
  ['whole', 'decimal(12,0)', ['1', '2147483647', '2147483648'], 'int32', 1],
  ['fraction', 'decimal(12,1)', ['1', '2.0', '2.5'], 'int64', 1],
  ['name', 'varchar(20)', ["'abc'", "'abcd'", "'äöü'"], 'string(3)', 1],
  ['ref', 'varchar(40)', ["'6f1e1a30-0c8a-4a39-8a7e-5a3d2f8f2b6c'", "'x'", 'null'], 'uuid', 1],
  [
    'moment',
    'timestamp(6)',
    ["'2026-01-01 10:00:00'", "'2026-01-01 10:00:00.5'", "'2026-01-01 10:00:00.000001'"],
    'timestamp(3)',
    1,
  ],
  ['day', 'timestamp(6)', ["'2026-01-01 00:00:00'", "'1969-12-31 00:00:00'", "'2026-01-01 10:00:00'"], 'date', 1],
  ['there', 'integer', ['1', '2', '3'], 'int32', 0],
  ['word', 'varchar(20)', ["'1'", "'2'", "'3'"], 'int32', null],
  ['ratio', 'double precision', ['1.5', '2.5', '3.5'], 'float32', null],
];

function create(table: string, isMysql: boolean): readonly string[] {
  // A timestamp of MySQL is an instant.
  const native = (text: string): string => (isMysql ? text.replace('timestamp', 'datetime') : text);
  const columns = NARROWED.map(([name, type]) => `${name} ${native(type)}`).join(', ');
  const rows = [0, 1, 2].map((row) => `(${[row + 1, ...NARROWED.map(([, , values]) => values[row])].join(', ')})`);
  return [
    `create table ${table} (id integer primary key, ${columns})`,
    `insert into ${table} values ${rows.join(', ')}`,
  ];
}

const NARROWED_TABLE = `    key: [id]\n    columns:\n      id: int32\n${NARROWED.map(([name, , , type]) => `      ${name}: { type: "${type}" }\n`).join('')}`;
const NARROWED_CHANGES = NARROWED.map(([name, , , type]) => typeChange(`t.${name}`, 'integer', type));
const NARROWED_FOUND = Object.fromEntries(
  NARROWED.map(([name, , , , bad]) => [`t.${name}`, bad === null ? null : bad === 0]),
);

function holds(changes: readonly Change[], live: Live): Readonly<Record<string, boolean | null>> {
  return Object.fromEntries(Object.entries(byPath(changes, live)).map(([path, found]) => [path, found.holds]));
}

function counts(changes: readonly Change[], live: Live): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(byPath(changes, live)).flatMap(([path, { holds: isKept, message }]) =>
      isKept === false ? [[path, Number(message.split(' ')[0])]] : [],
    ),
  );
}

const NARROWED_COUNTS = Object.fromEntries(
  NARROWED.flatMap(([name, , , , bad]) => (bad === null || bad === 0 ? [] : [[`t.${name}`, bad]])),
);

test('narrowed types in a DuckDB database, members and elements included', async () => {
  const folder = await projectFolder({
    'surety.yaml': 'warehouses: { w: { type: duckdb, url: data.db } }\n',
    'contracts/shop.yaml': `${HEAD}warehouse: w\ntables:\n  t:\n${NARROWED_TABLE}  n:\n    columns:\n      p: struct\n      p.q: int16\n      xs: array<int16>\n      ys: array<string(2)>\n      lines: array<struct>\n      lines[].qty: int8\n      m: map<string,int8>\n`,
  });
  // The text of a DuckDB column has no length.
  await inDuckDB(
    join(folder, 'data.db'),
    ...create('t', false).map((text) => text.replaceAll(/timestamp\(6\)/g, 'timestamp')),
    'create table n (p struct(q bigint), xs bigint[], ys varchar[], lines struct(qty integer)[], m map(varchar, integer))',
    "insert into n values ({q: 1}, [1, 40000], ['ab'], [{qty: 1}, {qty: 128}], map {'a': 1}), (null, null, ['abc', null], [], map {'a': -129})",
  );
  const live = await measured(folder, NARROWED_CHANGES);
  expect(holds(NARROWED_CHANGES, live)).toEqual(NARROWED_FOUND);
  expect(counts(NARROWED_CHANGES, live)).toEqual(NARROWED_COUNTS);
  expect(live.missed).toEqual([]);
  const inside = [
    typeChange('n.p.q', 'int64', 'int16'),
    typeChange('n.xs', 'array<int64>', 'array<int16>'),
    typeChange('n.ys', 'array<string>', 'array<string(2)>'),
    typeChange('n.lines[].qty', 'int32', 'int8'),
    typeChange('n.m', 'map<string,int32>', 'map<string,int8>'),
  ];
  expect(told(inside, await measured(folder, inside))).toEqual({
    'n.p.q': 'true 0 of 2 rows hold a value that is no int16',
    'n.xs': 'false 1 of 2 rows hold a value that is no array<int16> (50%); none allowed',
    'n.ys': 'false 1 of 2 rows hold a value that is no array<string(2)> (50%); none allowed',
    'n.lines[].qty': 'false 1 of 2 rows hold a value that is no int8 (50%); none allowed',
    'n.m': 'false 1 of 2 rows hold a value that is no map<string,int8> (50%); none allowed',
  });
});

test('what runs out of its time is not measured, and should have been', async () => {
  const folder = await projectFolder({
    'surety.yaml': 'warehouses: { w: { type: duckdb, url: data.db } }\n',
    'contracts/shop.yaml': `${HEAD}warehouse: w\ntables: { slow: { columns: { id: { type: int64, required: true } } } }\n`,
  });
  await inDuckDB(join(folder, 'data.db'), 'create view slow as select r.range % 7 as id from range(200000000000) r');
  const changes = [change('slow.id.required', ['slow.id.required'])];
  const live = await measured(folder, changes, { timeout: 200 });
  expect(told(changes, live)['slow.id.required']).toMatch(/^null not measured: .*200 ms/);
  expect(live.missed).toEqual(changes);
});

await describeOn(['postgres', 'mariadb'], 'a server', (server) => {
  const isMysql = typeOf(server) === 'mysql';
  let project: ServerProject;
  beforeAll(async () => {
    project = await serverProject(server, [
      ...create('$s.t', isMysql),
      'create table $s.people (id integer primary key, email varchar(50), age bigint)',
      "insert into $s.people values (1, 'ann@x.example', 30), (2, null, 40), (3, 'bob@x.example', 300)",
      isMysql
        ? 'create table $s.docs (id integer primary key, doc json)'
        : 'create table $s.docs (id integer primary key, doc json, ints bigint[])',
      isMysql
        ? `insert into $s.docs values (1, '{"q": 1, "xs": [1, 2]}'), (2, '{"q": 300, "xs": [1, 40000]}')`
        : `insert into $s.docs values (1, '{"q": 1, "xs": [1, 2]}', array[1, null]), (2, '{"q": 300, "xs": [1, 40000]}', array[40000])`,
      'grant select on $s.t to $r',
      'grant select on $s.people to $r',
      'grant select on $s.docs to $r',
    ]);
  });
  afterAll(() => project?.drop());
  const live = async (tables: string, changes: readonly Change[], options: LiveOptions = {}): Promise<Live> => {
    await project.contract(tables);
    return measured(
      project.folder,
      changes.map((each) => ({ ...each, contract: 'shop.all' })),
      options,
    );
  };

  it('tells narrowed types', async () => {
    const found = await live(`  t:\n${NARROWED_TABLE}`, NARROWED_CHANGES);
    expect(holds(NARROWED_CHANGES, found)).toEqual(NARROWED_FOUND);
    expect(counts(NARROWED_CHANGES, found)).toEqual(NARROWED_COUNTS);
    expect(found.missed).toEqual([]);
  });

  it('tells narrowed members and elements', async () => {
    const changes = [
      typeChange('docs.doc.q', 'int64', 'int8'),
      typeChange('docs.doc.xs', 'array<int64>', 'array<int16>'),
      ...(isMysql ? [] : [typeChange('docs.ints', 'array<int64>', 'array<int16>')]),
    ];
    const tables = `  docs:\n    key: [id]\n    columns:\n      id: int32\n      doc: struct\n      doc.q: int8\n      doc.xs: array<int16>\n${isMysql ? '' : '      ints: array<int16>\n'}`;
    const found = await live(tables, changes);
    expect(told(changes, found)).toEqual({
      'docs.doc.q': 'false 1 of 2 rows hold a value that is no int8 (50%); none allowed',
      'docs.doc.xs': 'false 1 of 2 rows hold a value that is no array<int16> (50%); none allowed',
      ...(!isMysql && { 'docs.ints': 'false 1 of 2 rows hold a value that is no array<int16> (50%); none allowed' }),
    });
  });

  it('counts rows and masks what is classified', async () => {
    const changes = [
      change('people.email.required', ['people.email.required']),
      change('people.email.pattern', ['people.email.invalid']),
      change('people.age.max', ['people.age.invalid']),
      change('people.age.min', ['people.age.invalid']),
    ];
    const tables =
      '  people:\n    key: [id]\n    columns:\n      id: int32\n      email: { type: string, required: true, pattern: "^a", classification: pii }\n      age: { type: int64, min: 0, max: 150 }\n';
    const found = await live(tables, changes);
    expect(told(changes, found)).toEqual({
      'people.email.required': 'false 1 of 3 rows have no value (33.33%); none allowed',
      'people.email.pattern': 'false 1 of 3 rows break `pattern` (33.33%); none allowed',
      'people.age.max': 'false 1 of 3 rows break `max` (33.33%); none allowed',
      'people.age.min': 'true 0 of 3 rows break `min`',
    });
    expect(byPath(changes, found)['people.email.pattern']?.samples?.rows).toEqual([['3', '‹pii›']]);
    expect(JSON.stringify([...found.evidence.values()])).not.toContain('x.example');
  });

  it.skipIf(!server.log)('scans a table once, and fetches what broke by one statement more', async () => {
    const changes = [
      change('people.email.required', ['people.email.required']),
      change('people.email.pattern', ['people.email.invalid']),
      change('people.age.max', ['people.age.invalid']),
      typeChange('people.age', 'int64', 'int16'),
    ];
    const log = server.log as string;
    const from = (await readFile(log, 'utf8')).length;
    await live(
      '  people:\n    key: [id]\n    columns:\n      id: int32\n      email: { type: string, required: true, pattern: "^a" }\n      age: { type: int16, max: 150 }\n',
      changes,
    );
    const name = isMysql ? `\`${project.schema}\`.\`people\`` : `"${project.schema}"."people"`;
    await expect
      .poll(async () => {
        const sent = sentBy(server, (await readFile(log, 'utf8')).slice(from), project.schema);
        return sent.filter(({ sql }) => sql.includes(name)).map(({ sql }) => /part/.test(sql));
      })
      .toEqual([false, true]);
  });

  it('sends no contract SQL where the role could do harm with it, and says so', async () => {
    const changes = [change('people.adult', ['people.adult']), change('people.age.max', ['people.age.invalid'])];
    const place = new URL(server.url);
    await project.surety(
      `warehouses: { w: { type: ${typeOf(server)}, url: "${place.href}" } }\nparties: { ann: { name: Ann } }\n`,
    );
    const found = await live(
      `  people:\n    location: ${project.schema}.people\n    columns: { age: { type: int64, max: 300 } }\n    checks: { adult: age > 17 }\n`,
      changes,
    );
    expect(told(changes, found)).toEqual({
      'people.adult': expect.stringMatching(/^null not measured: .*role|^null not measured: .*@/),
      'people.age.max': 'true 0 of 3 rows break `max`',
    });
    expect(found.missed.map(({ path }) => path)).toEqual(['people.adult']);
  });

  it('says that nobody could look where the server is gone, without its address', async () => {
    const changes = [change('people.email.required', ['people.email.required'])];
    const place = new URL(project.url);
    place.port = '1';
    await project.surety(
      `warehouses: { w: { type: ${typeOf(server)}, url: "${place.href}" } }\nparties: { ann: { name: Ann } }\n`,
    );
    const found = await live('  people: { columns: { email: { type: string, required: true } } }\n', changes);
    expect(byPath(changes, found)['people.email.required']).toMatchObject({
      holds: null,
      message: expect.stringMatching(/^not measured: the warehouse cannot be reached: /),
      samples: null,
    });
    expect(found.missed.map(({ path }) => path)).toEqual(['people.email.required']);
    expect(JSON.stringify([...found.evidence.values()])).not.toContain('only-for-reading');
  });
});
