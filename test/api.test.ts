import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadContracts, plan, verify } from '../src/index.ts';
import { ROOT } from './support/cli.ts';
import { projectFolder } from './support/project-folder.ts';

const SHOP = join(ROOT, 'examples', 'shop');
const NOW = { microseconds: BigInt(Date.parse('2026-11-23T09:00:00Z')) * 1000n };

type Main = (api: object, console: { log(...said: readonly unknown[]): void }) => Promise<void>;

/** The code of the document, its import replaced by a parameter. */
function documented(): Main {
  const text = readFileSync(join(ROOT, 'docs', 'cli.md'), 'utf8');
  const [, code = ''] = /^```ts\n(.*?)^```$/ms.exec(text) ?? [];
  const body = code.replace(/^import \{(.*)\} from 'surety';$/m, 'const {$1} = api;');
  const AsyncFunction = (async () => undefined).constructor as new (...parts: readonly string[]) => Main;
  return new AsyncFunction('api', 'console', body);
}

test('the documented example runs', async () => {
  const said: string[] = [];
  await documented()({ loadContracts, plan, verify }, { log: (...parts) => void said.push(parts.flat().join(' ')) });
  expect(said).toEqual([
    'orders: 3 statements',
    '1 of 1: shop.orders orders',
    'shop.orders orders.email.invalid 1 of 6 rows are invalid (16.67%); none allowed shop-data',
  ]);
});

describe('what callers rely on', () => {
  test('a run can be printed as JSON, and its coverage adds up', async () => {
    const run = await verify(await loadContracts([SHOP]), { now: NOW });
    expect(JSON.parse(JSON.stringify(run))).toEqual(run);
    const { planned, measured, skipped, notMeasured } = run.coverage;
    const rest = [...skipped, ...notMeasured].reduce((sum, { count }) => sum + count, 0);
    expect([planned, run.verdict, run.now]).toEqual([measured + rest, 'fail', '2026-11-23T09:00:00Z']);
  });

  test('an abort is a verdict, not an exception', async () => {
    const run = await verify(await loadContracts([SHOP]), { now: NOW, signal: AbortSignal.abort() });
    const checks = run.contracts.flatMap(({ tables }) => tables.flatMap((table) => table.checks));
    expect(run.verdict).toBe('error');
    expect(new Set(checks.map(({ verdict, reason, message }) => `${verdict} ${reason}: ${message}`))).toEqual(
      new Set(['error cancelled: cancelled']),
    );
  });

  test('samples: 0 shows no values', async () => {
    const run = await verify(await loadContracts([SHOP]), { now: NOW, samples: 0 });
    const checks = run.contracts.flatMap(({ tables }) => tables.flatMap((table) => table.checks));
    expect(checks.filter(({ samples }) => samples !== null)).toEqual([]);
  });

  test('an invalid contract is a diagnostic, and the others are verified', async () => {
    const folder = await projectFolder({
      'contracts/bad.yaml': 'contract: bad\nversion: 1.10\n',
      'contracts/good.yaml':
        'contract: good\nversion: 1.0.0\nstatus: draft\ntables: { t: { columns: { x: int64 } } }\n',
      'contracts/t.csv': 'x\n1\n',
    });
    const run = await verify(await loadContracts([folder]));
    expect(run.contracts.map(({ contract, verdict }) => [contract, verdict])).toEqual([['good', 'pass']]);
    expect(run.diagnostics.map(({ code, severity, at }) => [code, severity, at?.line])).toContainEqual([
      'schema/bad-value',
      'error',
      2,
    ]);
  });

  test('variables fill in surety.yaml', async () => {
    const folder = await projectFolder({
      'surety.yaml': 'warehouses: { lake: { type: duckdb, root: "${ROOT_OF_DATA}" } }\n',
      'contracts/a.yaml':
        'contract: a\nversion: 1.0.0\nraci: { responsible: b, accountable: b }\nwarehouse: lake\ntables: { t: { columns: { x: int64 } } }\n',
      'data/t.csv': 'x\n1\n',
    });
    const verdict = async (variables: Readonly<Record<string, string>>): Promise<string> =>
      (await verify(await loadContracts([folder], { variables }))).verdict;
    expect([await verdict({ ROOT_OF_DATA: 'data' }), await verdict({})]).toEqual(['pass', 'error']);
  });
});
