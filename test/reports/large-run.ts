import type { CheckResult, Run, TableResult } from '../../src/model/run.ts';
import { check, contract, RUN, table } from './run-fixture.ts';

/** Metrics of a scan, as long as those of the engine are. */
function scanSql(columns: number): string {
  const metrics = Array.from(
    { length: columns * 2 },
    (_, index) =>
      `count(case when (("column_${index >> 1}" is not null) and (length("column_${index >> 1}") > ${60 + index})) then 1 end) as "m${index}"`,
  );
  return `select count(*) as "rows", ${metrics.join(', ')} from "sales"."orders"`;
}

function checksOf(name: string, columns: number, broken: boolean): readonly CheckResult[] {
  const rows = 1_234_567;
  const path = (column: number, kind: string): string => `${name}.column_${column}.${kind}`;
  return [
    check({
      path: `${name}.rows`,
      kind: 'rows',
      columns: [],
      measured: { rows },
      message: '1,234,567 rows; at least 1',
    }),
    check({
      path: `${name}.freshness`,
      kind: 'freshness',
      columns: ['column_0'],
      measured: { ageSeconds: 7200 },
      limits: [{ verdict: 'fail', side: 'max', of: 'ageSeconds', unit: 'seconds', value: 86_400 }],
    }),
    ...Array.from({ length: columns }, (_, column): readonly CheckResult[] => [
      check({ path: path(column, 'column'), kind: 'column', measured: {}, limits: [], evidence: 'metadata' }),
      check({
        path: path(column, 'type'),
        kind: 'type',
        promise: 'decimal(12,2)',
        measured: {},
        limits: [],
        evidence: 'metadata',
      }),
      check({
        path: path(column, 'missing'),
        measured: { bad: column * 311, rows },
        verdict: broken && column === columns - 1 ? 'fail' : 'pass',
        message: `${column * 311} of 1,234,567 rows are missing (${column / 40}%); at most 2% allowed`,
        samples:
          broken && column === columns - 1
            ? { columns: ['column_0', 'column_1'], rows: Array.from({ length: 5 }, (_, row) => [String(row), null]) }
            : null,
      }),
      check({
        path: path(column, 'invalid'),
        kind: 'invalid',
        measured: { bad: 0, rows },
        limits: [{ verdict: 'fail', side: 'max', of: 'bad', unit: 'rows', value: 0 }],
      }),
    ]).flat(),
  ];
}

/** A run of ten tables a contract, each tenth table with a broken promise. */
export function largeRun(tables: number, columns: number): Run {
  const all = Array.from({ length: tables }, (_, index): TableResult => {
    const name = `table_${index}`;
    const broken = index % 10 === 0;
    return table({
      table: name,
      location: `sales.${name}`,
      verdict: broken ? 'fail' : 'pass',
      statements: [
        {
          why: `scan for ${columns * 2} metrics`,
          sql: scanSql(columns),
          parameters: ['NA'],
          seconds: 0.2,
          failed: false,
        },
      ],
      checks: checksOf(name, columns, broken),
    });
  });
  const contracts = Array.from({ length: Math.ceil(tables / 10) }, (_, index) => {
    const own = all.slice(index * 10, index * 10 + 10);
    return contract({
      contract: `shop.contract_${index}`,
      verdict: own.some(({ verdict }) => verdict === 'fail') ? 'fail' : 'pass',
      upstream: index > 0 ? [{ contract: `shop.contract_${index - 1}`, columns: null }] : [],
      consumers: [{ name: `reader_${index}`, party: 'bi', uses: ['table_0'], description: null }],
      tables: own,
    });
  });
  return { ...RUN, verdict: 'fail', contracts, diagnostics: [] };
}
