/** A semantic version without its build metadata, which says nothing about order. */
export interface SemanticVersion {
  readonly major: bigint;
  readonly minor: bigint;
  readonly patch: bigint;
  /** Identifiers of a pre-release; none: a release. */
  readonly pre: readonly string[];
}

const FORM = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/** What is no version counts as 0.0.0. */
export function parseVersion(text: string): SemanticVersion {
  const [, major = '0', minor = '0', patch = '0', pre] = FORM.exec(text) ?? [];
  return { major: BigInt(major), minor: BigInt(minor), patch: BigInt(patch), pre: pre?.split('.') ?? [] };
}

export function printVersion({ major, minor, patch, pre }: SemanticVersion): string {
  return `${major}.${minor}.${patch}${pre.length > 0 ? `-${pre.join('.')}` : ''}`;
}

/** Negative, zero or positive, by the precedence of semver 2.0. */
export function compareVersions(left: SemanticVersion, right: SemanticVersion): number {
  return compareCores(left, right) || comparePre(left.pre, right.pre);
}

/** By major, minor and patch alone. */
export function compareCores(left: SemanticVersion, right: SemanticVersion): number {
  return Number(left.major - right.major) || Number(left.minor - right.minor) || Number(left.patch - right.patch);
}

function comparePre(left: readonly string[], right: readonly string[]): number {
  // A pre-release comes before its release.
  if (left.length === 0 || right.length === 0) return right.length - left.length;
  for (const [index, identifier] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const order = compareIdentifiers(identifier, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Numbers by value and before words, words by their codes. */
function compareIdentifiers(left: string, right: string): number {
  const [first, second] = [left, right].map((text) => (/^\d+$/.test(text) ? BigInt(text) : undefined));
  if (first !== undefined && second !== undefined) return Number(first - second);
  if (first !== undefined) return -1;
  if (second !== undefined) return 1;
  return left < right ? -1 : left > right ? 1 : 0;
}
