import { printLogicalType } from '../../sql/logical-type.ts';
import { checksOf } from '../parts/column-part.ts';
import { compareTypes } from '../parts/type-lattice.ts';
import type { ColumnSubject } from './rule.ts';
import { TYPE_RULES } from './type-rules.ts';

/** What a column's values are. One edit of a type is one finding; the same type under another name is none. */
export const type: ColumnSubject = {
  on: 'column',
  name: 'type',
  keys: ['type'],
  rules: TYPE_RULES,
  compare({ old, new: now }, context) {
    const change = compareTypes(old.type, now.type);
    if (!change) return 'equal';
    const [before, after] = [printLogicalType(old.type), printLogicalType(now.type)];
    return [
      {
        rule: change.class,
        before,
        after,
        message: `the type is ${after}, ${before} before`,
        ...(change.lost !== undefined && { lost: change.lost }),
        at: now.typeText.at,
        was: old.typeText.at,
        ...checksOf(context, 'type', 'invalid'),
      },
    ];
  },
};
