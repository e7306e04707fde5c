export type NameMatch =
  | { readonly name: string }
  | { readonly missing: true }
  | { readonly ambiguous: readonly string[] };

/**
 * Finds a name of the contract in a catalog: the exact spelling wins, else the one match that differs only in case (semantics §9).
 * Of several wanted names exactly one must be there.
 */
export function matchName(wanted: readonly string[], available: readonly string[]): NameMatch {
  const exact = wanted.filter((name) => available.includes(name));
  if (exact.length === 1) return { name: exact[0] as string };
  if (exact.length > 1) return { ambiguous: exact };
  const folded = new Set(wanted.map((name) => name.toLowerCase()));
  const close = available.filter((name) => folded.has(name.toLowerCase()));
  if (close.length === 0) return { missing: true };
  return close.length === 1 ? { name: close[0] as string } : { ambiguous: close };
}
