import { afterAll, beforeAll, expect, it } from 'vitest';
import { EngineError, type Session, type Warehouse } from '../../src/sql/dialect.ts';
import { openServerOf } from '../support/open-server.ts';
import { checksOf, type ServerProject, serverProject, verdictsOf } from '../support/server-project.ts';
import { describeOn } from '../support/servers/ask.ts';

/** Expressions over a table of five rows that a server answers with a warning, or with nothing at all, although something is wrong. */
const CHANGED: Readonly<Record<string, RegExp>> = {
  'cast(s as signed)': /Truncated incorrect INTEGER value/,
  's + 0': /Truncated incorrect DOUBLE value/,
  's > 5': /Truncated incorrect/,
  "s || 'x'": /Truncated incorrect/,
  "cast('1.5' as signed)": /Truncated incorrect INTEGER value/,
  "cast('1e400' as decimal(5,2))": /Truncated incorrect DECIMAL|Got overflow/,
  'cast(12345 as decimal(3,0))': /Out of range value/,
  "cast(repeat('a', 10) as char(3))": /Truncated incorrect CHAR/,
  "cast('99999999999999999999' as signed)": /Truncated incorrect INTEGER/,
  "date('2026-02-30')": /Incorrect datetime value/,
  "str_to_date('x', '%Y')": /Incorrect datetime value/,
  'timestampadd(year, 9000, d)': /overflow/i,
  "convert(x'ff' using utf8mb4)": /Invalid utf8mb4 character string/,
  "json_extract('{broken', '$.a')": /JSON/,
  "repeat('a', 2000000000)": /larger than max_allowed_packet/,
  "regexp_instr(concat(repeat('a', 30), '!'), '^(a+)+$')": /Timeout exceeded|match limit exceeded/,
};
const HARMLESS: Readonly<Record<string, unknown>> = {
  '1 / 0': null,
  '5 div 0': null,
  'id % 0': null,
  'cast(null as signed)': null,
  "convert('é' using utf8)": 'é',
  '@surety := 5': 5n,
  "binary 'a' = 'a'": 1n,
  "group_concat(repeat('a', 5000)) like 'aaa%'": 1n,
  'cast(1.5 as signed)': 2n,
};

await describeOn(['mariadb', 'mysql'], 'warnings', (server) => {
  let project: ServerProject;
  let warehouse: Warehouse;
  let session: Session;
  beforeAll(async () => {
    project = await serverProject(server, [
      'create table $s.t (id bigint primary key, s varchar(20), d date, n bigint)',
      "insert into $s.t values (1, 'ann@example.org', '2026-01-01', 1), (2, '7', '2026-01-02', 2), (3, '', '2026-01-03', 3), (4, null, null, null), (5, 'x', '2026-01-05', 5)",
      'grant select on $s.* to $r',
    ]);
    warehouse = await openServerOf(server, [], { url: project.url });
    session = await warehouse.session({ timeout: 10_000 });
  });
  afterAll(async () => {
    await session?.close();
    await warehouse?.close();
    await project?.drop();
  });
  const run = (expression: string): Promise<unknown> =>
    session
      .run({ sql: `select ${expression} as v from t`, parameters: [] }, { timeout: 10_000, contractSql: true })
      .then((rows) => rows[0]?.['v']);

  it.each(Object.keys(CHANGED))('%s is refused', async (expression) => {
    const error = await run(expression).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(EngineError);
    expect((error as EngineError).failure).toBe('failed');
    expect((error as EngineError).message).toMatch(CHANGED[expression] ?? /never/);
    // The next statement is not told of it, though it reads from no table.
    expect(await session.run({ sql: 'select 1 as one', parameters: [] }, { timeout: 10_000 })).toEqual([{ one: 1n }]);
  });

  it.each(Object.keys(HARMLESS))('%s is fine', async (expression) => {
    expect(await run(expression)).toStrictEqual(HARMLESS[expression]);
  });

  it('a warning behind more harmless ones than a server keeps', async () => {
    const many = Array.from({ length: 9 }, (_, at) => `(select ${at} union all select 0) t${at}`).join(', ');
    const sql = `select count(t.n / 0) as a, sum(t.s + 0) as b from t, ${many}`;
    await expect(session.run({ sql, parameters: [] }, { timeout: 10_000 })).rejects.toThrow(/Truncated/);
  });

  it('costs only the check that it comes from, without the value', async () => {
    await project.contract(`  t:
    key: [id]
    columns: { id: int64, s: { type: string(20), required: true }, n: { type: int64, min: 0 } }
    checks:
      guess: s > 5
      fine: n > 0
      total: { metric: sum(n), equals: 11 }
      number: { metric: max(s + 0), min: 0 }
      query: { failingRows: "select id from {t} where s + 0 < 0" }
`);
    const found = await project.verify();
    expect(verdictsOf(found)).toMatchObject({
      't.key': 'pass',
      't.s.required': 'fail',
      't.n.invalid': 'pass',
      't.fine': 'pass',
      't.total': 'pass',
      't.guess': 'error: engine refused',
      't.number': 'error: engine refused',
      't.query': 'error: engine refused',
    });
    expect(JSON.stringify(checksOf(found))).not.toContain('ann@');
    expect(checksOf(found).find(({ path }) => path === 't.guess')?.message).toMatch(
      /Truncated incorrect \w+ value: '‹…›'/,
    );
  });
});
