import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_SOURCE_BYTES, readSource } from '../../src/yaml/source.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'surety-source-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(bytes: string | Uint8Array) {
  const path = join(folder, 'a.yaml');
  await writeFile(path, bytes);
  return readSource(path, 'contracts/a.yaml');
}

const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string)));

describe('readSource', () => {
  it('reads UTF-8 and leaves the byte-order mark out, only at the start', async () => {
    expect(await read('a: é 漢 😀')).toEqual({ name: 'contracts/a.yaml', text: 'a: é 漢 😀' });
    expect(await read('\ufeffa: \ufeff1')).toEqual({ name: 'contracts/a.yaml', text: 'a: \ufeff1' });
    expect(await read('')).toEqual({ name: 'contracts/a.yaml', text: '' });
    expect(await read('a'.repeat(MAX_SOURCE_BYTES))).not.toHaveProperty('code');
  });

  it.each([
    ['a byte that is not UTF-8', bytes('a: 1\nb: é', [0xe9], '\n'), 'yaml/invalid-utf8', 2, 5],
    ['behind a replacement character that is really there', bytes('\ufffd', [0xff]), 'yaml/invalid-utf8', 1, 2],
    ['behind a byte-order mark', bytes('\ufeffab', [0xc3]), 'yaml/invalid-utf8', 1, 3],
    ['UTF-16', Buffer.from('\ufeffa: 1', 'utf16le'), 'yaml/invalid-utf8', 1, 1],
    ['a surrogate', bytes([0xed, 0xa0, 0x80]), 'yaml/invalid-utf8', 1, 1],
    ['a NUL', bytes('a: 1\nb: ', [0]), 'yaml/nul-character', 2, 4],
    ['a large file', Buffer.alloc(MAX_SOURCE_BYTES + 1, 'a'), 'yaml/file-too-large', 1, 1],
  ])('refuses %s', async (_name, content, code, line, column) => {
    expect(await read(content)).toMatchObject({
      code,
      severity: 'error',
      at: { file: 'contracts/a.yaml', line, column },
    });
  });

  it('says what is wrong with the path', async () => {
    expect(await readSource(join(folder, 'none.yaml'), 'none.yaml')).toMatchObject({
      code: 'yaml/missing-file',
      message: '"none.yaml" does not exist',
    });
    expect(await readSource(join(folder, 'a.yaml', 'b'), 'a.yaml/b')).toMatchObject({ code: 'yaml/missing-file' });
    expect(await readSource(folder, 'x\u001b[2J')).toMatchObject({
      code: 'yaml/not-a-file',
      message: '"x\\x1b[2J" is not a file',
    });
  });
});
