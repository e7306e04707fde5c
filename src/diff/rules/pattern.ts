import type { ChangeRule } from '../../model/change.ts';
import type { Column } from '../../model/contract.ts';
import { parsePattern } from '../../sql/pattern.ts';
import { comparePatterns } from '../../sql/pattern-inclusion.ts';
import { checksOf } from '../parts/column-part.ts';
import { takesRule } from '../parts/takes-rule.ts';
import { affects } from './affects.ts';
import { exampleColumn } from './example.ts';
import type { ColumnSubject, Comparison } from './rule.ts';

function invoice(pattern?: string): string {
  return exampleColumn('invoice_no', 'type: string', ...(pattern === undefined ? [] : [`pattern: '${pattern}'`]));
}

const LOOSER = affects('breaks', 'none', 'warns', 'none');
const TIGHTER = affects('none', 'none', 'none', 'data');
const KEEP =
  'keep the pattern, with a tolerance `invalid` if it must be, or raise the major version and tell the readers';
const SEE_ROWS = 'see with --live that the texts there match';

const RULES: readonly ChangeRule[] = [
  {
    id: 'pattern-loosened',
    purpose: 'every text that matched still does, and others as well',
    why: 'Readers that take the text apart, or join on it, meet texts that they cannot use.',
    direction: 'loosen',
    categories: ['guarantee'],
    effects: LOOSER,
    bump: 'major',
    remedy: KEEP,
    example: { before: invoice('^INV-[0-9]{6}$'), after: invoice('^INV-[0-9]{6,8}$') },
    opposite: 'pattern-tightened',
  },
  {
    id: 'pattern-tightened',
    purpose: 'only some of the texts that matched still do, and no others',
    why: 'Readers get more than they had. Texts that are there may no longer match.',
    direction: 'tighten',
    categories: ['guarantee'],
    effects: TIGHTER,
    bump: 'minor',
    remedy: SEE_ROWS,
    example: { before: invoice('^INV-[0-9]{6,8}$'), after: invoice('^INV-[0-9]{6}$') },
    opposite: 'pattern-loosened',
  },
  {
    id: 'pattern-removed',
    purpose: 'any text may come',
    why: 'Readers that take the text apart, or join on it, meet texts that they cannot use, and nothing keeps them out.',
    direction: 'loosen',
    categories: ['guarantee'],
    effects: LOOSER,
    bump: 'major',
    remedy: KEEP,
    example: { before: invoice('^INV-[0-9]{6}$'), after: invoice() },
    opposite: 'pattern-added',
  },
  {
    id: 'pattern-added',
    purpose: 'texts must match a pattern',
    why: 'Readers get more than they had. Texts that are there may not match.',
    direction: 'tighten',
    categories: ['guarantee'],
    effects: TIGHTER,
    bump: 'minor',
    remedy: SEE_ROWS,
    example: { before: invoice(), after: invoice('^INV-[0-9]{6}$') },
    opposite: 'pattern-removed',
  },
  {
    id: 'pattern-changed',
    purpose: 'texts match that did not, and others no longer do',
    why: 'Readers meet texts that they cannot use, and texts that are there may no longer match. Two patterns that are too complex to be compared count as changed as well.',
    direction: 'incomparable',
    categories: ['guarantee'],
    effects: affects('breaks', 'none', 'warns', 'data'),
    bump: 'major',
    remedy: 'allow both forms with `|`, tell the readers, and drop the old form later',
    example: { before: invoice('^INV-[0-9]{6}$'), after: invoice('^RE-[0-9]{6}$') },
    opposite: 'pattern-changed',
  },
];

/** Which texts a column may have. What a pattern allows is compared, not how it is written. */
export const pattern: ColumnSubject = {
  on: 'column',
  name: 'pattern',
  keys: ['pattern'],
  rules: RULES,
  compare({ old, new: now }, context): Comparison {
    // A pattern that the other type cannot have comes or goes with the type.
    if (!takesRule(old.type, 'pattern') || !takesRule(now.type, 'pattern')) return 'equal';
    const verdict = judge(old, now);
    if (!verdict) return 'equal';
    const [before, after] = [old.pattern?.text ?? null, now.pattern?.text ?? null];
    return [
      {
        ...verdict,
        before,
        after,
        message: `${said(after)}, ${said(before)} before`,
        ...(now.pattern && { at: now.pattern.at }),
        ...(old.pattern && { was: old.pattern.at }),
        ...(now.pattern && verdict.rule !== 'pattern-loosened' && checksOf(context, 'invalid')),
      },
    ];
  },
};

/** The rule that the change falls under, with the shortest texts that show it; undefined where both patterns match the same texts. */
function judge(old: Column, now: Column): { readonly rule: string; readonly lost?: string } | undefined {
  // Without a pattern any text may come, which is what the empty one says.
  const [before, after] = [parsePattern(old.pattern?.text ?? ''), parsePattern(now.pattern?.text ?? '')];
  const order = 'tree' in before && 'tree' in after ? comparePatterns(before.tree, after.tree) : undefined;
  if (order && order.onlyNew === undefined && order.onlyOld === undefined) return undefined;
  if (!old.pattern || !now.pattern) return { rule: now.pattern ? 'pattern-added' : 'pattern-removed' };
  if (!order) return { rule: 'pattern-changed', lost: 'the patterns are too complex to compare what they allow' };
  const { onlyNew, onlyOld } = order;
  const come = `${quoted(onlyNew)} matches, and did not before`;
  const gone = `${quoted(onlyOld)} no longer matches`;
  if (onlyNew !== undefined && onlyOld !== undefined) return { rule: 'pattern-changed', lost: `${come}; ${gone}` };
  if (onlyNew !== undefined) return { rule: 'pattern-loosened', lost: come };
  return { rule: 'pattern-tightened', lost: gone };
}

function said(pattern: string | null): string {
  return pattern === null || pattern === '' ? 'any text may come' : `texts match ${pattern}`;
}

const MOST_SHOWN = 60;

function quoted(text = ''): string {
  const characters = [...text];
  return JSON.stringify(characters.length > MOST_SHOWN ? `${characters.slice(0, MOST_SHOWN).join('')}…` : text);
}
