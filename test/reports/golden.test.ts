import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../support/cli.ts';
import { type Format, renderGate } from './render.ts';

const FILES: readonly (readonly [Format, string])[] = [
  ['text', 'gate.txt'],
  ['json', 'gate.json'],
  ['github', 'gate.github.txt'],
  ['gitlab', 'gate.gitlab.json'],
  ['sarif', 'gate.sarif'],
  ['junit', 'gate.junit.xml'],
  ['markdown', 'gate.md'],
];

/** `UPDATE_GOLDEN=1 npx vitest run test/reports` writes them anew. */
test.each(FILES)('%s is what test/golden/%s holds', (format, name) => {
  const path = join(ROOT, 'test', 'golden', name);
  const text = renderGate(format);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
});
