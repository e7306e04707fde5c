import { describe, expect, test } from 'vitest';
import { REPORTS } from '../../reports/index.ts';
import type { Diagnostic } from '../../src/model/diagnostic.ts';
import type { GateFinding, GateResult } from '../../src/model/gate.ts';
import type { CheckResult, ContractResult, Run } from '../../src/model/run.ts';
import { comparison, finding, GATE } from './gate-fixture.ts';
import { position } from './gate-sources.ts';
import { lengthened, lengthenedOnly } from './long-fixture.ts';
import { CONTEXT, renderDiagnostics, renderGate, renderRun } from './render.ts';
import { check, contract, GOOD, RUN, table } from './run-fixture.ts';

const at = position('contracts/orders.yaml', 'columns:');

/** Every second finding is a warning. */
const FINDINGS = Array.from(
  { length: 500 },
  (_, index): GateFinding =>
    finding({
      rule: 'column-removed',
      path: `orders.c${index}`,
      fingerprint: index.toString(16).padStart(12, '0'),
      severity: index % 2 === 0 ? 'error' : 'warning',
      message: 'the column is gone '.repeat(10),
      at,
      was: at,
    }),
);

const MANY: GateResult = {
  ...GATE,
  contracts: [
    ...Array.from({ length: 199 }, (_, index) => comparison({ contract: `c${index}` })),
    comparison({ contract: 'shop.orders', findings: FINDINGS }),
  ],
  diagnostics: [],
};

const DIAGNOSTICS = Array.from(
  { length: 500 },
  (_, index): Diagnostic => ({
    code: 'lint/unknown-key',
    severity: 'error',
    message: `"key${index}" is no key of a column `.repeat(10),
    at,
  }),
);

describe('500 findings', () => {
  test('github: ten errors, ten warnings, and how many more', () => {
    const lines = renderGate('github', MANY).trimEnd().split('\n');
    const count = (level: string): number => lines.filter((line) => line.startsWith(`::${level} `)).length;
    expect([count('error'), count('warning'), count('notice')]).toEqual([10, 10, 1]);
    expect(lines.at(-1)).toMatch(/^::notice title=surety::and 240 more errors, 240 more warnings/);
    expect(lines[0]).toContain('orders.c0');
  });

  test.each([
    ['the gate', renderGate('markdown', MANY)],
    ['diagnostics', renderDiagnostics('markdown', DIAGNOSTICS)],
  ])('markdown: under 60,000 characters, whole rows, and how many more: %s', (_, text) => {
    expect(text.length).toBeLessThan(60_000);
    expect(text.length).toBeGreaterThan(50_000);
    const rows = text.split('\n').filter((line) => /^\| (?:❌|⚠️)/u.test(line));
    const columns = new Set(rows.map((row) => row.split(' | ').length));
    expect(columns.size).toBe(1);
    const [, leftOut = ''] = /\nLeft out, as there is no room: (.*)\n/.exec(text) ?? [];
    const more = leftOut.split(', ').reduce((sum, part) => sum + Number.parseInt(part, 10), 0);
    expect(rows.length + more).toBe(500);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
  });

  test('sarif, gitlab and junit list them all', () => {
    const log = JSON.parse(renderGate('sarif', MANY)) as { runs: [{ results: unknown[] }] };
    expect(log.runs[0].results).toHaveLength(500);
    expect(JSON.parse(renderGate('gitlab', MANY))).toHaveLength(500);
    expect(renderGate('junit', MANY)).toContain('tests="699" failures="250"');
  });

  test('text: contracts that did not change are one line', () => {
    expect(renderGate('text', MANY)).toContain('\n199 contracts did not change\n');
    expect(renderGate('text', MANY)).not.toContain('c17 ');
  });
});

