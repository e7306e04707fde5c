import { compareVersions, parseVersion } from '../../util/semver.ts';
import { largestBump, neededVersion } from '../parts/needed-version.ts';
import { affects } from './affects.ts';
import type { ContractSubject } from './rule.ts';
import { bumpOf, isDocumentation } from './version.ts';

/** One number stands for one content: looks at the tip of the branch, since two equal bumps merge without a conflict. */
export const versionContent: ContractSubject = {
  on: 'contract',
  name: 'version-content',
  keys: [],
  foundBy: 'gate',
  rules: [
    {
      id: 'version-content-mutated',
      purpose: 'the branch that is merged into has this version already, with another content',
      why: 'Two branches raised the version to the same number for different changes, and git merges that without a conflict. Readers who have that version would get another contract under the same name.',
      direction: 'incomparable',
      categories: ['life-cycle'],
      effects: affects('breaks', 'breaks', 'breaks', 'breaks'),
      // The number has to move, but not by more than the changes themselves need.
      bump: 'none',
      remedy: 'merge the branch first, then raise the version above the one that it has',
      example: {
        before: 'tables:\n  orders:\n    columns:\n      id: int64\n      note: string\n',
        after: 'tables:\n  orders:\n    columns:\n      id: int64\n      channel: string\n',
        around: { versions: ['1.5.0', '1.5.0'] },
      },
      opposite: { none: 'both sides have the same number, so it is the same finding both ways' },
    },
  ],
  conclude(context) {
    const { contract, tip } = context;
    const now = contract.new.version;
    if (!tip || !isSame(now, tip.contract.version) || isSame(now, contract.old.version)) return [];
    if (isDocumentation(tip.changes, context)) return [];
    const needs = neededVersion(now, largestBump(tip.changes.map((change) => bumpOf(change, context))));
    const paths = [...new Set(tip.changes.filter(({ path }) => path !== 'version').map(({ path }) => path))];
    const shown = paths.slice(0, 3).map((path) => path || 'the contract');
    const more = paths.length > shown.length ? ` and ${paths.length - shown.length} more` : '';
    return [
      {
        rule: 'version-content-mutated',
        below: 'version',
        before: tip.contract.version,
        after: `${now}, needs ${needs}`,
        message: `${now} is on the branch already and says something else there about ${shown.join(', ')}${more}: needs ${needs}`,
        was: tip.contract.at,
        ...(tip.contract.status === 'draft' && { notice: true }),
      },
    ];
  },
};

function isSame(left: string, right: string): boolean {
  return compareVersions(parseVersion(left), parseVersion(right)) === 0;
}
