import type { Effect } from '../../src/model/change.ts';
import type { Position } from '../../src/model/diagnostic.ts';
import type { ContractComparison, GateFinding, GateResult } from '../../src/model/gate.ts';
import { BASE, EVERYTHING, HOSTILE, position } from './gate-sources.ts';

const now = (text: string): Position => position('contracts/orders.yaml', text);
const then = (text: string): Position => position('4f2c1aa:shop/contracts/orders.yaml', text);

function effects(sql: Effect, types: Effect, models: Effect, writers: Effect): GateFinding['effects'] {
  return { sql, types, models, writers };
}

/** Fills in what most findings have. */
export function finding(part: Partial<GateFinding> & Pick<GateFinding, 'rule' | 'message'>): GateFinding {
  return {
    contract: 'shop.orders',
    path: '',
    fingerprint: '000000000000',
    severity: 'error',
    state: 'open',
    direction: 'loosen',
    effects: effects('breaks', 'breaks', 'breaks', 'none'),
    concerns: /^(?:version|waiver|sunset)-/.test(part.rule) ? 'policy' : 'readers',
    bump: 'major',
    lost: null,
    before: null,
    after: null,
    breaks: [],
    approvers: ['sales-data'],
    remedy: 'keep it, or raise the major version',
    at: null,
    was: null,
    related: [],
    waiver: null,
    live: null,
    ...part,
  };
}

export function comparison(
  part: Partial<ContractComparison> & Pick<ContractComparison, 'contract'>,
): ContractComparison {
  return {
    title: null,
    before: '1.0.0',
    after: '1.0.0',
    file: `contracts/${part.contract.replace(/^shop\./, '')}.yaml`,
    bump: 'none',
    needs: null,
    readers: [],
    accountable: 'shop-data',
    findings: [],
    ...part,
  };
}

const ORDERS: readonly GateFinding[] = [
  finding({
    rule: 'column-removed',
    path: 'orders.legacy_code',
    fingerprint: '3f9a1c04be72',
    effects: effects('breaks', 'breaks', 'breaks', 'breaks'),
    message: 'the column is gone',
    before: 'string',
    breaks: [
      { name: 'finance-close', party: 'finance' },
      { name: 'churn-model', party: null },
    ],
    remedy: 'deprecate it first, with a sunset on 2026-02-23 or later',
    at: now('columns:'),
    was: then('legacy_code'),
    related: [{ message: 'what `renamedFrom` would have to name', at: now('customer_id') }],
  }),
  finding({
    rule: 'freshness-loosened',
    path: 'orders',
    fingerprint: 'b81d0f6677aa',
    effects: effects('breaks', 'none', 'breaks', 'none'),
    message: 'the newest row may be 12h old, 6h before',
    lost: 'shop.daily promises 8h and cannot keep it',
    before: '6h',
    after: '12h',
    breaks: [{ name: 'shop.daily', party: 'reporting' }],
    remedy: 'keep the limit, or raise the major version and tell the readers',
    at: now('12h'),
    was: then('6h'),
  }),
  finding({
    rule: 'required-added',
    path: 'orders.customer_id',
    fingerprint: '9c02d4e61f35',
    severity: 'warning',
    state: 'violated',
    direction: 'tighten',
    effects: effects('none', 'none', 'none', 'data'),
    bump: 'minor',
    message: 'a value is required now',
    after: 'required',
    remedy: 'mend the rows, or allow some to be missing',
    at: now('required: true'),
    live: {
      message: '2 of 18,204,113 rows have no value',
      holds: false,
      samples: {
        columns: ['order_id', 'customer_id'],
        rows: [
          ['17', null],
          ['4711', ''],
        ],
      },
    },
  }),
  finding({
    rule: 'version-bump-too-small',
    path: 'version',
    fingerprint: '71c4b0a9d8e2',
    effects: effects('breaks', 'none', 'none', 'none'),
    bump: 'none',
    message: 'the version went from 1.4.0 to 1.5.0, and the changes need 2.0.0',
    before: '1.4.0',
    after: '1.5.0',
    remedy: 'write version: 2.0.0',
    at: now('1.5.0'),
    was: then('1.4.0'),
  }),
  finding({
    rule: 'pattern-tightened',
    path: 'orders.email.pattern',
    fingerprint: '4be1a7730c9d',
    severity: 'warning',
    direction: 'tighten',
    effects: effects('none', 'none', 'none', 'data'),
    bump: 'minor',
    message: 'the pattern takes fewer texts: [a-z.]+@[a-z.]+, .+@.+ before',
    before: '.+@.+',
    after: '[a-z.]+@[a-z.]+',
    remedy: 'see with --live that the rows keep it',
    at: now("'[a-z.]+@[a-z.]+'"),
    was: then("'.+@.+'"),
    live: { message: 'the warehouse lake cannot be reached', holds: null, samples: null },
  }),
  finding({
    rule: 'type-widened',
    path: 'orders.qty',
    fingerprint: 'e0d1f2a3b4c5',
    severity: 'warning',
    effects: effects('warns', 'none', 'warns', 'none'),
    bump: 'minor',
    message: 'int16 became int32',
    lost: 'narrower sinks overflow',
    before: 'int16',
    after: 'int32',
    remedy: 'tell the readers that store it',
    at: now('int32'),
    was: then('int16'),
  }),
  finding({
    rule: 'enum-value-added',
    path: 'orders.status.void',
    fingerprint: '5d0a3c8e21b7',
    state: 'waived',
    message: 'void may occur now',
    after: 'void',
    breaks: [{ name: 'finance-close', party: 'finance' }],
    at: now('void'),
    was: then('[open, paid]'),
    waiver: {
      reason: 'the only reader knows it already, DATA-1432',
      approvedBy: 'finance',
      expires: '2026-12-07',
      days: 12,
      at: position('contracts/waivers.yaml', 'fingerprint'),
    },
  }),
  finding({
    rule: 'range-tightened',
    path: 'orders.amount.min',
    fingerprint: 'aa11bb22cc33',
    severity: 'warning',
    state: 'safe',
    direction: 'tighten',
    effects: effects('none', 'none', 'none', 'data'),
    bump: 'minor',
    message: 'the least value is 1, 0 before',
    before: '0',
    after: '1',
    at: now('min: 1'),
    was: then('min: 0'),
    live: { message: '0 of 18,204,113 rows break it', holds: true, samples: null },
  }),
  finding({
    rule: 'column-added',
    path: 'orders.note',
    fingerprint: '0f1e2d3c4b5a',
    severity: 'info',
    effects: effects('none', 'none', 'none', 'none'),
    bump: 'minor',
    message: 'there is a new column',
    after: 'string',
    remedy: '',
    at: now('note'),
  }),
];

