import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TableSource } from '../../src/sql/dialect.ts';
import { parseLogicalType, printLogicalType } from '../../src/sql/logical-type.ts';
import { openServerOf, requestFor } from '../support/open-server.ts';
import { checksOf, type ServerProject, serverProject, verdictsOf } from '../support/server-project.ts';
import { describeOn } from '../support/servers/ask.ts';

/** Column type → the logical type that the catalog tells (semantics §3), and by which declared type it is another one. */
const TYPES: Readonly<Record<string, string | readonly [undeclared: string, ...others: string[]]>> = {
  'tinyint(1)': ['boolean', 'int8', 'boolean'],
  'tinyint(1) unsigned': ['int16', 'boolean'],
  tinyint: 'int8',
  smallint: 'int16',
  mediumint: 'int32',
  int: 'int32',
  bigint: 'int64',
  'tinyint unsigned': 'int16',
  'smallint unsigned': 'int32',
  'mediumint unsigned': 'int32',
  'int unsigned': 'int64',
  'bigint unsigned': 'decimal(20,0)',
  'int(5) zerofill': 'int64',
  boolean: 'boolean',
  'bit(1)': 'boolean',
  'bit(8)': 'native(bit(8))',
  'decimal(12,2)': 'decimal(12,2)',
  'decimal(12,2) unsigned': 'decimal(12,2)',
  'decimal(65,30)': 'decimal(65,30)',
  float: 'float32',
  'float(7,2)': 'float32',
  double: 'float64',
  'char(5)': 'string(5)',
  'char(36)': ['string(36)', 'uuid'],
  'varchar(20)': 'string(20)',
  'varchar(10) character set latin1': 'string(10)',
  tinytext: 'string',
  text: 'string',
  mediumtext: 'string',
  "enum('a', 'B')": 'string',
  "set('x', 'y')": 'string',
  'binary(4)': 'bytes',
  'varbinary(5)': 'bytes',
  blob: 'bytes',
  longblob: 'bytes',
  date: 'date',
  time: 'time(0)',
  'time(6)': 'time(6)',
  datetime: 'timestamp(0)',
  'datetime(3)': 'timestamp(3)',
  'timestamp null': 'instant(0)',
  'timestamp(6) null': 'instant(6)',
  year: 'int16',
  point: 'native(point)',
};
const ONLY = {
  mysql: { json: ['json', 'string', 'array<string>'], longtext: 'string' },
  mariadb: {
    json: ['string', 'json', 'array<string>'],
    longtext: ['string', 'json'],
    uuid: 'uuid',
    inet6: 'native(inet6)',
    'longtext compressed': 'string',
  },
} as const;

