/** Dates and times that engines give as counts since 1970, printed in canonical form. Proleptic, without zones. */

const DAY = 86_400_000;
const MICROS_A_DAY = 86_400_000_000;
/** 0001-01-01 and 9999-12-31. */
const FIRST_DAY = -719_162;
const LAST_DAY = 2_932_896;
const HOUR = 3_600_000_000;

/** Texts of days that were asked for: the rows of a table have few days, and printing one takes 0.5 µs. */
const days = new Map<number, string>();
const MOST_DAYS = 20_000;

/** `YYYY-MM-DD`; undefined outside the years 0001 to 9999. */
export function printDay(day: number): string | undefined {
  const known = days.get(day);
  if (known !== undefined) return known;
  if (!(day >= FIRST_DAY && day <= LAST_DAY)) return undefined;
  const text = new Date(day * DAY).toISOString().slice(0, 10);
  if (days.size === MOST_DAYS) days.clear();
  days.set(day, text);
  return text;
}

const TWO = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

/** `HH:MM:SS.ffffff` of microseconds since midnight; undefined outside the day. */
export function printClock(micros: number): string | undefined {
  if (!(micros >= 0 && micros < MICROS_A_DAY)) return undefined;
  const hours = Math.floor(micros / HOUR);
  const minutes = Math.floor((micros % HOUR) / 60_000_000);
  const seconds = Math.floor((micros % 60_000_000) / 1_000_000);
  const rest = micros % 1_000_000;
  const fraction = rest === 0 ? '000000' : String(rest).padStart(6, '0');
  return `${TWO[hours]}:${TWO[minutes]}:${TWO[seconds]}.${fraction}`;
}

/** `YYYY-MM-DDTHH:MM:SS.ffffff`; undefined outside the years 0001 to 9999. */
export function printMicros(micros: bigint): string | undefined {
  // Counts of all these years are no safe integers, but days and the rest of a day are.
  const whole = Number(micros / 86_400_000_000n);
  const rest = Number(micros % 86_400_000_000n);
  const day = printDay(rest < 0 ? whole - 1 : whole);
  return day === undefined ? undefined : `${day}T${printClock(rest < 0 ? rest + MICROS_A_DAY : rest)}`;
}
