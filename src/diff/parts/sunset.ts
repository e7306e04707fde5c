import type { Deprecation } from '../../model/contract.ts';
import type { Duration } from '../../model/threshold.ts';
import { daysBetween, printDays } from '../../util/days.ts';

const DAY = 86_400_000;

/** How a removal stands to the day that was announced for it. */
export type Removal =
  /** Nothing was announced. */
  | { readonly kind: 'unannounced' }
  /** The day is still to come. */
  | { readonly kind: 'before'; readonly sunset: string; readonly days: number }
  /** The day is here, or over. */
  | { readonly kind: 'after'; readonly sunset: string };

/**
 * Judges a removal by the deprecation of what is removed and of what it is in, nearest first: what may be gone as a whole may be gone in
 * part. On the sunset day itself it may go.
 */
export function removalOf(deprecations: readonly (Deprecation | undefined)[], asOf: string): Removal {
  const sunsets = deprecations.flatMap((each) => each?.sunset ?? []);
  const passed = sunsets.find((sunset) => sunset <= asOf);
  if (passed !== undefined) return { kind: 'after', sunset: passed };
  const [sunset] = sunsets;
  return sunset === undefined ? { kind: 'unannounced' } : { kind: 'before', sunset, days: daysBetween(asOf, sunset) };
}

/** A sentence about a removal: `column `code` is removed 12 days before its sunset 2027-01-31`. */
export function removalMessage(what: string, removal: Removal): string {
  switch (removal.kind) {
    case 'unannounced':
      return `${what} is removed`;
    case 'before':
      return `${what} is removed ${printDays(removal.days)} before its sunset ${removal.sunset}`;
    case 'after':
      return `${what} is removed; its sunset was ${removal.sunset}`;
  }
}

/** The part of a rule's id behind `column-removed`. */
export function removalSuffix({ kind }: Removal): '' | '-before-sunset' | '-after-sunset' {
  return kind === 'unannounced' ? '' : `-${kind}-sunset`;
}

/** The first day that is far enough away. */
export function earliestSunset(asOf: string, notice: Duration | undefined): string {
  const date = new Date(`${asOf}T00:00:00Z`);
  const day = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + (notice?.months ?? 0));
  // A month later than the 31st is the last day of a shorter month.
  if (date.getUTCDate() !== day) date.setUTCDate(0);
  const micros = notice?.microseconds ?? 0n;
  const wholeDays = (micros + 86_399_999_999n) / 86_400_000_000n;
  return isoDay(date.getTime() + Number(wholeDays) * DAY);
}

/** The longest notice goes beyond the calendar of JavaScript: what is later than it has no day. */
function isoDay(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? '9999-12-31' : date.toISOString().slice(0, 10);
}