await describeOn(['mariadb', 'mysql'], 'types and relations of the catalog', (server) => {
  const isMaria = server.name === 'mariadb';
  const types: typeof TYPES = { ...TYPES, ...(isMaria ? ONLY.mariadb : ONLY.mysql) };
  const natives = Object.keys(types);
  let project: ServerProject;
  beforeAll(async () => {
    project = await serverProject(server, [
      "set sql_mode = ''",
      `create table $s.types (${natives.map((native, index) => `c${index} ${native}`).join(', ')})`,
      'create table $s.base (id bigint not null primary key, amount decimal(10,2), twice decimal(12,2) generated always as (amount * 2) stored, half decimal(12,2) generated always as (amount / 2) virtual, d date not null) partition by range (id) (partition p1 values less than (10), partition p2 values less than maxvalue)',
      "insert into $s.base (id, amount, d) values (1, 1.5, '2026-01-01'), (11, 2.5, '2026-01-02'), (12, -1, '2026-01-02')",
      'create view $s.seen as select id, amount, twice, half, upper(cast(d as char)) as day from $s.base',
      "create table $s.cells (id bigint primary key, b tinyint(1), bit1 bit(1), u char(36), y year, z int(5) zerofill, n tinyint unsigned, e enum('b', 'a'), f float)",
      `insert into $s.cells values
        (1, 1, b'1', 'F47AC10B-58CC-4372-A567-0E02B2C3D479', 2024, 7, 200, 'b', 0.1), (2, 0, b'0', 'f47ac10b-58cc-4372-a567-0e02b2c3d479', 1970, 8, 0, 'a', 16777217),
        (3, 5, null, 'f47ac10b-58cc-4372-a567-0e02b2c3d47', 1999, null, null, null, null), (4, null, null, null, null, null, null, null, null)`,
      'create table $s.padded (id bigint, c char(5), v varchar(5))',
      "insert into $s.padded values (1, 'ab', 'ab'), (2, 'ab   ', 'ab '), (3, 'AB', 'AB')",
      'create table $s.texts (id bigint, g varchar(20) collate utf8mb4_general_ci, l varchar(20) character set latin1, w varchar(20) character set utf16, b varchar(20) collate utf8mb4_bin)',
      "insert into $s.texts values (1, 'placed', 'placed', 'placed', 'placed'), (2, 'PLACED', 'PLACED', 'PLACED', 'PLACED'), (3, 'plácéd', 'plácéd', 'plácéd', 'plácéd'), (4, 'placed ', 'placed ', 'placed ', 'placed '), (5, 'placed', 'placed', 'placed', 'placed')",
      'create table $s.long_texts (id bigint, k longtext, v varchar(2000))',
      "insert into $s.long_texts select seq.n, concat(repeat('a', 1500), if(seq.n % 2 = 0, 'x', 'y')), concat(repeat('a', 1500), if(seq.n % 2 = 0, 'x', 'y')) from (select 1 as n union select 2 union select 3 union select 4) seq",
      'create table $s.days (id bigint, d date, at datetime(6), i timestamp(6) null)',
      "insert into $s.days values (1, '0000-00-00', '0000-00-00', '0000-00-00'), (2, '2026-00-10', '2026-00-10 01:00:00', '2026-07-01 00:00:00'), (3, '2026-07-09', '2026-07-09 23:00:00', '2026-07-09 23:00:00')",
      `create table $s.docs (id bigint primary key, doc ${isMaria ? 'longtext' : 'json'})`,
      `insert into $s.docs values (1, '{"customer": {"id": 1, "name": "ann", "since": "2024-02-29", "at": "2026-01-01T10:00:00+02:00", "u": "F47AC10B-58CC-4372-A567-0E02B2C3D479"}, "lines": [{"qty": 1}, {"qty": 2.0}]}'),
        (2, '{"customer": {"id": "2", "name": null, "since": "2023-02-29", "at": "2026-01-01T10:00:00", "u": "no"}, "lines": [{"qty": 1.5}]}'), (3, '{"lines": "none"}'), (4, null), (5, 'null'), (6, '[1]')`,
      ...(isMaria ? ["insert into $s.docs values (7, '{broken')"] : []),
      'create table $s.restless (id bigint) engine = myisam',
      'insert into $s.restless values (1)',
      'create table $s.`Mixed Case` (`Id` bigint)',
      'create table $s.other_case (id bigint)',
      'create table $s.OTHER_CASE (id bigint)',
      'grant select on $s.* to $r',
    ]);
  });
  afterAll(() => project?.drop());
  const sourceOf = async (
    location: string,
    columns: Parameters<typeof requestFor>[1] = [],
  ): Promise<TableSource & { readonly warnings: readonly string[] }> => {
    const warehouse = await openServerOf(server, [requestFor(location, columns)], { url: project.url });
    await warehouse.close();
    const source = warehouse.tables.get(location);
    if (!source || 'reason' in source) throw new Error(source?.reason);
    return { ...source, warnings: warehouse.warnings };
  };
  const verify = async (tables: string) => {
    await project.contract(tables);
    return project.verify();
  };

  it('every type is told from the catalog, some of them by what is declared', async () => {
    const found = await sourceOf('types');
    const undeclared = natives.map((native) => [types[native]].flat()[0]);
    expect(found.columns.map(({ type }, at) => [natives[at], printLogicalType(type)])).toEqual(
      natives.map((native, at) => [native, undeclared[at]]),
    );
    for (const [at, native] of natives.entries()) {
      for (const declared of [types[native]].flat().slice(1)) {
        const parsed = parseLogicalType(declared ?? '');
        if ('problem' in parsed) throw new Error(parsed.problem.message);
        const name = `c${at}`;
        const again = await sourceOf('types', [{ name, physicalNames: [name], type: parsed.type }]);
        expect([native, printLogicalType(again.columns[at]?.type ?? parsed.type)]).toEqual([native, declared]);
      }
    }
  });

  it.each(['base', 'seen'])('%s: partitioned tables, generated columns and views are tables', async (name) => {
    const found = await verify(
      `  t:\n    location: ${name}\n    key: [id]\n    columns: { id: int64, amount: { type: "decimal(10,2)", min: 0 }, twice: "decimal(12,2)", half: decimal }\n    checks: { sum: { metric: sum(twice), equals: 6 }, halves: { metric: sum(half), equals: 1.5 } }\n`,
    );
    expect(verdictsOf(found)).toMatchObject({
      't.key': 'pass',
      't.sum': 'pass',
      't.halves': 'pass',
      't.amount.type': 'pass',
      't.amount.invalid': 'fail',
    });
  });

  it('values of types that hold more than they say', async () => {
    const found = await verify(`  cells:
    key: [id]
    columns:
      id: int64
      b: { type: boolean, enum: [true] }
      bit1: { type: boolean, enum: [true] }
      u: { type: uuid, enum: [f47ac10b-58cc-4372-a567-0e02b2c3d479] }
      y: { type: int16, min: 1980 }
      z: { type: int64, enum: [7] }
      n: { type: int16, max: 199 }
      e: { type: string, enum: [b], unique: true }
      f: { type: float32, max: 0.1 }
    checks:
      each: { metric: count(*), by: [bit1], max: 0, segments: { "true": 1 } }
`);
    expect(verdictsOf(found)).toMatchObject({
      'cells.u.type': 'pass',
      'cells.b.type': 'pass',
      'cells.e.unique': 'pass',
    });
    const rows = Object.fromEntries(checksOf(found).map(({ path, samples }) => [path, samples?.rows]));
    expect(rows).toMatchObject({
      'cells.b.invalid': [
        ['2', 'false'],
        ['3', '5'],
      ],
      'cells.bit1.invalid': [['2', 'false']],
      'cells.u.invalid': [['3', 'f47ac10b-58cc-4372-a567-0e02b2c3d47']],
      'cells.y.invalid': [['2', '1970']],
      'cells.z.invalid': [['2', '8']],
      'cells.n.invalid': [['1', '200']],
      'cells.e.invalid': [['2', 'a']],
      'cells.f.invalid': [
        ['1', '0.10000000149011612'],
        ['2', '16777216'],
      ],
    });
  });

  it('trailing blanks of char(n) do not count, those of varchar do', async () => {
    const found = await verify(
      `  padded:\n    columns: { id: int64, c: { type: string(5), unique: true, maxLength: 2 }, v: { type: string(5), unique: true, maxLength: 2 } }\n`,
    );
    const bad = Object.fromEntries(
      checksOf(found).map(({ path, measured }) => [path, measured['surplus'] ?? measured['bad']]),
    );
    expect(bad).toMatchObject({
      'padded.c.unique': 1,
      'padded.c.invalid': 0,
      'padded.v.unique': 0,
      'padded.v.invalid': 1,
    });
  });

  it.each(['g', 'l', 'w', 'b'])(
    'text is told apart by code point, whatever its collation and character set: %s',
    async (name) => {
      const found = await verify(`  texts:
    columns: { id: int64, ${name}: { type: string, enum: [placed], unique: true, maxLength: 6, missing: { allow: 0, values: [PLACED] }, pattern: "^[ -~]*$" } }
    checks: { kinds: { metric: distinct(${name}), equals: 4 }, each: { metric: count(*), by: [${name}], max: 2 } }
`);
      const measured = Object.fromEntries(checksOf(found).map((check) => [check.path, check]));
      expect(measured[`texts.${name}.unique`]?.measured['surplus']).toBe(1);
      expect(measured[`texts.${name}.missing`]?.measured['bad']).toBe(1);
      expect(measured[`texts.${name}.invalid`]?.rules).toEqual([
        { rule: 'enum', rows: 2 },
        { rule: 'pattern', rows: 1 },
        { rule: 'maxLength', rows: 1 },
      ]);
      expect(measured['texts.kinds']?.verdict).toBe('pass');
      expect(measured['texts.each']?.measured['groups']).toBe(4);
    },
  );

  it('texts that differ only behind a thousand bytes are two', async () => {
    const found = await verify(
      '  long_texts:\n    columns: { id: int64, k: string, v: string }\n    checks:\n      keys: { unique: [k], allow: 2 }\n      values: { unique: [v], allow: 2 }\n      by: { metric: distinct(id), by: [k], max: 2 }\n      distinct: { metric: distinct(k), equals: 2 }\n',
    );
    expect(verdictsOf(found)).toMatchObject({
      'long_texts.keys': 'pass',
      'long_texts.values': 'pass',
      'long_texts.by': 'pass',
      'long_texts.distinct': 'pass',
    });
    expect(checksOf(found).find(({ path }) => path === 'long_texts.by')?.measured['groups']).toBe(2);
  });

  it('days that no calendar has are no newest row and warn of nothing', async () => {
    await project.contract(`  days:
    timeColumn: i
    freshness: 1d
    retention: { max: 30d }
    columns: { id: int64, d: { type: date, min: 2026-01-01, missing: { allow: 1, values: ["0000-00-00"] } }, at: { type: timestamp, timezone: UTC, min: "2026-01-01T00:00:00" }, i: instant }
  naive:
    location: days
    timeColumn: at
    freshness: 2h
    columns: { id: int64, at: { type: timestamp, timezone: UTC } }
  dates:
    location: days
    timeColumn: d
    freshness: 1d
    columns: { id: int64, d: { type: date, timezone: UTC } }
`);
    const found = await project.verify({ now: { microseconds: 1_783_641_600_000_000n } });
    const checks = Object.fromEntries(
      checksOf(found).map(({ path, verdict, message }) => [path, `${verdict}: ${message}`]),
    );
    expect(checks['days.freshness']).toMatch(/^pass: the newest row is 1h old/);
    expect(checks['naive.freshness']).toMatch(/^pass: the newest row is 1h old/);
    expect(checks['dates.freshness']).toMatch(/^pass/);
    expect(checks['days.at.invalid']).toMatch(/^fail: 2 of 3/);
    expect(Object.values(checks).filter((text) => text.startsWith('error'))).toEqual([]);
  });

  it('members of a JSON column: what they are is found in the rows', async () => {
    const found = await verify(`  docs:
    key: [id]
    columns:
      id: int64
      doc: struct
      doc.customer: struct
      doc.customer.id: int64
      doc.customer.name: { type: string, required: true }
      doc.customer.since: date
      doc.customer.at: instant
      doc.customer.u: uuid
      doc.lines: array<struct>
      doc.lines[].qty: { type: int32, required: true }
    checks:
      ids: { metric: sum(doc.customer.id), equals: 1 }
      first: { metric: min(doc.customer.id), equals: 1 }
`);
    const bad = Object.fromEntries(
      checksOf(found)
        .filter(({ measured }) => measured['bad'] !== undefined)
        .map(({ path, measured }) => [path, measured['bad']]),
    );
    expect(bad).toMatchObject({
      // [1] is no struct; what is no JSON at all neither.
      'docs.doc.invalid': isMaria ? 2 : 1,
      'docs.doc.customer.id.invalid': 1,
      'docs.doc.customer.name.required': 1,
      'docs.doc.customer.since.invalid': 1,
      'docs.doc.customer.at.invalid': 1,
      'docs.doc.customer.u.invalid': 1,
      'docs.doc.lines.invalid': 1,
      'docs.doc.lines[].qty.invalid': 1,
      'docs.doc.lines[].qty.required': 0,
    });
    expect(verdictsOf(found)).toMatchObject({ 'docs.ids': 'pass', 'docs.first': 'pass' });
  });

  it('JSON as such: its form is measured where the server does not know it', async () => {
    const found = await verify('  docs: { columns: { id: int64, doc: { type: json, required: true } } }\n');
    expect(verdictsOf(found)).toMatchObject({ 'docs.doc.type': 'pass', 'docs.doc.required': 'fail' });
    expect(verdictsOf(found)['docs.doc.invalid']).toBe(isMaria ? 'fail' : undefined);
  });

  it('tables that no snapshot holds still are told', async () => {
    const { warnings } = await sourceOf('restless');
    expect(warnings).toEqual([expect.stringMatching(/restless is kept by MyISAM/)]);
    expect((await sourceOf('base')).warnings).toEqual([]);
  });

  it('names: the exact spelling wins, else one that differs only in case; long ones are refused', async () => {
    expect((await sourceOf('"mixed case"')).place).toMatch(/\.Mixed Case$/);
    expect((await sourceOf('other_case')).place).toMatch(/\.other_case$/);
    await expect(sourceOf('Other_Case')).rejects.toThrow(/ambiguous/);
    await expect(sourceOf('n'.repeat(65))).rejects.toThrow(/has 65 characters/);
    await expect(sourceOf('"nu\0l"')).rejects.toThrow(/there is no table/);
    await expect(sourceOf('nowhere.base')).rejects.toThrow(/there is no table "nowhere.base"/);
    const schema = project.schema.toUpperCase();
    expect((await sourceOf(`${schema}.base`)).place).toBe(`${project.schema}.base`);
  });
});

