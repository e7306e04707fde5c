import { sql } from 'kysely';
import type { Duration } from '../model/threshold.ts';
import type { Instant, Sql } from '../sql/dialect.ts';
import { instantToLocal, localToInstant, monthsBefore } from '../util/zone.ts';
import type { ColumnAccess, TableView } from './check.ts';

export const DAY = 86_400_000_000n;

/** How the values of a time column relate to instants. */
export interface TimeAxis {
  readonly value: Sql;
  /** Microseconds of a value on the column's own line: UTC for instants, local for the others. */
  readonly microseconds: Sql;
  readonly isFinite: Sql;
  /** A value of the column as an instant; a date counts as the end of its local day. */
  toInstant(microseconds: bigint): bigint;
  /** True for rows whose value is at most `instant`. */
  upTo(instant: bigint): Sql;
  /** True for rows whose value is later than `instant` minus the duration; of dates the last so many days. */
  within(now: Instant, duration: Duration): Sql;
}

/** The axis of a time column; undefined where the column holds no times or its zone is not known. */
export function timeAxis(view: TableView, access: ColumnAccess): TimeAxis | undefined {
  const { value, type } = access;
  const { dialect } = view;
  if (value === undefined || (type.name !== 'instant' && type.name !== 'timestamp' && type.name !== 'date')) return undefined;
  const zone = type.name === 'instant' ? 'UTC' : view.zoneOf(access.column);
  if (zone === undefined) return undefined;
  const local = (instant: bigint): bigint => (type.name === 'instant' ? instant : instantToLocal(instant, zone));
  const axis = {
    value,
    microseconds: dialect.microseconds(value, type),
    isFinite: dialect.isFinite(value, type),
  };
  if (type.name === 'date') {
    const day = (instant: bigint): bigint => floorDay(local(instant));
    return {
      ...axis,
      toInstant: (microseconds) => localToInstant(microseconds + DAY, zone),
      // A date that has begun is not in the future, though its day ends later.
      upTo: (instant) => sql`${value} <= ${dialect.fromMicroseconds(day(instant), type)}`,
      within: (now, duration) =>
        sql`${value} > ${dialect.fromMicroseconds(day(before(now, duration, zone)), type)}`,
    };
  }
  return {
    ...axis,
    toInstant: (microseconds) => (type.name === 'instant' ? microseconds : localToInstant(microseconds, zone)),
    upTo: (instant) => sql`${value} <= ${dialect.fromMicroseconds(latestLocal(instant, local, zone, type.name), type)}`,
    within: (now, duration) =>
      sql`${value} >= ${dialect.fromMicroseconds(local(before(now, duration, zone)), type)}`,
  };
}

/** In the second pass of an overlap every local time of the overlap is past already, as it is read as its first pass. */
function latestLocal(instant: bigint, local: (instant: bigint) => bigint, zone: string, type: string): bigint {
  const shown = local(instant);
  if (type === 'instant') return shown;
  const repeated = instant - localToInstant(shown, zone);
  return repeated > 0n ? shown + repeated - 1n : shown;
}

function before(now: Instant, duration: Duration, zone: string): bigint {
  const start = duration.months === 0 ? now.microseconds : monthsBefore(now.microseconds, duration.months, zone);
  return start - duration.microseconds;
}

function floorDay(microseconds: bigint): bigint {
  const rest = ((microseconds % DAY) + DAY) % DAY;
  return microseconds - rest;
}

/** The instant that a duration reaches back to. */
export function reachBack(view: TableView, access: ColumnAccess, duration: Duration): bigint {
  return before(view.now, duration, view.zoneOf(access.column) ?? 'UTC');
}
