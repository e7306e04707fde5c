import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadContracts } from '../src/contract/load.ts';
import { verify } from '../src/engine/verify.ts';
import type { Run } from '../src/model/run.ts';
import { parseInstant } from '../src/util/instant.ts';
import { projectFolder } from './support/project-folder.ts';

const head = (id: string, rest = '') =>
  `contract: ${id}\nversion: 1.0.0\nraci: { responsible: tester, accountable: tester }\n${rest}tables:\n`;

async function verified(files: Readonly<Record<string, string>>): Promise<Run> {
  const folder = await projectFolder(files);
  const loaded = await loadContracts([join(folder, 'contracts')]);
  expect(loaded.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return verify(loaded, { now: { microseconds: parseInstant('2026-03-10T12:00:00Z') as bigint } });
}

function verdictsOf(run: Run): Readonly<Record<string, string>> {
  const checks = run.contracts.flatMap(({ contract, tables }) =>
    tables.flatMap((table) =>
      table.checks.map((check): [string, string] => [`${contract}: ${check.path}`, check.verdict]),
    ),
  );
  return Object.fromEntries(checks);
}

describe('contracts beside each other', () => {
  test('two contracts promise another freshness, population and bound of one table', async () => {
    const rows = 'seen,live,a\n2026-03-10T10:30:00Z,true,1\n2026-03-10T11:30:00Z,false,-1\n';
    const table = (freshness: string, rest: string) =>
      `  t: { location: ../data/t.csv, timeColumn: seen, freshness: ${freshness}, ${rest}, columns: { seen: instant, live: boolean, a: { type: int64, min: 0 } } }\n`;
    const run = await verified({
      'data/t.csv': rows,
      'contracts/strict.yaml': head('shop.strict') + table('1h', 'extraColumns: forbid'),
      'contracts/loose.yaml': head('shop.loose') + table('{ within: { warn: 15m, fail: 2h } }', 'extraColumns: allow'),
      'contracts/some.yaml': head('shop.some') + table('1h', 'where: live'),
    });
    expect(verdictsOf(run)).toMatchObject({
      'shop.strict: t.freshness': 'pass',
      'shop.loose: t.freshness': 'warn',
      'shop.some: t.freshness': 'fail',
      'shop.strict: t.a.invalid': 'fail',
      'shop.some: t.a.invalid': 'pass',
    });
  });

  test('a metric is compared with a table of another warehouse', async () => {
    const run = await verified({
      'surety.yaml': 'warehouses: { here: { type: duckdb, root: here }, there: { type: duckdb, root: there } }\n',
      'here/t.csv': 'a\n1\n2\n',
      'there/t.csv': 'a\n3\n',
      'contracts/raw.yaml': `${head('shop.raw', 'warehouse: there\n')}  t: { location: t.csv, columns: { a: int64 } }\n`,
      'contracts/t.yaml': `${head('shop.t', 'warehouse: here\n')}  t:\n    location: t.csv\n    columns: { a: int64 }\n    checks:\n      sum: { metric: sum(a), equals: { from: shop.raw/t } }\n      rows-of: { metric: count(*), equals: { from: shop.raw/t } }\n`,
    });
    expect(verdictsOf(run)).toMatchObject({ 'shop.t: t.sum': 'pass', 'shop.t: t.rows-of': 'fail' });
  });

  test('an age in business hours is named, not judged', async () => {
    const run = await verified({
      'surety.yaml': 'calendars: { office: { days: mon-fri, hours: 09:00-18:00 } }\n',
      'data/t.csv': 'seen\n2020-01-01T00:00:00Z\n',
      'contracts/t.yaml': `${head('shop.t', 'timezone: UTC\ncalendar: office\n')}  t: { location: ../data/t.csv, timeColumn: seen, freshness: { within: 2h, clock: business }, columns: { seen: instant } }\n`,
    });
    expect(verdictsOf(run)).toMatchObject({ 'shop.t: t.freshness': 'skipped' });
    expect(run.verdict).toBe('pass');
  });
});
