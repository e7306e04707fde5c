import { createHash } from 'node:crypto';
import type { CheckResult, Run } from '../../src/model/run.ts';
import type { RunToKeep } from '../../src/store/rows-of-run.ts';
import { createRunId } from '../../src/store/run-id.ts';

interface Given {
  readonly id?: string;
  /** What ages were measured against. */
  readonly now?: string;
  /** By the path of each check, what is different from one that passes. */
  readonly checks?: Readonly<Record<string, Partial<CheckResult>>>;
  readonly content?: string;
}

/** A run of the contract `shop.orders` with one check of the table `orders` for each path. */
export function keptRun({
  id,
  now = '2026-11-23T08:00:00Z',
  checks = { 'orders.id.missing': {} },
  content = 'contract: shop.orders\n',
}: Given = {}): RunToKeep {
  const results = Object.entries(checks).map(([path, given]) => ({ ...passed(path), ...given }));
  const table = {
    table: 'orders',
    warehouse: 'files',
    location: 'orders.csv',
    description: null,
    raci: null,
    verdict: 'pass',
    rows: 6,
    statements: [],
    checks: results,
  } as const;
  const contract = {
    contract: 'shop.orders',
    version: '1.0.0',
    status: 'active',
    title: null,
    description: null,
    domain: null,
    raci: null,
    links: {},
    upstream: [],
    consumers: [],
    file: 'orders.yaml',
    sunset: null,
    verdict: 'pass',
    tables: [table],
  } as const;
  const run: Run = {
    format: 1,
    surety: '0.1.0',
    now,
    environment: null,
    folder: null,
    seconds: 0.25,
    verdict: 'pass',
    coverage: {
      planned: results.length,
      measured: results.length,
      evidence: { scan: results.length, metadata: 0, constraint: 0 },
      skipped: [],
      notMeasured: [],
    },
    contracts: [contract],
    kinds: {},
    parties: {},
    diagnostics: [],
    excerpts: {},
  };
  const startedAt = Date.parse(now);
  return {
    id: id ?? createRunId(startedAt),
    startedAt,
    commit: null,
    run,
    contents: new Map([['shop.orders', content]]),
  };
}

/** As many checks as that, by path. */
export function manyChecks(count: number): Readonly<Record<string, Partial<CheckResult>>> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`orders.c${at}.missing`, {}]));
}

function passed(path: string): CheckResult {
  return {
    path,
    kind: 'missing',
    columns: ['id'],
    fingerprint: createHash('sha256').update(path).digest('hex').slice(0, 16),
    severity: 'fail',
    promise: 'none may be missing',
    verdict: 'pass',
    message: '0 of 6 rows are missing; none allowed',
    reason: null,
    hint: null,
    evidence: 'scan',
    measured: { bad: 0, rows: 6 },
    limits: [{ verdict: 'fail', side: 'max', of: 'bad', unit: 'rows', value: 0 }],
    rules: [],
    samples: null,
    responsible: ['sales'],
    at: { file: 'orders.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 },
  };
}
