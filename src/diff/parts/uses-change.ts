import { listed } from './wording.ts';

/** What a reader uses (`orders`, `orders.amount`), on both sides. Without any it uses everything. */
export interface UsesChange {
  /** In order and each once. */
  readonly before: string;
  readonly after: string;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** `no longer uses orders.amount and uses orders.id too` */
  readonly said: string;
}

/** Undefined where both are the same: in another order, or a column beside its whole table. */
export function usesChange(old: readonly string[], now: readonly string[]): UsesChange | undefined {
  const [before, after] = [inOrder(old), inOrder(now)];
  const removed = before.length === 0 && after.length > 0 ? ['everything'] : missing(before, after);
  const added = after.length === 0 && before.length > 0 ? ['everything'] : missing(after, before);
  if (removed.length + added.length === 0) return undefined;
  const shown = (uses: readonly string[]) => uses.join(', ') || 'everything';
  return { before: shown(before), after: shown(after), removed, added, said: said(before, after, removed, added) };
}

function said(
  before: readonly string[],
  after: readonly string[],
  removed: readonly string[],
  added: readonly string[],
): string {
  if (before.length === 0) return `uses ${listed(after)} only, everything before`;
  if (after.length === 0) return `uses everything, ${listed(before)} only before`;
  return [
    ...(removed.length > 0 ? [`no longer uses ${listed(removed)}`] : []),
    ...(added.length > 0 ? [`uses ${listed(added)} too`] : []),
  ].join(' and ');
}

function inOrder(uses: readonly string[]): readonly string[] {
  return [...new Set(uses)].sort();
}

/** What none of the others covers. */
function missing(uses: readonly string[], others: readonly string[]): readonly string[] {
  const isInside = (use: string, outer: string) =>
    use === outer || (use.startsWith(outer) && /^[.[{]/.test(use.slice(outer.length)));
  return others.length === 0 ? [] : uses.filter((use) => !others.some((outer) => isInside(use, outer)));
}
