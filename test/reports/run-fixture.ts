import type { SourceFile } from '../../src/model/diagnostic.ts';
import type { CheckResult, ContractResult, RaciResult, Run, TableResult } from '../../src/model/run.ts';
import { excerpt, placeKey } from '../../src/util/excerpt.ts';
import { EVERYTHING, HOSTILE, position, SOURCES } from './gate-sources.ts';

const ORDERS = 'contracts/orders.yaml';
const RACI: RaciResult = {
  responsible: ['sales-data'],
  accountable: 'head-of-sales',
  consulted: ['finance'],
  informed: ['bi'],
};

export function check(given: Partial<CheckResult> & Pick<CheckResult, 'path'>): CheckResult {
  return {
    kind: 'missing',
    columns: [given.path.split('.')[1] ?? ''],
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
    limits: [{ verdict: 'fail', side: 'max', of: 'bad', unit: 'share', value: 0.02 }],
    rules: [],
    samples: null,
    responsible: ['sales-data'],
    at: position(ORDERS, 'email:'),
    ...given,
  };
}

export function table(given: Partial<TableResult> & Pick<TableResult, 'table'>): TableResult {
  return {
    warehouse: 'analytics',
    location: 'sales.orders',
    description: null,
    raci: null,
    verdict: 'pass',
    rows: 1200,
    statements: [],
    checks: [],
    ...given,
  };
}

export function contract(given: Partial<ContractResult> & Pick<ContractResult, 'contract'>): ContractResult {
  return {
    version: '1.5.0',
    status: 'active',
    title: null,
    description: null,
    domain: null,
    raci: RACI,
    links: {},
    upstream: [],
    consumers: [],
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
    columns: [],
    limits: [{ verdict: 'fail', side: 'min', of: 'rows', unit: 'number', value: 1000 }],
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
    limits: [
      { verdict: 'warn', side: 'max', of: 'bad', unit: 'share', value: 0.01 },
      { verdict: 'fail', side: 'max', of: 'bad', unit: 'share', value: 0.02 },
    ],
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
    limits: [{ verdict: 'fail', side: 'max', of: 'bad', unit: 'rows', value: 0 }],
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
    columns: ['placed_at'],
    limits: [],
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
    path: 'orders.order_id.column',
    kind: 'column',
    promise: 'column "order_id" is there',
    message: 'found as BIGINT',
    evidence: 'metadata',
    measured: {},
    limits: [],
  }),
  check({
    path: 'orders.qty.missing',
    message: '3 of 1,200 rows are missing (0.25%)',
    measured: { bad: 3, rows: 1200 },
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
  columns: [HOSTILE.script],
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
  folder: 'shop',
  seconds: 4.25,
  verdict: 'error',
  coverage: {
    planned: 10,
    measured: 8,
    evidence: { scan: 6, metadata: 2, constraint: 0 },
    skipped: [{ reason: 'column missing', count: 1 }],
    notMeasured: [{ reason: 'time-out', count: 1 }],
  },
  contracts: [
    contract({
      contract: 'shop.orders',
      title: 'Orders',
      description:
        'What customers **ordered**.\n\n- one row for each [order](https://wiki.example/orders)\n\n| a | b |\n|:--|--:|\n| 1 | 2 |',
      domain: 'sales',
      links: { runbook: 'https://wiki.example/runbook' },
      upstream: [{ contract: 'shop.stock', columns: ['stock.item_id'] }],
      consumers: [
        { name: 'finance-close', party: 'finance', uses: ['orders.amount'], description: 'Closes the month.' },
        { name: 'churn-model', party: 'bi', uses: ['orders'], description: null },
      ],
      verdict: 'error',
      tables: [
        table({
          table: 'orders',
          description: 'One row for each order.',
          verdict: 'error',
          statements: [
            {
              why: 'scan for 3 metrics',
              sql: 'select count(*) as "m0", count(case when "email" = $1 then 1 end) as "m1" from "sales"."orders"',
              parameters: ['', 12, null],
              seconds: 0.25,
              failed: false,
            },
            { why: 'failing rows of 2 checks', sql: 'select 1', parameters: [], seconds: 0.004, failed: false },
          ],
          checks: CHECKS,
        }),
      ],
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
          rows: 1,
          checks: [
            check({ path: 'legacy.rows', kind: 'rows', columns: [], message: '1 row' }),
            check({
              path: 'legacy.freshness',
              kind: 'freshness',
              columns: ['loaded_at'],
              promise: 'at most 24h old',
              message: 'the newest row is 6h old (2026-11-25T00:00:00Z); at most 24h old',
              measured: { newest: '2026-11-25T00:00:00Z', ageSeconds: 21600 },
              limits: [{ verdict: 'fail', side: 'max', of: 'ageSeconds', unit: 'seconds', value: 86400 }],
            }),
          ],
        }),
      ],
    }),
    contract({
      contract: 'shop.hostile',
      title: EVERYTHING,
      file: 'contracts/hostile.yaml',
      verdict: 'fail',
      description: `${EVERYTHING}\n\n<b onclick="alert(1)">x</b> [a](javascript:alert(1)) ![b](https://evil.example/b.png) [c](data:text/html,x)`,
      domain: EVERYTHING,
      raci: { responsible: [HOSTILE.mention], accountable: HOSTILE.script, consulted: [], informed: [EVERYTHING] },
      links: {
        [HOSTILE.script]: 'javascript:alert(1)',
        data: 'data:text/html,x',
        [HOSTILE.direction]: 'https://a.example/"><script>',
      },
      upstream: [{ contract: EVERYTHING, columns: null }],
      consumers: [{ name: EVERYTHING, party: HOSTILE.script, uses: [EVERYTHING], description: EVERYTHING }],
      tables: [
        table({
          table: HOSTILE.cdata,
          location: EVERYTHING,
          description: EVERYTHING,
          verdict: 'fail',
          statements: [{ why: EVERYTHING, sql: EVERYTHING, parameters: [EVERYTHING], seconds: 0, failed: false }],
          checks: [ODD],
        }),
      ],
    }),
  ],
  kinds: {
    column: 'Checks that the column is there.',
    expect: EVERYTHING,
    freshness: 'Checks that the newest row is no older than promised.',
    invalid: 'Checks that no more rows than allowed have a value that breaks a rule.',
    missing: 'Checks that no more rows than allowed have a missing value.',
    rows: 'Checks that the number of rows is within its bounds.',
  },
  parties: {
    'head-of-sales': { title: 'Head of Sales', members: ['ann'], addresses: {} },
    'sales-data': {
      title: 'Sales Data',
      members: [],
      addresses: { email: ['sales-data@shop.example'], slack: ['#sales-data'] },
    },
    [HOSTILE.script]: {
      title: EVERYTHING,
      members: [EVERYTHING],
      addresses: { email: ['x@y.example?subject=a&bcc=b@c.example', HOSTILE.script], slack: [HOSTILE.escapes] },
    },
    ann: { title: 'Ann', members: [], addresses: { email: ['ann@shop.example'] } },
  },
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
    planned: 2,
    measured: 2,
    evidence: { scan: 2, metadata: 0, constraint: 0 },
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
