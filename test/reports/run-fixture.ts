import type { SourceFile } from '../../src/model/diagnostic.ts';
import type { CheckResult, ContractResult, Run, TableResult } from '../../src/model/run.ts';
import { excerpt, placeKey } from '../../src/util/excerpt.ts';
import { EVERYTHING, HOSTILE, position, SOURCES } from './gate-sources.ts';

const ORDERS = 'contracts/orders.yaml';

export function check(given: Partial<CheckResult> & Pick<CheckResult, 'path'>): CheckResult {
  return {
    kind: 'missing',
    fingerprint: [...given.path]
      .reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 2 ** 48, 7)
      .toString(16)
      .padStart(16, '0'),
    severity: 'fail',
    promise: 'at most 2% missing',
    verdict: 'pass',
    message: '0 of 1,200 rows are missing',
    reason: null,
    hint: null,
    evidence: 'scan',
    measured: { bad: 0, rows: 1200 },
    rules: [],
    samples: null,
    responsible: ['sales-data'],
    at: position(ORDERS, 'email:'),
    ...given,
  };
}

export function table(given: Partial<TableResult> & Pick<TableResult, 'table'>): TableResult {
  return { warehouse: 'analytics', location: 'sales.orders', verdict: 'pass', checks: [], ...given };
}

export function contract(given: Partial<ContractResult> & Pick<ContractResult, 'contract'>): ContractResult {
  return {
    version: '1.5.0',
    status: 'active',
    title: null,
    file: ORDERS,
    sunset: null,
    verdict: 'pass',
    tables: [],
    ...given,
  };
}

const CHECKS: readonly CheckResult[] = [
  check({
    path: 'orders.rows',
    kind: 'rows',
    promise: 'at least 1000 rows',
    message: '1,200 rows; at least 1000 rows',
    evidence: 'metadata',
    measured: { rows: 1200 },
  }),
  check({
    path: 'orders.email.missing',
    verdict: 'warn',
    severity: 'warn',
    message: '18 of 1,200 rows are missing (1.5%); warns above 1%, fails above 2%',
    measured: { bad: 18, rows: 1200 },
    samples: {
      columns: ['order_id', 'email'],
      rows: [
        ['7', null],
        ['8', ''],
        ['9', null],
        ['12', null],
        ['13', null],
      ],
    },
  }),
  check({
    path: 'orders.amount.invalid',
    kind: 'invalid',
    verdict: 'fail',
    severity: 'critical',
    promise: 'min 0, max 10000; none allowed invalid',
    message: '3 of 1,200 rows are invalid (0.25%); none allowed',
    rules: [
      { rule: 'min', rows: 1 },
      { rule: 'max', rows: 2 },
    ],
    measured: { bad: 3, rows: 1200 },
    samples: {
      columns: ['order_id', 'amount', 'email'],
      rows: [
        ['3', '-1.00', '‹pii›'],
        ['4', '12345.67', '‹pii›'],
      ],
    },
    at: position(ORDERS, 'amount:'),
    hint: 'look at the rates of the day',
  }),
  check({
    path: 'orders.freshness',
    kind: 'freshness',
    verdict: 'error',
    promise: 'at most 6h old',
    message: 'the statement took longer than 60 s',
    reason: 'time-out',
    hint: 'give it more time with --timeout, or a window',
    evidence: null,
    measured: {},
    at: position(ORDERS, 'freshness:'),
  }),
  check({
    path: 'orders.legacy_code.missing',
    verdict: 'skipped',
    message: 'column "legacy_code" is missing',
    reason: 'column missing',
    evidence: null,
    measured: {},
  }),
];

const ODD: CheckResult = check({
  path: `t.${HOSTILE.markdown}`,
  kind: 'expect',
  verdict: 'fail',
  promise: EVERYTHING,
  message: EVERYTHING,
  hint: EVERYTHING,
  rules: [{ rule: HOSTILE.script, rows: 1 }],
  samples: {
    columns: [HOSTILE.script, HOSTILE.direction],
    rows: [
      [EVERYTHING, HOSTILE.command],
      [null, HOSTILE.escapes],
    ],
  },
  responsible: [HOSTILE.mention],
  at: position('contracts/hostile.yaml', 'version'),
});

/** A run with every kind of verdict, and with names and values that a terminal, a log, a browser or a platform would act on. */
export const RUN: Run = {
  format: 1,
  surety: '0.1.0',
  now: '2026-11-25T06:00:00.000000Z',
  environment: null,
  seconds: 4.25,
  verdict: 'error',
  coverage: {
    planned: 6,
    measured: 4,
    evidence: { scan: 3, metadata: 1, constraint: 0 },
    skipped: [{ reason: 'column missing', count: 1 }],
    notMeasured: [{ reason: 'time-out', count: 1 }],
  },
  contracts: [
    contract({
      contract: 'shop.orders',
      title: 'Orders',
      verdict: 'error',
      tables: [table({ table: 'orders', verdict: 'error', checks: CHECKS })],
    }),
    contract({
      contract: 'shop.legacy',
      status: 'deprecated',
      sunset: '2026-12-07',
      file: 'contracts/legacy.yaml',
      tables: [
        table({
          table: 'legacy',
          location: 'legacy',
          checks: [check({ path: 'legacy.rows', kind: 'rows', message: '1 row' })],
        }),
      ],
    }),
    contract({
      contract: 'shop.hostile',
      title: EVERYTHING,
      file: 'contracts/hostile.yaml',
      verdict: 'fail',
      tables: [table({ table: HOSTILE.cdata, location: EVERYTHING, verdict: 'fail', checks: [ODD] })],
    }),
  ],
  excerpts: Object.fromEntries(
    [
      position(ORDERS, 'email:'),
      position(ORDERS, 'amount:'),
      position(ORDERS, 'freshness:'),
      position('contracts/hostile.yaml', 'version'),
    ].map((at) => [placeKey(at), excerpt(SOURCES.get(at.file) as SourceFile, at)]),
  ),
  diagnostics: [
    {
      code: 'lint/unknown-key',
      severity: 'warning',
      message: EVERYTHING,
      hint: EVERYTHING,
      path: HOSTILE.mention,
      at: position('contracts/hostile.yaml', 'version'),
    },
    { code: 'project/unset-variable', severity: 'error', message: '${SHOP_URL} of warehouse "shop" is not set' },
  ],
};

/** A run in which all is well, and one without contracts. */
export const GOOD: Run = {
  ...RUN,
  verdict: 'pass',
  contracts: RUN.contracts.filter(({ verdict }) => verdict === 'pass'),
  coverage: {
    planned: 1,
    measured: 1,
    evidence: { scan: 1, metadata: 0, constraint: 0 },
    skipped: [],
    notMeasured: [],
  },
  diagnostics: [],
};
export const EMPTY: Run = {
  ...GOOD,
  verdict: 'skipped',
  contracts: [],
  coverage: { ...GOOD.coverage, planned: 0, measured: 0 },
};
