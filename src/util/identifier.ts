/** `order-items` → `OrderItems`: what stands between letters and digits separates words. Never empty, and a valid identifier. */
export function pascalCase(name: string): string {
  const words = name.normalize('NFC').split(/[^\p{ID_Continue}$]+|_+/u);
  const joined = words.map((word) => word.replace(/^./u, (first) => first.toUpperCase())).join('');
  const plain =
    joined === '' ? [...name].map((each) => `U${each.codePointAt(0)?.toString(16).toUpperCase()}`).join('') : joined;
  return /^[\p{ID_Start}$]/u.test(plain) ? plain : `_${plain}`;
}

/** `order-items` → `orderItems`. */
export function camelCase(name: string): string {
  return pascalCase(name).replace(/^\p{Lu}+(?=\p{Lu}\p{Ll}|[^\p{L}]|$)|^\p{Lu}/u, (start) => start.toLowerCase());
}
