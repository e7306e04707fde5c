import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadContracts } from '../../../src/contract/load.ts';
import type { ProjectSide } from '../../../src/diff/compare-projects.ts';
import { applyWaivers, type WaiverContext } from '../../../src/diff/waivers/apply-waivers.ts';
import { approversOf } from '../../../src/diff/waivers/approvers.ts';
import type { Waiver } from '../../../src/diff/waivers/waiver.ts';
import type { GateFinding } from '../../../src/model/gate.ts';
import { writeProject } from '../../support/project-folder.ts';

const contract = (id: string, accountable: string) => `contract: ${id}
version: 1.0.0
raci: { accountable: ${accountable} }
tables: { t: { location: t.csv, columns: { a: string } } }
`;

let before: ProjectSide;
let after: ProjectSide;

beforeAll(async () => {
  before = await side({
    'surety.yaml': `contracts: "contracts/**/*.yaml"
parties: { finance: { members: [fiona, cells] }, cells: { members: [carl, finance] }, growth: {}, sales: {}, other: {} }
`,
    'contracts/shop/orders.yaml': `${contract('shop.orders', 'sales')}consumers: { finance-close: { party: finance }, b: { party: growth } }
`,
    'contracts/gone.yaml': contract('gone', 'other'),
    'contracts/renamed.yaml': contract('old-name', 'growth'),
  });
  after = await side({
    'surety.yaml': `contracts: "contracts/**/*.yaml"
parties: { finance: { members: [mallory] }, cells: {}, growth: {}, sales: { members: [mallory] }, newcomer: { members: [nina] } }
`,
    'contracts/shop/orders.yaml': `${contract('shop.orders', 'newcomer')}consumers: { finance-close: { party: newcomer }, x: { party: newcomer } }
`,
    'contracts/renamed.yaml': contract('new-name', 'newcomer'),
    'contracts/added.yaml': contract('added', 'newcomer'),
  });
});

afterAll(() => Promise.all([before, after].map(({ project }) => rm(project.folder, { recursive: true, force: true }))));

async function side(files: Readonly<Record<string, string>>): Promise<ProjectSide> {
  const folder = await writeProject(files);
  const { project, contracts, diagnostics } = await loadContracts([], { cwd: folder, variables: {} });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return { project, contracts: contracts.map((each) => each.contract) };
}

const at = (file: string, line: number) => ({ file, line, column: 5, endLine: line, endColumn: 9 });

const finding = (parts: Partial<GateFinding> = {}): GateFinding => ({
  rule: 'column-removed',
  contract: 'shop.orders',
  path: 't.a',
  fingerprint: '3f9a1c04be72',
  severity: 'error',
  state: 'open',
  direction: 'loosen',
  effects: { sql: 'breaks', types: 'breaks', models: 'breaks', writers: 'warns' },
  concerns: 'readers',
  bump: 'major',
  message: 'the column is gone',
  lost: null,
  before: 'string',
  after: null,
  breaks: [],
  approvers: approversOf(parts.contract ?? 'shop.orders', parts.breaks ?? [], { old: before, new: after }),
  remedy: 'keep it',
  at: at('contracts/shop/orders.yaml', 4),
  was: null,
  related: [],
  waiver: null,
  live: null,
  ...parts,
});

const waiver = (parts: Partial<Waiver> = {}): Waiver => ({
  fingerprint: '3f9a1c04be72',
  rule: 'column-removed',
  path: 't.a',
  reason: 'both readers moved',
  approvedBy: 'sales',
  expires: '2026-12-31',
  at: at('contracts/waivers.yaml', 7),
  folder: join(after.project.folder, 'contracts'),
  ...parts,
});

const FINANCE = [{ name: 'finance-close', party: 'finance' }];

function apply(findings: readonly GateFinding[], waivers: readonly Waiver[], context: Partial<WaiverContext> = {}) {
  return applyWaivers(findings, waivers, { asOf: '2026-11-25', before, after, partial: false, ...context });
}

/** Of one finding and one waiver: the state, and what is said of the waiver. */
function outcome(of: GateFinding, by: Waiver, context: Partial<WaiverContext> = {}): string {
  const { findings, changes } = apply([of], [by], context);
  expect(findings[0]?.waiver === null).toBe(findings[0]?.state !== 'waived');
  return [findings[0]?.state, ...changes.map(({ rule }) => rule)].join(' ');
}

