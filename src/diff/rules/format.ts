import type { ChangeRule } from '../../model/change.ts';
import type { Column } from '../../model/contract.ts';
import { checksOf } from '../parts/column-part.ts';
import { takesRule } from '../parts/takes-rule.ts';
import { affects } from './affects.ts';
import { exampleColumn } from './example.ts';
import type { ColumnSubject, Comparison } from './rule.ts';

function contact(...lines: readonly string[]): string {
  return exampleColumn('contact', 'type: string', ...lines);
}

const RULES: readonly ChangeRule[] = [
  {
    id: 'format-changed',
    purpose: 'texts have another form, or dates in text files are written in another way',
    why: 'What takes the text apart by its old form fails, or gets something else: 03.04.2026 and 04/03/2026 can both be read as either day.',
    direction: 'incomparable',
    categories: ['schema'],
    effects: affects('breaks', 'none', 'warns', 'warns'),
    bump: 'major',
    remedy: 'add a column for the new form and deprecate this one, or raise the major version',
    example: { before: contact('format: email'), after: contact('format: uri') },
    opposite: 'format-changed',
  },
  {
    id: 'format-removed',
    purpose: 'texts may have any form',
    why: 'Readers that take the text apart, send it or link it meet texts that they cannot use, and nothing keeps them out.',
    direction: 'loosen',
    categories: ['guarantee'],
    effects: affects('breaks', 'none', 'warns', 'none'),
    bump: 'major',
    remedy: 'keep the format, with a tolerance `invalid` if it must be, or raise the major version',
    example: { before: contact('format: email'), after: contact() },
    opposite: 'format-added',
  },
  {
    id: 'format-added',
    purpose: 'texts must have a form',
    why: 'Readers get more than they had. Texts that are there may have another form.',
    direction: 'tighten',
    categories: ['guarantee'],
    effects: affects('none', 'none', 'none', 'data'),
    bump: 'minor',
    remedy: 'see with --live that the texts there have the form',
    example: { before: contact(), after: contact('format: email') },
    opposite: 'format-removed',
  },
];

/** How dates are written in text files where nothing else is said. */
const ISO_DATE = 'yyyy-MM-dd';

/** The form of a text, or of dates in text files. */
export const format: ColumnSubject = {
  on: 'column',
  name: 'format',
  keys: ['format'],
  rules: RULES,
  compare({ old, new: now }, context): Comparison {
    const [before, after] = [formOf(old), formOf(now)];
    // A form that the other type cannot have comes or goes with the type.
    const isClaimed =
      !takesRule(now.type, 'format') || !takesRule(old.type, 'format') || old.type.name !== now.type.name;
    if (before === after || isClaimed) return 'equal';
    const rule = before === null ? 'format-added' : after === null ? 'format-removed' : 'format-changed';
    return [
      {
        rule,
        before,
        after,
        message: `values have ${after === null ? 'any form' : `the form ${after}`}, ${before === null ? 'any form' : `the form ${before}`} before`,
        ...(now.format && { at: now.format.at }),
        ...(old.format && { was: old.format.at }),
        ...(after !== null && checksOf(context, 'invalid')),
      },
    ];
  },
};

function formOf({ format: written, type }: Column): string | null {
  return written?.text ?? (type.name === 'date' ? ISO_DATE : null);
}
