/** Keys that say where or how something was written, and nothing of what it means. */
const NOT_MEANT = new Set(['at', 'places', 'source', 'path']);

/** Whether two resolved values mean the same: positions do not matter, nor the unit of a duration, nor zeros behind a decimal point. */
export function sameMeaning(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => sameMeaning(item, right[index]))
    );
  }
  if (isDuration(left) && isDuration(right)) {
    return left.microseconds === right.microseconds && left.months === right.months;
  }
  if (isDecimal(left) && isDecimal(right)) {
    const scale = Math.max(left.scale, right.scale);
    return (
      left.coefficient * 10n ** BigInt(scale - left.scale) === right.coefficient * 10n ** BigInt(scale - right.scale)
    );
  }
  return differingKeys(left, right).length === 0;
}

/** The keys in which two objects do not mean the same. */
export function differingKeys(left: object, right: object): readonly string[] {
  const [first, second] = [left as Record<string, unknown>, right as Record<string, unknown>];
  const keys = new Set([...Object.keys(first), ...Object.keys(second)]);
  // The keys of a map that people name, such as links, are no keys of ours: it has no prototype.
  const hasOwnKeys = Object.getPrototypeOf(left) !== null;
  return [...keys].filter((key) => !(hasOwnKeys && NOT_MEANT.has(key)) && !sameMeaning(first[key], second[key]));
}

function isDuration(value: object): value is { readonly microseconds: bigint; readonly months: number } {
  return 'microseconds' in value && 'months' in value;
}

function isDecimal(value: object): value is { readonly coefficient: bigint; readonly scale: number } {
  return 'coefficient' in value && 'scale' in value;
}
