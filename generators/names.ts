import { GenerateError } from './generator.ts';

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

export interface Named {
  /** As it will stand in the output. */
  readonly name: string;
  /** As it stands in the contract, for the message: `column "Id" of shop.orders/orders`. */
  readonly origin: string;
}

/** Refuses two names that some reader of the output cannot tell apart: file systems, engines and people fold case. */
export function refuseCollisions(names: readonly Named[]): void {
  const taken = new Map<string, Named>();
  for (const each of names) {
    const folded = each.name.normalize('NFC').toLowerCase();
    const other = taken.get(folded);
    if (other) {
      const both =
        other.name === each.name
          ? `are both "${each.name}"`
          : `are "${other.name}" and "${each.name}", which differ only in case`;
      throw new GenerateError(
        `${other.origin} and ${each.origin} ${both} in the output`,
        'rename one of them in the contract',
      );
    }
    taken.set(folded, each);
  }
}
