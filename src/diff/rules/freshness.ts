import type { Freshness, Table } from '../../model/contract.ts';
import { contractWide, isContractWide, tablesWith } from '../parts/contract-wide.ts';
import { compareThresholds, durationDifference, type Order, printLength, printThreshold } from '../parts/order.ts';
import { code, instead, spoken } from '../parts/wording.ts';
import { FRESHNESS_RULES } from './freshness-rules.ts';
import type { Found, TableContext, TableSubject } from './rule.ts';

const RULE: Readonly<Record<Exclude<Order, 'equal'>, string>> = {
  looser: 'freshness-loosened',
  tighter: 'freshness-tightened',
  incomparable: 'freshness-changed',
};

/** How old the newest row may be. */
export const freshness: TableSubject = {
  on: 'table',
  name: 'freshness',
  keys: ['freshness', 'timeColumn'],
  rules: FRESHNESS_RULES,
  compare(pair, context) {
    const { old, new: now } = pair;
    const limits = isContractWide('freshness', pair, context)
      ? []
      : compareLimits(old.freshness, now.freshness, [now.name]);
    const found = [...limits, ...reference(context)];
    return found.length === 0 ? 'equal' : found;
  },
  conclude(context) {
    const wide = contractWide('freshness', context);
    if (!wide) return [];
    return compareLimits(wide.old, wide.new, tablesWith('freshness', context.contract.new, wide.new)).map(
      ({ below, ...found }) => ({
        ...found,
        below: below === undefined ? 'sla.freshness' : `sla.${below}`,
      }),
    );
  },
};

/** The column that the age of a row is read from. */
export function timeOfFreshness(table: Table): string | undefined {
  return table.freshness?.column?.text ?? table.timeColumn?.text;
}

function compareLimits(
  old: Freshness | undefined,
  now: Freshness | undefined,
  tables: readonly string[],
): readonly Found[] {
  const [before, after] = [old, now].map((promise) => printThreshold(promise?.within, printLength));
  const texts = { before: before ?? null, after: after ?? null };
  // Only the limit itself is told to be an age: `6h old (a warning from 4h on)`.
  const is = spoken(now?.within, printLength)?.replace(/^\S+/, '$& old');
  const was = spoken(old?.within, printLength);
  const places = { ...(now && { at: now.at }), ...(old && { was: old.at }) };
  const checks = tables.map((table) => `${table}.freshness`);
  if (!old || !now) {
    if (now) {
      const message = `the newest row may be ${is}, of any age before`;
      return [{ rule: 'freshness-added', ...texts, ...places, message, checks }];
    }
    if (!old) return [];
    const message = `the newest row may be of any age, ${was} old before`;
    return [{ rule: 'freshness-removed', ...texts, ...places, message }];
  }
  const order = compareThresholds(old.within, now.within, durationDifference);
  const found: Found[] = [];
  if (order !== 'equal') {
    const message = `the newest row may be ${is}, ${was} before`;
    found.push({ rule: RULE[order], ...texts, ...places, message, ...(order !== 'looser' && { checks }) });
  }
  if (old.clock !== now.clock) {
    const words = { wall: 'all hours', business: 'only business hours' };
    // In business hours no row is older than by the clock on the wall.
    found.push({
      rule: now.clock === 'business' ? 'freshness-loosened' : 'freshness-tightened',
      below: 'freshness.clock',
      before: old.clock,
      after: now.clock,
      message: `the age of the newest row counts ${instead(words[now.clock], words[old.clock])}`,
      ...places,
      ...(now.clock === 'wall' && { checks }),
    });
  }
  return found;
}

function reference({ table: { old, new: now }, renamed }: TableContext): readonly Found[] {
  if (!old.freshness || !now.freshness) return [];
  const before = renamed(timeOfFreshness(old) ?? '');
  const after = timeOfFreshness(now) ?? '';
  if (before === after) return [];
  return [
    {
      rule: 'freshness-reference-changed',
      before,
      after,
      message: `the age of the newest row is read from ${code(after)}, from ${code(before)} before`,
      at: (now.freshness.column ?? now.timeColumn ?? now).at,
      was: (old.freshness.column ?? old.timeColumn ?? old).at,
    },
  ];
}
