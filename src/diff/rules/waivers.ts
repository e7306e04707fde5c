import type { ChangeExample, ChangeRule } from '../../model/change.ts';
import { affects } from './affects.ts';
import type { ContractSubject } from './rule.ts';

const WAIVED: ChangeExample = {
  before: 'tables: { orders: { columns: { code: string, legacy_code: string } } }',
  after: 'tables: { orders: { columns: { code: string } } }',
};

const GUARD = {
  direction: 'annotate',
  categories: ['governance'],
  effects: affects('approval', 'none', 'none', 'none'),
  bump: 'none',
  isGuard: true,
} as const satisfies Partial<ChangeRule>;

const STATE = { none: 'a waiver counts or does not; what it waives has its own rule' } as const;

/** The gate guards itself: who lets a breaking change pass has to be asked, and the policy is not bent on the way. */
export const waivers: ContractSubject = {
  on: 'contract',
  name: 'waivers',
  keys: [],
  foundBy: 'gate',
  rules: [
    {
      ...GUARD,
      id: 'waiver-expired',
      purpose: 'the last day of a waiver is over',
      why: 'Whoever approved it agreed to a break for a while. From the day after `expires` (in UTC) the finding that it waived is open again.',
      remedy: 'mend the finding, or renew the waiver: `surety waive FINGERPRINT --reason … --expires …`',
      example: WAIVED,
      opposite: STATE,
    },
    {
      ...GUARD,
      id: 'waiver-unapproved',
      purpose: 'a waiver is approved by somebody who may not',
      why: 'Whom a change breaks decides whether it may come: `approvedBy` is the party of a reader that the finding breaks, or a member of it as `parties` of surety.yaml says. Where no registered reader is broken, it is who was accountable before the change. The finding stays open.',
      remedy: 'have it approved by a party that the finding breaks',
      example: WAIVED,
      opposite: STATE,
    },
    {
      ...GUARD,
      id: 'waiver-mismatched',
      purpose: 'a waiver says something else than the finding that its fingerprint names',
      why: 'Rule and path stand in the entry so that people know what they approve. Where they are not those of the finding, something else was approved than would be waived; likewise where the entry stands beside other contracts, which others guard. The finding stays open.',
      remedy: 'write rule and path of the finding, if that is what was approved',
      example: WAIVED,
      opposite: STATE,
    },
    {
      ...GUARD,
      id: 'waiver-unused',
      purpose: 'a waiver waives nothing',
      why: 'The change that it was written for is gone, is another one now, or needs no waiver. An entry that stays would waive the same change again when somebody makes it anew. It is not told when only a part of the project is compared.',
      effects: affects('none', 'none', 'none', 'warns'),
      remedy: 'remove the entry',
      example: { before: WAIVED.before, after: WAIVED.before },
      opposite: STATE,
    },
    {
      ...GUARD,
      id: 'gate-policy-weakened',
      purpose: '`gate` of surety.yaml refuses less than before',
      why: 'A milder profile, a shorter notice or a lower severity lets changes pass that were refused before, in this comparison too. Whoever relies on the gate has to know before it opens.',
      remedy: 'keep the policy, or let it be weakened by a change of its own that those who are accountable approve',
      example: {
        before: 'tables: { orders: { columns: { code: string } } }',
        after: 'tables: { orders: { columns: { code: string } } }',
        around: { project: ['gate: { profile: full }', 'gate: { profile: consumer }'] },
      },
      opposite: { none: 'a stricter policy needs nobody to approve it' },
    },
  ],
};
