/** Values as one text that is the same for equal values only; undefined where one of them is missing. */
export function keyOf(values: readonly unknown[]): string | undefined {
  const parts: string[] = [];
  for (const value of values) {
    if (value === null || value === undefined) return undefined;
    parts.push(textOf(value));
  }
  return JSON.stringify(parts);
}

function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  // Zero has no sign for any engine.
  return String(Object.is(value, -0) ? 0 : value);
}
