import { describe, expect, test } from 'vitest';
import type { GateResult } from '../../src/model/gate.ts';
import { comparison, finding, GATE } from './gate-fixture.ts';
import { CONTEXT, only, renderDiagnostics, renderGate } from './render.ts';

const NONE = { readers: 0, writers: 0, policy: 0, warnings: 0, notices: 0, safe: 0, waived: 0 };
const GREEN: GateResult = {
  ...GATE,
  passed: true,
  counts: NONE,
  diagnostics: [],
  contracts: [comparison({ contract: 'a' }), comparison({ contract: 'b' })],
};

describe('nothing changed', () => {
  test.each([
    ['text', 'no changes: 2 contracts compared, merge base with origin/main 4f2c1aa → the working tree\n'],
    ['github', ''],
    ['gitlab', '[]\n'],
  ] as const)('%s', (format, text) => expect(renderGate(format, GREEN)).toBe(text));

  test('markdown says so plainly', () => {
    expect(renderGate('markdown', GREEN)).toBe(`<!-- surety:gate key="shop" -->
### ✅ Contract gate: no changes

2 contracts compared, none changed · merge base with origin/main \`4f2c1aa\` → the working tree
`);
  });

  test('of no contracts', () => {
    expect(renderGate('text', { ...GREEN, contracts: [] })).toMatch(/^no contracts to compare: /);
  });

  test('what could not be read is not green', () => {
    const result = { ...GREEN, passed: false, diagnostics: GATE.diagnostics };
    expect(renderGate('markdown', result)).toContain('### ❌ Contract gate: 1 problem\n');
    expect(renderGate('text', result)).toContain('no changes in what could be read');
  });
});

describe('a change that breaks nothing', () => {
  const added = finding({ rule: 'column-added', path: 'a.x', severity: 'info', message: 'there is a new column' });
  const result: GateResult = {
    ...GREEN,
    counts: { ...NONE, notices: 1 },
    contracts: [comparison({ contract: 'a', findings: [added] })],
  };

  test('passes', () => {
    expect(renderGate('markdown', result)).toContain('### ✅ Contract gate: nothing breaks\n');
    expect(renderGate('text', result).trimEnd().split('\n').at(-1)).toBe(
      'passes: 0 breaking for readers · 0 for writers · 0 warnings · 1 notice · 0 proven safe · 0 waived',
    );
  });

  test('diff gives no verdict', () => {
    const text = renderGate('text', { ...result, command: 'diff' });
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/^0 breaking for readers/);
    expect(renderGate('markdown', { ...result, command: 'diff' })).toContain('Contract changes: nothing breaks');
  });
});

describe('text', () => {
  const text = renderGate('text', only(['shop.orders', 'shop.legacy', 'shop.stock']));

  test.each([
    '✗ breaks readers and writers  column-removed orders.legacy_code: the column is gone\n',
    'contracts/orders.yaml:7  was 4f2c1aa:shop/contracts/orders.yaml:9  fingerprint 3f9a1c04be72\n',
    'breaks: finance-close (finance), churn-model\n',
    'or: surety waive 3f9a1c04be72 --reason … --expires … --approved-by sales-data\n',
    '✗ breaks writers  required-added orders.customer_id',
    '? warning  pattern-tightened orders.email.pattern',
    '! warning  type-widened orders.qty',
    '· proven safe  range-tightened orders.amount.min',
    '· waived  enum-value-added orders.status.void',
    'waived: the only reader knows it already, DATA-1432 (approved by finance, until 2026-12-07: 12 days left)\n',
    '· notice  column-added orders.note: there is a new column  contracts/orders.yaml:14\n',
    'version: 1.5.0 is too small: the changes need 2.0.0 (major)\n',
    'shop.legacy 2.0.0, removed',
    '1 contract did not change\n',
  ])('has %j', (words) => expect(text).toContain(words));

  test('a waiver that has expired is told beside the finding that blocks again', () => {
    const orders = only(['shop.orders']).contracts[0];
    const waived = orders?.findings.find(({ waiver }) => waiver !== null);
    if (!orders || !waived?.waiver) throw new Error('there is none');
    const expired = { ...waived, state: 'open' as const, waiver: { ...waived.waiver, days: -1 } };
    const result = { ...GATE, contracts: [{ ...orders, findings: [expired] }], diagnostics: [] };
    expect(renderGate('text', result)).toContain(
      'waiver: the only reader knows it already, DATA-1432 (approved by finance, until 2026-12-07: expired)',
    );
    expect(renderGate('github', result)).toMatch(/^::error /);
  });
});

describe('diagnostics', () => {
  test.each([
    ['github', ''],
    ['gitlab', '[]\n'],
    ['markdown', '<!-- surety:lint key="shop" -->\n### ✅ Contracts: no problems\n'],
  ] as const)('none: %s', (format, text) => expect(renderDiagnostics(format, [])).toBe(text));

  test('junit has a passing case for each file without problems', () => {
    const sources = new Map([['contracts/orders.yaml', { name: '', text: '' }]]);
    expect(renderDiagnostics('junit', [], { ...CONTEXT, sources })).toContain(
      '<testcase name="no problems" classname="shop/contracts/orders.yaml" time="0"/>',
    );
  });

  test('a file outside the repository is named and not pointed at', () => {
    const at = { file: '/elsewhere/a.yaml', line: 3, column: 1, endLine: 3, endColumn: 2 };
    const [line] = renderDiagnostics('github', [{ code: 'a/b', severity: 'error', message: 'm', at }], {
      ...CONTEXT,
      sources: new Map(),
    }).split('\n');
    expect(line).toBe('::error title=a/b::m%0Aat: /elsewhere/a.yaml:3');
  });

  test('fingerprints stay when lines move, and differ when a problem is there twice', () => {
    const at = { file: 'a.yaml', line: 3, column: 1, endLine: 3, endColumn: 2 };
    const found = { code: 'a/b', severity: 'error', message: 'm', at } as const;
    const prints = (...lines: readonly number[]): readonly string[] => {
      const text = renderDiagnostics(
        'gitlab',
        lines.map((line) => ({ ...found, at: { ...at, line } })),
      );
      return (JSON.parse(text) as readonly { fingerprint: string }[]).map(({ fingerprint }) => fingerprint);
    };
    expect(prints(3)).toEqual(prints(9));
    expect(new Set(prints(3, 4)).size).toBe(2);
  });
});
