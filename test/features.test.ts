import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { loadContracts } from '../src/contract/load.ts';
import { Connection } from '../src/dialects/duckdb/connection.ts';
import { plan } from '../src/engine/describe.ts';
import { type VerifyOptions, verify } from '../src/engine/verify.ts';
import type { CheckResult, Run } from '../src/model/run.ts';
import { projectFolder } from './support/project-folder.ts';

const HEAD = 'contract: shop.all\nversion: 1.0.0\nraci: { responsible: ann, accountable: ann }\ntables:\n';
const PEOPLE = 'id,email,salary,note,city\n1,alice@x.example,91827,said-so,Rome\n2,bob@y.example,12,nothing,Oslo\n';

async function loaded(tables: string, data = PEOPLE) {
  const folder = await projectFolder({ 'contracts/all.yaml': HEAD + tables, 'contracts/people.csv': data });
  const found = await loadContracts([join(folder, 'contracts')]);
  expect(found.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return found;
}

const checksOf = (run: Run): readonly CheckResult[] =>
  run.contracts.flatMap(({ tables }) => tables.flatMap(({ checks }) => checks));

async function checks(tables: string, options: VerifyOptions = {}): Promise<readonly CheckResult[]> {
  return checksOf(await verify(await loaded(tables), options));
}

/** A table with a classified e-mail, a column (`note`) that the contract does not name, and one feature. */
const withFeature = (feature: string, check = ''): string => `  people:
    key: [id]
    columns: { id: int64, email: { type: string, classification: pii }, salary: int64, city: string }
    features: { f: ${feature} }
${check}`;

describe('samples of a feature show no more than its columns may', () => {
  it.each([
    ['of an unclassified column', '{ type: string, as: upper(city), enum: [x] }', 'ROME'],
    ['of several unclassified columns', '{ type: string, as: "city || salary", enum: [x] }', 'Rome91827'],
    ['a product is no row', '{ type: int64, as: salary * 2 * salary, max: 0 }', '16864395858'],
    ['of a classified column', '{ type: string, as: "split_part(email, \'@\', 2)", enum: [x] }', '‹pii›'],
    ['of a classified column in quotes', '{ type: string, as: \'"email" || 1\', enum: [x] }', '‹pii›'],
    ['of a classified column in other letters', '{ type: string, as: EMAIL || 1, enum: [x] }', '‹pii›'],
    [
      'though it says that it may be shown',
      '{ type: string, as: email || 1, enum: [x], classification: public }',
      '‹pii›',
    ],
    ['with a class of its own', '{ type: string, as: upper(city), enum: [x], classification: secret }', '‹secret›'],
    ['of a column that the contract does not name', '{ type: string, as: upper(note), enum: [x] }', '‹hidden›'],
    ['of a column by its place', '{ type: string, as: "#2", enum: [x] }', '‹hidden›'],
    [
      'of whole rows by the name of the table',
      '{ type: string, as: \'cast("t1 cells" as varchar)\', enum: [x] }',
      '‹hidden›',
    ],
    ['of other rows', '{ type: string, as: "(select max(q.city) from {people} q)", enum: [x] }', '‹hidden›'],
  ])('%s', async (_, feature, shown) => {
    const found = await checks(withFeature(feature));
    const invalid = found.find(({ path }) => path === 'people.f.invalid');
    expect(invalid?.samples?.rows[0]).toEqual(['1', shown]);
    if (shown.startsWith('‹')) expect(JSON.stringify(found)).not.toMatch(/alice|x\.example|said-so/i);
  });

  it('where the contract classifies nothing, everything shows', async () => {
    const found = await checks(
      withFeature('{ type: string, as: upper(note), enum: [x] }').replace(', classification: pii', ''),
    );
    expect(found.find(({ path }) => path === 'people.f.invalid')?.samples?.rows[0]).toEqual(['1', 'SAID-SO']);
  });

  it('groups, numbers that are values, conditions and repeated values are masked too', async () => {
    const found = await checks(
      withFeature(
        '{ type: int64, as: "case when email like \'a%\' then 918273 else 918274 end", unique: true, max: 918275 }',
        `    checks:
      top: { metric: max(f), max: 5 }
      each: { metric: count(*), by: [f], min: 5 }
      below: f < 5
      pair: { unique: [f, city] }
`,
      ),
    );
    const said = JSON.stringify(found);
    expect(found.filter(({ verdict }) => verdict === 'fail').map(({ path }) => path)).toEqual([
      'people.below',
      'people.top',
      'people.each',
    ]);
    expect(said).not.toMatch(/91827[34]/);
    expect(found.find(({ path }) => path === 'people.below')?.samples).toEqual({
      columns: ['id', 'f'],
      rows: [
        ['1', '‹pii›'],
        ['2', '‹pii›'],
      ],
    });
  });

  it('what an engine says of an expression that fails has no values in it', async () => {
    const found = await checks(
      withFeature(
        '{ type: int64, as: cast(email as bigint), max: 5 }',
        '    checks: { own: "error(email) is null" }\n',
      ),
    );
    const invalid = found.find(({ path }) => path === 'people.f.invalid');
    expect(invalid).toMatchObject({ verdict: 'error', reason: 'engine refused' });
    expect(JSON.stringify(found)).not.toMatch(/alice|x\.example/);
  });
});

const ORDERS = `  people:
    key: [id]
    columns: { id: int64, salary: { type: int64, min: 0 }, city: string }
    features:
      double: { type: int64, as: salary * 2, min: 0, required: true }
      broken: { type: int64, as: salary * nowhere, min: 0 }
      letter: { type: string, as: "city[1]" }
    checks:
      rich: double > 100
      query: { failingRows: "select * from {people} where double < 0" }
`;

/** What is sent to the engine while `work` runs, but for the statements that look up and load. */
async function sent(work: () => Promise<unknown>): Promise<readonly string[]> {
  const queries: string[] = [];
  const run = Connection.prototype.run;
  const spy = vi.spyOn(Connection.prototype, 'run').mockImplementation(function (
    this: Connection,
    statement,
    options,
    queriesOnly,
  ) {
    if (queriesOnly) queries.push(statement.sql);
    return run.call(this, statement, options, queriesOnly);
  });
  try {
    await work();
  } finally {
    spy.mockRestore();
  }
  return queries;
}

describe('what is sent for features', () => {
  it('nothing where no selected check needs one', async () => {
    const found = await loaded(ORDERS);
    const queries = await sent(() => verify(found, { checks: ['people.rows', 'people.salary', 'people.key'] }));
    expect(queries.join('\n')).not.toMatch(/salary \*|describe/);
    expect(queries).toHaveLength(2);
  });

  it('one look at the types, and the one scan that the table costs anyway', async () => {
    const found = await loaded(ORDERS);
    const queries = await sent(() => verify(found, { checks: ['people.double', 'people.letter', 'people.salary'] }));
    expect(queries.map((text) => /describe|m0/.exec(text)?.[0])).toEqual(['describe', 'm0']);
    expect(queries[1]?.match(/salary \* 2/g), 'each is computed once').toHaveLength(1);
  });

  it('plan prints the statements and sends none but the look at the types', async () => {
    const found = await loaded(ORDERS);
    const options = { checks: ['people.double', 'people.rich', 'people.salary', 'people.key'] };
    const verified = await sent(() => verify(found, { ...options, samples: 0 }));
    let planned: readonly string[] = [];
    const queries = await sent(async () => {
      const { tables, prepared } = await plan(found, options);
      planned = tables.flatMap(({ statements }) => statements.map(({ sql }) => sql));
      expect([...prepared.values()].flat().some((text) => text.includes('salary * 2'))).toBe(true);
    });
    expect(queries).toHaveLength(1);
    expect(queries[0]).toMatch(/^select \* from \(describe select[^;]* limit 0\)$/);
    expect(verified.slice(1)).toEqual(planned);
  });

  it('nothing for a contract that is retired', async () => {
    const found = await loaded(ORDERS);
    const contracts = found.contracts.map((entry) => ({
      ...entry,
      contract: { ...entry.contract, status: 'retired' as const },
    }));
    expect(await sent(() => verify({ ...found, contracts }))).toEqual([]);
  });
});

describe('features among the checks', () => {
  const paths = async (options: VerifyOptions): Promise<readonly string[]> =>
    (await checks(ORDERS, options)).map(({ path }) => path);

  it('are selected by their path, like columns', async () => {
    expect(await paths({ checks: ['people.double'] })).toEqual([
      'people.double.type',
      'people.double.required',
      'people.double.invalid',
    ]);
    expect(await paths({ checks: ['people.*.type'] })).toEqual([
      'people.double.type',
      'people.broken.type',
      'people.letter.type',
    ]);
  });

  it('count in the coverage line as what they are', async () => {
    const run = await verify(await loaded(ORDERS), { checks: ['people.double', 'people.broken'] });
    expect(run.coverage).toEqual({
      planned: 5,
      measured: 3,
      evidence: { scan: 2, metadata: 1, constraint: 0 },
      skipped: [],
      notMeasured: [{ reason: 'engine refused', count: 2 }],
    });
  });

  it('have no place in the tables of a query', async () => {
    const found = await checks(ORDERS, { checks: ['people.query'] });
    expect(found[0]).toMatchObject({ verdict: 'error', reason: 'engine refused' });
  });

  it('where a feature is compared, the other table may have one of that name', async () => {
    const found = await checks(`  people:
    columns: { salary: int64 }
    features: { double: { type: int64, as: salary * 2 } }
    checks: { same: { metric: sum(double), equals: { from: again, where: double > 100 } } }
  again:
    location: people.csv
    columns: { salary: int64 }
    features: { double: { type: int64, as: salary * 3 } }
`);
    expect(found.find(({ path }) => path === 'people.same')).toMatchObject({
      verdict: 'fail',
      measured: { value: '183678', expected: '275481' },
    });
  });

  it('a file of no bytes gives no values', async () => {
    const found = checksOf(await verify(await loaded(ORDERS, '')));
    const own = found.filter(({ path }) => /double|letter|rich/.test(path));
    expect(new Set(own.map(({ verdict, reason }) => `${verdict}: ${reason}`))).toEqual(new Set(['skipped: no header']));
  });

  it('time-outs are told as such', async () => {
    const endless = '(select count(*) from range(100000000000) a where a.range % 7 = 8 and a.range <> salary)';
    const found = await checks(
      `  people:\n    columns: { salary: int64 }\n    features: { slow: { type: int64, as: "${endless}", max: 5 } }\n`,
      { timeout: 300 },
    );
    expect(found.map(({ path, verdict, reason }) => [path, reason ?? verdict])).toEqual([
      ['people.readable', 'pass'],
      ['people.rows', 'time-out'],
      ['people.salary.column', 'pass'],
      ['people.slow.type', 'pass'],
      ['people.salary.invalid', 'time-out'],
      ['people.slow.invalid', 'time-out'],
    ]);
  });
});