describe('a run of 5,000 findings as Markdown', () => {
  const found = (count: number, name: string, given: Partial<CheckResult>): readonly CheckResult[] =>
    Array.from({ length: count }, (_, index) => check({ path: `t.${name}${index}.missing`, ...given }));
  const error = { verdict: 'error', message: 'm' } as const;
  const checks = [
    ...found(1667, 'w', { verdict: 'warn' }),
    ...found(1675, 'f', { verdict: 'fail' }),
    ...found(1658, 'e', { ...error, reason: 'time-out' }),
    ...found(1200, 'c', { ...error, reason: 'cancelled' }),
  ];
  const run: Run = {
    ...GOOD,
    verdict: 'error',
    contracts: [
      contract({ contract: 'a', tables: [table({ table: 'good', checks: [check({ path: 'x' })] })] }),
      contract({ contract: 'b', verdict: 'error', tables: [table({ table: 't', verdict: 'error', checks })] }),
    ],
  };
  const text = renderRun('markdown', run);

  test('says once, and at the end, what is left out, of each kind', () => {
    expect(text.length).toBeLessThan(60_000);
    const shown = text.split('\n').filter((line) => line.startsWith('| ❌ fail')).length;
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      `Left out, as there is no room: ${(1675 + 1658 - shown).toLocaleString('en')} findings, 1,667 warnings, 1,200 cancelled checks, 2 tables`,
    );
    expect(text).not.toContain('more');
  });

  test('groups the digits of all numbers', () => {
    expect(text).toContain('1,675 promises broken, 2,858 not measured, 1,667 warnings');
    expect(text).not.toMatch(/(?<![\w.-])\d{4,}(?![\w.-])/);
  });

  test('begins with what is broken, and the worst table', () => {
    const short = renderRun('markdown', { ...run, contracts: run.contracts.map(shortened) });
    expect(short.match(/<summary>.*<\/summary>/g)).toEqual([
      '<summary>Warnings (3)</summary>',
      '<summary>Not measured, cancelled (1)</summary>',
      '<summary>Tables (2)</summary>',
    ]);
    expect(short.split('\n').flatMap((line) => /^\| (\S+ \w+) \|/.exec(line)?.[1] ?? [])).toEqual([
      '❌ fail',
      '❌ fail',
      '❔ error',
      '⚠️ warn',
      '⚠️ warn',
      '⚠️ warn',
      '❔ error',
      '❔ error',
      '✅ pass',
    ]);
  });

  function shortened(result: ContractResult): ContractResult {
    const few = (checks: readonly CheckResult[]) =>
      checks.filter((_, index) => index < 3 || [1700, 1701, 3400, 5500].includes(index));
    return { ...result, tables: result.tables.map((each) => ({ ...each, checks: few(each.checks) })) };
  }
});

describe('200 contracts with one notice each', () => {
  const contracts = Array.from({ length: 200 }, (_, index) =>
    comparison({
      contract: `c${index}`,
      findings: [
        finding({ rule: 'column-added', path: 'c.x', severity: 'info', message: 'there is a new column', at }),
      ],
    }),
  );

  test('take three lines a contract', () => {
    const text = renderGate('text', { ...GATE, passed: true, contracts, diagnostics: [] });
    expect(text.split('\n').length).toBeLessThan(620);
  });
});

describe('texts of 10 MB', () => {
  const MB = 1_000_000;
  const results = [
    ['a run', 'run', lengthened(RUN), 0.6 * MB],
    ['a run whose files have such names', 'run', lengthenedOnly(RUN, 'file'), 0.2 * MB],
    ['the gate', 'gate', lengthened(GATE), MB],
    ['the gate over files of such names', 'gate', lengthenedOnly(GATE, 'file'), 0.2 * MB],
    ['diagnostics', 'diagnostics', lengthened(GATE.diagnostics), 0.05 * MB],
  ] as const;
  // The JSON has what is there, whole.
  const reports = REPORTS.filter(({ name }) => name !== 'json');
  const cases = reports.flatMap((report) =>
    results.flatMap(([what, kind, result, most]) => {
      const render = report[kind] as
        | ((given: unknown, context: typeof CONTEXT) => string | Promise<string>)
        | undefined;
      return render ? [{ name: report.name, what, render: () => render(result, CONTEXT), most }] : [];
    }),
  );

  test.each(cases)('$name of $what stays small and is made quickly', async ({ render, most }) => {
    const started = performance.now();
    const { length } = await render();
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(length).toBeLessThan(most);
  });
});
