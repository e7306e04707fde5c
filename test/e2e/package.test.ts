import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ROOT } from '../support/cli.ts';

const run = promisify(execFile);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'surety-package-'));
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT });
  await mkdir(join(folder, 'user'));
  await writeFile(join(folder, 'user', 'package.json'), '{ "private": true, "type": "module" }\n');
  await run(
    'npm',
    ['install', '--silent', '--no-audit', '--no-fund', '--prefer-offline', join(folder, stdout.trim())],
    {
      cwd: join(folder, 'user'),
    },
  );
  await cp(join(ROOT, 'contracts', 'data', 'weather.csv'), join(folder, 'user', 'weather.csv'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('the packed package, installed into an empty folder, runs init and verify', async () => {
  const cwd = join(folder, 'user');
  await run('npx', ['surety', 'init', 'weather.csv', '--yes'], { cwd });
  expect(await readFile(join(cwd, 'contracts', 'weather.yaml'), 'utf8')).toContain('contract: weather');
  const { stdout } = await run('npx', ['surety', 'verify'], { cwd });
  expect(stdout).toMatch(/^✓ pass: 1 contract, 1 table,/);
});

test('a run becomes a page with templates of the package', async () => {
  const cwd = join(folder, 'user');
  await run('npx', ['surety', 'verify', '--output', 'json=run.json', '--output', 'html=report.html'], { cwd });
  expect(await readFile(join(cwd, 'report.html'), 'utf8')).toContain('all promises kept</h1>');
  await run('npx', ['surety', 'report', 'run.json', '--output', 'html=again.html'], { cwd });
  expect(await readFile(join(cwd, 'again.html'), 'utf8')).toBe(await readFile(join(cwd, 'report.html'), 'utf8'));
});

test('the public API loads and verifies', async () => {
  const cwd = join(folder, 'user');
  await writeFile(
    join(cwd, 'use.js'),
    `import { loadContracts, plan, verify } from 'surety';
const loaded = await loadContracts(['contracts']);
const progress = [];
const run = await verify(loaded, { onProgress: (step) => progress.push(step), signal: new AbortController().signal });
const planned = await plan(loaded);
console.log(JSON.stringify({ verdict: run.verdict, progress: progress.length, statements: planned.tables[0].statements.length }));
`,
  );
  const { stdout } = await run(process.execPath, ['use.js'], { cwd });
  expect(JSON.parse(stdout)).toEqual({ verdict: 'pass', progress: 1, statements: 2 });
});
