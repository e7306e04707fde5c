import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sql, TableSource, Warehouse } from '../../src/sql/dialect.ts';
import { parseLogicalType, printLogicalType } from '../../src/sql/logical-type.ts';
import { openServerOf, requestFor, typeOf } from '../support/open-server.ts';
import { checksOf, type ServerProject, serverProject, verdictsOf } from '../support/server-project.ts';
import { describeOn } from '../support/servers/ask.ts';
import { SERVER_NAMES } from '../support/servers/server.ts';

type Described = readonly [expression: string, declared: string, native: string, type?: string];

/** Expression, declared type, what the engine calls it, and what that is; without the last the declared one. */
const POSTGRES: readonly Described[] = [
  ['id + 1', 'int64', 'bigint'],
  ['cast(id as integer)', 'int64', 'integer', 'int32'],
  ['amount', 'decimal(12,2)', 'numeric(12,2)'],
  ['amount * 2', 'decimal(12,2)', 'numeric', 'decimal'],
  ['cast(amount as numeric(9,1))', 'decimal(12,2)', 'numeric(9,1)', 'decimal(9,1)'],
  ['s', 'string', 'character varying(50)', 'string(50)'],
  ["s || 'x'", 'string(9)', 'text', 'string'],
  ["'x'", 'string', 'text'],
  ['amount > 5', 'boolean', 'boolean'],
  ['seen', 'instant', 'timestamp(3) with time zone', 'instant(3)'],
  ["seen + interval '1 day'", 'instant', 'timestamp with time zone', 'instant(6)'],
  ['cast(seen as date)', 'date', 'date'],
  ['cast(seen as timestamp(0))', 'timestamp', 'timestamp(0) without time zone', 'timestamp(0)'],
  ['cast(amount as double precision)', 'float64', 'double precision'],
  ['cast(amount as real)', 'float64', 'real', 'float32'],
  ['cast(s as bytea)', 'bytes', 'bytea'],
  ['array[id, 1]', 'array<int64>', 'bigint[]'],
  ["jsonb_build_object('a', id)", 'json', 'jsonb'],
  ['cast(s as uuid)', 'uuid', 'uuid'],
  ["cast('10.0.0.1' as inet)", 'string', 'inet', 'native(inet)'],
  ['mood', 'string', 'mood'],
  ['positive', 'int64', 'bigint'],
  ['null', 'string', 'text'],
];

const MYSQL: readonly Described[] = [
  ['id + 1', 'int64', 'bigint'],
  ['small', 'int16', 'smallint'],
  ['amount', 'decimal(12,2)', 'decimal(12,2)'],
  ['cast(amount as decimal(9,1))', 'decimal(12,2)', 'decimal(9,1)', 'decimal(9,1)'],
  ['cast(amount as unsigned)', 'decimal', 'bigint unsigned', 'decimal(20,0)'],
  ['s', 'string', 'varchar(50)', 'string(50)'],
  ["concat(s, 'xyz')", 'string', 'varchar(53)', 'string(53)'],
  ['amount > 5', 'boolean', 'tinyint(1)'],
  ['seen', 'instant', 'timestamp(3)', 'instant(3)'],
  ['date(seen)', 'date', 'date'],
  ['cast(seen as datetime)', 'timestamp', 'datetime', 'timestamp(0)'],
  ['cast(seen as datetime(6))', 'timestamp', 'datetime(6)', 'timestamp(6)'],
  ["cast('11:12:13.5' as time(1))", 'time', 'time(1)', 'time(1)'],
  ['amount + 0e0', 'float64', 'double'],
  ['f', 'float64', 'float', 'float32'],
  ['unhex(s)', 'bytes', 'varbinary'],
  ['cast(s as binary)', 'bytes', 'varbinary'],
  ["'8f0e6a3e-1f2b-4c5d-8e9f-0a1b2c3d4e5f'", 'uuid', 'char(36)'],
  ["json_object('a', id)", 'json', 'json'],
  ['long_text', 'string', 'longtext'],
  ['mood', 'string', 'varchar(4)', 'string(4)'],
];

