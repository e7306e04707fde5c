import { execFileSync } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { chmod, lstat, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeWhole } from '../../src/util/write-whole.ts';
import { projectFolder } from '../support/project-folder.ts';

test('a new file, and one that is replaced and keeps its mode', async () => {
  const folder = await projectFolder({ 'old.txt': 'before' });
  await chmod(join(folder, 'old.txt'), 0o640);
  await writeWhole(join(folder, 'new.txt'), 'first');
  await writeWhole(join(folder, 'old.txt'), 'after');
  expect(await readFile(join(folder, 'new.txt'), 'utf8')).toBe('first');
  expect(await readFile(join(folder, 'old.txt'), 'utf8')).toBe('after');
  expect((await stat(join(folder, 'old.txt'))).mode & 0o777).toBe(0o640);
  expect((await readdir(folder)).sort()).toEqual(['new.txt', 'old.txt']);
});

test('a name may be as long as the file system takes', async () => {
  const folder = await projectFolder({});
  const path = join(folder, 'n'.repeat(255));
  await writeWhole(path, 'whole');
  expect(await readFile(path, 'utf8')).toBe('whole');
});

test('a link stays, and what it leads to is replaced', async () => {
  const folder = await projectFolder({ 'real.txt': 'before' });
  await symlink('real.txt', join(folder, 'link.txt'));
  await writeWhole(join(folder, 'link.txt'), 'after');
  expect((await lstat(join(folder, 'link.txt'))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(folder, 'real.txt'), 'utf8')).toBe('after');
});

test('a pipe stays a pipe, and its reader gets the text', async () => {
  const folder = await projectFolder({});
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const read = (async () => {
    let text = '';
    for await (const piece of createReadStream(pipe, 'utf8')) text += piece;
    return text;
  })();
  await writeWhole(pipe, 'through');
  expect(await read).toBe('through');
  expect((await lstat(pipe)).isFIFO()).toBe(true);
});

test('where it cannot be written, what was there stays and nothing is left beside it', async () => {
  const folder = await projectFolder({ 'a.txt': 'before' });
  await expect(writeWhole(join(folder, 'missing/a.txt'), 'after')).rejects.toThrow('ENOENT');
  await writeFile(join(folder, 'file'), '');
  await expect(writeWhole(join(folder, 'file/a.txt'), 'after')).rejects.toThrow('ENOTDIR');
  expect((await readdir(folder)).sort()).toEqual(['a.txt', 'file']);
});
