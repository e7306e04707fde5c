import type { Column } from '../../model/contract.ts';
import { checksOf } from '../parts/column-part.ts';
import { addedValue, matchValues, orderChange, removedValue, renamedValue, valueTexts } from '../parts/enum-values.ts';
import { takesRule } from '../parts/takes-rule.ts';
import { ENUM_RULES } from './enum-rules.ts';
import type { ColumnContext, ColumnSubject, Comparison, Found, Pair } from './rule.ts';

/** Which values a column may have. */
export const enumSet: ColumnSubject = {
  on: 'column',
  name: 'enum',
  keys: ['enum'],
  rules: ENUM_RULES,
  compare(pair, context): Comparison {
    const { old, new: now } = pair;
    // A set that the other type cannot have comes or goes with the type.
    if (!takesRule(old.type, 'enum') || !takesRule(now.type, 'enum')) return 'equal';
    const found = [...setChange(pair, context), ...(old.enum && now.enum ? valueChanges(pair, context) : [])];
    return found.length > 0 ? found : 'equal';
  },
};

/** Whether only the listed values may come. */
function isClosed(column: Column): boolean {
  return column.enum?.open === false;
}

/** From any value to a set, or back: one finding, whatever the set holds. */
function setChange(pair: Pair<Column>, context: ColumnContext): readonly Found[] {
  const { old, new: now } = pair;
  const [before, after] = [valueTexts(old), valueTexts(now)];
  const places = {
    below: 'enum',
    before: before && listed(before, isClosed(old)),
    after: after && listed(after, isClosed(now)),
    ...(now.enum && { at: now.enum.at }),
    ...(old.enum && { was: old.enum.at }),
  };
  if (isClosed(old) && !isClosed(now)) {
    return [{ rule: 'enum-opened', ...places, message: `any value may come; only ${before?.join(', ')} before` }];
  }
  if (!isClosed(old) && isClosed(now)) {
    return [
      {
        rule: 'enum-closed',
        ...places,
        message: `only ${after?.join(', ')} may come; any value before`,
        ...checksOf(context, 'invalid'),
      },
    ];
  }
  // A list of known values on a column that may hold any promises nothing.
  if (now.enum && !old.enum) {
    const message = `known values are listed: ${after?.join(', ')}; others may still come`;
    return [{ rule: 'enum-value-added', ...places, message, notice: true, bump: 'patch' }];
  }
  if (old.enum && !now.enum) {
    const message = `known values are no longer listed: ${before?.join(', ')}; they may still come`;
    return [{ rule: 'enum-value-removed', ...places, message, notice: true, bump: 'patch' }];
  }
  return [];
}

function listed(values: readonly string[], closed: boolean): string {
  return `${values.toSorted().join(', ')}${closed ? '' : ', …'}`;
}

function valueChanges(pair: Pair<Column>, context: ColumnContext): readonly Found[] {
  const matched = matchValues(pair.old, pair.new);
  const isSame = isClosed(pair.old) === isClosed(pair.new);
  const isOpen = !isClosed(pair.new);
  return [
    ...matched.renamed.map((value) => renamedValue(value, pair)),
    // What opens or closes the set says of all others whether they may come.
    ...(isSame ? matched.added.map((value) => addedValue(value, pair, isOpen)) : []),
    ...(isSame ? matched.removed.map((value) => removedValue(value, pair, context, isOpen)) : []),
    ...orderChange(matched, pair),
  ];
}
