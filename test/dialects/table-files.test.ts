import { symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { locate } from '../../src/dialects/duckdb/locate.ts';
import { tableFiles } from '../../src/dialects/duckdb/table-files.ts';
import { projectFolder } from '../support/project-folder.ts';
import { target } from './open-files.ts';

const TREE = [
  'a.csv',
  'b.csv',
  '.c.csv',
  'a[1].csv',
  'rows.json',
  'd/a.csv',
  'd/.hidden.csv',
  'd/e/a.csv',
  'd/e/b.json',
  '.h/a.csv',
  '.h/e/a.csv',
];

test.each([
  '*.csv',
  '?.csv',
  '.*.csv',
  '[!a].csv',
  '{a,b}.csv',
  'a[1].csv',
  '**',
  '**/*.csv',
  '**/a.csv',
  '*/a.csv',
  'd/**',
  'd/**/e/*',
  '**/e/**/*.csv',
  '.h/**/*.csv',
  '**/.h/*.csv',
  '*/../a.csv',
  'd/../*.csv',
])('a file is covered where it would be found: %s', async (location) => {
  const folder = await projectFolder(Object.fromEntries(TREE.map((name) => [name, ''])));
  const place = { location, name: 't', folder, boundary: folder };
  const found = await locate({ ...place, read: {} });
  if ('reason' in found) throw new Error(found.reason);
  // Where there are no files, only the pattern tells.
  const empty = await projectFolder({});
  const { named, covers } = await tableFiles(target, { ...place, folder: empty, boundary: empty });
  const taken = TREE.filter((name) => named.includes(join(empty, name)) || covers(join(empty, name)));
  expect(taken).toEqual(TREE.filter((name) => found.some(({ path }) => relative(folder, path) === name)));
  expect(found.length).toBeGreaterThan(0);
});

test('files that are not there yet, by pattern and by the name of the table', async () => {
  const folder = await projectFolder({ 'data/a.csv': '', 'other/x.csv': '' });
  await symlink(join(folder, 'data'), join(folder, 'linked'));
  await symlink(join(folder, 'other'), join(folder, 'data/deep'));
  const place = { name: 't', folder, boundary: folder };
  const linked = await tableFiles(target, { ...place, location: 'linked/*.csv' });
  expect(linked.covers(join(folder, 'data/New.CSV'))).toBe(true);
  expect(linked.covers(join(folder, 'data/new.json'))).toBe(false);
  const behind = await tableFiles(target, { ...place, location: 'data/*/*.csv' });
  expect(behind.named).toContain(join(folder, 'other/x.csv'));
  const unplaced = await tableFiles(target, place);
  expect(unplaced.named).toEqual(expect.arrayContaining(['t.json', 't.csv.gz'].map((name) => join(folder, name))));
  const database = await tableFiles({ ...target, url: 'duckdb:w.duckdb' }, place);
  expect(database.named).toEqual([join(folder, 'w.duckdb')]);
});
