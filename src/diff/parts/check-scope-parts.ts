import type { DeclaredCheck, Slot, WrittenText } from '../../model/contract.ts';
import type { Tolerance } from '../../model/threshold.ts';
import { parseDuration } from '../../sql/duration.ts';
import type { CheckContext, Pair } from '../rules/rule.ts';
import type { Part } from './bound-part.ts';
import type { SqlComparison } from './contract-sql.ts';
import { durationDifference, type Order, orderOf, printLength, reversed } from './order.ts';
import { instead, shownSql } from './wording.ts';

/** What two checks of one kind look at. */
export function scopeParts(pair: Pair<DeclaredCheck>, context: CheckContext, sql: SqlComparison): readonly Part[] {
  const groups = by(pair, context);
  return [
    where(pair, sql),
    window(pair, context),
    groups,
    // Groups that are no groups any more have no size.
    ...(groups.order === 'equal' ? [minRows(pair)] : []),
    slots(pair),
    from(pair, sql),
  ];
}

/** A number over other rows is another number, neither the stricter nor the looser one. */
function ofRows({ old: { kind } }: Pair<DeclaredCheck>, order: Order): Order {
  return order === 'equal' || kind !== 'metric' ? order : 'incomparable';
}

/** A condition that fewer rows meet asks less of the table. */
function where(pair: Pair<DeclaredCheck>, sql: SqlComparison): Part {
  const { old, new: now } = pair;
  const texts = sql.texts(old.where, now.where);
  return {
    order: ofRows(pair, reversed(sql.order(old.where, now.where))),
    below: 'where',
    before: texts.old,
    after: texts.new,
    message: `the check looks at ${instead(rowsWhere(now.where), rowsWhere(old.where))}`,
    ...(now.where && { at: now.where.at }),
    ...(old.where && { was: old.where.at }),
  };
}

/** The rows that meet a condition, inside a sentence. */
export function rowsWhere(condition: WrittenText | undefined): string {
  return condition ? `the rows where ${shownSql(condition)}` : 'all rows';
}

/** How far back it looks: as far as the table, unless it says so itself or looks for what comes twice. */
function window(pair: Pair<DeclaredCheck>, { table }: CheckContext): Part {
  const { old, new: now } = pair;
  const isOwn = old.window !== undefined || now.window !== undefined;
  const before = old.window ?? (old.kind === 'unique' ? undefined : table.old.window);
  const after = now.window ?? (now.kind === 'unique' ? undefined : table.new.window);
  const [was, is] = [before, after].map((duration) => (duration ? printLength(duration) : null));
  const shown = (text: string | null | undefined) => (text ? `the rows of the last ${text}` : 'rows of any age');
  return {
    order: isOwn ? ofRows(pair, compareWindows(before, after)) : 'equal',
    below: 'window',
    before: was ?? null,
    after: is ?? null,
    message: `the check looks at ${instead(shown(is), shown(was))}`,
    at: now.at,
    was: old.at,
  };
}

/** Two windows, without which rows of any age are looked at: the longer one asks more. */
export function compareWindows(old: DeclaredCheck['window'], now: DeclaredCheck['window']): Order {
  if (!old || !now) return old === now ? 'equal' : now ? 'looser' : 'tighter';
  return reversed(orderOf(durationDifference(old, now)));
}

/** Finer groups: every one of them has to keep the tolerance. */
function by(pair: Pair<DeclaredCheck>, { renamed }: CheckContext): Part {
  const { old, new: now } = pair;
  const before = [...new Set(old.by?.columns.map(({ text }) => renamed(text)))].sort();
  const after = [...new Set(now.by?.columns.map(({ text }) => text))].sort();
  const keeps = before.every((name) => after.includes(name));
  const isWithin = after.every((name) => before.includes(name));
  const fineness = keeps ? (isWithin ? 'equal' : 'tighter') : isWithin ? 'looser' : 'incomparable';
  const shown = (names: readonly string[]) => (names.length > 0 ? `by ${names.join(', ')}` : 'all rows together');
  return {
    order: ofGroups(pair, fineness),
    below: 'by',
    before: before.join(', ') || null,
    after: after.join(', ') || null,
    message: `the check looks at ${instead(`rows ${shown(after)}`.replace('rows all', 'all'), shown(before))}`,
    ...(now.by && { at: now.by.at }),
    ...(old.by && { was: old.by.at }),
  };
}

