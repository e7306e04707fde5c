/** Values as one text that is the same for equal values only; undefined where one of them is missing. */
export function keyOf(values: readonly unknown[]): string | undefined {
  const [only] = values;
  if (values.length === 1) return only === null || only === undefined ? undefined : textOf(only);
  let key = '';
  for (const value of values) {
    if (value === null || value === undefined) return undefined;
    const text = textOf(value);
    key += `${text.length}:${text}`;
  }
  return key;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  // Zero has no sign for any engine.
  return String(Object.is(value, -0) ? 0 : value);
}
