import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { GateFinding, GateResult } from '../../src/model/gate.ts';
import { buildOnce, surety } from '../support/cli.ts';
import {
  clone,
  GIT_VARIABLES,
  type GitFolder,
  gitRepository,
  runLine,
  temporaryFolder,
} from '../support/git-repository.ts';

beforeAll(buildOnce);

interface Parts {
  readonly id?: string;
  readonly version?: string;
  readonly columns?: readonly string[];
  readonly more?: string;
}

/** A contract with one table of text columns. */
function contract({ id = 'shop.orders', version = '1.0.0', columns = ['id', 'email'], more = '' }: Parts = {}): string {
  const lines = columns.map((name) => `      ${name}: string\n`).join('');
  return `contract: ${id}\nversion: ${version}\nraci: { accountable: sales }\n${more}tables:\n  orders:\n    columns:\n${lines}`;
}

/** main with one contract, and a branch of it checked out. */
async function branched(text = contract()): Promise<GitFolder> {
  const repository = await gitRepository();
  await repository.commit({ 'contracts/orders.yaml': text });
  repository.git('switch', '--quiet', '--create', 'feature');
  return repository;
}

/** Runs the gate and gives what it prints as JSON. */
async function gate(folder: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const ended = await surety(folder, ['breaking', '--output', 'json', ...args], { ...GIT_VARIABLES, ...env });
  if (!ended.stdout.startsWith('{')) throw new Error(ended.stderr);
  const result = JSON.parse(ended.stdout) as GateResult;
  return { ...ended, result, findings: result.contracts.flatMap((each) => each.findings) };
}

const short = (findings: readonly GateFinding[]) => findings.map(({ rule, path, state }) => `${rule} ${path} ${state}`);

