/** Instants as text: ISO 8601 in UTC with as many digits of a second as are needed, at most six. */

const MICROS = 1_000_000n;

export function printInstant(microseconds: bigint): string {
  const rest = ((microseconds % MICROS) + MICROS) % MICROS;
  const seconds = (microseconds - rest) / MICROS;
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return `${microseconds} µs since 1970`;
  const text = date.toISOString().replace(/\.000Z$/, '');
  return `${text}${rest === 0n ? '' : `.${String(rest).padStart(6, '0').replace(/0+$/, '')}`}Z`;
}

const FORM = /^(\d{4}-\d{2}-\d{2})(?:[T ]((?:[01]\d|2[0-3]):\d{2}(?::\d{2})?)(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Reads an instant with its offset, to the microsecond; undefined where it is none. */
export function parseInstant(text: string): bigint | undefined {
  const match = FORM.exec(text.trim());
  if (!match) return undefined;
  const [, date, time = '00:00', fraction = '', offset = 'Z'] = match;
  const zone = offset === 'Z' || offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`;
  const milliseconds = Date.parse(`${date}T${time}${zone}`);
  // JavaScript takes the 30th of February for the 2nd of March.
  if (Number.isNaN(milliseconds) || !new Date(`${date}T00:00:00Z`).toISOString().startsWith(date ?? ''))
    return undefined;
  return BigInt(milliseconds) * 1000n + BigInt(fraction.padEnd(6, '0'));
}
