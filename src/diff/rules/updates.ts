import type { Updates } from '../../model/contract.ts';
import { contractWide, isContractWide } from '../parts/contract-wide.ts';
import { isClearMove, longestGap, type Times, timesOf } from '../parts/cron.ts';
import { durationDifference, type Order, orderOf, printLength, together } from '../parts/order.ts';
import { instead } from '../parts/wording.ts';
import type { Found, TableSubject } from './rule.ts';
import { UPDATES_RULES } from './updates-rules.ts';

const MINUTE = 60_000_000n;

const RULE: Readonly<Record<Exclude<Order, 'equal'>, string>> = {
  looser: 'updates-decreased',
  tighter: 'updates-increased',
  incomparable: 'updates-changed',
};

/** How often new data comes, and when. */
export const updates: TableSubject = {
  on: 'table',
  name: 'updates',
  keys: ['updates'],
  rules: UPDATES_RULES,
  compare(pair, context) {
    if (isContractWide('updates', pair, context)) return 'equal';
    const found = compareUpdates(pair.old.updates, pair.new.updates);
    return found.length === 0 ? 'equal' : found.map((each) => ({ ...each, below: 'updates' }));
  },
  conclude(context) {
    const wide = contractWide('updates', context);
    return wide ? compareUpdates(wide.old, wide.new).map((each) => ({ ...each, below: 'sla.updates' })) : [];
  },
};

function compareUpdates(old: Updates | undefined, now: Updates | undefined): readonly Found[] {
  const [before, after] = [printUpdates(old), printUpdates(now)];
  const texts = { before, after, ...(now && { at: now.at }), ...(old && { was: old.at }) };
  const none = 'at no promised time';
  const message = `new data comes ${instead(after, before, none)}`;
  const [was, is] = [slotsOf(old), slotsOf(now)];
  if (!was || !is) {
    if (before === after) return [];
    const rule = is ? 'updates-added' : was ? 'updates-removed' : now ? 'updates-added' : 'updates-removed';
    // On demand is no promise either.
    return [{ ...texts, rule, message, ...(!was && !is && { notice: true, bump: 'patch' as const }) }];
  }
  const [frequency, shifts] = compareSlots(was, is);
  const found: Found[] = frequency === 'equal' ? [] : [{ ...texts, rule: RULE[frequency], message }];
  const delivery = compareDelivery(shifts, graceOf(is) - graceOf(was));
  if (delivery === 'incomparable' && found.length === 0) found.push({ ...texts, rule: 'updates-changed', message });
  if (delivery === 'looser') found.push({ ...texts, rule: 'delivery-time-later', message: `${message}: later` });
  if (delivery === 'tighter') found.push({ ...texts, rule: 'delivery-time-earlier', message: `${message}: earlier` });
  // Slots that begin later with as much less grace end when they ended.
  if (found.length === 0 && before !== after && shifts.some((shift) => shift !== 0n)) {
    found.push({
      ...texts,
      rule: 'updates-changed',
      message: `${message}: it is late at the same times`,
      notice: true,
      bump: 'patch',
    });
  }
  return found;
}

/** Data that comes on demand has no slots. */
function slotsOf(promise: Updates | undefined): Updates | undefined {
  return promise?.onDemand ? undefined : promise;
}

function graceOf({ grace }: Updates): bigint {
  return grace?.microseconds ?? 0n;
}

/** Which of them comes more often, and by how much each slot of a day has moved where they come equally often. */
function compareSlots(old: Updates, now: Updates): readonly [Order, readonly bigint[]] {
  if (old.every && now.every) return [orderOf(durationDifference(old.every, now.every)), [0n]];
  if (old.cron !== undefined && now.cron !== undefined) {
    const [was, is] = [timesOf(old.cron), timesOf(now.cron)];
    const days = compareDays(was, is);
    if (was.minutes.length !== is.minutes.length) return [together([days, compareMinutes(was, is)]), [0n]];
    // Neither more nor less often, neither earlier nor later for sure.
    if (!isClearMove(was, is)) return ['incomparable', []];
    return [days, is.minutes.map((minute, index) => BigInt(minute - (was.minutes[index] ?? 0)) * MINUTE)];
  }
  const difference = lengthOf(now) - lengthOf(old);
  return [difference === 0n ? 'incomparable' : difference > 0n ? 'looser' : 'tighter', [0n]];
}

/** The longest time without new data. */
function lengthOf({ every, cron }: Updates): bigint {
  return every?.microseconds ?? BigInt(longestGap(timesOf(cron ?? ''))) * MINUTE;
}

function compareDays(old: Times, now: Times): Order {
  const lost = old.days.some((comes, day) => comes && !now.days[day]);
  const won = now.days.some((comes, day) => comes && !old.days[day]);
  return lost ? (won ? 'incomparable' : 'looser') : won ? 'tighter' : 'equal';
}

function compareMinutes(old: Times, now: Times): Order {
  if (now.minutes.every((minute) => old.minutes.includes(minute))) return 'looser';
  return old.minutes.every((minute) => now.minutes.includes(minute)) ? 'tighter' : 'incomparable';
}

function compareDelivery(shifts: readonly bigint[], grace: bigint): Order {
  return together(shifts.map((shift) => orderOf(Number(shift + grace))));
}

/** `every 1h, up to 10m late`; null where nothing is said. */
function printUpdates(promise: Updates | undefined): string | null {
  if (!promise) return null;
  const { onDemand, every, cron, grace } = promise;
  if (onDemand) return 'on demand';
  const slots = every ? `every ${printLength(every)}` : `at "${cron?.trim().replace(/\s+/g, ' ')}"`;
  return grace ? `${slots}, up to ${printLength(grace)} late` : slots;
}
