import { parseCron } from '../../util/cron.ts';

/** When something comes: on which days, and at which minutes of a day. */
export interface Times {
  /** Minutes after midnight, in order. */
  readonly minutes: readonly number[];
  /** Whether it comes on each day of 28 years, after which the days of the week and of the year repeat. */
  readonly days: readonly boolean[];
}

/** The times of a cron expression that the contract was checked for. */
export function timesOf(text: string): Times {
  const cron = parseCron(text);
  if (typeof cron === 'string') throw new Error(cron);
  const [dates, months] = [new Set(cron.days), new Set(cron.months)];
  const weekdays = new Set(cron.weekdays.map((day) => day % 7));
  // Where both are given, either is enough.
  const isEither = !cron.anyDay && !cron.anyWeekday;
  const days: boolean[] = [];
  const start = Date.UTC(2001, 0, 1);
  const end = Date.UTC(2029, 0, 1);
  for (let time = start; time < end; time += 86_400_000) {
    const day = new Date(time);
    const isDate = dates.has(day.getUTCDate());
    const isWeekday = weekdays.has(day.getUTCDay());
    days.push(months.has(day.getUTCMonth() + 1) && (isEither ? isDate || isWeekday : isDate && isWeekday));
  }
  const [hours, minutes] = [cron.hours, cron.minutes].map(ascending) as [readonly number[], readonly number[]];
  return { minutes: hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute)), days };
}

/** Each once: a list may name a time twice. */
function ascending(values: readonly number[]): readonly number[] {
  return [...new Set(values)].sort((left, right) => left - right);
}

/** How often it comes in 28 years. */
export function countOf({ minutes, days }: Times): number {
  return minutes.length * days.filter(Boolean).length;
}

/** Whether two cron expressions give the same times. */
export function sameTimes(left: Times, right: Times): boolean {
  return left.minutes.join() === right.minutes.join() && left.days.every((day, index) => day === right.days[index]);
}

/**
 * Whether as many times a day as before have each moved by what lies between them, rather than become the ones beside them: 23:00 that
 * becomes 01:00 may be two hours later as well as 22 earlier.
 */
export function isClearMove(old: Times, now: Times): boolean {
  const day = shortestGap(old) * 1440;
  const moved = (by: number): number =>
    old.minutes.reduce((sum, minute, index) => {
      const at = index + by;
      const days = at < 0 ? -1 : at < now.minutes.length ? 0 : 1;
      const beside = now.minutes[at - days * now.minutes.length] ?? 0;
      return sum + Math.abs(beside + days * day - minute);
    }, 0);
  const own = moved(0);
  return own === 0 || (own < moved(1) && own < moved(-1));
}

/** The fewest days from one on which it comes to the next. */
function shortestGap({ days }: Times): number {
  const comes = days.flatMap((day, index) => (day ? [index] : []));
  const next = [...comes.slice(1), (comes[0] ?? 0) + days.length];
  return comes.reduce((least, day, index) => Math.min(least, (next[index] ?? day) - day), days.length);
}

/** The longest time between two of them, in minutes. */
export function longestGap({ minutes, days }: Times): number {
  const [first = 0] = minutes;
  const last = minutes.at(-1) ?? 0;
  const inDay = minutes.slice(1).reduce((most, minute, index) => Math.max(most, minute - (minutes[index] ?? 0)), 0);
  const comes = days.flatMap((day, index) => (day ? [index] : []));
  // The cycle starts again behind its end.
  const next = [...comes.slice(1), (comes[0] ?? 0) + days.length];
  return comes.reduce((most, day, index) => {
    const overnight = ((next[index] ?? day) - day) * 1440 + first - last;
    return Math.max(most, overnight);
  }, inDay);
}
