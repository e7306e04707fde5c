import { rm } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import runSchema from '../reports/run.schema.json' with { type: 'json' };
import { loadContracts, verify } from '../src/index.ts';
import type { CheckResult, ContractResult, Run, TableResult } from '../src/model/run.ts';
import { inDuckDB } from './support/duckdb-files.ts';
import { writeProject } from './support/project-folder.ts';

const PROJECT = `warehouses:
  lake: { type: duckdb, root: data }
parties:
  sales: { name: Sales, email: [sales@shop.example], slack: "#sales", members: [ann, h1, h2, h3, h4] }
  h1: { slack: hooks.slack.example/T0/odd-secret }
  h2: { slack: "https:hooks.example/T0/b-secret" }
  h3: { slack: xoxb-1-secret }
  h4: { slack: C012AB3CD }
  ann: { email: "\${ANN_EMAIL}", slack: "@ann", webhook: https://hooks.example/T0/hook-secret }
  finance: { slack: https://hooks.slack.example/services/T0/B0/slack-secret, email: finance@shop.example }
  bi: { email: [bi@shop.example, "\${BI_EMAIL:-default-secret@shop.example}"] }
  support: { email: support@shop.example }
  ml: { name: Machine Learning }
  nobody: { email: nobody@shop.example }
`;
const ORDERS = `contract: shop.orders
version: 1.2.0
title: Orders
description: What customers **ordered**.
domain: sales
raci: { responsible: sales, accountable: finance, consulted: [bi] }
links: { runbook: https://wiki.example/runbook }
warehouse: lake
upstream:
  shop.old: [old.id]
  external:till: all
consumers:
  close: { party: bi, uses: [orders.amount, orders.placed_at], description: Closes the month. }
  model: { party: ml, uses: [orders] }
tables:
  orders:
    location: orders.csv
    description: A row for each order.
    raci: { responsible: finance, accountable: sales, informed: [support] }
    key: [id]
    rows: { min: { warn: 10, fail: 2 }, max: 100 }
    freshness: { column: placed_at, within: { warn: 1h, fail: 90m } }
    columns:
      id: { type: int64, max: 9007199254740993 }
      amount: { type: "decimal(30,2)", missing: { warn: 10%, fail: 20% }, min: 0.5, invalid: 1 }
      note: { type: string, enum: [a, b] }
      placed_at: { type: instant, required: true }
    checks:
      sum: { metric: sum(amount), max: "12345678901234567890.12" }
      each: { expect: amount > 0, by: [note] }
      large: { expect: amount > 1, where: note = 'a' }
      odd: cast(note as int) > 0
  parts: { location: parts.parquet, columns: { id: int64 } }
  gone: { location: gone.csv, columns: { id: int64 } }
`;
const OLD = `contract: shop.old
version: 1.0.0
status: retired
raci: { accountable: sales }
warehouse: lake
tables: { old: { location: old.csv, columns: { id: int64 } } }
`;
const ROWS = `id,amount,note,placed_at
1,1.00,a,2026-11-23T06:00:00Z
2,,b,2026-11-23T06:00:00Z
3,0.10,c,2026-11-23T07:00:00Z
3,9.00,a,2026-11-23T07:00:00Z
`;

let folder: string;
let run: Run;

