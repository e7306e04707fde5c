import { chmod, lstat, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readWaivers } from '../../../src/diff/waivers/read-waivers.ts';
import { addWaiver } from '../../../src/diff/waivers/write-waiver.ts';
import { DISK } from '../../../src/yaml/files.ts';
import { projectFolder } from '../../support/project-folder.ts';

const ENTRY = {
  fingerprint: '3f9a1c04be72',
  rule: 'freshness-loosened',
  path: 'orders.lines[].a',
  reason: 'both readers "moved": see #12',
  approvedBy: 'finance',
  expires: '2027-01-31',
};

const text = (folder: string, path: string) => readFile(join(folder, path), 'utf8');

test('a file that is not there is made, and read again', async () => {
  const folder = await projectFolder({ 'contracts/shop/orders.yaml': '' });
  const path = join(folder, 'contracts/shop/waivers.yaml');
  expect(await addWaiver(path, ENTRY, folder)).toEqual({ file: DISK.shown(path), line: 3, renewed: false });
  expect(await text(folder, 'contracts/shop/waivers.yaml')).toBe(
    `# yaml-language-server: $schema=../../node_modules/surety/src/diff/waivers/waivers.schema.json
waivers:
  - fingerprint: 3f9a1c04be72
    rule: freshness-loosened
    path: orders.lines[].a
    reason: "both readers \\"moved\\": see #12"
    approvedBy: finance
    expires: 2027-01-31
`,
  );
  expect(await readdir(join(folder, 'contracts/shop'))).toEqual(['orders.yaml', 'waivers.yaml']);
  const contracts = [{ path: join(folder, 'contracts/shop/orders.yaml') }];
  const { waivers, diagnostics } = await readWaivers(DISK, { folder }, contracts, '2026-11-25');
  expect(diagnostics).toEqual([]);
  expect(waivers).toMatchObject([ENTRY]);
});

test('a mark of byte order, the mode and a link stay', async () => {
  const folder = await projectFolder({ 'real.yaml': '\uFEFFwaivers: []\r\n' });
  await chmod(join(folder, 'real.yaml'), 0o640);
  await symlink('real.yaml', join(folder, 'waivers.yaml'));
  expect(await addWaiver(join(folder, 'waivers.yaml'), { ...ENTRY, path: '' })).toMatchObject({ line: 2 });
  expect(await text(folder, 'real.yaml')).toMatch(/^\uFEFFwaivers:\r\n {2}- fingerprint: 3f9a1c04be72\r\n/);
  expect((await lstat(join(folder, 'waivers.yaml'))).isSymbolicLink()).toBe(true);
  expect((await stat(join(folder, 'real.yaml'))).mode & 0o777).toBe(0o640);
});

test('what is broken stays as it is', async () => {
  const broken = 'waivers:\n  - {fingerprint: 000000000001\n';
  const folder = await projectFolder({ 'waivers.yaml': broken });
  const result = await addWaiver(join(folder, 'waivers.yaml'), ENTRY);
  expect(result).toMatchObject([{ code: 'yaml/unclosed', at: { line: 2 } }]);
  expect(await text(folder, 'waivers.yaml')).toBe(broken);
  expect(await readdir(folder)).toEqual(['waivers.yaml']);
});

test('a folder that is not there', async () => {
  const folder = await projectFolder({ 'a.yaml': '' });
  expect(await addWaiver(join(folder, 'none/waivers.yaml'), ENTRY)).toMatchObject([
    { code: 'waivers/not-written', message: expect.stringContaining('ENOENT') },
  ]);
});
