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

  test("an engine's limits: long names, long keys, long rows, exotic types", async () => {
    const long = 'x'.repeat(70);
    const tables = `  t:
    key: [k]
    columns:
      k: string
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
      'shop.a/t: the key is left out: MySQL has no index over a longtext; give k a maxLength',
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