beforeAll(async () => {
  folder = await writeProject({
    'surety.yaml': PROJECT,
    'contracts/orders.yaml': ORDERS,
    'contracts/old.yaml': OLD,
    'data/orders.csv': ROWS,
  });
  await inDuckDB(':memory:', `copy (select range as id from range(12000)) to '${folder}/data/parts.parquet'`);
  const loaded = await loadContracts([], { cwd: folder, variables: { ANN_EMAIL: 'ann-secret@shop.example' } });
  run = await verify(loaded, { now: { microseconds: BigInt(Date.parse('2026-11-23T09:00:00Z')) * 1000n } });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

function contract(id: string): ContractResult {
  const found = run.contracts.find((each) => each.contract === id);
  if (!found) throw new Error(`${id} is not in the run`);
  return found;
}

function table(name: string): TableResult {
  const found = run.contracts.flatMap(({ tables }) => tables).find((each) => each.table === name);
  if (!found) throw new Error(`${name} is not in the run`);
  return found;
}

function check(path: string): CheckResult {
  const found = run.contracts
    .flatMap(({ tables }) => tables.flatMap(({ checks }) => checks))
    .find((each) => each.path === path);
  if (!found) throw new Error(`${path} is not in the run`);
  return found;
}

test('the run fits its schema', () => {
  const valid = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(runSchema);
  expect(valid(JSON.parse(JSON.stringify(run))), JSON.stringify(valid.errors)).toBe(true);
});

test('a contract brings what its report tells of it', () => {
  expect(run.diagnostics).toEqual([]);
  const { tables: _, file: __, ...orders } = contract('shop.orders');
  expect(orders).toEqual({
    contract: 'shop.orders',
    version: '1.2.0',
    status: 'active',
    title: 'Orders',
    description: 'What customers **ordered**.',
    domain: 'sales',
    raci: { responsible: ['sales'], accountable: 'finance', consulted: ['bi'], informed: [] },
    links: { runbook: 'https://wiki.example/runbook' },
    upstream: [
      { contract: 'shop.old', columns: ['old.id'] },
      { contract: 'external:till', columns: null },
    ],
    consumers: [
      { name: 'close', party: 'bi', uses: ['orders.amount', 'orders.placed_at'], description: 'Closes the month.' },
      { name: 'model', party: 'ml', uses: ['orders'], description: null },
    ],
    sunset: null,
    verdict: 'error',
  });
  expect(contract('shop.old')).toMatchObject({ title: null, description: null, links: {}, consumers: [] });
});

test('a table has its own words and parties, or those of the contract', () => {
  expect(table('orders')).toMatchObject({
    description: 'A row for each order.',
    raci: { responsible: ['finance'], accountable: 'sales', consulted: [], informed: ['support'] },
  });
  expect(table('parts')).toMatchObject({ description: null, raci: null });
});

describe('parties', () => {
  test('are those that the contracts name, and their members', () => {
    expect(Object.keys(run.parties)).toEqual([
      'ann',
      'bi',
      'finance',
      'h1',
      'h2',
      'h3',
      'h4',
      'ml',
      'sales',
      'support',
    ]);
    expect(run.parties['sales']).toEqual({
      title: 'Sales',
      members: ['ann', 'h1', 'h2', 'h3', 'h4'],
      addresses: { email: ['sales@shop.example'], slack: ['#sales'] },
    });
  });

  test('have no address that is filled in or that anyone who knows it may write to', () => {
    expect(run.parties['ann']?.addresses).toEqual({ slack: ['@ann'] });
    expect(['h1', 'h2', 'h3', 'h4'].map((name) => run.parties[name]?.addresses)).toEqual([
      {},
      {},
      {},
      { slack: ['C012AB3CD'] },
    ]);
    expect(run.parties['finance']?.addresses).toEqual({ email: ['finance@shop.example'] });
    expect(run.parties['bi']?.addresses).toEqual({ email: ['bi@shop.example'] });
    expect(JSON.stringify(run)).not.toContain('-secret');
  });
});

test('excerpts of surety.yaml cover the address of a hook under any key', async () => {
  const slack = 'https://hooks.slack.example/services/T0/B0/hook-secret';
  const odd = await writeProject({
    'surety.yaml': `parties:\n  fin: { name: Fin, odd: x, slack: ${slack}, email: fin@shop.example }\n`,
    'contracts/old.yaml': 'contract: a\nversion: 1.0.0\nstatus: draft\ntables: { t: { columns: { x: string } } }\n',
  });
  onTestFinished(() => rm(odd, { recursive: true, force: true }));
  const { diagnostics, excerpts } = await verify(await loadContracts([], { cwd: odd, variables: {} }));
  expect(diagnostics).toMatchObject([{ at: { line: 2 } }]);
  expect(Object.values(excerpts).join('\n')).toContain(`odd: x, slack: ${'*'.repeat(slack.length)}, email: fin@`);
});

describe('limits', () => {
  test.each([
    [
      'orders.rows',
      [
        { verdict: 'warn', side: 'min', of: 'rows', unit: 'number', value: 10 },
        { verdict: 'fail', side: 'min', of: 'rows', unit: 'number', value: 2 },
        { verdict: 'fail', side: 'max', of: 'rows', unit: 'number', value: 100 },
      ],
    ],
    ['orders.key', [{ verdict: 'fail', side: 'max', of: 'surplus', unit: 'rows', value: 0 }]],
    [
      'orders.amount.missing',
      [
        { verdict: 'warn', side: 'max', of: 'bad', unit: 'share', value: 0.1 },
        { verdict: 'fail', side: 'max', of: 'bad', unit: 'share', value: 0.2 },
      ],
    ],
    ['orders.amount.invalid', [{ verdict: 'fail', side: 'max', of: 'bad', unit: 'rows', value: 1 }]],
    [
      'orders.freshness',
      [
        { verdict: 'warn', side: 'max', of: 'ageSeconds', unit: 'seconds', value: 3600 },
        { verdict: 'fail', side: 'max', of: 'ageSeconds', unit: 'seconds', value: 5400 },
      ],
    ],
    ['orders.sum', [{ verdict: 'fail', side: 'max', of: 'value', unit: 'number', value: '12345678901234567890.12' }]],
    ['orders.readable', [{ verdict: 'fail', side: 'max', of: 'rejected', unit: 'rows', value: 0 }]],
    ['orders.id.column', []],
    ['orders.each', []],
  ])('of %s', (path, limits) => expect(check(path).limits).toEqual(limits));

  test('name a value that was measured', () => {
    const checks = run.contracts.flatMap(({ tables }) => tables.flatMap((each) => each.checks));
    const limited = checks.filter(({ limits, verdict }) => limits.length > 0 && verdict !== 'skipped');
    expect(limited.length).toBeGreaterThan(10);
    for (const { path, limits, measured } of limited) {
      for (const { of, unit } of limits) {
        expect(measured, path).toHaveProperty(of);
        if (unit === 'share') expect(measured, path).toHaveProperty('rows');
      }
    }
  });
});

test('a check says which columns it is about', () => {
  expect(check('orders.key').columns).toEqual(['id']);
  expect(check('orders.freshness').columns).toEqual(['placed_at']);
  expect(check('orders.sum').columns).toEqual(['amount']);
  expect(check('orders.rows').columns).toEqual([]);
});

test('every kind says what it checks', () => {
  const checks = run.contracts.flatMap(({ tables }) => tables.flatMap((each) => each.checks));
  expect(Object.keys(run.kinds)).toEqual([...new Set(checks.map(({ kind }) => kind))].sort());
  for (const purpose of Object.values(run.kinds)) expect(purpose).toMatch(/^Checks that .+\.$/);
  expect(run.kinds['freshness.future']).toBe(run.kinds['freshness']);
});

describe('rows and statements', () => {
  test('rows are those that were looked at, or none', () => {
    expect(['orders', 'parts', 'gone', 'old'].map((name) => table(name).rows)).toEqual([4, 12000, null, null]);
    expect([table('gone').statements, table('old').statements]).toEqual([[], []]);
  });

  test('values that are bound are hidden once the contract has a masked column', async () => {
    const masked = await writeProject({
      't.csv': 'id,email\n1,none\n',
      't.yaml':
        'contract: a\nversion: 1.0.0\nstatus: draft\ntables: { t: { location: t.csv, columns: { id: { type: int64, min: 1 }, email: { type: string, classification: pii, missing: { values: [none] } } } } }\n',
    });
    onTestFinished(() => rm(masked, { recursive: true, force: true }));
    const { contracts } = await verify(await loadContracts([masked]));
    const bound = contracts.flatMap(({ tables }) =>
      tables.flatMap(({ statements }) => statements.flatMap(({ parameters }) => parameters)),
    );
    expect(bound.length).toBeGreaterThan(1);
    expect(new Set(bound)).toEqual(new Set(['‹hidden›']));
  });

  test('statements say why, what and with which values, one that failed too', () => {
    const { statements } = table('orders');
    const whys = statements.map(({ why }) => why);
    expect(whys[0]).toMatch(/^scan for \d+ metrics$/);
    expect(whys.filter((why) => why.startsWith('scan for ')).length).toBeGreaterThan(1);
    expect(whys).toContain('exact uniqueness needs a grouping of its own');
    expect(whys.at(-1)).toMatch(/^failing rows of \d+ checks$/);
    expect(check('orders.odd').verdict).toBe('error');
    // The scan with all of them, then the two conditions that the engine refuses, each by itself.
    expect(statements.filter(({ failed }) => failed).map(({ why }) => why)).toEqual([
      whys[0],
      'scan for 1 metric',
      'scan for 1 metric',
    ]);
    for (const { sql, parameters, seconds } of statements) {
      expect(sql).toMatch(/^select /);
      expect(seconds).toBeGreaterThanOrEqual(0);
      for (const [index] of parameters.entries()) expect(sql).toContain(`$${index + 1}`);
    }
    expect(statements[0]?.parameters).toEqual(expect.arrayContaining(['0.5', 'a', 'b', '9007199254740993']));
  });
});
