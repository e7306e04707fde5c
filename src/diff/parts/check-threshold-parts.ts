import type { DeclaredCheck, WrittenText } from '../../model/contract.ts';
import { compareDecimals, parseDecimal, printDecimal } from '../../util/decimal.ts';
import type { CheckContext, Pair } from '../rules/rule.ts';
import { allowed, type Part } from './bound-part.ts';
import { compareChanges, printChange } from './change-bound.ts';
import type { SqlComparison } from './contract-sql.ts';
import { compareLower, compareTolerances, compareUpper, printAmount, printBound, printTolerance } from './order.ts';
import { referenceTarget } from './reference-target.ts';
import { printReference } from './reference-text.ts';
import { compareSegments, sameGroups } from './segments.ts';
import { instead, spoken } from './wording.ts';

type Metric = Extract<DeclaredCheck, { readonly kind: 'metric' }>;

/** The bounds of two checks that ask the same. */
export function thresholdParts(
  { old, new: now }: Pair<DeclaredCheck>,
  context: CheckContext,
  sql: SqlComparison,
): readonly Part[] {
  const pair = old.kind === 'metric' && now.kind === 'metric' ? { old, new: now } : undefined;
  // The difference that `allow` allows comes and goes with `equals`.
  const isAllow = pair === undefined || (pair.old.equals !== undefined && pair.new.equals !== undefined);
  return [
    ...(isAllow ? [allow({ old, new: now })] : []),
    ...(pair ? [lower(pair), upper(pair), change(pair), equals(pair, context, sql)] : []),
    // Groups by other columns are others: the change of the columns tells it.
    ...(sameGroups({ old, new: now }, context) ? compareSegments({ old, new: now }) : []),
  ];
}

function allow({ old, new: now }: Pair<DeclaredCheck>): Part {
  const [before, after] = [printTolerance(old.allow), printTolerance(now.allow)];
  return {
    order: compareTolerances(old.allow, now.allow),
    below: 'allow',
    before,
    after,
    message:
      now.kind === 'metric'
        ? `the number may be off by ${instead(spoken(now.allow, printAmount), spoken(old.allow, printAmount), 'nothing')}`
        : `bad rows are let pass up to ${instead(allowed(now.allow), allowed(old.allow))}`,
    ...(now.allow && { at: now.allow.at }),
    ...(old.allow && { was: old.allow.at }),
  };
}

function lower({ old, new: now }: Pair<Metric>): Part {
  const [before, after] = [printBound(old.min), printBound(now.min)];
  return {
    order: compareLower(old.min, now.min),
    below: 'min',
    before,
    after,
    message: `the number has to be at least ${instead(spoken(now.min, printDecimal), spoken(old.min, printDecimal), 'any number')}`,
    ...(now.min && { at: now.min.at }),
    ...(old.min && { was: old.min.at }),
  };
}

function upper({ old, new: now }: Pair<Metric>): Part {
  const [before, after] = [printBound(old.max), printBound(now.max)];
  return {
    order: compareUpper(old.max, now.max),
    below: 'max',
    before,
    after,
    message: `the number may be at most ${instead(spoken(now.max, printDecimal), spoken(old.max, printDecimal), 'any number')}`,
    ...(now.max && { at: now.max.at }),
    ...(old.max && { was: old.max.at }),
  };
}

function change({ old, new: now }: Pair<Metric>): Part {
  const [before, after] = [printChange(old.change), printChange(now.change)];
  return {
    order: compareChanges(old.change, now.change),
    below: 'change',
    before,
    after,
    message: `the number may change by ${instead(after, before, 'any amount')}`,
    ...(now.change && { at: now.change.at }),
    ...(old.change && { was: old.change.at }),
  };
}

function equals({ old, new: now }: Pair<Metric>, context: CheckContext, sql: SqlComparison): Part {
  const where = sql.texts(old.equals?.where, now.equals?.where);
  const from = {
    old: old.equals?.from && printReference(referenceTarget(old.equals.from, context, 'old')),
    new: now.equals?.from && printReference(referenceTarget(now.equals.from, context, 'new')),
  };
  const isSame =
    isSameNumber(old.equals?.value, now.equals?.value) &&
    from.old === from.new &&
    sql.order(old.equals?.where, now.equals?.where) === 'equal';
  const text = (side: 'old' | 'new', { equals: promise }: Metric): string | null =>
    promise ? `${promise.value?.text ?? from[side]}${where[side] === null ? '' : ` where ${where[side]}`}` : null;
  const [before, after] = [text('old', old), text('new', now)];
  return {
    order:
      after === null
        ? before === null
          ? 'equal'
          : 'looser'
        : before === null
          ? 'tighter'
          : isSame
            ? 'equal'
            : 'incomparable',
    below: 'equals',
    before,
    after,
    message: `the number has to be equal to ${instead(after, before, 'nothing in particular')}`,
    ...(now.equals && { at: now.equals.at }),
    ...(old.equals && { was: old.equals.at }),
  };
}

function isSameNumber(old: WrittenText | undefined, now: WrittenText | undefined): boolean {
  const [before, after] = [parseDecimal(old?.text ?? ''), parseDecimal(now?.text ?? '')];
  return before && after ? compareDecimals(before, after) === 0 : old?.text === now?.text;
}
