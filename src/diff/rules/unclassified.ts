import { affects } from './affects.ts';
import type { ContractSubject } from './rule.ts';

/** Id of the rule for what no other rule knows. */
export const UNCLASSIFIED = 'unclassified-change';

/** The comparison itself finds these: a difference without a rule is never silent. */
export const unclassified: ContractSubject = {
  on: 'contract',
  name: 'unclassified',
  keys: [],
  foundBy: 'gate',
  rules: [
    {
      id: UNCLASSIFIED,
      purpose: 'something changed that no rule knows',
      why: 'The two versions say something different, and Surety cannot tell what that does to readers and writers. It is shown rather than left out.',
      direction: 'incomparable',
      categories: ['schema'],
      effects: affects('warns', 'warns', 'warns', 'warns'),
      bump: 'minor',
      remedy: 'look at both versions; please report it, so that a rule can be added',
      example: { before: '', after: '' },
      opposite: 'unclassified-change',
    },
  ],
};
