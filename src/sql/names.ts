export type NameMatch =
  | { readonly state: 'found'; readonly name: string }
  | { readonly state: 'missing' }
  | { readonly state: 'ambiguous'; readonly names: readonly string[] };

/**
 * Finds a name of the contract in a catalog: the exact spelling wins, else the one match that differs only in case (semantics §9).
 * Of several wanted names exactly one must be there.
 */
export function matchName(wanted: readonly string[], available: readonly string[]): NameMatch {
  const exact = wanted.filter((name) => available.includes(name));
  const folded = new Set(wanted.map((name) => name.toLowerCase()));
  const names = exact.length > 0 ? exact : available.filter((name) => folded.has(name.toLowerCase()));
  const [name] = names;
  if (name === undefined) return { state: 'missing' };
  return names.length === 1 ? { state: 'found', name } : { state: 'ambiguous', names };
}