await describeOn(SERVER_NAMES, 'features', (server) => {
  const isMysql = typeOf(server) === 'mysql';
  const isMariadb = server.name === 'mariadb';
  let project: ServerProject;
  beforeAll(async () => {
    const more = isMysql
      ? ", seen timestamp(3) null, small smallint, f float, long_text longtext, mood enum('glad', 'sad')"
      : ', seen timestamptz(3), mood $s.mood, positive $s.positive';
    project = await serverProject(server, [
      ...(isMysql
        ? []
        : ["create type $s.mood as enum ('glad', 'sad')", 'create domain $s.positive as bigint check (value > 0)']),
      `create table $s.t (id bigint primary key, s varchar(50), amount decimal(12,2), kept varchar(50)${more})`,
      "insert into $s.t (id, s, amount, kept) values (1, 'a', 10, 'k1'), (2, 'b', 20, 'k2'), (3, null, 30, 'k3')",
      'grant select (id, s, amount, seen, mood) on $s.t to $r',
      isMysql ? 'grant select (small, f, long_text) on $s.t to $r' : 'grant select (positive) on $s.t to $r',
    ]);
  });
  afterAll(() => project?.drop());

  it.each(isMysql ? MYSQL : POSTGRES)(
    '%s as %s is %s',
    async (expression = '', declared = '', native = '', type = declared) => {
      const parsed = parseLogicalType(declared);
      if (!('type' in parsed)) throw new Error(declared);
      const warehouse: Warehouse = await openServerOf(server, [requestFor('t')], {
        url: project.url,
        schema: project.schema,
      });
      try {
        const { relation } = warehouse.tables.get('t') as TableSource;
        const text: Sql = sql`select (${sql.raw(expression)}) as f from ${relation} limit 0`;
        const rows = await warehouse.describe(warehouse.sql.compile(text), { timeout: 10_000 });
        expect(rows).toHaveLength(1);
        const request = { name: 'f', physicalNames: ['f'], type: parsed.type };
        const column = warehouse.sql.describedColumn(rows[0] as (typeof rows)[number], request);
        const json = isMariadb && declared === 'json' ? 'longtext' : native;
        expect({ native: column.native, type: printLogicalType(column.type) }).toEqual({
          native: json,
          type,
        });
      } finally {
        await warehouse.close();
      }
    },
  );

  it('need no right on columns that they do not name', async () => {
    await project.contract(`  t:
    key: [id]
    columns: { id: int64, s: string, amount: "decimal(12,2)", kept: string }
    features:
      twofold: { type: "decimal(14,2)", as: amount * 2, max: 45 }
      secret: { type: string, as: "concat(kept, 'x')", required: true }
    checks: { high: twofold > 30, qualified: { expect: t.amount > 10, where: twofold > 0 } }
`);
    const run = await project.verify();
    expect(verdictsOf(run)).toMatchObject({
      't.twofold.type': 'pass',
      't.twofold.invalid': 'fail',
      't.high': 'fail',
      't.qualified': 'fail',
      't.secret.type': 'error: engine refused',
      't.secret.required': 'error: forbidden',
      't.rows': 'pass',
    });
    const samples = checksOf(run).find(({ path }) => path === 't.twofold.invalid')?.samples;
    expect(samples?.rows).toEqual([['3', '60.00']]);
  });

  it('show no classified value, whatever way they read it', async () => {
    if (isMysql) return;
    await project.contract(`  t:
    key: [id]
    columns: { id: int64, s: { type: string, classification: pii }, mood: string }
    features:
      escaped: { type: string, as: 'U&"\\0073" || 1', enum: [x] }
      queried: { type: string, as: "query_to_xml('select s from ${project.schema}.t', true, true, '')::text", enum: [x] }
      plain: { type: string, as: mood::text, enum: [x] }
`);
    const samples = (path: string) => checksOf(run).find((each) => each.path === path)?.samples?.rows[0]?.[1];
    const run = await project.verify();
    expect([samples('t.escaped.invalid'), samples('t.queried.invalid')]).toEqual(['‹hidden›', '‹hidden›']);
    expect(samples('t.plain.invalid')).not.toBe('‹hidden›');
  });

  it('a column that has no place in * is there all the same', async () => {
    if (!isMariadb) return;
    await project.admin.query(`create table ${project.schema}.hidden (id bigint primary key, a bigint invisible)`);
    await project.admin.query(`insert into ${project.schema}.hidden (id, a) values (1, 5)`);
    await project.admin.query(`grant select on ${project.schema}.hidden to ${project.reader}`);
    await project.contract(`  hidden:
    columns: { id: int64, a: { type: int64, min: 6 } }
    features: { twofold: { type: int64, as: a * 2, min: 11 } }
    checks: { both: twofold > a }
`);
    expect(verdictsOf(await project.verify())).toMatchObject({
      'hidden.a.invalid': 'fail',
      'hidden.twofold.invalid': 'fail',
      'hidden.both': 'pass',
    });
  });

  it('are not sent by a role that could do harm', async () => {
    const tables = `  t:
    columns: { id: int64, amount: { type: "decimal(12,2)", min: 0 } }
    features: { twofold: { type: "decimal(14,2)", as: amount * 2, max: 45 } }
`;
    await project.contract(tables);
    const url = new URL(server.url);
    if (isMysql) url.pathname = `/${project.schema}`;
    const warehouse = (more: string): string =>
      `warehouses: { w: { type: ${typeOf(server)}, url: "${url.href}"${isMysql ? '' : `, schema: ${project.schema}`}${more} } }\nparties: { ann: { name: Ann } }\n`;
    await project.surety(warehouse(''));
    const refused = checksOf(await project.verify());
    const of = (path: string) => refused.find((check) => check.path === path);
    expect(of('t.amount.invalid')?.verdict).toBe('pass');
    for (const path of ['t.twofold.type', 't.twofold.invalid']) {
      expect(of(path)?.verdict, path).toBe('error');
      expect(of(path)?.message, path).toContain('so SQL of a contract is not sent');
    }
    await project.surety(warehouse(', allowPrivileged: true'));
    expect(verdictsOf(await project.verify())).toMatchObject({ 't.twofold.type': 'pass', 't.twofold.invalid': 'fail' });
  });
});
