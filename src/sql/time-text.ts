import type { Problem } from '../model/problem.ts';

/** ISO text in canonical form, or why it is none. */
export type TimeText = { readonly text: string } | { readonly problem: Problem };

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?$/;
const OFFSET = /(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$/;
const MAX_FRACTION = 6;
const MINUTE = 60_000;

/** `YYYY-MM-DD`, a real day of the years 0001 to 9999. */
export function readDate(text: string): TimeText {
  const match = DATE.exec(text);
  if (!match) return refuse(`"${text}" is not a date`, dateHint(text));
  if (!realDay(Number(match[1]), Number(match[2]), Number(match[3]))) {
    return refuse(`"${text}" is not a day of the calendar`);
  }
  return { text };
}

/** `HH:MM[:SS[.f]]` with at most six digits of a second. */
export function readTime(text: string): TimeText {
  const match = TIME.exec(text);
  if (!match) return refuse(`"${text}" is not a time`, 'write HH:MM or HH:MM:SS');
  const [, hour = '', minute = '', second = '00', fraction = ''] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return refuse(`"${text}" is not a time of the day`, 'expected 00:00:00 to 23:59:59');
  }
  if (fraction.length > MAX_FRACTION) {
    return refuse(`"${text}" has ${fraction.length} digits of a second, expected at most ${MAX_FRACTION}`);
  }
  const rest = fraction.replace(/0+$/, '');
  return { text: `${hour}:${minute}:${second}${rest === '' ? '' : `.${rest}`}` };
}

/** A date, `T` or a blank, a time; a date alone is its midnight. An offset is refused. */
export function readTimestamp(text: string): TimeText {
  if (DATE.test(text)) {
    const date = readDate(text);
    return 'text' in date ? { text: `${date.text}T00:00:00` } : date;
  }
  const [day, clock, ...more] = text.split(/[Tt ]/);
  if (day === undefined || clock === undefined || more.length > 0) {
    return refuse(`"${text}" is not a timestamp`, dateHint(text, 'THH:MM:SS'));
  }
  if (OFFSET.test(clock)) {
    return refuse(
      `"${text}" has an offset, but a timestamp has none`,
      'leave it out, or declare the column as instant',
    );
  }
  const date = readDate(day);
  if ('problem' in date) return { problem: { ...date.problem, message: date.problem.message.replace(day, text) } };
  const time = readTime(clock);
  if ('problem' in time) return { problem: { ...time.problem, message: time.problem.message.replace(clock, text) } };
  return { text: `${date.text}T${time.text}` };
}

/** A timestamp with `Z` or `±hh[:mm]`; printed in UTC. */
export function readInstant(text: string): TimeText {
  const dateOnly = DATE.test(text);
  const local = text.replace(OFFSET, '').trimEnd();
  if (dateOnly || local === text || DATE.test(local)) {
    const stamp = readTimestamp(dateOnly ? text : local);
    if ('problem' in stamp) return { problem: { ...stamp.problem, message: `"${text}" is not an instant` } };
    return refuse(
      `"${text}" is not an instant: it needs a time and an offset`,
      `write ${stamp.text}Z, or its offset such as +02:00`,
    );
  }
  const stamp = readTimestamp(local);
  if ('problem' in stamp) return { problem: { ...stamp.problem, message: stamp.problem.message.replace(local, text) } };
  const minutes = offsetMinutes(text.slice(local.length).trim());
  if (minutes === undefined) return refuse(`"${text}" has an offset outside -18:00 to +18:00`);
  const [seconds = '', fraction] = stamp.text.split('.');
  const utc = new Date(Date.parse(`${seconds}Z`) - minutes * MINUTE).toISOString();
  if (!/^(?!0000)\d{4}-/.test(utc)) return refuse(`"${text}" is outside the years 0001 to 9999`);
  return { text: `${utc.slice(0, 19)}${fraction === undefined ? '' : `.${fraction}`}Z` };
}

function offsetMinutes(offset: string): number | undefined {
  if (/^z$/i.test(offset)) return 0;
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) > 59 || total > 18 * 60) return undefined;
  return sign === '-' ? -total : total;
}

function realDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= (days[month - 1] ?? 0);
}

function dateHint(text: string, rest = ''): string {
  const [, year, month, day] = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/.exec(text) ?? [];
  if (year && month && day)
    return `write ${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${rest && 'T00:00:00'}`;
  return `write YYYY-MM-DD${rest}`;
}

function refuse(message: string, hint?: string): { readonly problem: Problem } {
  return { problem: hint === undefined ? { message } : { message, hint } };
}
