import type { ChangeRule } from '../../model/change.ts';
import { affects } from './affects.ts';

/** Orders whose email is of a class, or of none. */
function orders(name: string | null): string {
  const type = name === null ? 'string' : `{ type: string, classification: ${name} }`;
  return `tables:\n  orders:\n    columns:\n      email: ${type}\n`;
}

const GOVERNANCE = { categories: ['governance'], bump: 'minor' } as const;

/** What can happen to the class of a column. */
export const CLASSIFICATION_RULES: readonly ChangeRule[] = [
  {
    ...GOVERNANCE,
    id: 'pii-added',
    purpose: 'the values of a column count as personal data',
    why: 'Samples hide them from now on, and readers may lose access. That the column holds personal data has to be known to whoever answers for that.',
    direction: 'tighten',
    effects: affects('warns', 'none', 'warns', 'approval'),
    remedy: 'have whoever answers for personal data approve it, and tell the readers who may lose access',
    example: { before: orders(null), after: orders('pii') },
    opposite: 'pii-removed',
  },
  {
    ...GOVERNANCE,
    id: 'pii-removed',
    purpose: 'the values of a column no longer count as personal data',
    why: 'Samples and exports may show them from now on. If people can still be recognised by them, that is a leak.',
    direction: 'loosen',
    effects: affects('none', 'none', 'none', 'approval'),
    remedy: 'have whoever answers for personal data approve it',
    example: { before: orders('pii'), after: orders(null) },
    opposite: 'pii-added',
  },
  {
    ...GOVERNANCE,
    id: 'classification-raised',
    purpose: 'the values of a column are more confidential than before',
    why: 'Samples hide them from now on, and readers without the right to see them may lose access.',
    direction: 'tighten',
    effects: affects('warns', 'none', 'warns', 'none'),
    remedy: 'tell the readers who may lose access',
    example: { before: orders('internal'), after: orders('restricted') },
    opposite: 'classification-lowered',
  },
  {
    ...GOVERNANCE,
    id: 'classification-lowered',
    purpose: 'the values of a column are less confidential than before',
    why: 'Samples and exports may show from now on what was hidden.',
    direction: 'loosen',
    effects: affects('none', 'none', 'none', 'approval'),
    remedy: 'have whoever answers for the values approve it',
    example: { before: orders('restricted'), after: orders('internal') },
    opposite: 'classification-raised',
  },
  {
    ...GOVERNANCE,
    id: 'classification-changed',
    purpose: 'the values of a column are of another class of which samples show as much',
    why: 'Samples show what they showed. Rights that hang on the name of the class are others: from internal to public, everybody may read.',
    direction: 'incomparable',
    effects: affects('none', 'none', 'none', 'approval'),
    remedy: 'have whoever answers for the values approve it',
    example: { before: orders('internal'), after: orders('public') },
    opposite: 'classification-changed',
  },
];