describe('against git', () => {
  test('a column that a branch removes is refused, with the line and the old one', async () => {
    const { folder, write } = await branched();
    await write({ 'contracts/orders.yaml': contract({ version: '2.0.0', columns: ['id'] }) });
    const { code, findings, result } = await gate(folder);
    expect(code).toBe(1);
    expect(short(findings)).toEqual(['column-removed orders.email open']);
    expect(findings[0]?.at).toMatchObject({ file: 'contracts/orders.yaml', line: 7 });
    expect(findings[0]?.was?.file).toMatch(/^[0-9a-f]{7}:contracts\/orders\.yaml$/);
    expect(findings[0]?.was?.line).toBe(8);
    expect(result.before.label).toMatch(/^merge base with main [0-9a-f]{7}$/);
  });

  test('what main gained after the branch point is no finding, and a rebase changes nothing', async () => {
    const repository = await branched();
    const { folder, git } = repository;
    await repository.commit({
      'contracts/orders.yaml': contract({ version: '1.1.0', columns: ['id', 'email', 'note'] }),
    });
    git('switch', '--quiet', 'main');
    await repository.commit({ 'contracts/other.yaml': contract({ id: 'shop.other' }) });
    git('switch', '--quiet', 'feature');
    const first = await gate(folder);
    expect([first.code, short(first.findings)]).toEqual([0, ['column-added orders.note open']]);
    git('rebase', '--quiet', 'main');
    const rebased = await gate(folder);
    expect([rebased.code, rebased.findings.map(({ fingerprint }) => fingerprint)]).toEqual([
      0,
      first.findings.map(({ fingerprint }) => fingerprint),
    ]);
  });

  test('two equal bumps merge without a conflict: the tip is looked at for that alone', async () => {
    const repository = await branched();
    const { folder, git } = repository;
    await repository.commit({
      'contracts/orders.yaml': contract({ version: '1.1.0', columns: ['id', 'email', 'note'] }),
    });
    git('switch', '--quiet', 'main');
    await repository.commit({
      'contracts/orders.yaml': contract({ version: '1.1.0', columns: ['id', 'email', 'city'] }),
    });
    git('switch', '--quiet', 'feature');
    const { code, findings } = await gate(folder);
    expect(short(findings).sort()).toEqual(['column-added orders.note open', 'version-content-mutated version open']);
    expect(code).toBe(1);
  });

  test('a deleted contract is found, by itself and by its path', async () => {
    const repository = await branched();
    await repository.commit({ 'contracts/orders.yaml': null, 'contracts/other.yaml': contract({ id: 'shop.other' }) });
    const whole = await gate(repository.folder);
    expect(short(whole.findings).sort()).toEqual(['contract-added  open', 'contract-removed  open']);
    expect(whole.code).toBe(1);
    const alone = await gate(repository.folder, ['contracts/orders.yaml']);
    expect(short(alone.findings)).toEqual(['contract-removed  open']);
    expect(alone.result.diagnostics).toEqual([]);
    const last = await branched();
    await last.commit({ 'contracts/orders.yaml': null });
    const none = await gate(last.folder);
    expect([none.code, short(none.findings)]).toEqual([1, ['contract-removed  open']]);
  });

  test('a moved or renamed file is no change', async () => {
    const repository = await branched();
    await mkdir(join(repository.folder, 'contracts/sales'));
    repository.git('mv', 'contracts/orders.yaml', 'contracts/sales/o.yaml');
    const { code, findings, stdout } = await gate(repository.folder);
    expect([code, findings]).toEqual([0, []]);
    expect(stdout).toContain('"contract": "shop.orders"');
  });

  test('a folder, or a whole project, that is moved does not make its contracts look new', async () => {
    const repository = await branched();
    await repository.write({
      'contracts/orders.yaml': null,
      'data/contracts/orders.yaml': contract({ version: '2.0.0', columns: ['id'] }),
    });
    const folder = await gate(join(repository.folder, 'data'));
    expect([folder.code, short(folder.findings)]).toEqual([1, ['column-removed orders.email open']]);
    const project = await gitRepository();
    await project.commit({
      'old/surety.yaml': 'contracts: "*.yaml"\n',
      'old/orders.yaml': contract(),
      'old/people.yaml': contract({ id: 'crm.people' }),
    });
    await project.write({
      'old/surety.yaml': null,
      'old/orders.yaml': null,
      'old/people.yaml': null,
      'new/surety.yaml': 'contracts: "*.yaml"\n',
      'new/orders.yaml': contract({ version: '2.0.0', columns: ['id'] }),
    });
    const moved = await gate(join(project.folder, 'new'));
    expect(short(moved.findings).sort()).toEqual(['column-removed orders.email open', 'contract-removed  open']);
  });

  test('files beside a contract that moves are others, unless it says so', async () => {
    const text = (location: string) => contract().replace('  orders:\n', `  orders:\n    location: ${location}\n`);
    const repository = await branched(text('data/o.csv'));
    await repository.write({ 'contracts/orders.yaml': null, 'contracts/sales/orders.yaml': text('data/o.csv') });
    const left = await gate(repository.folder);
    expect(short(left.findings)).toContain('location-changed orders.location open');
    await repository.write({ 'contracts/sales/orders.yaml': text('../data/o.csv') });
    expect((await gate(repository.folder)).findings).toEqual([]);
  });

  test('in a subdirectory, in a worktree, and with contracts in several folders', async () => {
    const repository = await gitRepository();
    await repository.commit({
      'data/surety.yaml': 'contracts: ["sales/*.yaml", "crm/*.yaml"]\n',
      'data/sales/orders.yaml': contract(),
      'data/crm/people.yaml': contract({ id: 'crm.people' }),
    });
    const edit = {
      'data/sales/orders.yaml': contract({ version: '2.0.0', columns: ['id'] }),
      'data/crm/people.yaml': contract({ id: 'crm.people', version: '2.0.0', columns: ['email'] }),
    };
    await repository.write(edit);
    const expected = ['column-removed orders.id open', 'column-removed orders.email open'].sort();
    for (const at of ['data', 'data/crm']) {
      const { findings } = await gate(join(repository.folder, at));
      expect(short(findings).sort()).toEqual(expected);
    }
    const worktree = join(await temporaryFolder(), 'tree');
    repository.git('worktree', 'add', '--quiet', worktree);
    const clean = await gate(join(worktree, 'data'));
    expect([clean.code, clean.findings, clean.result.contracts.length]).toEqual([0, [], 2]);
  });

  test('the new side from a ref too', async () => {
    const repository = await branched();
    await repository.commit({ 'contracts/orders.yaml': contract({ version: '2.0.0', columns: ['id'] }) });
    repository.git('switch', '--quiet', 'main');
    const { code, findings } = await gate(repository.folder, ['--ref', 'feature']);
    expect([code, short(findings)]).toEqual([1, ['column-removed orders.email open']]);
  });

  test('a shallow clone gets the command that fetches, and it works', async () => {
    const repository = await branched();
    await repository.commit({ 'contracts/orders.yaml': contract({ version: '2.0.0', columns: ['id'] }) });
    const here = await clone(repository, '--depth', '1', '--branch', 'feature');
    const refused = await gate(here.folder, ['--against', 'origin/main']);
    expect(refused.code).toBe(3);
    const [problem] = refused.result.diagnostics;
    const [, command = ''] = /`(git fetch [^`]+)`/.exec(problem?.hint ?? '') ?? [];
    runLine(command, here.folder);
    const { code, findings } = await gate(here.folder, ['--against', 'origin/main']);
    expect([code, short(findings)]).toEqual([1, ['column-removed orders.email open']]);
  });

  test('what names nothing gets the list of what is accepted', async () => {
    const { folder } = await branched();
    const { code, result } = await gate(folder, ['--against', 'nonsense']);
    expect(code).toBe(2);
    expect(result.diagnostics[0]).toMatchObject({ message: '"nonsense" is nothing to compare with' });
    expect(result.diagnostics[0]?.hint).toMatch(/a file, a folder, a branch, a tag or a commit/);
    const elsewhere = await temporaryFolder();
    expect((await gate(elsewhere, ['--against', 'nonsense'])).code).toBe(2);
    expect((await gate(elsewhere)).code).toBe(3);
  });

  test('nobody is compared with himself: a file of the name of a branch, nothing at all, what is checked', async () => {
    const { folder, write } = await branched();
    const loosened = contract({ version: '2.0.0', columns: ['id'] });
    await write({ 'contracts/orders.yaml': loosened, 'main/contracts/orders.yaml': loosened });
    for (const source of ['main', '', 'contracts', 'contracts/orders.yaml']) {
      const { code, result } = await gate(folder, [`--against=${source}`]);
      expect([source, code, result.diagnostics.map((each) => each.code)]).toEqual([source, 2, ['gate/unknown-side']]);
    }
    expect((await gate(folder, ['--against', 'git:main'])).code).toBe(1);
    // A branch that is not in this clone would be found among the files of the change.
    const { code } = await gate(folder, ['--against', 'main/contracts', '--untrusted']);
    expect(code).toBe(2);
  });

  test('an old version that cannot be read is told with its commit and line, and the others are compared', async () => {
    const repository = await gitRepository();
    await repository.commit({
      'contracts/orders.yaml': contract().replace('version: 1.0.0', 'version: one'),
      'contracts/people.yaml': contract({ id: 'crm.people' }),
    });
    await repository.write({
      'contracts/orders.yaml': contract(),
      'contracts/people.yaml': contract({ id: 'crm.people', version: '2.0.0', columns: ['id'] }),
    });
    const { code, result, findings } = await gate(repository.folder);
    expect(code).toBe(3);
    expect(short(findings)).toEqual(['column-removed orders.email open']);
    expect(result.diagnostics.map(({ code: each, at }) => [each, at?.line])).toEqual([['gate/unreadable-base', 2]]);
    expect(result.diagnostics[0]?.at?.file).toMatch(/^[0-9a-f]{7}:contracts\/orders\.yaml$/);
  });

  test('a new version that is invalid is no removal', async () => {
    const { folder, write } = await branched();
    await write({ 'contracts/orders.yaml': contract({ version: 'two' }) });
    const { code, findings } = await gate(folder);
    expect([code, findings]).toEqual([2, []]);
  });
});

describe('policy', () => {
  const closed = 'readers: closed\nconsumers: { bi: { party: bi-team, uses: [orders.id] } }\n';

  test('with closed readers, what nobody uses may go; --strict counts everybody', async () => {
    const { folder, write } = await branched(contract({ more: closed }));
    await write({ 'contracts/orders.yaml': contract({ version: '2.0.0', columns: ['id'], more: closed }) });
    const free = await gate(folder);
    expect([free.code, free.findings.map(({ severity, rule }) => `${severity} ${rule}`)]).toEqual([
      0,
      ['warning column-removed'],
    ]);
    expect((await gate(folder, ['--strict'])).code).toBe(1);
  });

  test('a finding lists who breaks, those of the old version included', async () => {
    const { folder, write } = await branched(
      contract({
        more: 'consumers: { bi: { party: bi-team, uses: [orders.email] }, ml: { party: science, uses: [orders.id] } }\n',
      }),
    );
    await write({ 'contracts/orders.yaml': contract({ version: '2.0.0', columns: ['id'] }) });
    const { findings } = await gate(folder);
    const removed = findings.find(({ rule }) => rule === 'column-removed');
    expect(removed?.breaks).toEqual([{ name: 'bi', party: 'bi-team' }]);
  });

  test('severities and the profile of surety.yaml, and a rule that is not there', async () => {
    const { folder, write } = await branched();
    await write({ 'contracts/orders.yaml': contract({ version: '1.1.0', columns: ['id', 'email', 'note'] }) });
    await write({ 'surety.yaml': 'gate: { rules: { column-added: error } }\n' });
    expect((await gate(folder)).code).toBe(1);
    await write({ 'surety.yaml': 'gate: { rules: { column-added: off } }\n' });
    const off = await gate(folder);
    expect(off.findings.map(({ rule }) => rule)).not.toContain('column-added');
    await write({ 'surety.yaml': 'gate: { rules: { column-aded: off } }\n' });
    const slip = await gate(folder);
    expect(slip.code).toBe(2);
    expect(slip.result.diagnostics[0]).toMatchObject({ code: 'gate/unknown-rule', at: { line: 1 } });
    expect(slip.result.diagnostics[0]?.hint).toContain('column-added');
  });

  test('a draft at the base gives notices only', async () => {
    const draft = (parts: Parts) => contract(parts).replace('raci: { accountable: sales }', 'status: draft');
    const { folder, write } = await branched(draft({}));
    await write({ 'contracts/orders.yaml': contract({ columns: ['id'] }) });
    const { code, findings } = await gate(folder);
    expect(code).toBe(0);
    expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(['info']));
    expect(findings.map(({ rule }) => rule)).toContain('column-removed');
  });

  test('removal on the sunset day passes, and the day before does not', async () => {
    const more = [
      'id: string',
      'email: { type: string, deprecated: { since: 1.0.0, sunset: 2026-06-01, replacedBy: id } }',
    ];
    const text = contract({ columns: [] }) + more.map((line) => `      ${line}\n`).join('');
    const { folder, write } = await branched(text);
    await write({ 'contracts/orders.yaml': contract({ version: '2.0.0', columns: ['id'] }) });
    const before = await gate(folder, ['--as-of', '2026-05-31']);
    expect([before.code, short(before.findings)]).toEqual([1, ['column-removed-before-sunset orders.email open']]);
    expect(before.findings[0]?.message).toMatch(/1 day/);
    expect((await gate(folder, ['--as-of', '2026-06-01'])).code).toBe(0);
  });

  test('a policy that is weakened in the same change is a finding, which the new policy cannot turn off', async () => {
    const repository = await gitRepository();
    await repository.commit({ 'contracts/orders.yaml': contract(), 'surety.yaml': 'gate: { profile: full }\n' });
    await repository.write({ 'surety.yaml': 'gate: { profile: schema, rules: { gate-policy-weakened: off } }\n' });
    const { code, findings } = await gate(repository.folder);
    expect(code).toBe(1);
    expect(findings.map(({ rule, at }) => `${rule} ${at?.file}`)).toContain('gate-policy-weakened surety.yaml');
  });

  test('the policy cannot be shed by a surety.yaml further down, nor by moving the project', async () => {
    const repository = await gitRepository();
    const policy = 'gate: { profile: full, rules: { column-added: error } }\n';
    await repository.commit({ 'contracts/orders.yaml': contract(), 'surety.yaml': policy });
    const next = contract({ version: '1.1.0', columns: ['id', 'email', 'note'] });
    await repository.write({
      'contracts/surety.yaml': 'contracts: "*.yaml"\ngate: {}\n',
      'contracts/orders.yaml': next,
    });
    for (const args of [['contracts'], ['--untrusted', 'contracts']]) {
      const nested = await gate(repository.folder, args);
      expect([nested.code, nested.findings.map(({ rule }) => rule)]).toEqual([
        1,
        expect.arrayContaining(['gate-policy-weakened']),
      ]);
    }
    await repository.write({
      'contracts/surety.yaml': null,
      'contracts/orders.yaml': null,
      'surety.yaml': null,
      'sub/surety.yaml': 'gate: { profile: schema }\n',
      'sub/contracts/orders.yaml': next,
    });
    const moved = await gate(join(repository.folder, 'sub'));
    expect([moved.code, moved.findings.map(({ rule }) => rule)]).toEqual([
      1,
      expect.arrayContaining(['gate-policy-weakened']),
    ]);
    const quiet = await gate(join(repository.folder, 'sub'), ['--untrusted']);
    expect(quiet.findings.map(({ rule }) => rule)).toContain('gate-policy-weakened');
  });

  test('a pull request from a fork is judged by the policy and the waivers of the base', async () => {
    const repository = await branched();
    const event = join(await temporaryFolder(), 'event.json');
    await repository.write({
      'contracts/orders.yaml': contract({ version: '2.0.0', columns: ['id'] }),
      'surety.yaml': 'gate: { rules: { column-removed: off } }\n',
    });
    const repositories = { head: { repo: { full_name: 'a/fork' } }, base: { repo: { full_name: 'b/it' } } };
    await writeFile(event, JSON.stringify({ pull_request: repositories }));
    const env = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_EVENT_PATH: event };
    expect((await gate(repository.folder, [], env)).code).toBe(1);
  });
});

describe('diff', () => {
  async function difference(folder: string, ...args: readonly string[]) {
    const ended = await surety(folder, ['diff', '--output', 'json', ...args], GIT_VARIABLES);
    const result = JSON.parse(ended.stdout) as GateResult;
    return { ...ended, result, findings: result.contracts.flatMap((each) => each.findings) };
  }

  test('shows everything and refuses nothing: files, folders and refs', async () => {
    const repository = await branched();
    await repository.write({
      'contracts/orders.yaml': contract({ version: '2.0.0', columns: ['id'] }),
      'old/contracts/orders.yaml': contract(),
      'v2.yaml': contract({ id: 'shop.orders@2', version: '2.0.0', columns: ['id'] }),
    });
    const expected = [0, ['column-removed orders.email open']];
    for (const args of [
      [],
      ['main'],
      ['git:main', 'contracts'],
      ['old', 'contracts'],
      ['old/contracts/orders.yaml', 'contracts/orders.yaml'],
      ['HEAD', 'contracts/orders.yaml'],
    ]) {
      const { code, findings } = await difference(repository.folder, ...args);
      expect([code, short(findings)], args.join(' ')).toEqual(expected);
    }
    const { findings } = await difference(repository.folder, 'old/contracts/orders.yaml', 'v2.yaml');
    expect(short(findings).sort()).toEqual(['column-removed orders.email open', 'contract-id-changed contract open']);
  });
});

describe('the commands about rules', () => {
  test('rules and explain, as text and as JSON', async () => {
    const folder = await temporaryFolder();
    const list = await surety(folder, ['rules', '--output', 'json']);
    const { rules } = JSON.parse(list.stdout) as { rules: readonly { id: string }[] };
    expect(rules.length).toBeGreaterThan(100);
    const text = await surety(folder, ['rules']);
    for (const { id } of rules) expect(text.stdout).toContain(`  ${id} `);
    const page = await surety(folder, ['explain', 'column-removed']);
    expect(page.stdout).toMatch(/^column-removed: .*\n/);
    expect(page.stdout).toMatch(/^fix: /m);
    const json = await surety(folder, ['explain', 'column-removed', '--output', 'json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ format: 1, rule: { id: 'column-removed', bump: 'major' } });
    const slip = await surety(folder, ['explain', 'column-removd']);
    expect([slip.code, slip.stderr]).toEqual([2, expect.stringContaining('did you mean column-removed?')]);
  });
});

test('several outputs at once, whole or not at all', async () => {
  const { folder, write } = await branched();
  await write({ 'contracts/orders.yaml': contract({ version: '2.0.0', columns: ['id'] }) });
  const args = ['breaking', '--output', 'text', '--output', 'sarif=gate.sarif', '--output', 'markdown=comment.md'];
  const { code, stdout } = await surety(folder, args, GIT_VARIABLES);
  expect(code).toBe(1);
  expect(stdout).toContain('column-removed orders.email');
  expect(JSON.parse(readFileSync(join(folder, 'gate.sarif'), 'utf8'))).toMatchObject({ version: '2.1.0' });
  expect(readFileSync(join(folder, 'comment.md'), 'utf8')).toMatch(/^<!-- surety:gate /);
  expect(existsSync(join(folder, 'gate.sarif.tmp'))).toBe(false);
});
