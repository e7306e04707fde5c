import { describe, expect, test } from 'vitest';
import { loadContracts } from '../../src/contract/load.ts';
import { compareProjects, type ProjectSide } from '../../src/diff/compare-projects.ts';
import { isEnough, neededVersion } from '../../src/diff/parts/needed-version.ts';
import { compareVersions, parseVersion } from '../../src/util/semver.ts';
import { projectFolder } from '../support/project-folder.ts';

async function side(version: string, columns: string, more = 'raci: { accountable: owner }'): Promise<ProjectSide> {
  const text = `contract: shop\nversion: ${version}\n${more}\ntables: { orders: { columns: { ${columns} } } }\n`;
  const cwd = await projectFolder({ 'contracts/shop.yaml': text });
  const { contracts, project, diagnostics } = await loadContracts([], { cwd, variables: {} });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { project, contracts: contracts.map(({ contract }) => contract) };
}

async function found(base: ProjectSide, head: ProjectSide, tip?: ProjectSide) {
  const [compared] = compareProjects(base, head, { asOf: '2026-11-25' }, tip);
  return (compared?.changes ?? []).filter(({ rule }) => rule.startsWith('version-'));
}

describe('the same version for two contents', () => {
  test('two branches that both made it 1.1.0', async () => {
    const [base, tip, head] = await Promise.all([
      side('1.0.0', 'id: int64'),
      side('1.1.0', 'id: int64, theirs: string'),
      side('1.1.0', 'id: int64, ours: string'),
    ]);
    const [change, ...others] = await found(base, head, tip);
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      rule: 'version-content-mutated',
      path: 'version',
      before: '1.1.0',
      after: '1.1.0, needs 2.0.0',
      message:
        '1.1.0 is on the branch already and says something else there about orders.theirs, orders.ours: needs 2.0.0',
    });
    expect(change?.notice).toBeUndefined();
  });

  test.each<readonly [string, readonly [string, string], readonly [string, string], readonly [string, string]]>([
    ['the branch has moved on', ['1.0.0', 'id: int64'], ['1.1.0', 'id: int64, a: string'], ['1.0.0', 'id: int64']],
    ['the same content', ['1.0.0', 'id: int64'], ['1.1.0', 'id: int64, a: string'], ['1.1.0', 'id: int64, a: string']],
    [
      'another number',
      ['1.0.0', 'id: int64'],
      ['1.1.0', 'id: int64, a: string'],
      ['1.2.0', 'id: int64, a: string, b: string'],
    ],
    [
      'other words only',
      ['1.0.0', 'id: int64'],
      ['1.0.1', 'id: { type: int64, description: A. }'],
      ['1.0.1', 'id: { type: int64, description: B. }'],
    ],
    [
      'the branch changed without another number',
      ['1.0.0', 'id: int64'],
      ['1.0.0', 'id: int64, a: string'],
      ['1.0.0', 'id: int64'],
    ],
    ['builds are no version', ['1.0.0+a', 'id: int64'], ['1.0.0+b', 'id: int64'], ['1.0.0+b', 'id: int64']],
  ])('%s: nothing', async (_, base, tip, head) => {
    const sides = await Promise.all([base, head, tip].map(([version, columns]) => side(version, columns)));
    const rules = (await found(...(sides as [ProjectSide, ProjectSide, ProjectSide]))).map(({ rule }) => rule);
    expect(rules).not.toContain('version-content-mutated');
  });

  test('a draft on the branch', async () => {
    const [base, tip, head] = await Promise.all([
      side('1.0.0', 'id: int64', 'status: draft'),
      side('1.1.0', 'id: int64, theirs: string', 'status: draft'),
      side('1.1.0', 'id: int64, ours: string', 'status: draft'),
    ]);
    expect(await found(base, head, tip)).toMatchObject([{ rule: 'version-content-mutated', notice: true }]);
  });
});

test('the version of what was a draft is a notice', async () => {
  const draft = await side('1.0.0', 'id: int64', 'status: draft');
  const active = await side('1.0.0', 'id: int64, note: string');
  expect(await found(draft, active)).toMatchObject([{ rule: 'version-not-bumped', notice: true }]);
  expect((await found(active, draft)).map(({ notice }) => notice)).toEqual([undefined]);
});

test('docs under the same version are a notice, anything else is none', async () => {
  const [plain, words, more] = await Promise.all([
    side('1.0.0', 'id: int64'),
    side('1.0.0', 'id: { type: int64, description: The number. }'),
    side('1.0.0', 'id: int64, note: string'),
  ]);
  expect(await found(plain, words)).toMatchObject([{ rule: 'version-not-bumped', notice: true }]);
  expect((await found(plain, more)).map(({ notice }) => notice)).toEqual([undefined]);
});

test.each([
  ['1.4.2', 'major', '2.0.0'],
  ['1.4.2', 'minor', '1.5.0'],
  ['1.4.2', 'patch', '1.4.3'],
  ['1.4.2', 'none', '1.4.2'],
  ['0.4.2', 'major', '0.5.0'],
  ['0.4.2', 'minor', '0.4.3'],
  ['0.4.2', 'patch', '0.4.3'],
  ['2.0.0-rc.1', 'major', '2.0.0-rc.2'],
  ['2.0.0-rc', 'minor', '2.0.0-rc.1'],
  ['1.4.2+build', 'patch', '1.4.3'],
  ['1.5.0-rc.1', 'major', '2.0.0'],
  ['1.5.0-rc.1', 'minor', '1.5.0-rc.2'],
  ['1.5.1-rc.1', 'minor', '1.6.0'],
  ['1.5.1-rc.1', 'patch', '1.5.1-rc.2'],
  ['0.5.0-rc.1', 'major', '0.5.0-rc.2'],
  ['0.5.1-rc.1', 'major', '0.6.0'],
  ['0.5.1-rc.1', 'minor', '0.5.1-rc.2'],
  ['1.0.0-alpha', 'major', '1.0.0-alpha.1'],
] as const)('%s and a %s change need %s', (old, bump, needed) => {
  expect(neededVersion(old, bump)).toBe(needed);
  expect(isEnough(old, needed, bump)).toBe(true);
});

test('versions are in the order of semver 2.0', () => {
  const order = '1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0';
  const versions = order.split(' ').map(parseVersion);
  expect(versions.toReversed().toSorted(compareVersions)).toEqual(versions);
  expect(compareVersions(parseVersion('1.0.0+a'), parseVersion('1.0.0+b'))).toBe(0);
});
