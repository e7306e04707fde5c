import { GenerateError } from './generator.ts';

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
