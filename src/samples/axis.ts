import type { Column, Contract, Table } from '../model/contract.ts';
import type { Duration } from '../model/threshold.ts';
import type { Instant } from '../sql/dialect.ts';
import { monthsBefore } from '../util/zone.ts';
import { DAY, printTime, shownAt } from './times.ts';

/** What freshness and retention want of a time column. */
export interface Axis {
  /** In microseconds since 1970 of the column's own clocks. */
  readonly span: { readonly first?: bigint; readonly last: bigint };
  /** Row → the time that it has to have, and the check that wants it. */
  readonly pinned: ReadonlyMap<number, { readonly value: unknown; readonly path: string }>;
  /** The oldest time that retention allows. */
  readonly earliest?: { readonly value: unknown; readonly path: string };
}

const SECOND = 1_000_000n;
const MONTH = 30n * DAY;
/** Rows that are the newest and the oldest one. */
const NEWEST = 0;
export const OLDEST = 1;

/** Undefined where the column is none that ages are measured by. */
export function axisOf(contract: Contract, table: Table, column: Column, now: Instant): Axis | undefined {
  const { freshness, retention, timeColumn } = table;
  const isFresh = freshness !== undefined && (freshness.column ?? timeColumn)?.text === column.name;
  const isRetained = retention !== undefined && (timeColumn ?? freshness?.column)?.text === column.name;
  if (!isFresh && !isRetained && timeColumn?.text !== column.name) return undefined;
  const zone = column.timezone ?? contract.timezone;
  const shown = (instant: bigint): bigint => shownAt(instant, column.type, zone);
  const before = ({ months, microseconds }: Duration): bigint =>
    (months === 0 ? now.microseconds : monthsBefore(now.microseconds, months, zone ?? 'UTC')) - microseconds;
  const whole = (instant: bigint): bigint => instant - (instant % SECOND);
  const last = shown(whole(now.microseconds));
  const { min, max } = isRetained ? (retention ?? {}) : {};
  const oldest = min && shown(whole(before(min))) - DAY;
  const earliest = max && shown(before(max)) + DAY;
  const pinned = new Map<number, { value: unknown; path: string }>();
  if (isFresh) pinned.set(NEWEST, { value: printTime(last, column.type), path: `${table.name}.freshness` });
  if (oldest !== undefined)
    pinned.set(OLDEST, { value: printTime(oldest, column.type), path: `${table.name}.retention` });
  return {
    span: { first: earliest ?? oldest ?? last - MONTH, last },
    pinned,
    ...(earliest !== undefined && {
      earliest: { value: printTime(earliest, column.type), path: `${table.name}.retention` },
    }),
  };
}
