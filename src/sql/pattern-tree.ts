/** Code points from the first to the last, both included. */
export type CodePointRange = readonly [first: number, last: number];

/**
 * A portable pattern (semantics §6) as a tree. Groups do not capture and have no node of their own; an empty sequence matches the empty
 * text. A class holds sorted, disjoint ranges; a negated one matches every code point outside them, newlines included, and one without
 * ranges matches any code point. Only negated classes can match NUL.
 */
export type Pattern =
  | { readonly kind: 'character'; readonly code: number }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly CodePointRange[] }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'sequence'; readonly items: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly options: readonly Pattern[] }
  | { readonly kind: 'repeat'; readonly item: Pattern; readonly min: number; readonly max: number | undefined };

/** How much an engine has to hold: characters and classes after all counted repetitions are written out. */
export function expandedSize(pattern: Pattern): number {
  switch (pattern.kind) {
    case 'class':
      return Math.max(1, Math.ceil(pattern.ranges.length / 8));
    case 'sequence':
      return sum(pattern.items.map(expandedSize));
    case 'choice':
      return sum(pattern.options.map(expandedSize));
    case 'repeat':
      return Math.max(1, copies(pattern)) * Math.max(1, expandedSize(pattern.item));
    default:
      return 1;
  }
}

/** The largest product of counts on the way from the root to a leaf. */
export function nestedCount(pattern: Pattern): number {
  switch (pattern.kind) {
    case 'sequence':
      return largest(pattern.items.map(nestedCount));
    case 'choice':
      return largest(pattern.options.map(nestedCount));
    case 'repeat':
      return Math.max(1, copies(pattern)) * nestedCount(pattern.item);
    default:
      return 1;
  }
}

function copies({ min, max }: Extract<Pattern, { kind: 'repeat' }>): number {
  return max ?? min;
}

function sum(sizes: readonly number[]): number {
  return sizes.reduce((total, size) => total + size, 0);
}

function largest(counts: readonly number[]): number {
  return counts.reduce((most, count) => Math.max(most, count), 1);
}