test('a waived finding stays, and says by what', () => {
  const other = finding({ fingerprint: '000000000001' });
  const { findings, changes } = apply([other, finding()], [waiver()]);
  expect(changes).toEqual([]);
  expect(findings).toEqual([
    other,
    {
      ...finding(),
      state: 'waived',
      waiver: {
        reason: 'both readers moved',
        approvedBy: 'sales',
        expires: '2026-12-31',
        days: 36,
        at: at('contracts/waivers.yaml', 7),
      },
    },
  ]);
});

test('what was found on live rows can be waived, what is safe needs no waiver and leaves it be', () => {
  expect(outcome(finding({ state: 'violated' }), waiver())).toBe('waived');
  expect(outcome(finding({ state: 'safe' }), waiver())).toBe('safe');
  expect(outcome(finding({ state: 'safe' }), waiver({ expires: '2026-01-01' }))).toBe('safe');
});

describe('expiry', () => {
  test('the last day counts, the day after does not', () => {
    const { findings } = apply([finding()], [waiver({ expires: '2026-11-25' })]);
    expect(findings[0]?.waiver?.days).toBe(0);
    expect(outcome(finding(), waiver({ expires: '2026-11-24' }))).toBe('open waiver-expired');
    expect(outcome(finding(), waiver({ expires: '2026-03-29' }), { asOf: '2026-03-28' })).toBe('waived');
  });

  test('is told at the entry', () => {
    const { changes } = apply([finding()], [waiver({ expires: '2026-11-24' })]);
    expect(changes).toEqual([
      {
        rule: 'waiver-expired',
        contract: 'shop.orders',
        path: 't.a',
        touches: { tables: [], columns: [] },
        before: null,
        after: '3f9a1c04be72 until 2026-11-24',
        message: 'the waiver of column-removed at t.a expired 1 day ago, on 2026-11-24',
        at: at('contracts/waivers.yaml', 7),
        related: [{ message: 'what it is about', at: at('contracts/shop/orders.yaml', 4) }],
        fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/),
      },
    ]);
  });

  test('what only warns does not block because of its waiver', () => {
    const { findings, changes } = apply([finding({ severity: 'warning' })], [waiver({ expires: '2026-11-24' })]);
    expect(findings[0]?.state).toBe('open');
    expect(changes).toMatchObject([{ rule: 'waiver-expired', notice: true }]);
  });
});

describe('approval', () => {
  test.each([
    ['finance', FINANCE, 'waived'],
    ['a member', FINANCE, 'waived', 'fiona'],
    ['a member of a member', FINANCE, 'waived', 'carl'],
    ['a member whom the change itself adds', FINANCE, 'open waiver-unapproved', 'mallory'],
    ['who is accountable, although a reader breaks', FINANCE, 'open waiver-unapproved', 'sales'],
    ['one of several readers', [...FINANCE, { name: 'b', party: 'growth' }], 'waived', 'growth'],
    ['no reader is broken: who was accountable', [], 'waived', 'sales'],
    ['no reader is broken: who is accountable from now on', [], 'open waiver-unapproved', 'newcomer'],
    ['no reader is broken: a reader', [], 'open waiver-unapproved', 'finance'],
    ['downstream names nobody: who was accountable', [{ name: 'daily', party: null }], 'waived', 'sales'],
    ['a party in other letters', FINANCE, 'open waiver-unapproved', 'Finance'],
  ] as const)('%s', (_, breaks, expected, approvedBy = 'finance') => {
    expect(outcome(finding({ breaks }), waiver({ approvedBy }))).toBe(expected);
  });

  test('of contracts that only one side has, and of the project', () => {
    const approvers = (id: string) => approversOf(id, [], { old: before, new: after });
    expect(approvers('gone')).toEqual(['other']);
    expect(approvers('added')).toEqual(['newcomer']);
    expect(approvers('new-name')).toEqual(['growth']);
    expect(approvers('nowhere')).toEqual([]);
    expect(approvers('')).toEqual(['growth', 'other', 'sales']);
  });

  test('a party or a member that the same change brings in', () => {
    expect(outcome(finding({ breaks: FINANCE }), waiver({ approvedBy: 'newcomer' }))).toBe('open waiver-unapproved');
    expect(outcome(finding({ breaks: FINANCE }), waiver({ approvedBy: 'mallory' }))).toBe('open waiver-unapproved');
    const undeclared = { ...before, project: { ...before.project, parties: undefined } } as unknown as ProjectSide;
    expect(outcome(finding(), waiver({ approvedBy: 'mallory' }), { before: undeclared })).toBe(
      'open waiver-unapproved',
    );
  });

  test('parties that nobody declares', () => {
    const bare = ({ project: { parties: _, ...project }, contracts }: ProjectSide) => ({ project, contracts });
    const context = { before: bare(before), after: bare(after) };
    expect(outcome(finding({ breaks: FINANCE }), waiver({ approvedBy: 'finance' }), context)).toBe('waived');
    expect(outcome(finding({ breaks: FINANCE }), waiver({ approvedBy: 'fiona' }), context)).toBe(
      'open waiver-unapproved',
    );
  });

  test('says who may', () => {
    const several = [...FINANCE, { name: 'b', party: 'growth' }];
    expect(apply([finding({ breaks: several })], [waiver({ approvedBy: 'bob' })]).changes).toMatchObject([
      {
        message: 'the waiver of column-removed at t.a is not approved: "bob" is none of the readers that it breaks',
        remedy: 'have it approved by "finance" or "growth"',
      },
    ]);
    expect(apply([finding({ contract: 'nowhere' })], [waiver({ approvedBy: 'bob' })]).changes).toMatchObject([
      {
        message: 'the waiver of column-removed at t.a is not approved: "bob" does not answer for it',
        remedy: 'nobody is registered who could approve it: mend the finding',
      },
    ]);
  });
});

