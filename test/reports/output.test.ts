import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { outputTargets, writableTargets, writeOutputs } from '../../src/commands/output.ts';
import type { Shell } from '../../src/commands/verb.ts';
import { projectFolder } from '../support/project-folder.ts';
import { GATE } from './gate-fixture.ts';
import { SOURCES } from './gate-sources.ts';

test('a format that a command does not have yet says so', () => {
  expect(() => outputTargets(['jsn'], 'run')).toThrow('"jsn" is no output format, expected text, json');
  const all = ['text', 'json', 'github', 'gitlab', 'junit', 'markdown', 'sarif'];
  for (const kind of ['run', 'gate', 'diagnostics'] as const) {
    expect(
      outputTargets(
        all.map((name) => `${name}=${name}.out`),
        kind,
      ),
    ).toHaveLength(all.length);
  }
});

async function annotated(cwd: string, env: Shell['env']): Promise<string | undefined> {
  const written: string[] = [];
  const stdout = { write: (text: string) => void written.push(text), isTerminal: false };
  const shell: Shell = { cwd, env, stdout, stderr: stdout, signal: new AbortController().signal };
  await writeOutputs(outputTargets(['github'], 'gate'), SOURCES, shell, (report, context) =>
    report.gate(GATE, context),
  );
  return /file=([^,]*orders\.yaml),/.exec(written.join(''))?.[1];
}

test('files are named from the root of the clone, else from the folder that the CI system names', async () => {
  const folder = await projectFolder({ 'shop/contracts/orders.yaml': '' });
  const cwd = join(folder, 'shop');
  expect(await annotated(cwd, {})).toBe('contracts/orders.yaml');
  expect(await annotated(cwd, { GITHUB_WORKSPACE: '/elsewhere' })).toBe('contracts/orders.yaml');
  expect(await annotated(cwd, { GITHUB_WORKSPACE: folder })).toBe('shop/contracts/orders.yaml');
  await mkdir(join(folder, '.git'));
  expect(await annotated(cwd, { GITHUB_WORKSPACE: '/' })).toBe('shop/contracts/orders.yaml');
});

test('a file that cannot be written is refused before anything is measured', async () => {
  const cwd = await projectFolder({ 'there/report.json': '{}' });
  const refused = async (file: string): Promise<string> =>
    writableTargets([`json=${file}`], 'run', { cwd }).then(
      () => 'taken',
      (error: Error) => error.message,
    );
  expect(await refused('missing/run.json')).toContain('ENOENT');
  expect(await refused('there')).toContain('it is a folder');
  expect(await refused('there/report.json/run.json')).toContain('is no folder');
  expect(await refused('there/report.json')).toBe('taken');
  expect(await refused('there/new.json')).toBe('taken');
  expect(await refused('/dev/null')).toBe('taken');
});
