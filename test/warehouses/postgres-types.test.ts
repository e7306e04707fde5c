import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TableRequest, TableSource } from '../../src/sql/dialect.ts';
import { parseLogicalType, printLogicalType } from '../../src/sql/logical-type.ts';
import { openServerOf, requestFor } from '../support/open-server.ts';
import { checksOf, type ServerProject, serverProject, verdictsOf } from '../support/server-project.ts';
import { describeOn } from '../support/servers/ask.ts';

/** Column type → the logical type that the catalog tells (semantics §3). */
const TYPES: Readonly<Record<string, string>> = {
  smallint: 'int16',
  integer: 'int32',
  bigint: 'int64',
  'numeric(12,2)': 'decimal(12,2)',
  numeric: 'decimal',
  'numeric(5)': 'decimal(5,0)',
  real: 'float32',
  'double precision': 'float64',
  boolean: 'boolean',
  text: 'string',
  'varchar(20)': 'string(20)',
  varchar: 'string',
  'char(5)': 'string(5)',
  date: 'date',
  time: 'time(6)',
  'time(3)': 'time(3)',
  timestamp: 'timestamp(6)',
  'timestamp(0)': 'timestamp(0)',
  timestamptz: 'instant(6)',
  'timestamptz(3)': 'instant(3)',
  uuid: 'uuid',
  json: 'json',
  jsonb: 'json',
  bytea: 'bytes',
  inet: 'native(inet)',
  interval: 'native(interval)',
  int4range: 'native(int4range)',
  'time with time zone': 'native(time with time zone)',
  money: 'native(money)',
  'integer[]': 'array<int32>',
  'varchar(3)[]': 'array<string(3)>',
  '$s.mood': 'string',
  '$s.short': 'string(10)',
  '$s.amount': 'decimal(8,3)',
  '$s.nested_domain': 'string(10)',
  '$s.address': 'struct',
  '$s.address[]': 'array<struct>',
};
const NAMES = Object.keys(TYPES);

