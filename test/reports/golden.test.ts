import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../support/cli.ts';
import { type Format, renderGate, renderRun } from './render.ts';

const FILES: readonly (readonly [Format, string])[] = [
  ['text', 'gate.txt'],
  ['json', 'gate.json'],
  ['github', 'gate.github.txt'],
  ['gitlab', 'gate.gitlab.json'],
  ['sarif', 'gate.sarif'],
  ['junit', 'gate.junit.xml'],
  ['markdown', 'gate.md'],
];

const RUNS: readonly (readonly [Format, string])[] = [
  ['text', 'run.txt'],
  ['json', 'run.json'],
  ['github', 'run.github.txt'],
  ['gitlab', 'run.gitlab.json'],
  ['sarif', 'run.sarif'],
  ['junit', 'run.junit.xml'],
  ['markdown', 'run.md'],
];

/** `UPDATE_GOLDEN=1 npx vitest run test/reports` writes them anew. */
test.each([
  ...FILES.map(([format, name]) => [format, name, renderGate] as const),
  ...RUNS.map(([format, name]) => [format, name, renderRun] as const),
])('%s is what test/golden/%s holds', (format, name, render) => {
  const path = join(ROOT, 'test', 'golden', name);
  const text = render(format);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
});
