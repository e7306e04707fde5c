const DAY = 86_400_000_000n;
const MILLISECOND = 1000n;
/** Of the calendar's 400-year cycle, in microseconds. */
const CYCLE = 146_097n * DAY;

/** A moment as `YYYY-MM-DD` and `HH:MM:SS.ffffff`; years before 1 and after 9999 as plain numbers. */
export interface Moment {
  readonly year: number;
  readonly date: string;
  readonly time: string;
}

/** Microseconds since 1970-01-01T00:00:00 on the calendar without zones (ISO 8601, proleptic). */
export function momentOf(microseconds: bigint): Moment {
  // JavaScript's own dates end in the year 275760.
  const cycles = floorDiv(microseconds, CYCLE);
  const rest = microseconds - cycles * CYCLE;
  const micros = rest % MILLISECOND;
  const date = new Date(Number((rest - micros) / MILLISECOND));
  const year = date.getUTCFullYear() + Number(cycles) * 400;
  const iso = date.toISOString();
  return {
    year,
    date: `${String(year).padStart(4, '0')}-${iso.slice(5, 10)}`,
    time: `${iso.slice(11, 23)}${String(micros).padStart(3, '0')}`,
  };
}

function floorDiv(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