/** A finding for each kind of text, which stands in all its parts. */
function hostile(severity: GateFinding['severity'], kinds: readonly (keyof typeof HOSTILE)[]): readonly GateFinding[] {
  return kinds.map((kind, index) => {
    const text = HOSTILE[kind];
    return finding({
      rule: 'check-logic-changed',
      contract: 'shop.hostile',
      path: `t.${text}`,
      fingerprint: `c0ffee0000${severity === 'error' ? 0 : 1}${index}`,
      severity,
      message: `${kind}: ${text}`,
      lost: text,
      before: text,
      after: `${text}!`,
      breaks: [{ name: text, party: text }],
      remedy: text,
      at: position('contracts/hostile.yaml', 'version'),
      related: [{ message: text, at: position('contracts/hostile.yaml', 'contract') }],
    });
  });
}

const HOSTILE_FINDINGS: readonly GateFinding[] = [
  ...hostile('error', ['script', 'command', 'direction', 'markdown']),
  finding({
    rule: 'required-added',
    contract: 'shop.hostile',
    path: 't.v',
    fingerprint: 'c0ffee000020',
    state: 'violated',
    message: 'a value is required now',
    at: position('contracts/hostile.yaml', 'version'),
    live: { message: EVERYTHING, holds: false, samples: { columns: [EVERYTHING, 'v'], rows: [[EVERYTHING, null]] } },
  }),
  ...hostile('warning', ['cdata', 'escapes', 'mention', 'long']),
  finding({
    rule: 'enum-value-added',
    contract: 'shop.hostile',
    path: EVERYTHING,
    fingerprint: 'c0ffee000021',
    state: 'waived',
    message: EVERYTHING,
    at: position('contracts/hostile.yaml', 'version'),
    waiver: {
      reason: EVERYTHING,
      approvedBy: EVERYTHING,
      expires: '2026-11-26',
      days: 1,
      at: position('contracts/waivers.yaml', 'rule'),
    },
  }),
  finding({
    rule: 'description-changed',
    contract: 'shop.hostile',
    path: EVERYTHING,
    fingerprint: 'c0ffee000022',
    severity: 'info',
    message: EVERYTHING,
    before: EVERYTHING,
    at: position('contracts/hostile.yaml', 'version'),
  }),
];

