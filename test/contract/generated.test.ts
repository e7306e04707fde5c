import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { generatedFiles } from '../support/generated-files.ts';

const files = await generatedFiles();

test.each([...files])('%s is what `npm run generate` writes', async (path, text) => {
  expect(await readFile(path, 'utf8')).toBe(text);
});

test('every key has a description in the reference', () => {
  expect(files.get('docs/reference.md')).not.toMatch(/\|\s+\|$/m);
});