/**
 * Of groups that are finer (`tighter`) or coarser. A share has to hold in each of them: more is asked of finer ones. A number of rows is
 * allowed in each of them: finer ones may have more in all. Without a tolerance no row may be bad, in whatever group it is.
 */
function ofGroups(pair: Pair<DeclaredCheck>, fineness: Order): Order {
  if (fineness === 'equal' || fineness === 'incomparable') return fineness;
  const { old, new: now } = pair;
  if (old.kind === 'metric') return 'incomparable';
  const units = unitsOf(old.allow, now.allow);
  const isPlain = [old, now].every(({ segments, minRows: least }) => segments.length === 0 && !least);
  if (!isPlain || units.size > 1) return 'incomparable';
  // Equal values in two groups are no longer the same value twice.
  if (old.kind === 'unique') return units.has('share') ? 'incomparable' : reversed(fineness);
  if (units.size === 0) return 'equal';
  return units.has('share') ? fineness : reversed(fineness);
}

function unitsOf(...tolerances: readonly (Tolerance | undefined)[]): ReadonlySet<'rows' | 'share'> {
  const amounts = tolerances.flatMap((tolerance) => [tolerance?.warn, tolerance?.fail]);
  return new Set(amounts.flatMap((amount) => (amount && amount.value.coefficient !== 0n ? [amount.unit] : [])));
}

/** Smaller groups are skipped. */
function minRows({ old, new: now }: Pair<DeclaredCheck>): Part {
  const [before, after] = [old.minRows ?? 0, now.minRows ?? 0];
  return {
    order: orderOf(after - before),
    below: 'minRows',
    before: String(before),
    after: String(after),
    message: `groups of fewer than ${after} rows are skipped, of fewer than ${before} before`,
    at: now.at,
    was: old.at,
  };
}

/** Hours are in days, and days in weeks and in months. */
const IN: Readonly<Record<Slot, readonly Slot[]>> = {
  hour: ['day', 'week', 'month'],
  day: ['week', 'month'],
  week: [],
  month: [],
};

function slots(pair: Pair<DeclaredCheck>): Part {
  const { old, new: now } = pair;
  const isFiner = now.per !== undefined && (old.per === undefined || IN[now.per].includes(old.per));
  const isCoarser = old.per !== undefined && (now.per === undefined || IN[old.per].includes(now.per));
  const fineness = old.per === now.per ? 'equal' : isFiner ? 'tighter' : isCoarser ? 'looser' : 'incomparable';
  const shown = (slot: Slot | undefined) => (slot ? `each ${slot} for itself` : 'all times together');
  return {
    order: ofGroups(pair, fineness),
    below: 'per',
    before: old.per ?? null,
    after: now.per ?? null,
    message: `the check looks at ${instead(shown(now.per), shown(old.per))}`,
    at: now.at,
    was: old.at,
  };
}

/** What a change or a drift is measured against; it comes and goes with what needs it. */
function from({ old, new: now }: Pair<DeclaredCheck>, sql: SqlComparison): Part {
  const needs = (check: DeclaredCheck) => check.change !== undefined || check.from !== undefined;
  const isClaimed =
    needs(old) !== needs(now) ||
    (old.change === undefined) !== (now.change === undefined) ||
    (old.kind === 'metric' && now.kind === 'metric' && !sql.same(old.metric, now.metric));
  const [before, after] = [old.from, now.from].map(normalFrom);
  return {
    order: isClaimed || before === after ? 'equal' : 'incomparable',
    below: 'from',
    before: before ?? null,
    after: after ?? null,
    message: `the number is compared with ${instead(after ?? null, before ?? null, 'the one before')}`,
    at: now.at,
    was: old.at,
  };
}

/** A length of time in its largest unit, or the text. */
export function normalFrom(from: string | undefined): string | undefined {
  const parsed = parseDuration(from ?? '', { calendar: true });
  return 'duration' in parsed ? printLength(parsed.duration) : from?.trim();
}
