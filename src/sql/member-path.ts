/** One step from a value to its parts. */
export type MemberStep =
  | { readonly into: 'member'; readonly name: string }
  | { readonly into: 'elements' }
  | { readonly into: 'values' };

export interface MemberPath {
  /** The column at the root. */
  readonly column: string;
  /** Empty for the column itself. */
  readonly steps: readonly MemberStep[];
}

/** Reads `address.country`, `lines[].qty`, `attrs{}.x`; a plain name has no steps. */
export function parseMemberPath(name: string): MemberPath {
  const [column = name, ...rest] = name.split(/(?=\.|\[\]|\{\})/);
  const steps = rest.map((part): MemberStep => {
    if (part === '[]') return { into: 'elements' };
    return part === '{}' ? { into: 'values' } : { into: 'member', name: part.slice(1) };
  });
  return { column, steps };
}
