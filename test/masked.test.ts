import { rm } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { loadContracts } from '../src/contract/load.ts';
import { verify } from '../src/engine/verify.ts';
import { writeProject } from './support/project-folder.ts';

/** Everything that a run says about some files. */
async function said(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await writeProject(files);
  try {
    return JSON.stringify(await verify(await loadContracts([folder])));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const HEAD = 'contract: a.b\nversion: 1.0.0\nraci: { responsible: x, accountable: x }\ntables:\n  t:\n';

test('a sample of a member of a list shows no classified member beside it', async () => {
  const run = await said({
    'contracts/t.jsonl': '{"id":1,"p":{"email":"alice@x.example","items":[{"q":-1,"card":"4111111111111111"}]}}\n',
    'contracts/c.yaml': `${HEAD}    location: t.jsonl
    columns:
      id: int64
      p: struct
      p.email: { type: string, classification: pii }
      p.items: array<struct>
      p.items[].q: { type: int64, min: 0 }
      p.items[].card: { type: string, classification: pci }
`,
  });
  expect(run).toContain('"verdict":"fail"');
  expect(run).toContain('‹p');
  expect(run).not.toContain('4111111111111111');
  expect(run).not.toContain('alice@x.example');
});

test('a metric that is a value of a classified column is masked', async () => {
  const run = await said({
    'contracts/t.csv': 'salary,team\n888123,a\n777456,b\n',
    'contracts/c.yaml': `${HEAD}    location: t.csv
    columns:
      salary: { type: int64, classification: hr }
      team: string
    checks:
      top: { metric: max(salary), max: 5 }
      of-team: { metric: sum(salary), by: [team], max: 5 }
      mean: { metric: avg(salary), max: 5 }
`,
  });
  expect(run).toContain('‹hr›; at most 5');
  expect(run).not.toContain('888123');
  expect(run).not.toContain('777456');
  expect(run).toContain('832789.5');
});
