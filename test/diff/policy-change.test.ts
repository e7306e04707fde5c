import { expect, test } from 'vitest';
import { policyChanges } from '../../src/diff/policy-change.ts';
import { findProject } from '../../src/project/load-project.ts';
import type { Project } from '../../src/project/project.ts';
import { projectFolder } from '../support/project-folder.ts';

async function project(text: string): Promise<Project> {
  const folder = await projectFolder({ 'surety.yaml': text });
  const found = await findProject(folder, { variables: {} });
  expect(found.diagnostics).toEqual([]);
  return found.project;
}

async function changes(old: string, now: string) {
  const pair = { old: await project(old), new: await project(now) };
  return policyChanges(pair, (rule) => (rule === 'freshness-loosened' ? 'error' : 'warning'));
}

test.each<readonly [string, string, string, readonly string[]]>([
  ['nothing changed', 'gate: { profile: consumer }', 'gate: {}', []],
  ['full to consumer', 'gate: { profile: full }', 'x-a: 1', ['gate.profile full → consumer']],
  ['consumer to schema', 'x-a: 1', 'gate: { profile: schema }', ['gate.profile consumer → schema']],
  ['schema to full', 'gate: { profile: schema }', 'gate: { profile: full }', []],
  ['a shorter notice', 'gate: { minSunset: 90d }', 'gate: { minSunset: 30d }', ['gate.minSunset 90d → 30d']],
  ['no notice', 'gate: { minSunset: 24h }', 'gate: {}', ['gate.minSunset 1d → null']],
  ['the same notice', 'gate: { minSunset: 14d }', 'gate: { minSunset: 2w }', []],
  ['a longer notice, or one at all', 'gate: { minSunset: 14d }', 'gate: { minSunset: 15d }', []],
  ['a first notice', 'gate: {}', 'gate: { minSunset: 15d }', []],
  [
    'severities',
    'gate: { rules: { freshness-loosened: warn, freshness-tightened: error, waiver-unused: info } }',
    'gate: { rules: { freshness-loosened: off, waiver-unused: warn } }',
    ['gate.rules.freshness-loosened warning → off', 'gate.rules.freshness-tightened error → warning'],
  ],
  [
    'less than without a word',
    'gate: {}',
    'gate: { rules: { freshness-loosened: info, freshness-tightened: warn } }',
    ['gate.rules.freshness-loosened error → info'],
  ],
  ['a rule that is not there', 'gate: { rules: { nothing: error } }', 'gate: { rules: { nothing: off } }', []],
])('%s', async (_, old, now, expected) => {
  const found = await changes(old, now);
  expect(found.map(({ path, before, after }) => `${path} ${before} → ${after}`)).toEqual(expected);
  for (const { rule, contract, message } of found) {
    expect([rule, contract]).toEqual(['gate-policy-weakened', '']);
    expect(message).toMatch(/^[^A-Z].*[^.]$/);
  }
});

test('the place is the key, or what is left around it', async () => {
  const old = 'gate:\n  profile: full\n  minSunset: 90d\n  rules:\n    freshness-loosened: error\n';
  const found = await changes(old, '# ours\ngate:\n  rules:\n    freshness-loosened: off\n  profile: schema\n');
  expect(found.map(({ path, at, was }) => [path, at?.line, at?.column, was?.line])).toEqual([
    ['gate.profile', 5, 3, 2],
    ['gate.minSunset', 2, 1, 3],
    ['gate.rules.freshness-loosened', 4, 5, 5],
  ]);
  const empty = await changes(old, 'x-a: 1\n');
  expect(empty.map(({ at }) => at?.line)).toEqual([1, 1]);
});

test('a surety.yaml that is gone', async () => {
  const folder = await projectFolder({ 'a.yaml': '' });
  const { project: none } = await findProject(folder, { variables: {} });
  const found = policyChanges({ old: await project('gate: { profile: full }'), new: none }, () => 'error');
  expect(found).toMatchObject([{ path: 'gate.profile', before: 'full', after: 'consumer' }]);
  expect(found[0]).not.toHaveProperty('at');
});
