import { describe, expect, test } from 'vitest';
import type { CheckResult, ContractResult, Run, TableResult } from '../../src/model/run.ts';
import { CONTEXT, renderRun } from './render.ts';
import { check, contract, EMPTY, GOOD, RUN, table } from './run-fixture.ts';

const lines = (run: Run): readonly string[] => renderRun('text', run).trimEnd().split('\n');

/** A contract with one table of two checks, the second of the given verdict. */
function one(name: string, verdict: CheckResult['verdict'] = 'pass', given: Partial<TableResult> = {}): ContractResult {
  const checks = [check({ path: 't.a.missing' }), check({ path: 't.b.missing', verdict })];
  return contract({ contract: name, verdict, tables: [table({ table: 't', verdict, checks, ...given })] });
}

function many(count: number, make: (index: number) => ContractResult): readonly ContractResult[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

describe('the summary', () => {
  test('comes first: verdict, counts, coverage, rows and seconds', () => {
    expect(lines({ ...RUN, environment: 'staging' }).slice(0, 4)).toEqual([
      '? 1 problem, else error: 3 contracts, 3 tables, 10 checks: 5 pass, 1 warn, 2 fail, 1 error, 1 skipped',
      '  10 planned: 8 measured (6 scan, 2 metadata), 1 skipped: column missing, 1 not measured: time-out',
      '  2,401 rows read in 4.25 s, now 2026-11-25T06:00:00.000000Z, environment staging',
      '',
    ]);
  });

  test('adds up rows that no number of JSON holds, and passes over tables that nobody counted', () => {
    const rows = ['9007199254740993', 8, null] as const;
    const contracts = rows.map((each) => one('c', 'pass', { rows: each }));
    expect(lines({ ...GOOD, contracts })[2]).toBe(
      '  9,007,199,254,741,001 rows read in 4.25 s, now 2026-11-25T06:00:00.000000Z',
    );
    const uncounted = { ...GOOD, contracts: [one('c', 'pass', { rows: null })] };
    expect(lines(uncounted)[2]).toBe('  4.25 s, now 2026-11-25T06:00:00.000000Z');
    expect(lines({ ...GOOD, contracts: [one('c', 'pass', { rows: 1 })] })[2]).toMatch(/^ {2}1 row read in /);
  });

  test('is green only where nothing is wrong', () => {
    const diagnostics = RUN.diagnostics.filter(({ severity }) => severity === 'error');
    expect(lines(GOOD)[0]).toBe('✓ pass: 1 contract, 1 table, 2 checks: 2 pass');
    expect(lines({ ...GOOD, diagnostics })[0]).toBe('✗ 1 problem, else pass: 1 contract, 1 table, 2 checks: 2 pass');
    expect(lines(EMPTY)[0]).toBe('- nothing was verified');
    expect(lines({ ...EMPTY, diagnostics })[0]).toBe('✗ 1 problem, nothing was verified');
  });

  test('comes again at the end of what is longer than a screen, and only there', () => {
    const failing = many(8, (index) => one(`c${index}`, 'fail'));
    const long = lines({ ...RUN, verdict: 'fail', diagnostics: [], contracts: failing });
    expect(long.length).toBeGreaterThan(40);
    expect(long.at(-1)).toBe('✗ fail: 8 contracts, 8 tables, 16 checks: 8 pass, 8 fail');
    expect(long[0]).toBe(long.at(-1));
    const short = lines({ ...RUN, verdict: 'fail', diagnostics: [], contracts: failing.slice(0, 2) });
    expect(short.filter((line) => line.startsWith('✗ fail: '))).toHaveLength(1);
  });

  test('hides nothing of an odd environment or reason from a terminal', () => {
    const skipped = [{ reason: 'skipped in environment \u001b[31m', count: 1 }];
    const text = renderRun('text', { ...RUN, environment: '\u001b[2J', coverage: { ...RUN.coverage, skipped } });
    expect(text).toContain('environment \\x1b[2J');
    expect(text).toContain('1 skipped: skipped in environment \\x1b[31m');
  });
});

describe('contracts', () => {
  test('200 of which 3 have findings are readable: the findings, and one line for the others', () => {
    const found: Readonly<Record<number, CheckResult['verdict']>> = { 17: 'warn', 101: 'fail', 150: 'error' };
    const contracts = many(200, (index) => one(`shop.c${index}`, found[index]));
    const text = lines({ ...RUN, verdict: 'error', diagnostics: [], contracts });
    expect(text.length).toBeLessThan(40);
    expect(text.filter((line) => /^[✓!✗?] shop\.c/.test(line))).toEqual([
      '✗ shop.c101 1.5.0: fail  contracts/orders.yaml',
      '? shop.c150 1.5.0: error  contracts/orders.yaml',
      '! shop.c17 1.5.0: warn  contracts/orders.yaml',
    ]);
    expect(text).toContain(
      '✓ 197 contracts pass: shop.c0, shop.c1, shop.c2, shop.c3, shop.c4, shop.c5, shop.c6, shop.c7, shop.c8, shop.c9 and 187 more',
    );
  });

  test('up to ten without findings are a line each, with what is in them', () => {
    const ten = lines({ ...GOOD, contracts: many(10, (index) => one(`c${index}`)) });
    expect(ten.slice(4)).toEqual(
      Array.from({ length: 10 }, (_, index) => `✓ c${index} 1.5.0: 1 table, 2 checks: 2 pass  contracts/orders.yaml`),
    );
    expect(lines({ ...GOOD, contracts: many(11, (index) => one(`c${index}`)) }).slice(4)).toEqual([
      '✓ 11 contracts pass: c0, c1, c2, c3, c4, c5, c6, c7, c8, c9 and 1 more',
    ]);
    expect(renderRun('text', GOOD)).toContain(
      '\n✓ shop.legacy 1.5.0 (deprecated, sunset 2026-12-07 in 12 days): 1 table, 2 checks: 2 pass  contracts/legacy.yaml\n',
    );
  });

  test('one with a broken promise is the worst, whatever else could not be measured there', () => {
    const checks = [check({ path: 't.a.missing', verdict: 'error' }), check({ path: 't.b.missing', verdict: 'fail' })];
    const contracts = [one('open', 'error'), one('both', 'error', { checks })];
    const text = lines({ ...RUN, verdict: 'error', diagnostics: [], contracts });
    expect(text.flatMap((line) => /^\? (open|both) /.exec(line)?.[1] ?? [])).toEqual(['both', 'open']);
  });

  test('retired ones do not stand among those that pass', () => {
    const retired = (index: number): ContractResult => ({ ...one(`r${index}`, 'skipped'), status: 'retired' });
    const few = lines({ ...GOOD, contracts: [retired(0), one('a')] });
    expect(few.slice(4)).toEqual([
      '✓ a 1.5.0: 1 table, 2 checks: 2 pass  contracts/orders.yaml',
      '',
      '- r0 1.5.0 (retired): 1 table, 2 checks: 1 pass, 1 skipped  contracts/orders.yaml',
    ]);
    expect(lines({ ...GOOD, contracts: many(12, retired) }).at(-1)).toBe(
      '- 12 contracts skipped: r0, r1, r2, r3, r4, r5, r6, r7, r8, r9 and 2 more',
    );
  });
});

describe('what was cancelled', () => {
  const CANCELLED = {
    verdict: 'error',
    reason: 'cancelled',
    message: 'cancelled',
    evidence: null,
    measured: {},
  } as const;
  const cancelled = (name: string): ContractResult => {
    const checks = [check({ path: 't.a.missing' }), check({ path: 't.b.missing', ...CANCELLED })];
    return contract({ contract: name, verdict: 'error', tables: [table({ table: 't', verdict: 'error', checks })] });
  };

  test('is one line behind what was found, and hides none of it', () => {
    const contracts = many(200, (index) =>
      index === 150 ? one('broken', 'fail') : index < 43 ? one(`c${index}`) : cancelled(`c${index}`),
    );
    const text = lines({ ...RUN, verdict: 'error', diagnostics: [], contracts });
    expect(text.filter((line) => /^[✓!✗?-] (?!error:)/.test(line))).toEqual([
      '✗ broken 1.5.0: fail  contracts/orders.yaml',
      '? 156 contracts cancelled: c43, c44, c45, c46, c47, c48, c49, c50, c51, c52 and 146 more',
      '✓ 43 contracts pass: c0, c1, c2, c3, c4, c5, c6, c7, c8, c9 and 33 more',
    ]);
    expect(text.length).toBeLessThan(20);
  });

  test('is told in each line where it is little', () => {
    expect(lines({ ...RUN, verdict: 'error', diagnostics: [], contracts: [cancelled('a')] }).slice(4)).toEqual([
      '? a 1.5.0: cancelled, 1 table, 2 checks: 1 pass, 1 error  contracts/orders.yaml',
    ]);
    const tables = [...one('c', 'warn').tables, ...cancelled('c').tables.map((each) => ({ ...each, table: 'u' }))];
    const mixed = lines({
      ...RUN,
      diagnostics: [],
      contracts: [contract({ contract: 'c', verdict: 'error', tables })],
    });
    expect(mixed.filter((line) => /^ {2}[!?]/.test(line))).toEqual([
      '  ! t: 1 pass, 1 warn  sales.orders',
      '  ? u: cancelled, 1 pass, 1 error  sales.orders',
    ]);
    expect(mixed.join()).not.toContain('t.b.missing: cancelled');
    const draft = [check({ path: 't.a.missing', ...CANCELLED, verdict: 'warn' })];
    expect(lines({ ...RUN, diagnostics: [], contracts: [one('d', 'warn', { checks: draft })] }).at(-1)).toBe(
      '! d 1.5.0: cancelled, 1 table, 1 check: 1 warn  contracts/orders.yaml',
    );
  });

  test('is no annotation before those of broken promises', () => {
    const contracts = [...many(20, (index) => cancelled(`c${index}`)), one('broken', 'fail')];
    const first = renderRun('github', { ...RUN, verdict: 'error', diagnostics: [], contracts }).split('\n')[0];
    expect(first).not.toContain('cancelled');
  });
});

describe('tables and checks of a contract with findings', () => {
  const tables = (count: number): readonly TableResult[] => [
    ...Array.from({ length: count }, (_, index) => table({ table: `good${index}`, checks: [check({ path: 'a' })] })),
    table({ table: 'bad', verdict: 'warn', checks: [check({ path: 'bad.a', verdict: 'warn' })] }),
  ];
  const of = (count: number): readonly string[] =>
    lines({ ...RUN, contracts: [contract({ contract: 'c', verdict: 'warn', tables: tables(count) })] });

  test('a table that passes is one line below those that do not', () => {
    const text = of(2).filter((line) => /^ {2}[✓!]/.test(line));
    expect(text).toEqual([
      '  ! bad: 1 warn  sales.orders',
      '  ✓ good0: 1 pass  sales.orders',
      '  ✓ good1: 1 pass  sales.orders',
    ]);
    expect(of(400)).toContain(
      '  ✓ 400 tables pass: good0, good1, good2, good3, good4, good5, good6, good7, good8, good9 and 390 more',
    );
  });

  test('what is broken or not measured comes before warnings, else as the contract has it', () => {
    const found = lines(RUN).flatMap((line) => /^ {4}. (?:warn|fail|error) (orders\.[\w.]+)/.exec(line)?.[1] ?? []);
    expect(found).toEqual(['orders.amount.invalid', 'orders.freshness', 'orders.email.missing']);
  });

  test('values of failing rows are aligned as a terminal shows them, and cut', () => {
    const samples = {
      columns: ['k', 'v'],
      rows: [
        ['日本', 'x'.repeat(300)],
        ['e\u0301', null],
      ],
    };
    const text = renderRun('text', {
      ...RUN,
      contracts: [one('c', 'fail')].map((each) => ({
        ...each,
        tables: [table({ table: 't', verdict: 'fail', checks: [check({ path: 't.k', verdict: 'fail', samples })] })],
      })),
    });
    expect(text).toContain(`\n      k     v\n      日本  ${'x'.repeat(256)}…\n      e\u0301     (null)\n`);
  });
});

test('colours are codes of our own, and the same text without them', () => {
  const coloured = renderRun('text', RUN, { ...CONTEXT, colour: true });
  expect(coloured).toContain('\u001b[35m');
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(renderRun('text'));
});