await describeOn(['postgres', 'postgres15'], "types and relations of PostgreSQL's catalog", (server) => {
  let project: ServerProject;
  beforeAll(async () => {
    project = await serverProject(server, [
      "create type $s.mood as enum ('sad', 'ok')",
      'create domain $s.short as varchar(10)',
      'create domain $s.amount as numeric(8,3) check (value >= 0)',
      'create domain $s.nested_domain as $s.short',
      'create type $s.address as (country text, zip $s.short)',
      `create table $s.types (${NAMES.map((name, index) => `c${index} ${name}`).join(', ')})`,
      'create table $s.base (id bigint primary key, amount numeric(10,2), twice numeric(12,2) generated always as (amount * 2) stored, d date not null) partition by range (id)',
      'create table $s.part1 partition of $s.base for values from (0) to (10)',
      'create table $s.part2 partition of $s.base for values from (10) to (100)',
      "insert into $s.base (id, amount, d) values (1, 1.5, '2026-01-01'), (11, 2.5, '2026-01-02'), (12, -1, '2026-01-02')",
      'create view $s.seen as select id, amount, upper(cast(d as text)) as day from $s.base',
      'create materialized view $s.kept as select * from $s.base',
      'create table $s.padded (id bigint, c char(5), v varchar(5))',
      "insert into $s.padded values (1, 'ab', 'ab'), (2, 'ab   ', 'ab '), (3, 'AB', 'AB')",
      "create collation $s.blind (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
      'create table $s.blinded (id bigint, s text collate $s.blind)',
      "insert into $s.blinded values (1, 'placed'), (2, 'PLACED'), (3, 'plácéd'), (4, 'placed')",
      'create table $s.loose (id bigint, n numeric, t text)',
      "insert into $s.loose values (1, 12.34, 'abc'), (2, 12.340, 'abcd'), (3, 12.345, 'x'), (4, 12345678901.00, 'x'), (5, 'NaN', 'x'), (6, null, null)",
      'create table $s.limited (id bigint)',
      'insert into $s.limited values (1), (2)',
      'alter table $s.limited enable row level security',
      'create policy only_one on $s.limited for select using (id = 1)',
      'create table $s.docs (id bigint primary key, doc jsonb, tags json)',
      `insert into $s.docs values
        (1, '{"customer": {"id": 1, "name": "ann", "since": "2024-02-29"}, "lines": [{"qty": 1, "price": 1.10}, {"qty": 2, "price": 2.5}], "attrs": {"a": 1}}', '["x"]'),
        (2, '{"customer": {"id": "2", "name": null, "since": "2023-02-29"}, "lines": [{"qty": 0, "price": 1.105}], "attrs": {"a": -1}}', '["xx"]'),
        (3, '{"lines": "none", "attrs": null}', null),
        (4, null, 'null')`,
      'grant select on all tables in schema $s to $r',
    ]);
  });
  afterAll(() => project?.drop());
  const open = (requests: readonly TableRequest[]) =>
    openServerOf(server, requests, { url: project.url, schema: project.schema });
  const sourceOf = async (location: string): Promise<TableSource> => {
    const warehouse = await open([requestFor(location)]);
    await warehouse.close();
    const source = warehouse.tables.get(location);
    if (!source || 'reason' in source) throw new Error(source?.reason);
    return source;
  };

  it('every type is told from the catalog, domains by their base', async () => {
    const { columns } = await sourceOf('types');
    expect(columns.map(({ type }, index) => [NAMES[index], printLogicalType(type)])).toEqual(Object.entries(TYPES));
    const address = columns.find((_, index) => NAMES[index] === '$s.address')?.type;
    expect(address).toMatchObject({
      members: [
        { name: 'country', type: { name: 'string' } },
        { name: 'zip', type: { length: 10 } },
      ],
    });
    const again = NAMES.filter((name) => !TYPES[name]?.startsWith('native')).map((name) =>
      parseLogicalType(TYPES[name] ?? ''),
    );
    expect(again.filter((parsed) => 'problem' in parsed)).toEqual([]);
  });

  it.each(['base', 'part1', 'seen', 'kept'])(
    '%s: partitioned tables, their parts and views are tables',
    async (name) => {
      const column = name === 'seen' ? '' : ', d: date, twice: "decimal(12,2)"';
      await project.contract(
        `  t:\n    location: ${name}\n    timezone: UTC\n    extraColumns: ${name === 'seen' ? 'warn' : 'forbid'}\n    key: [id]\n    columns: { id: int64, amount: { type: "decimal(10,2)", min: 0 }${column} }\n    checks: { sum: { metric: sum(amount), min: -1 } }\n`.replace(
          '    timezone: UTC\n',
          '',
        ),
      );
      const found = await project.verify();
      const invalid = checksOf(found).find(({ path }) => path === 't.amount.invalid');
      expect(invalid?.measured['bad']).toBe(name === 'part1' ? 0 : 1);
      expect(verdictsOf(found)).toMatchObject({
        't.key': 'pass',
        't.sum': 'pass',
        't.amount.type': name === 'seen' ? 'pass' : 'pass',
      });
    },
  );

  it('trailing blanks of char(n) do not count, those of varchar do', async () => {
    await project.contract(
      '  padded:\n    columns: { id: int64, c: { type: string(5), enum: [ab], maxLength: 2, unique: { allow: 1 } }, v: { type: string(5), enum: [ab], maxLength: 2, unique: true } }\n',
    );
    const found = checksOf(await project.verify());
    const of = (path: string) => found.find((check) => check.path === path);
    expect(of('padded.c.invalid')).toMatchObject({ measured: { bad: 1 }, rules: [{ rule: 'enum', rows: 1 }] });
    expect(of('padded.c.unique')).toMatchObject({ verdict: 'pass', measured: { surplus: 1 } });
    expect(of('padded.v.invalid')).toMatchObject({
      measured: { bad: 2 },
      rules: [
        { rule: 'enum', rows: 2 },
        { rule: 'maxLength', rows: 1 },
      ],
    });
    expect(of('padded.v.unique')?.verdict).toBe('pass');
  });

  it('text is told apart by code point where the collation calls it equal', async () => {
    await project.contract(
      '  blinded:\n    key: [id]\n    columns: { id: int64, s: { type: string, enum: [placed], pattern: "^placed$", unique: { allow: 1 }, missing: { allow: 3, values: [PLACED] }, references: other.s } }\n    checks: { values: { metric: distinct(s), equals: 3 }, by: { metric: count(*), by: [s], max: 1 } }\n  other: { location: blinded, where: id = 1, rows: { min: 1, max: 1 }, columns: { id: int64, s: string } }\n',
    );
    const found = checksOf(await project.verify());
    const of = (path: string) => found.find((check) => check.path === path);
    expect(of('blinded.s.invalid')).toMatchObject({ verdict: 'fail', measured: { bad: 1 } });
    expect(of('blinded.s.missing')).toMatchObject({ verdict: 'pass', measured: { bad: 1 } });
    expect(of('blinded.s.unique')).toMatchObject({ verdict: 'pass', measured: { surplus: 1 } });
    expect(of('blinded.values')?.verdict).toBe('pass');
    expect(of('blinded.by')).toMatchObject({ verdict: 'fail', measured: { groups: 3, broken: 1 } });
  });

  it('sizes that the engine does not bound are promises on values', async () => {
    await project.contract('  loose:\n    columns: { id: int64, n: "decimal(12,2)", t: string(3) }\n');
    const found = checksOf(await project.verify());
    const of = (path: string) => found.find((check) => check.path === path);
    expect(of('loose.n.type')?.verdict).toBe('pass');
    expect(of('loose.n.invalid')).toMatchObject({
      verdict: 'fail',
      measured: { bad: 3, rows: 6 },
      rules: [{ rule: 'size', rows: 3 }],
    });
    expect(of('loose.t.invalid')).toMatchObject({
      verdict: 'fail',
      measured: { bad: 1 },
      rules: [{ rule: 'length', rows: 1 }],
    });
  });

  it('what the engine says of a value is not shown where the contract masks one', async () => {
    const secret = 'annesecret';
    await project.admin.query(`create table ${project.schema}.people (id bigint, email text)`);
    await project.admin.query(`insert into ${project.schema}.people values (1, '${secret}')`);
    await project.admin.query(
      `create function ${project.schema}.boom(v text) returns boolean language plpgsql as $f$ begin raise exception 'bad value % here', v using errcode = '22012'; end $f$`,
    );
    await project.admin.query(`grant select on ${project.schema}.people to ${project.reader}`);
    const texts = [
      'cast(email as regoper) is null',
      "cast(email || '.a.b.c' as regclass) is null",
      'cast(email as integer) = 1',
      `${project.schema}.boom(email)`,
    ];
    const checks = texts.map((text, index) => `      c${index}: ${JSON.stringify(text)}\n`).join('');
    await project.contract(
      `  people:\n    columns: { id: int64, email: { type: string, classification: pii } }\n    checks:\n${checks}`,
    );
    const found = await project.verify();
    expect(Object.values(verdictsOf(found)).filter((verdict) => verdict === 'error: engine refused')).toHaveLength(4);
    expect(JSON.stringify(checksOf(found).map(({ message }) => message))).not.toContain(secret);
  });

  it('times at the end of what the engine reaches', async () => {
    await project.admin.query(`create table ${project.schema}.late (id bigint, d date, t timestamptz)`);
    await project.admin.query(
      `insert into ${project.schema}.late values (1, '5874897-12-31', '294276-12-31 23:59:59+00'), (2, '4713-01-01 BC', '4713-01-01 00:00:00+00 BC')`,
    );
    await project.admin.query(`grant select on ${project.schema}.late to ${project.reader}`);
    await project.contract(
      '  late: { timeColumn: t, freshness: 1d, retention: { min: 1y }, columns: { id: int64, d: { type: date, timezone: UTC }, t: instant } }\n  dates: { location: late, timeColumn: d, freshness: 1d, retention: { min: 1y }, columns: { d: { type: date, timezone: UTC } } }\n',
    );
    const found = verdictsOf(await project.verify());
    expect(Object.entries(found).filter(([, verdict]) => verdict.startsWith('error'))).toEqual([]);
    expect(found).toMatchObject({ 'late.freshness.future': 'warn', 'dates.retention': 'pass' });
  });

  it('policies that keep rows from the role are told', async () => {
    await project.contract('  limited: { columns: { id: int64 } }\n');
    const run = await project.verify();
    expect(run.diagnostics.map(({ message }) => message).join('\n')).toMatch(/row security keep rows of .*limited/);
  });

  it('members of a JSON column: what they are is found in the rows', async () => {
    await project.contract(
      `  docs:
    key: [id]
    columns:
      id: int64
      doc: struct
      doc.customer: struct
      doc.customer.id: { type: int64, required: true }
      doc.customer.name: { type: string, missing: 0.1% }
      doc.customer.since: date
      doc.lines: array<struct>
      "doc.lines[].qty": { type: int32, min: 1 }
      "doc.lines[].price": "decimal(6,2)"
      doc.attrs: "map<string, int32>"
      "doc.attrs{}": { type: int32, min: 0 }
      tags: array<string>
      "tags[]": { type: string, maxLength: 1 }
`.replace('      doc.customer.since: date\n', '      doc.customer.since: { type: date, timezone: UTC }\n'),
    );
    const run = await project.verify();
    const found = checksOf(run);
    const of = (path: string) => {
      const check = found.find((each) => each.path === path);
      return check && [check.verdict, check.measured['bad'] ?? null];
    };
    expect({
      type: of('docs.doc.type'),
      id: of('docs.doc.customer.id.invalid'),
      idRequired: of('docs.doc.customer.id.required'),
      name: of('docs.doc.customer.name.missing'),
      since: of('docs.doc.customer.since.invalid'),
      lines: of('docs.doc.lines.invalid'),
      qty: of('docs.doc.lines[].qty.invalid'),
      price: of('docs.doc.lines[].price.invalid'),
      attrs: of('docs.doc.attrs{}.invalid'),
      tags: of('docs.tags[].invalid'),
    }).toEqual({
      type: ['pass', null],
      id: ['fail', 1],
      idRequired: ['pass', 0],
      name: ['fail', 1],
      since: ['fail', 1],
      lines: ['fail', 1],
      qty: ['fail', 1],
      price: ['fail', 1],
      attrs: ['fail', 1],
      tags: ['fail', 1],
    });
    expect(found.filter(({ verdict }) => verdict === 'error')).toEqual([]);
  });

  it('names: the exact spelling wins, else one that differs only in case', async () => {
    const { admin, schema, reader } = project;
    await admin.query(`create table ${schema}."Mixed" ("Id" bigint, "ID" bigint, "Name" text)`);
    await admin.query(`grant select on ${schema}."Mixed" to ${reader}`);
    try {
      expect((await sourceOf('mixed')).place).toBe(`${schema}.Mixed`);
      await admin.query(`create table ${schema}."MIXED" ("Id" bigint)`);
      await admin.query(`grant select on ${schema}."MIXED" to ${reader}`);
      expect((await sourceOf('Mixed')).columns).toHaveLength(3);
      await expect(sourceOf('mixed')).rejects.toThrow(/ambiguous/);
      await expect(sourceOf('mixd')).rejects.toThrow(/there is no table/);
      await expect(sourceOf('a.b.c')).rejects.toThrow(/too many parts/);
      await expect(sourceOf('nowhere.t')).rejects.toThrow(/nowhere/);
    } finally {
      await admin.query(`drop table if exists ${schema}."Mixed", ${schema}."MIXED"`);
    }
  });
});
