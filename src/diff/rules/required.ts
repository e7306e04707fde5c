import type { Column } from '../../model/contract.ts';
import type { Amount } from '../../model/threshold.ts';
import { parseLiteral } from '../../sql/literal.ts';
import { checksOf } from '../parts/column-part.ts';
import { keyChange } from '../parts/key-change.ts';
import { amountDifference, compareThresholds, printAmount, printTolerance } from '../parts/order.ts';
import { counted, instead, listed, spoken } from '../parts/wording.ts';
import { REQUIRED_RULES } from './required-rules.ts';
import type { ColumnContext, ColumnSubject, Comparison, Found } from './rule.ts';

/** Whether a value may be missing, how often, and what counts as missing. `required` tolerates no NULL at all. */
export const required: ColumnSubject = {
  on: 'column',
  name: 'required',
  keys: ['required', 'missing'],
  rules: REQUIRED_RULES,
  compare({ old, new: now }, context): Comparison {
    const share = compareShare(old, now, context);
    // What comes or goes with its tolerance is one promise.
    const together = share !== 'equal' && (old.missing === undefined) !== (now.missing === undefined);
    const found = [
      ...(share === 'equal' || share === 'told' ? [] : [share]),
      ...(together ? [] : definition(old, now)),
    ];
    return found.length > 0 ? found : 'equal';
  },
};

/** `told`: a change of the key tells it. */
function compareShare(old: Column, now: Column, context: ColumnContext): Found | 'equal' | 'told' {
  if (old.required !== now.required) {
    if (isOfKey(old, now, context)) return 'told';
    return share(now.required ? 'required-added' : 'required-removed', old, now, context);
  }
  const [before, after] = [old.missing?.allow, now.missing?.allow];
  if (!before && !after) return 'equal';
  if (!before) return share('missing-threshold-added', old, now, context);
  if (!after) return share('missing-threshold-removed', old, now, context);
  const order = compareThresholds(before, after, amountDifference);
  if (order === 'equal') return 'equal';
  const kind = { looser: 'loosened', tighter: 'tightened', incomparable: 'changed' }[order];
  return share(`missing-threshold-${kind}`, old, now, context);
}

/** A column that comes into the key or leaves it, where the finding about the key speaks of all its columns. */
function isOfKey(old: Column, now: Column, context: ColumnContext): boolean {
  const inKey = (side: 'old' | 'new', { name }: Column) =>
    context.table[side].key?.columns.some(({ text }) => text === name) ?? false;
  if (inKey('old', old) === inKey('new', now)) return false;
  return keyChange(context) !== 'narrowed';
}

function share(rule: string, old: Column, now: Column, context: ColumnContext): Found {
  const [before, after] = [printed(old), printed(now)];
  return {
    rule,
    before,
    after,
    message: instead(said(now), said(old)),
    at: (now.required ? undefined : now.missing?.at) ?? now.at,
    was: (old.required ? undefined : old.missing?.at) ?? old.at,
    ...checksOf(context, now.required ? 'required' : 'missing'),
  };
}

/** `required`, or the tolerance with what counts as missing. */
function printed({ required: isRequired, missing }: Column): string | null {
  if (isRequired) return 'required';
  const tolerance = printTolerance(missing?.allow);
  return tolerance === null ? null : `${tolerance} missing`;
}

function said({ required: isRequired, missing }: Column): string {
  if (isRequired) return 'a value is required';
  const most = ({ unit, value }: Amount) => {
    const amount = printAmount({ unit, value });
    return unit === 'rows' ? counted(amount, 'value') : `${amount} of the values`;
  };
  return missing?.allow
    ? `at most ${spoken(missing.allow, most)} may be missing`
    : 'any number of values may be missing';
}

/** Which values beside NULL count as missing. */
function definition(old: Column, now: Column): readonly Found[] {
  const [before, after] = [missingValues(old), missingValues(now)];
  if (before.join() === after.join()) return [];
  const print = (values: readonly string[]) => ['NULL', ...values].join(', ');
  return [
    {
      rule: 'missing-definition-changed',
      before: print(before),
      after: print(after),
      message: `${counting(after)}; ${before.length === 0 ? 'only NULL' : listed(['NULL', ...before])} did before`,
      at: now.missing?.at ?? now.at,
      was: old.missing?.at ?? old.at,
    },
  ];
}

function counting(values: readonly string[]): string {
  return values.length === 0
    ? 'only NULL counts as missing now'
    : `now ${listed(['NULL', ...values])} count as missing`;
}

function missingValues({ missing, type }: Column): readonly string[] {
  const values = missing?.values.map(({ text }) => {
    const parsed = parseLiteral(text, type, 'value');
    // Cells of text files can hold what no value of the type is.
    return 'literal' in parsed && parsed.literal.kind !== 'text' ? parsed.literal.text : JSON.stringify(text);
  });
  return [...new Set(values)].sort();
}
