import { parseInstant, printInstant } from '../util/instant.ts';

/** An instant (ISO 8601 with its offset) as the store keeps it: `2026-11-23 08:00:00.000000`. */
export function keptInstant(text: string): string {
  const microseconds = parseInstant(text);
  if (microseconds === undefined) throw new RangeError(`"${text}" is no instant`);
  return keptMicroseconds(microseconds);
}

/** Milliseconds since 1970, as the store keeps an instant. */
export function keptMilliseconds(milliseconds: number): string {
  return keptMicroseconds(BigInt(Math.trunc(milliseconds)) * 1000n);
}

function keptMicroseconds(microseconds: bigint): string {
  const [seconds = '', fraction = ''] = printInstant(microseconds).replace('T', ' ').replace('Z', '').split('.');
  return `${seconds}.${fraction.padEnd(6, '0')}`;
}

/** An instant as a driver gives it back, in ISO 8601; PostgreSQL adds `+00` and leaves zeros out. */
export function readInstant(kept: string): string {
  const microseconds = parseInstant(`${kept.replace(/\+00$/, '')}Z`);
  if (microseconds === undefined) throw new RangeError(`"${kept}" is no instant of the store`);
  return printInstant(microseconds);
}
