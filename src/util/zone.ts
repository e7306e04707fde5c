import { Temporal } from 'temporal-polyfill';

/** Local times and instants, both in microseconds since 1970-01-01T00:00:00 (of that zone, of UTC). */

/** A local time of the zone as an instant; in a gap the later, in an overlap the earlier one (semantics §8). */
export function localToInstant(local: bigint, zone: string): bigint {
  const plain = toPlain(local);
  return plain.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochNanoseconds / 1000n;
}

/** What the clocks of the zone show at an instant. */
export function instantToLocal(instant: bigint, zone: string): bigint {
  const zoned = Temporal.Instant.fromEpochNanoseconds(instant * 1000n).toZonedDateTimeISO(zone);
  return zoned.toPlainDateTime().toZonedDateTime('UTC').epochNanoseconds / 1000n;
}

/** The instant so many calendar months before another, on the calendar of the zone. */
export function monthsBefore(instant: bigint, months: number, zone: string): bigint {
  const zoned = Temporal.Instant.fromEpochNanoseconds(instant * 1000n).toZonedDateTimeISO(zone);
  return zoned.subtract({ months }).epochNanoseconds / 1000n;
}

function toPlain(local: bigint): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochNanoseconds(local * 1000n)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime();
}
