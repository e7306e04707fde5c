import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadContracts } from '../../src/contract/load.ts';
import { compareProjects, type ProjectSide } from '../../src/diff/compare-projects.ts';
import { SUBJECTS } from '../../src/diff/rules/index.ts';
import type { Contract } from '../../src/model/contract.ts';
import { ROOT } from '../support/cli.ts';
import { MEMORY_ROOT, memoryFiles } from '../support/memory-files.ts';

const REFERENCE = join(ROOT, 'test/contract/reference');

/** The reference example of the language, which has every key. */
async function reference(): Promise<ProjectSide> {
  const text = (name: string) => readFileSync(join(REFERENCE, name), 'utf8');
  const names = ['surety.yaml', ...['crm.accounts', 'shop.orders', 'shop.raw'].map((id) => `contracts/${id}.yaml`)];
  const files = memoryFiles(Object.fromEntries(names.map((name) => [name, text(name)])));
  const { project, contracts } = await loadContracts([], { cwd: MEMORY_ROOT, variables: {}, files });
  return { project, contracts: contracts.map(({ contract }) => contract) };
}

/** Structure, positions, and what other keys say too. */
const NOT_PROMISED = new Set([
  'at',
  'places',
  'source',
  'path',
  'later',
  'typeText',
  'tables',
  'columns',
  'features',
  'checks',
  'id',
  'name',
]);

test('every key of every part of a contract belongs to a subject', async () => {
  const { contracts } = await reference();
  const tables = contracts.flatMap((contract) => contract.tables);
  const parts = {
    contract: contracts,
    table: tables,
    column: tables.flatMap((table) => [...table.columns, ...table.features]),
    check: tables.flatMap((table) => table.checks),
  } as const;
  for (const [on, nodes] of Object.entries(parts)) {
    const known = new Set<string>(SUBJECTS.filter((subject) => subject.on === on).flatMap(({ keys }) => keys));
    const keys = new Set(nodes.flatMap((node) => Object.keys(node)));
    expect(keys.size).toBeGreaterThan(10);
    const unknown = [...keys].filter((key) => !known.has(key) && !NOT_PROMISED.has(key));
    expect([on, unknown]).toEqual([on, []]);
  }
});

test('what no subject knows is a warning with both values, and never silence', async () => {
  const side = await reference();
  const [first, ...rest] = side.contracts as [Contract, ...Contract[]];
  const strange = { ...first, quorum: 3, at: first.at } as Contract;
  const changes = compareProjects(side, { ...side, contracts: [strange, ...rest] }, { asOf: '2026-11-25' }).flatMap(
    (each) => each.changes,
  );
  expect(changes.map(({ rule, path, before, after }) => [rule, path, before, after])).toContainEqual([
    'unclassified-change',
    'quorum',
    null,
    '3',
  ]);
});

test('nor is it silent in columns', async () => {
  const side = await reference();
  const [first, ...rest] = side.contracts as [Contract, ...Contract[]];
  const table = first.tables[0];
  const odd = {
    ...first,
    tables: [{ ...table, columns: table?.columns.map((column) => ({ ...column, sealed: true })) }],
  };
  const changes = compareProjects(
    side,
    { ...side, contracts: [odd as unknown as Contract, ...rest] },
    { asOf: '2026-11-25' },
  );
  const found = changes.flatMap((each) => each.changes).filter(({ rule }) => rule === 'unclassified-change');
  expect(found.length).toBe(table?.columns.length);
});