const rule = (id: string, purpose: string, why: string): GateResult['rules'][number] => ({ id, purpose, why });

/** Every severity and state, a contract that is gone, a new one, and names and values that try to break out. */
export const GATE: GateResult = {
  format: 1,
  surety: '1.2.3',
  command: 'breaking',
  before: { label: 'merge base with origin/main 4f2c1aa', commit: BASE },
  after: { label: 'the working tree', commit: null },
  asOf: '2026-11-25',
  profile: 'consumer',
  passed: false,
  counts: { readers: 8, writers: 1, policy: 1, warnings: 6, notices: 3, safe: 1, waived: 2 },
  contracts: [
    comparison({ contract: 'shop.customers' }),
    comparison({
      contract: 'shop.hostile',
      title: EVERYTHING,
      after: '2.0.0',
      bump: 'major',
      needs: '2.0.0',
      readers: Object.values(HOSTILE),
      accountable: EVERYTHING,
      findings: HOSTILE_FINDINGS,
    }),
    comparison({
      contract: 'shop.legacy',
      before: '2.0.0',
      after: null,
      file: '4f2c1aa:shop/contracts/legacy.yaml',
      bump: 'major',
      findings: [
        finding({
          rule: 'contract-removed',
          contract: 'shop.legacy',
          fingerprint: 'd00d1e2f3a4b',
          message: 'the contract is gone',
          before: '2.0.0',
          remedy: 'deprecate it first, with a sunset',
          was: position('4f2c1aa:shop/contracts/legacy.yaml', 'shop.legacy'),
        }),
      ],
    }),
    comparison({
      contract: 'shop.orders',
      title: 'Orders',
      before: '1.4.0',
      after: '1.5.0',
      bump: 'major',
      needs: '2.0.0',
      readers: ['churn-model', 'finance-close', 'shop.daily'],
      findings: ORDERS,
    }),
    comparison({
      contract: 'shop.returns',
      before: null,
      after: '1.0.0',
      bump: 'minor',
      accountable: null,
      findings: [
        finding({
          rule: 'contract-added',
          contract: 'shop.returns',
          fingerprint: 'ab12cd34ef56',
          severity: 'info',
          effects: effects('none', 'none', 'none', 'none'),
          bump: 'minor',
          message: 'there is a new contract',
          after: '1.0.0',
          remedy: '',
          at: position('contracts/returns.yaml', 'shop.returns'),
        }),
      ],
    }),
    comparison({ contract: 'shop.stock' }),
  ],
  rules: [
    rule(
      'check-logic-changed',
      'the condition of a check changed',
      'Nobody can tell what the new condition lets through.',
    ),
    rule('column-added', 'there is a new column', 'Readers that name their columns do not see it.'),
    rule('column-removed', 'a column is gone', 'Every query, model and accessor that names it fails.'),
    rule('contract-added', 'there is a new contract', 'Nobody relies on it yet.'),
    rule('contract-removed', 'a contract is gone', EVERYTHING),
    rule('description-changed', 'a description changed', 'It breaks nobody.'),
    rule('enum-value-added', 'a value may occur that could not', 'A case without an else gives nothing for it.'),
    rule('freshness-loosened', 'the newest row may be older than before', 'Readers see data that is too old.'),
    rule('pattern-tightened', 'a pattern takes fewer texts', 'Rows that are there may break it.'),
    rule('range-tightened', 'a range became smaller', 'Rows that are there may break it.'),
    rule('required-added', 'a value is required now', 'Rows that are there may break it.'),
    rule('type-widened', 'a type holds more values', 'Narrower sinks overflow.'),
    rule('version-bump-too-small', 'the version rose by too little', 'Readers who pin a major version get a break.'),
  ],
  diagnostics: [
    {
      code: 'gate/unreadable-base',
      severity: 'error',
      message: 'the old version cannot be read: the bracket is not closed [yaml/unclosed]',
      hint: 'compare with a version in which it is valid: `--against COMMIT`',
      at: position('4f2c1aa:shop/contracts/broken.yaml', '[1'),
    },
    {
      code: 'gate/waiver-unused',
      severity: 'warning',
      message: 'no finding has the fingerprint of this waiver',
      path: 'orders.status.void',
      at: position('contracts/waivers.yaml', 'fingerprint'),
    },
    { code: 'gate/note', severity: 'info', message: EVERYTHING, hint: EVERYTHING },
  ],
};
