import type { Column } from '../../model/contract.ts';
import { type BoundKey, type Limit, onGrid, outwards, typeLimit, writtenLimit } from '../parts/bounds.ts';
import { checksOf } from '../parts/column-part.ts';
import { takesRule } from '../parts/takes-rule.ts';
import { RANGE_RULES } from './range-rules.ts';
import type { ColumnContext, ColumnSubject, Comparison, Found, Pair } from './rule.ts';

const KEYS: readonly BoundKey[] = ['min', 'max', 'minLength', 'maxLength'];

/** Between which ends values and lengths lie. Each end is a promise of its own. */
export const range: ColumnSubject = {
  on: 'column',
  name: 'range',
  keys: ['min', 'max', 'exclusiveMin', 'exclusiveMax', 'minLength', 'maxLength'],
  rules: RANGE_RULES,
  compare(pair, context): Comparison {
    const found = KEYS.flatMap((key) => compareEnd(pair, key, context));
    return found.length > 0 ? found : 'equal';
  },
};

function compareEnd(pair: Pair<Column>, key: BoundKey, context: ColumnContext): readonly Found[] {
  const { old, new: now } = pair;
  // An end that the other type cannot have comes or goes with the type.
  if (!takesRule(old.type, key) || !takesRule(now.type, key)) return [];
  const written = [writtenLimit(old, key), writtenLimit(now, key)] as const;
  if (written[0] && written[1] && outwards(written[0], written[1], key) === 0) return [];
  const [before, after] = [endOf(old, written[0], key), endOf(now, written[1], key)];
  const rule = ruleFor(before, after, key);
  if (!rule) return [];
  const none = key === 'min' || key === 'minLength' ? 'without a lower bound' : 'without an upper bound';
  const [was, is] = [before, after].map((end) => (end?.at ? said(end, key) : null));
  // In the words of the contract, where the end of the values is the same in others.
  const [wasWritten, isWritten] = [before, after].map((end, side) =>
    end?.at ? said(written[side] ?? end, key) : none,
  );
  const opens =
    written[0]?.exclusive === true &&
    written[1]?.exclusive === false &&
    written[0].literal.text === written[1].literal.text;
  return [
    {
      rule,
      below: key,
      before: was ?? null,
      after: is ?? null,
      message: `${key.endsWith('Length') ? 'texts' : 'values'} are ${isWritten}, ${wasWritten} before`,
      ...(opens && { lost: `${written[1]?.literal.text} itself may come` }),
      ...(after?.at && { at: after.at }),
      ...(before?.at && { was: before.at }),
      ...(rule !== 'range-removed' && rule !== 'range-loosened' && checksOf(context, 'invalid')),
    },
  ];
}

/** What really bounds the values: the declared end, or the type's where that is no further out. */
function endOf({ type }: Column, written: Limit | undefined, key: BoundKey): Limit | undefined {
  const own = typeLimit(type, key);
  const declared = written && onGrid(written, type, key);
  if (!own || !declared) return declared ?? own;
  const further = outwards(own, declared, key);
  return further !== undefined && further >= 0 ? own : declared;
}

function ruleFor(before: Limit | undefined, after: Limit | undefined, key: BoundKey): string | undefined {
  const order = before && after ? outwards(before, after, key) : before ? 1 : after ? -1 : 0;
  if (order === undefined) return 'range-changed';
  if (order === 0) return undefined;
  // An end of the type is told by the change of the type.
  if (before?.at && after?.at) return order > 0 ? 'range-loosened' : 'range-tightened';
  if (before?.at) return order > 0 ? 'range-removed' : undefined;
  return after?.at && order < 0 ? 'range-added' : undefined;
}

const WORDS = {
  min: ['at least', 'above'],
  max: ['at most', 'below'],
  minLength: ['at least', ''],
  maxLength: ['at most', ''],
} as const;

function said({ literal, exclusive }: Limit, key: BoundKey): string {
  const unit = key.endsWith('Length') ? ` ${literal.text === '1' ? 'character' : 'characters'} long` : '';
  return `${WORDS[key][exclusive ? 1 : 0]} ${literal.text}${unit}`;
}