await describeOn(['mariadb', 'mysql'], 'references at a size', (server) => {
  let project: ServerProject;
  beforeAll(async () => {
    project = await serverProject(server, [
      'create table $s.parent (code varchar(40) collate utf8mb4_general_ci, n int)',
      'create table $s.child (code varchar(40) character set latin1, n int)',
      'create table $s.ten (d int)',
      'insert into $s.ten values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)',
      "insert into $s.parent select concat('code', a.d, b.d, c.d, d.d), a.d * 1000 + b.d * 100 + c.d * 10 + d.d from $s.ten a, $s.ten b, $s.ten c, $s.ten d",
      'insert into $s.child select code, n from $s.parent',
      "insert into $s.child values ('CODE0001', 10001), (null, null)",
      'grant select on $s.* to $r',
    ]);
  });
  afterAll(() => project?.drop());

  it('texts and numbers without an index are looked up, not searched for', async () => {
    await project.contract(
      '  child:\n    columns: { code: { type: string, references: parent.code }, n: { type: int32, references: parent.n } }\n  parent: { columns: { code: string, n: int32 } }\n',
    );
    const began = performance.now();
    const found = await project.verify();
    expect(verdictsOf(found)).toMatchObject({ 'child.code.references': 'fail', 'child.n.references': 'fail' });
    expect(checksOf(found).flatMap(({ measured }) => measured['bad'] ?? [])).toEqual([1, 1]);
    // Searched for, it is minutes.
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
