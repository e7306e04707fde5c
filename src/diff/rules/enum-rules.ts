import type { ChangeRule } from '../../model/change.ts';
import { affects } from './affects.ts';
import { exampleColumn } from './example.ts';

function status(...lines: readonly string[]): string {
  return exampleColumn('status', 'type: string', ...lines);
}

function withReturned(sunset: string): string {
  return status(
    'enum:',
    '  placed: Paid and accepted.',
    '  shipped: Handed to the carrier.',
    '  returned:',
    `    deprecated: { since: 0.9.0, sunset: ${sunset} }`,
  );
}

const WITHOUT_RETURNED = status('enum:', '  placed: Paid and accepted.', '  shipped: Handed to the carrier.');
const SEE_ROWS = 'see with --live that no row has another value';

/** What can become of the values that a column may have. */
export const ENUM_RULES: readonly ChangeRule[] = [
  {
    id: 'enum-value-added',
    purpose: 'a value may come that could not before',
    why: 'A `case` without `else` gives NULL for it, an exhaustive `switch` in typed code stops compiling, and a model has never seen it. In an open set it is a notice only: readers there expect other values.',
    direction: 'loosen',
    categories: ['guarantee', 'code'],
    effects: affects('warns', 'breaks', 'breaks', 'none'),
    bump: 'major',
    remedy: 'tell the readers before the value comes and raise the major version; `openEnum: true` for sets that grow',
    example: { before: status('enum: [placed, shipped]'), after: status('enum: [placed, shipped, returned]') },
    opposite: 'enum-value-removed',
  },
  {
    id: 'enum-value-removed',
    purpose: 'a value may no longer come',
    why: 'Queries go on, but branches for the value are dead and no longer compile in typed code. Rows that have it break the promise.',
    direction: 'tighten',
    categories: ['code', 'write'],
    effects: affects('none', 'warns', 'warns', 'data'),
    bump: 'minor',
    remedy: 'deprecate the value with a sunset first, and remove it then',
    example: { before: status('enum: [placed, shipped, returned]'), after: status('enum: [placed, shipped]') },
    opposite: 'enum-value-added',
  },
  {
    id: 'enum-value-removed-before-sunset',
    purpose: 'a deprecated value may no longer come, although its sunset is still ahead',
    why: 'Writers were told that they may write the value until that day, and are refused earlier.',
    direction: 'tighten',
    categories: ['life-cycle', 'write'],
    effects: affects('none', 'warns', 'warns', 'breaks'),
    bump: 'minor',
    remedy: 'keep the value until its sunset',
    example: { before: withReturned('2030-01-31'), after: WITHOUT_RETURNED },
    opposite: { none: 'a value that comes back is `enum-value-added`' },
  },
  {
    id: 'enum-value-removed-after-sunset',
    purpose: 'a deprecated value may no longer come, as was announced',
    why: 'Its sunset is over. Branches for the value are dead and can go.',
    direction: 'tighten',
    categories: ['life-cycle'],
    effects: affects('none', 'warns', 'none', 'data'),
    bump: 'minor',
    notice: true,
    remedy: 'see with --live that no row has the value any more',
    example: { before: withReturned('2026-01-31'), after: WITHOUT_RETURNED },
    opposite: { none: 'a value that comes back is `enum-value-added`' },
  },
  {
    id: 'enum-value-renamed',
    purpose: 'a value is written in another way',
    why: 'Conditions on the old text find nothing any more, silently; typed code stops compiling, models meet a value that they do not know, and writers are refused.',
    direction: 'incomparable',
    categories: ['schema', 'code'],
    effects: affects('breaks', 'breaks', 'breaks', 'breaks'),
    bump: 'major',
    remedy: 'add the new value, deprecate the old one with `replacedBy`, and remove it after its sunset',
    example: {
      before: status('enum:', '  placed: Paid and accepted.', '  shipped:'),
      after: status('enum:', '  placed: Paid and accepted.', '  sent: { renamedFrom: shipped }'),
    },
    opposite: 'enum-value-renamed',
  },
  {
    id: 'enum-opened',
    purpose: 'any value may come where only listed ones could',
    why: 'A `case` without `else` gives NULL for others, typed code must expect any text, and models meet values that they have never seen.',
    direction: 'loosen',
    categories: ['guarantee', 'code'],
    effects: affects('warns', 'breaks', 'breaks', 'none'),
    bump: 'major',
    remedy: 'keep the set closed and add the values that are needed, or raise the major version',
    example: {
      before: status('enum: [placed, shipped]'),
      after: status('enum: [placed, shipped]', 'openEnum: true'),
    },
    opposite: 'enum-closed',
  },
  {
    id: 'enum-closed',
    purpose: 'only listed values may come where any could',
    why: 'Readers get more than they had; typed code that compares with other values stops compiling. Rows with other values break the promise.',
    direction: 'tighten',
    categories: ['guarantee', 'code'],
    effects: affects('none', 'warns', 'none', 'data'),
    bump: 'minor',
    remedy: SEE_ROWS,
    example: {
      before: status('enum: [placed, shipped]', 'openEnum: true'),
      after: status('enum: [placed, shipped]'),
    },
    opposite: 'enum-opened',
  },
  {
    id: 'enum-order-changed',
    purpose: 'the values stand in another order',
    why: 'Where they are an enum type of the engine, `order by`, `<` and `>` follow the order, and encoders of models number the values by it.',
    direction: 'incomparable',
    categories: ['meaning'],
    effects: affects('warns', 'none', 'warns', 'none'),
    bump: 'patch',
    remedy: 'keep the order and put new values last',
    example: { before: status('enum: [low, middle, high]'), after: status('enum: [high, middle, low]') },
    opposite: 'enum-order-changed',
  },
];
