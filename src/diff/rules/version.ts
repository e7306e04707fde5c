import type { Bump, Change, ChangeRule } from '../../model/change.ts';
import { compareVersions, parseVersion } from '../../util/semver.ts';
import { isEnough, isLarger, largestBump, neededVersion, partOf, raisedBy } from '../parts/needed-version.ts';
import { affects } from './affects.ts';
import type { ConcludingContext, ContractSubject, Found } from './rule.ts';

const POLICY = {
  direction: 'annotate',
  categories: ['life-cycle'],
  effects: affects('breaks', 'none', 'none', 'none'),
  bump: 'none',
} as const;

/** The version says how much changed. */
export const version: ContractSubject = {
  on: 'contract',
  name: 'version',
  keys: ['version', 'major'],
  rules: [
    {
      ...POLICY,
      id: 'version-not-bumped',
      purpose: 'the contract changed and its version did not',
      why: 'Readers pin a version and trust that it stays what it was. A changed contract under the same number reaches them without any sign.',
      remedy: 'raise `version:` to the number that is needed',
      example: {
        before: 'tables:\n  orders:\n    columns:\n      id: int64\n',
        after: 'tables:\n  orders:\n    columns:\n      id: int64\n      note: string\n',
        around: { versions: ['1.4.0', '1.4.0'] },
      },
      opposite: { none: 'it says that the version stayed as it was, both ways' },
    },
    {
      ...POLICY,
      id: 'version-bump-too-small',
      purpose: 'the version was raised by less than the changes need',
      why: 'A minor version promises that readers go on working. One that breaks them makes every pinned `^1.4` a trap.',
      remedy: 'raise `version:` to the number that is needed, or take back the change that needs it',
      example: {
        before: 'tables:\n  orders:\n    columns:\n      id: int64\n      note: string\n',
        after: 'tables:\n  orders:\n    columns:\n      id: int64\n',
        around: { versions: ['1.4.0', '1.5.0'] },
      },
      opposite: { none: 'back again the version is lowered' },
    },
    {
      ...POLICY,
      id: 'version-decreased',
      purpose: 'the version is lower than before',
      why: 'Whoever picks the highest version gets the older contract, and a number that was given once may come to mean two things.',
      remedy: 'give the contract a version above the old one',
      example: {
        before: 'tables:\n  orders:\n    columns:\n      id: int64\n',
        after: 'tables:\n  orders:\n    columns:\n      id: int64\n',
        around: { versions: ['1.5.0', '1.4.0'] },
      },
      opposite: { none: 'a raised version is how it should be' },
    },
    {
      ...POLICY,
      id: 'version-bump-too-large',
      purpose: 'the version was raised by more than the changes need',
      why: 'A new major version makes every reader look for what breaks. Where nothing does, they learn to ignore it.',
      effects: affects('none', 'none', 'none', 'none'),
      remedy: 'a smaller step would do; leave it where more is to come',
      example: {
        before: 'tables:\n  orders:\n    columns:\n      id: int64\n',
        after: 'tables:\n  orders:\n    columns:\n      id: int64\n      note: string\n',
        around: { versions: ['1.4.0', '2.0.0'] },
      },
      opposite: { none: 'back again the version is lowered' },
    },
  ],
  // What the numbers mean depends on all other changes.
  compare: () => 'equal',
  conclude(context, changes) {
    if (context.policy.hasNoVersions) return [];
    const { old, new: now } = context.contract;
    const needed = largestBump(changes.map((change) => bumpOf(change, context)));
    const found = judge(old.version, now.version, changes, needed, context);
    // Nobody relies on a draft yet.
    return found ? [{ ...found, below: 'version', ...(old.status === 'draft' && { notice: true }) }] : [];
  },
};

function judge(
  old: string,
  now: string,
  changes: readonly Change[],
  needed: Bump,
  context: ConcludingContext,
): Found | undefined {
  const order = compareVersions(parseVersion(now), parseVersion(old));
  const needs = neededVersion(old, needed);
  // A waiver of a version dies when other changes need another one.
  const values = { before: old, after: `${now}, needs ${needs}` };
  if (order < 0) {
    return { rule: 'version-decreased', before: old, after: now, message: `the version goes back: ${old} → ${now}` };
  }
  if (!isEnough(old, now, needed)) {
    const cause = changes.find((change) => bumpOf(change, context) === needed);
    const reason = cause ? `: \`${cause.rule}\`${cause.path && ` at ${cause.path}`} is a ${needed} change` : '';
    const beside = newContract(context.contract.new.id, needs);
    const because = `${reason}${beside ? `; a breaking change goes into a new contract ${beside} beside it` : ''}`;
    const remedy = beside && { remedy: `put what breaks into a new contract ${beside} beside this one, not into it` };
    if (order > 0) {
      const message = `${old} → ${now}, needs ${needs}${because}`;
      return { rule: 'version-bump-too-small', ...values, message, ...remedy };
    }
    const notice = isDocumentation(changes, context);
    const message = `the version is still ${now}, needs ${needs}${because}`;
    return { rule: 'version-not-bumped', ...values, message, ...remedy, ...(notice && { notice }) };
  }
  return raisedTooFar(old, now, needed);
}

/** `shop.orders@2` where `shop.orders@1` would need 2.0.0: an id that names its major version cannot raise it. */
function newContract(id: string, needs: string): string | undefined {
  const [name, own] = id.split('@');
  const major = String(parseVersion(needs).major);
  return own === undefined || own === major ? undefined : `${name}@${major}`;
}

/**
 * A version may be raised by a patch for no change at all: a release is sometimes just done again. More than that says something to
 * readers that is not so.
 */
function raisedTooFar(old: string, now: string, needed: Bump): Found | undefined {
  const least = needed === 'none' ? 'patch' : needed;
  const raised = raisedBy(old, now);
  if (raised === undefined || !isLarger(raised, partOf(old, least))) return undefined;
  const enough = neededVersion(old, least);
  const message = `${old} → ${now}, ${enough} would be enough`;
  return { rule: 'version-bump-too-large', before: old, after: now, message, notice: true };
}

/** Whether changes only explain: then the same version may stand. */
export function isDocumentation(changes: readonly Change[], context: ConcludingContext): boolean {
  return changes.every(
    (change) =>
      bumpOf(change, context) === 'none' ||
      (bumpOf(change, context) === 'patch' && context.ruleOf(change.rule).direction === 'annotate'),
  );
}

export function bumpOf(change: Change, { ruleOf }: { ruleOf(id: string): ChangeRule }): Bump {
  return change.bump ?? ruleOf(change.rule).bump;
}
