import { readDate, readInstant, readTime, readTimestamp, type TimeText } from '../sql/time-text.ts';
import { readFormattedDate } from './date-form.ts';
import { printClock, printDay, printMicros } from './micros.ts';
import { type Refuse, refusal, type ScalarOptions, type ScalarReader } from './scalar.ts';

/** Days that are surely there: all but the 29th of February. */
const DAY =
  '(?!0000)\\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)';
const CLOCK = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d';
const PLAIN_DATE = new RegExp(`^${DAY}$`);
const PLAIN_TIME = new RegExp(`^${CLOCK}(?:\\.\\d{1,6})?$`);
const PLAIN_TIMESTAMP = new RegExp(`^${DAY}[T ]${CLOCK}(?:\\.\\d{1,6})?$`);
const PLAIN_INSTANT = new RegExp(`^${DAY}[T ]${CLOCK}(?:\\.\\d{1,6})?(?:Z|\\+00(?::?00)?)$`);
const CANONICAL_TIMESTAMP = new RegExp(`^${DAY}T${CLOCK}\\.\\d{6}$`);
const CANONICAL_INSTANT = new RegExp(`^${DAY}T${CLOCK}\\.\\d{6}Z$`);
const OFFSET = /(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$/;
/** Length of `HH:MM:SS` and of `YYYY-MM-DDTHH:MM:SS`. */
const TO_SECOND = 8;
const DATE_TO_SECOND = 19;
const INFINITE = ['infinity', '-infinity'];
/** DuckDB's counts for the infinities. */
const DAYS_INFINITE = 2_147_483_647;
const INFINITY = 9_223_372_036_854_775_807n;
const YEARS = 'is outside the years 0001 to 9999';
const LOST =
  'the driver made it a Date, which shifts zones and cuts microseconds: use connect(), or let the driver give texts';

/** `YYYY-MM-DD`, `infinity` or `-infinity`. */
export function dateReader({ show, cell }: ScalarOptions): ScalarReader {
  const refuse = refusal(show);
  const form = cell?.dateFormat;
  return (raw) => {
    if (typeof raw === 'string') {
      if (form !== undefined) return readFormattedDate(raw, form) ?? refuse(raw, 'is not a date', `write ${form}`);
      if (PLAIN_DATE.test(raw) || INFINITE.includes(raw)) return raw;
      return textOf(readDate(raw), raw, refuse, 'is not a date');
    }
    const days = memberOf(raw, 'days');
    if (typeof days !== 'number' || memberOf(raw, 'months') !== undefined) return refuseOther(raw, refuse, 'a date');
    if (Math.abs(days) === DAYS_INFINITE) return days > 0 ? 'infinity' : '-infinity';
    return printDay(days) ?? refuse(raw, YEARS);
  };
}

/** `HH:MM:SS.ffffff` */
export function timeReader({ show }: ScalarOptions): ScalarReader {
  const refuse = refusal(show);
  return (raw) => {
    if (typeof raw === 'string') {
      const text = PLAIN_TIME.test(raw) ? raw : textOf(readTime(raw), raw, refuse, 'is not a time');
      return sixDigits(text, TO_SECOND);
    }
    const micros = microsOf(raw, refuse);
    if (micros === undefined || memberOf(raw, 'offset') !== undefined) return refuseOther(raw, refuse, 'a time');
    return printClock(Number(micros)) ?? refuse(raw, 'is not a time of the day');
  };
}

/** `YYYY-MM-DDTHH:MM:SS.ffffff`, `infinity` or `-infinity`. */
export function timestampReader({ show }: ScalarOptions): ScalarReader {
  const refuse = refusal(show);
  return (raw) => {
    if (typeof raw === 'string') {
      if (CANONICAL_TIMESTAMP.test(raw) || INFINITE.includes(raw)) return raw;
      if (PLAIN_TIMESTAMP.test(raw)) return localText(raw);
      if (PLAIN_DATE.test(raw)) return refuse(raw, 'is not a timestamp: it needs a time');
      return localText(textOf(readTimestamp(raw), raw, refuse, 'is not a timestamp'));
    }
    const micros = microsOf(raw, refuse);
    if (micros === undefined) return refuseOther(raw, refuse, 'a timestamp');
    if (typeof micros === 'string') return micros;
    return printMicros(micros) ?? refuse(raw, YEARS);
  };
}

/** `YYYY-MM-DDTHH:MM:SS.ffffffZ`, `infinity` or `-infinity`; or a `Date`. */
export function instantReader(options: ScalarOptions): ScalarReader {
  const refuse = refusal(options.show);
  const read = instantText(options, refuse);
  if (options.instants !== 'date') return read;
  return (raw) => {
    if (raw instanceof Date) return Number.isNaN(raw.getTime()) ? refuse(raw, 'is no valid Date') : raw;
    const text = read(raw);
    // ISO texts with six digits are cut to milliseconds.
    return INFINITE.includes(text) ? refuse(text, 'is no Date', 'generate with --instants text') : new Date(text);
  };
}

function instantText({ naiveInstants }: ScalarOptions, refuse: Refuse): (raw: unknown) => string {
  const isUtc = naiveInstants === 'utc';
  return (raw) => {
    if (typeof raw === 'string') {
      if (CANONICAL_INSTANT.test(raw) || INFINITE.includes(raw)) return raw;
      if (PLAIN_INSTANT.test(raw)) return `${localText(raw.slice(0, raw.endsWith('Z') ? -1 : raw.lastIndexOf('+')))}Z`;
      if (isUtc && PLAIN_TIMESTAMP.test(raw)) return `${localText(raw)}Z`;
      const read = readInstant(isUtc && !OFFSET.test(raw) ? `${raw}Z` : raw);
      const text = textOf(read, raw, refuse, 'is not an instant');
      return `${localText(text.slice(0, -1))}Z`;
    }
    const micros = microsOf(raw, refuse);
    if (micros === undefined) return refuseOther(raw, refuse, 'an instant');
    if (typeof micros === 'string') return micros;
    const text = printMicros(micros);
    return text === undefined ? refuse(raw, YEARS) : `${text}Z`;
  };
}

/** Microseconds of one of DuckDB's values; of an infinite one its text. Undefined: it is none. */
function microsOf(raw: unknown, refuse: Refuse): bigint | string | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { micros, millis, seconds, nanos } = raw as Readonly<Record<string, unknown>>;
  const count = micros ?? nanos ?? millis ?? seconds;
  // Intervals have months, too.
  if (typeof count !== 'bigint' || 'months' in raw) return undefined;
  if (count === INFINITY || count === -INFINITY) return count > 0n ? 'infinity' : '-infinity';
  if (count === nanos) return nanos % 1000n === 0n ? nanos / 1000n : refuse(raw, 'has nanoseconds');
  return count === millis ? count * 1000n : count === seconds ? count * 1_000_000n : count;
}

function memberOf(raw: unknown, name: string): unknown {
  return typeof raw === 'object' && raw !== null ? (raw as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** With `T` and six digits of a second; the text has seconds. */
function localText(text: string): string {
  return sixDigits(text[10] === 'T' ? text : `${text.slice(0, 10)}T${text.slice(11)}`, DATE_TO_SECOND);
}

function sixDigits(text: string, toSecond: number): string {
  return text.length === toSecond ? `${text}.000000` : text.padEnd(toSecond + 7, '0');
}

/** The text that was read, or the reason, which begins with the value as it may be shown. */
function textOf(read: TimeText, raw: string, refuse: Refuse, otherwise: string): string {
  if ('text' in read) return read.text;
  if (/ BC$/.test(raw) || /^[+-]?\d{5,}-/.test(raw)) return refuse(raw, YEARS);
  const quoted = `"${raw}"`;
  const { message, hint } = read.problem;
  const what = message.startsWith(quoted) ? message.slice(quoted.length + 1) : otherwise;
  return refuse(raw, what, hint, 'holds the value');
}

function refuseOther(raw: unknown, refuse: Refuse, what: string): never {
  return refuse(raw, `is not ${what}`, raw instanceof Date ? LOST : undefined);
}
