/** A whole number as JSON holds it exactly: a text beyond 2^53. */
export function jsonInteger(value: bigint): number | string {
  return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER ? Number(value) : String(value);
}
