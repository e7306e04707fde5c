import { describe, expect, test } from 'vitest';
import { GenerateError } from '../../generators/generator.ts';
import { generate } from '../../generators/sql.ts';
import { projectFolder } from '../support/project-folder.ts';
import { FIXTURE, inputOf, SHIPPED } from './input.ts';
import { contractOf } from './sql-cases.ts';

async function generated(tables: string, dialect?: string, surety = SURETY) {
  const folder = await projectFolder({ 'surety.yaml': surety, 'contracts/a.yaml': contractOf(tables) });
  const { files, notes } = generate(await inputOf(folder), dialect === undefined ? {} : { dialect });
  return {
    files,
    text: files.map(({ text }) => text).join('\n'),
    notes: notes.map(({ where, message }) => `${where}: ${message}`),
  };
}

const SURETY = `warehouses:
  w: { type: postgres, url: "postgres://localhost/a" }
  m: { type: mysql, url: "mysql://localhost/a" }
  d: { type: duckdb, url: a.duckdb }
parties: { ann: { name: Ann } }
`;

/** Between the brackets of each table, on a line, sorted. */
function bodies(text: string): readonly string[] {
  return [...text.matchAll(/create table \S+ \(\n(.*?)\n\)/gs)]
    .map(([, body = '']) => body.trim().replace(/\s+/g, ' '))
    .sort();
}

describe('where tables are created', () => {
  test('without a dialect each table is created on the engine of its warehouse, files on DuckDB', async () => {
    const { files } = await generated(`  a: { columns: { id: int64 } }
  b: { warehouse: m, columns: { id: int64 } }
  c: { warehouse: d, columns: { id: int64 } }\n`);
    expect(files.map(({ path }) => path)).toEqual([
      'shop.a.v1.postgres.sql',
      'shop.a.v1.mysql.sql',
      'shop.a.v1.duckdb.sql',
    ]);
    const shipped = generate(await inputOf(SHIPPED), {});
    expect(shipped.files.map(({ path }) => path)).toEqual(['aviation.birdstrikes.v2.duckdb.sql']);
  });

  test('a location is a schema and a table, and what is none is told', async () => {
    const { text, notes } = await generated(`  a: { location: sales.orders, columns: { id: int64 } }
  b: { location: '"od.d"."na""me"', columns: { id: int64 } }
  c: { location: x.y.z, columns: { id: int64 } }\n`);
    expect(text).toContain('create schema if not exists "sales";');
    expect(text).toContain('create table "sales"."orders" (');
    expect(text).toContain('create table "od.d"."na""me" (');
    expect(text).toContain('create table "c" (');
    expect(notes).toEqual(['shop.a/c: it is created under its own name: "x.y.z" is not schema.table']);
  });

  test('an unknown dialect, two tables in one place and two columns of one name are errors that name both', async () => {
    const input = await inputOf(FIXTURE);
    expect(() => generate(input, { dialect: 'oracle' })).toThrow(GenerateError);
    await expect(
      generated('  a: { location: s.t, columns: { id: int64 } }\n  b: { location: s.T, columns: { id: int64 } }\n'),
    ).rejects.toThrow('table "a" of shop.a and table "b" of shop.a');
    await expect(
      generated('  a: { columns: { x: { type: int64, physicalName: Id }, y: { type: int64, physicalName: id } } }\n'),
    ).rejects.toThrow('column "x" of shop.a/a and column "y" of shop.a/a');
  });

  test('tables stand behind those that they refer to', async () => {
    const { text } = await generated(`  c: { key: [id], columns: { id: { type: int64, references: b.id } } }
  b: { key: [id], columns: { id: { type: int64, references: a.id } } }
  a: { key: [id], columns: { id: int64 } }\n`);
    expect([...text.matchAll(/create table "(.)"/g)].map(([, name]) => name)).toEqual(['a', 'b', 'c']);
    expect(text).not.toContain('alter table');
  });
});

