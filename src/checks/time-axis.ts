import type { Duration } from '../model/threshold.ts';
import type { Instant, Sql, SqlDialect } from '../sql/dialect.ts';
import { sql } from '../sql/kysely.ts';
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
  /** True for rows whose value is at least `instant`. */
  since(instant: bigint): Sql;
  /** True for rows whose value is later than `now` minus the duration; of dates the last so many days. */
  within(now: Instant, duration: Duration): Sql;
}

/** The axis of a time column; undefined where the column holds no times or its zone is not known. */
export function timeAxis(view: TableView, access: ColumnAccess): TimeAxis | undefined {
  return axisOf(view.dialect, access, view.zoneOf(access.column));
}

/** The same for a value of a type whose zone, of naive times, is given. */
export function axisOf(
  dialect: SqlDialect,
  { value, type }: Pick<ColumnAccess, 'value' | 'type'>,
  naiveZone: string | undefined,
): TimeAxis | undefined {
  if (value === undefined || (type.name !== 'instant' && type.name !== 'timestamp' && type.name !== 'date'))
    return undefined;
  const zone = type.name === 'instant' ? 'UTC' : naiveZone;
  if (zone === undefined) return undefined;
  const local = (instant: bigint): bigint => (type.name === 'instant' ? instant : instantToLocal(instant, zone));
  const axis = {
    value,
    microseconds: dialect.microseconds(value, type),
    isFinite: dialect.isFinite(value, type),
  };
  if (type.name === 'date') {
    const day = (shown: bigint): bigint => shown - (((shown % DAY) + DAY) % DAY);
    return {
      ...axis,
      toInstant: (microseconds) => localToInstant(microseconds + DAY, zone),
      // A date that has begun is not in the future, though its day ends later.
      upTo: (instant) => sql`${value} <= ${dialect.fromMicroseconds(day(local(instant)), type)}`,
      since: (instant) => sql`${value} >= ${dialect.fromMicroseconds(day(local(instant) - 1n), type)}`,
      // Counted in dates, as days in which the clocks change are not 24 hours long.
      within(now, { months, microseconds }) {
        const today = day(local(months === 0 ? now.microseconds : monthsBefore(now.microseconds, months, zone)));
        return sql`${value} > ${dialect.fromMicroseconds(today - microseconds, type)}`;
      },
    };
  }
  const since = (instant: bigint): Sql =>
    sql`${value} >= ${dialect.fromMicroseconds(earliestLocal(instant, local, zone, type.name), type)}`;
  return {
    ...axis,
    toInstant: (microseconds) => (type.name === 'instant' ? microseconds : localToInstant(microseconds, zone)),
    upTo: (instant) => sql`${value} <= ${dialect.fromMicroseconds(latestLocal(instant, local, zone, type.name), type)}`,
    since,
    within: (now, duration) => since(before(now, duration, zone)),
  };
}

/** In the second pass of an overlap every local time of the overlap is past already, as it is read as its first pass. */
function latestLocal(instant: bigint, local: (instant: bigint) => bigint, zone: string, type: string): bigint {
  return type === 'instant' ? instant : (endOfOverlap(instant, local, zone) ?? local(instant) + 1n) - 1n;
}

function earliestLocal(instant: bigint, local: (instant: bigint) => bigint, zone: string, type: string): bigint {
  return type === 'instant' ? instant : (endOfOverlap(instant, local, zone) ?? local(instant));
}

/** The first local time that the clocks show only once again; undefined where the instant is not in the second pass of an overlap. */
function endOfOverlap(instant: bigint, local: (instant: bigint) => bigint, zone: string): bigint | undefined {
  const shown = local(instant);
  let before = localToInstant(shown, zone);
  if (before === instant) return undefined;
  const ahead = shown - before;
  let after = instant;
  while (after - before > 1n) {
    const middle = (before + after) / 2n;
    if (local(middle) - middle === ahead) before = middle;
    else after = middle;
  }
  return after + ahead;
}

function before(now: Instant, duration: Duration, zone: string): bigint {
  const start = duration.months === 0 ? now.microseconds : monthsBefore(now.microseconds, duration.months, zone);
  return start - duration.microseconds;
}

/** The instant that a duration reaches back to. */
export function reachBack(view: TableView, access: ColumnAccess, duration: Duration): bigint {
  return before(view.now, duration, view.zoneOf(access.column) ?? 'UTC');
}
