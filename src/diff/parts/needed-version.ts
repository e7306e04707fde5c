import type { Bump } from '../../model/change.ts';
import { compareCores, compareVersions, parseVersion, printVersion, type SemanticVersion } from '../../util/semver.ts';

const SIZES: readonly Bump[] = ['none', 'patch', 'minor', 'major'];

/** The largest of several bumps. */
export function largestBump(bumps: readonly Bump[]): Bump {
  return SIZES[Math.max(0, ...bumps.map((bump) => SIZES.indexOf(bump)))] ?? 'none';
}

export function isLarger(bump: Bump, than: Bump): boolean {
  return SIZES.indexOf(bump) > SIZES.indexOf(than);
}

/**
 * The least version that changes of this size need. Below 1.0.0 the minor number acts as the major one. What the number of a pre-release is
 * for may still change behind it, and the next one is enough: everything in 2.0.0-rc.1, nothing that breaks in 1.5.0-rc.1.
 */
export function neededVersion(old: string, bump: Bump): string {
  if (bump === 'none') return old;
  const version = parseVersion(old);
  const { major, minor, patch, pre } = version;
  if (isOpen(version, bump)) return printVersion({ ...version, pre: nextPre(pre) });
  const parts = { major: 0n, minor: 0n, patch: 0n, pre: [] };
  switch (major === 0n ? inFirstMajor(bump) : bump) {
    case 'major':
      return printVersion({ ...parts, major: major + 1n });
    case 'minor':
      return printVersion({ ...parts, major, minor: minor + 1n });
    default:
      return printVersion({ ...parts, major, minor, patch: patch + 1n });
  }
}

/** Whether the new version is high enough: 2.0.0-rc.1 is for all that 2.0.0 is needed for. */
export function isEnough(old: string, now: string, bump: Bump): boolean {
  const [before, after] = [parseVersion(old), parseVersion(now)];
  if (bump === 'none') return true;
  return compareVersions(after, before) > 0 && compareCores(after, parseVersion(neededVersion(old, bump))) >= 0;
}

/** How far the version was raised; between pre-releases, and to 1.0.0, sizes say nothing: undefined. */
export function raisedBy(old: string, now: string): Bump | undefined {
  const [before, after] = [parseVersion(old), parseVersion(now)];
  if (before.pre.length > 0 || after.pre.length > 0 || compareCores(after, before) <= 0) return undefined;
  if (before.major === 0n && after.major > 0n) return undefined;
  return partRaised(before, after);
}

/** The part of the version that a bump raises. */
export function partOf(old: string, bump: Bump): Bump {
  return parseVersion(old).major === 0n ? inFirstMajor(bump) : bump;
}

/** Whether a pre-release may change by so much. What it was made from is not known: its number tells how large a step it is, at most. */
function isOpen({ major, minor, patch, pre }: SemanticVersion, bump: Bump): boolean {
  if (pre.length === 0) return false;
  if (major === 0n) return patch === 0n || !isLarger(inFirstMajor(bump), 'patch');
  return !isLarger(bump, patch > 0n ? 'patch' : minor > 0n ? 'minor' : 'major');
}

function partRaised(before: SemanticVersion, after: SemanticVersion): Bump {
  if (after.major !== before.major) return 'major';
  return after.minor !== before.minor ? 'minor' : 'patch';
}

function inFirstMajor(bump: Bump): Bump {
  return bump === 'major' ? 'minor' : bump === 'none' ? 'none' : 'patch';
}

function nextPre(pre: readonly string[]): readonly string[] {
  const last = pre.at(-1) ?? '';
  return /^\d+$/.test(last) ? [...pre.slice(0, -1), String(BigInt(last) + 1n)] : [...pre, '1'];
}