describe('what is left out is told', () => {
  test('promises that no constraint says, tolerated rules, other contracts and what exceptions are allowed of', async () => {
    const { text, notes } = await generated(`  a:
    key: { columns: [id], window: 7d }
    timeColumn: at
    where: id > 0
    partitionedBy: [at]
    freshness: 2h
    columns:
      id: { type: int64, references: b.n }
      at: { type: instant, max: now }
      iban: { type: string, format: iban }
      some: { type: string, enum: [x], invalid: { warn: 1% } }
      none: { type: string, enum: [x], invalid: 0 }
      wide: { type: int32, references: c.id }
      twice: { type: string, physicalName: [One, Two], unique: { allow: 0 } }
    features: { f: { type: int64, as: id + 1 } }
    checks: { big: id > 1, long: length(some) > 1 }
  b: { columns: { n: int64 } }
  c: { key: [id], columns: { id: int64 } }\n`);
    expect(notes).toEqual([
      'shop.a/a.at: `max: now` is left out: a constraint has no clock',
      'shop.a/a.iban: the check digits of the IBAN are not tested',
      'shop.a/a.some: the rules on its values are left out, as some may break them (warns above 1%)',
      'shop.a/a.twice: it is called One, the first of its names in the source',
      'shop.a/a: the key is left out: it allows exceptions',
      'shop.a/a: id.references is left out: n of b is neither key nor unique there',
      'shop.a/a: wide.references is left out: wide has another type there',
      'shop.a/a: left out, as no constraint says it: freshness, long',
      'shop.a/a: left out, as they are not in the table: f',
      'shop.a/a: the constraints hold for all rows, the contract is about those where id > 0',
      'shop.a/a: the table is not partitioned by at',
    ]);
    expect(text).toContain(`"none" text check ("none" in ('x'))`);
    expect(text).toContain('"One" text unique');
    expect(text).toContain('\n  check ("id" > 1)\n');
  });

  test('what only the rows of a window have to keep, and what only warns', async () => {
    const { text, notes } = await generated(`  a:
    key: [id]
    timeColumn: at
    window: 7d
    columns:
      id: { type: string, maxLength: 5 }
      at: { type: instant, required: true }
      qty: { type: int32, required: true, min: 1, max: 9, unique: true }
      short: { type: string(3), minLength: 1 }
      up: { type: string, references: a.id }
    checks: { ordered: qty < 9, pair: { unique: [qty, at] }, up-too: { references: { columns: [up], to: [a.id] } } }
  b:
    severity: warn
    key: [id]
    columns: { id: int64, n: { type: int32, required: true, min: 1, unique: true, severity: fail } }
    checks: { big: n > id, bigger: { expect: n > id, severity: critical } }
  c:
    key: [id]
    columns: { id: { type: int64, severity: warn }, n: { type: int32, severity: warn, required: true, enum: [1], references: d.id } }
    checks: { pair: { unique: [n, id], severity: warn }, loose: { expect: n > id, severity: warn } }
  d: { key: [id], columns: { id: int32 } }\n`);
    expect([...notes].sort()).toEqual([
      'shop.a/a: left out, as only the rows of the last 7d have to keep it: id.maxLength, at.required, qty.required, qty.min, qty.max, short.minLength, ordered',
      'shop.a/a: up-too is left out: only the rows of the last 7d have to keep it',
      'shop.a/a: up.references is left out: only the rows of the last 7d have to keep it',
      'shop.a/b: left out, as a breach is only a warning: id.required, big',
      'shop.a/b: the key is left out: a breach is only a warning',
      'shop.a/c: left out, as a breach is only a warning: id.required, n.required, n.enum, loose',
      'shop.a/c: n.references is left out: a breach is only a warning',
      'shop.a/c: pair is left out: a breach is only a warning',
      'shop.a/c: the key is left out: a breach is only a warning',
    ]);
    expect(bodies(text)).toEqual([
      '"id" bigint, "n" integer',
      '"id" bigint, "n" integer not null unique check ("n" >= 1), check ("n" > "id")',
      '"id" integer not null, primary key ("id")',
      '"id" text not null, "at" timestamptz, "qty" integer unique, "short" varchar(3), "up" text, primary key ("id"), unique ("qty", "at")',
    ]);
  });

  test('uniqueness and references of columns in which values count as missing', async () => {
    const { text, notes } = await generated(`  a:
    key: [id]
    columns:
      id: { type: int64, missing: { values: [-1] } }
      no: { type: int32, unique: true, missing: { values: [-1, 0] } }
      up: { type: int64, references: b.id, missing: { values: [0] } }
  b: { key: [id], columns: { id: int64, cell: { type: int32, unique: true, missing: { values: [N/A] } } } }\n`);
    expect([...notes].sort()).toEqual([
      'shop.a/a: no.unique is left out: more than one row may have "-1", "0" in no, which count as missing',
      'shop.a/a: the key is left out: more than one row may have "-1" in id, which counts as missing',
      'shop.a/a: up.references is left out: no other row need have "0" in up, which counts as missing',
    ]);
    expect(bodies(text)).toEqual([
      '"id" bigint not null, "cell" integer unique, primary key ("id")',
      '"id" bigint not null, "no" integer, "up" bigint',
    ]);
  });

  test('tables in one place: one is created, without what other rows there need not keep', async () => {
    const { text, notes } = await generated(`  paid:
    location: s.orders
    where: status = 'paid'
    key: [id]
    columns: { id: int64, status: string, paid_at: { type: date, required: true } }
    checks: { later: paid_at > '2020-01-01' }
  open: { location: s.orders, where: status = 'open', columns: { id: int64, status: string, due: date, o: struct, o.x: int32 } }
  part: { location: s.all, where: id > 1, columns: { id: { type: int64, required: true } } }
  whole: { location: s.all, columns: { id: { type: int64, required: true } } }
  child: { columns: { id: { type: int64, references: open.id } } }\n`);
    expect([...notes].sort()).toEqual([
      'shop.a/child: id.references is left out: open is not created here',
      'shop.a/open: the table is left out: paid is created in the same place, without due, o',
      'shop.a/paid: left out, as other rows of the same place belong to other tables of the contract: id.required, paid_at.required, later',
      'shop.a/paid: the key is left out: other rows of the same place belong to other tables of the contract',
      'shop.a/part: the table is left out: whole is created in the same place',
    ]);
    expect(bodies(text)).toEqual(
      ['"id" bigint', '"id" bigint not null', '"id" bigint, "status" text, "paid_at" date'].sort(),
    );
  });

  test('values of an enum that the engine does not have', async () => {
    const tables = `  a:
    columns:
      v: { type: instant, enum: ["2020-01-01T00:00:00Z"] }
      f: { type: float64, enum: [1.5, NaN, Infinity] }
      n: { type: float64, enum: [NaN] }\n`;
    const { text, notes } = await generated(tables, 'mariadb');
    expect(notes.filter((note) => note.includes('enum'))).toEqual([
      'shop.a/a.v: `enum` is left out: MariaDB compares a TIMESTAMP in the time zone of the session',
      'shop.a/a.f: `enum` is without NaN, Infinity: MariaDB has no such value',
      'shop.a/a.n: `enum` is left out: MariaDB has no such value',
    ]);
    expect(text).toContain('`f` double check (`f` in (1.5))');
    expect(text).toMatch(/`n` double\n/);
    expect((await generated(tables, 'postgres')).notes).toEqual([]);
  });

  test("an engine's limits: long names, long keys, long rows, exotic types", async () => {
    const long = 'x'.repeat(70);
    const tables = `  t:
    key: [k]
    columns:
      k: string
      long: { type: string, maxLength: 60000, unique: true }
      blob: { type: bytes, unique: true }
      u: { type: string(800), unique: true }
      c: { type: string, unique: true, pattern: "^[a-z]{5}$" }
      ${long}: int64
      d: decimal(38,35)
      odd: native(int default (select 1))
      plain: native(int unsigned)
${Array.from({ length: 6 }, (_, at) => `      r${at}: string(4000)\n`).join('')}`;
    const mysql = await generated(tables, 'mysql');
    expect(mysql.notes).toEqual([
      'shop.a: MySQL keeps conditions since 8.0.16; before that it reads them and lets every value in',
      'shop.a: blanks at the end of a text that is too long for its column are cut off without a word',
      `shop.a/t.${long}: the column is left out: its name has 70 characters, MySQL takes 64`,
      'shop.a/t.d: MySQL keeps at most 30 digits behind the point, the contract has 35',
      'shop.a/t.odd: it is a longtext: "int default (select 1)" is no plain name of a type',
      'shop.a/t: the key is left out: MySQL has no index over a longtext; declare k as string(n), n at most 768',
      'shop.a/t: long.unique is left out: MySQL has no index over a longtext; declare long as string(n), n at most 768',
      'shop.a/t: blob.unique is left out: MySQL has no index over a longblob',
      'shop.a/t: u.unique is left out: 3200 bytes are too many for an index of MySQL, which takes 3072',
      'shop.a/t: key and unique columns: MySQL takes two texts for the same that differ in trailing blanks only',
    ]);
    expect(mysql.text).toContain('`c` varchar(5) unique');
    expect(mysql.text).toContain('`plain` int unsigned');
    expect(mysql.text.match(/varchar\(4000\)/g)).toHaveLength(3);
    expect(mysql.text.match(/longtext check \(char_length\(`r\d`\) <= 4000\)/g)).toHaveLength(3);
    expect(mysql.text).not.toContain('select 1');
    const postgres = await generated(tables, 'postgres');
    expect(postgres.notes).toEqual([
      `shop.a/t.${long}: the column is left out: its name has 70 bytes, PostgreSQL takes 63`,
      'shop.a/t.odd: it is a text: "int default (select 1)" is no plain name of a type',
    ]);
  });

  test('a comment that an engine does not take is changed, and that is told', async () => {
    const tables = `  t: { columns: { a: { type: int64, description: "back\\\\slash 🚚 it's ${'y'.repeat(1100)}" } } }\n`;
    const { text, notes } = await generated(tables, 'mariadb');
    expect(text).not.toContain('\\');
    expect(text).toContain("comment 'back＼slash � it''s yyy");
    expect(notes.join('\n')).toMatch(/t\.a: comment: MariaDB takes no backslashes.*; MariaDB takes 1024 characters/);
    const other = await generated(tables, 'postgres');
    expect(other.text).toContain("E'back\\\\slash 🚚 it''s yyy");
  });
});

test('no text of the contract is code, whatever the settings', async () => {
  const texts = JSON.stringify(["\\'; drop table t; --", "'; drop table t; --", '\\', '*/ drop', 'a\nb;\n']);
  const tables = `  t:\n    description: "\\\\'; drop table t; --"\n    columns: { a: { type: string, enum: ${texts}, default: "\\\\" } }\n`;
  for (const dialect of ['postgres', 'mysql', 'mariadb', 'duckdb']) {
    const { text } = await generated(tables, dialect);
    // Outside literals as they are read with and without backslash escapes.
    for (const literal of [/E'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'/gs, /'(?:[^'\\]|\\.|'')*'/gs]) {
      if (dialect === 'duckdb' && literal.source.startsWith("'")) continue;
      const code = text.replace(/^--.*$/gm, '').replace(literal, '‹›');
      expect(code, dialect).not.toMatch(/drop/);
      expect(code.match(/;/g)?.length, dialect).toBe(dialect === 'postgres' || dialect === 'duckdb' ? 2 : 2);
    }
  }
});