describe('what is no waiver of the finding', () => {
  test('another rule, another path, or none', () => {
    expect(outcome(finding(), waiver({ rule: 'column-renamed' }))).toBe('open waiver-mismatched');
    expect(outcome(finding(), waiver({ path: 't.b' }))).toBe('open waiver-mismatched');
    expect(outcome(finding(), waiver({ path: '' }))).toBe('open waiver-mismatched');
    expect(outcome(finding({ path: '' }), waiver({ path: '' }))).toBe('waived');
    expect(apply([finding()], [waiver({ path: 't.b' })]).changes).toMatchObject([
      {
        path: 't.a',
        message:
          'the waiver is for column-removed at t.b, but 3f9a1c04be72 is the fingerprint of column-removed at t.a',
        remedy: 'write rule: column-removed path: t.a, if that is what was approved',
      },
    ]);
  });

  test('an entry beside other contracts', () => {
    const inFolder = (...parts: string[]) => waiver({ folder: join(after.project.folder, ...parts) });
    expect(outcome(finding(), inFolder('contracts', 'shop'))).toBe('waived');
    expect(outcome(finding(), inFolder())).toBe('waived');
    expect(outcome(finding(), inFolder('contracts', 'billing'))).toBe('open waiver-mismatched');
    const ofProject = finding({ contract: '' });
    expect(outcome(ofProject, inFolder())).toBe('waived');
    expect(outcome(ofProject, inFolder('contracts'))).toBe('open waiver-mismatched');
    // Of a contract that is gone the old folder may be anywhere.
    expect(outcome(finding({ contract: 'gone' }), { ...inFolder('x'), approvedBy: 'other' })).toBe('waived');
  });
});

describe('unused', () => {
  test('no finding, or one that is only a notice', () => {
    const { changes } = apply([], [waiver()]);
    expect(changes).toMatchObject([
      {
        rule: 'waiver-unused',
        contract: '',
        path: 't.a',
        message: 'the waiver of column-removed at t.a waives nothing: there is no such finding',
        at: at('contracts/waivers.yaml', 7),
      },
    ]);
    expect(changes[0]).not.toHaveProperty('related');
    expect(outcome(finding({ severity: 'info' }), waiver())).toBe('open waiver-unused');
    expect(apply([finding({ severity: 'info' })], [waiver()]).changes).toMatchObject([
      { contract: 'shop.orders', message: expect.stringMatching(/the finding is only a notice$/) },
    ]);
  });

  test('the change is another one now', () => {
    expect(apply([finding({ fingerprint: '000000000001' })], [waiver()]).changes).toMatchObject([
      {
        message: 'the waiver of column-removed at t.a waives nothing: the change is another one now',
        remedy: 'remove it, or have 000000000001 approved in its place',
      },
    ]);
  });

  test('means nothing where only a part is compared', () => {
    expect(apply([], [waiver()], { partial: true }).changes).toEqual([]);
    expect(outcome(finding(), waiver({ expires: '2026-01-01' }), { partial: true })).toBe('open waiver-expired');
  });
});

test('each record has a fingerprint of its own', () => {
  const waivers = ['000000000001', '000000000002'].map((fingerprint) => waiver({ fingerprint }));
  const { changes } = apply([], waivers);
  expect(new Set(changes.map(({ fingerprint }) => fingerprint)).size).toBe(2);
});
