import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { loadContracts } from '../../src/contract/load.ts';
import { buildOnce, ROOT } from '../support/cli.ts';
import { MEMORY_ROOT, memoryFiles } from '../support/memory-files.ts';

const DIST = join(ROOT, 'dist/src');
let built: typeof loadContracts;

beforeAll(async () => {
  buildOnce();
  const module = (await import(pathToFileURL(join(DIST, 'contract/load.js')).href)) as {
    loadContracts: typeof loadContracts;
  };
  built = module.loadContracts;
});

/** Contracts with every kind of slip that the schema finds. */
const SLIPS = [
  'tables: { t: { columns: { a: { type: 3 } } } }',
  'tables: { t: { colums: { a: int64 } } }',
  'tables: { t: { columns: { a: { type: int64, missing: 0.5, unique: maybe, enum: [null] } } } }',
  'tables: []',
  'tables: { t: { columns: {}, rows: { min: x }, freshness: 2 hours, key: a } }',
  'tables: { t: { columns: { a: int64 }, checks: { c: { expect: "", allow: -1 } } } }\nsla: { objectives: { availability: 101% } }',
];
const HEADS = [
  'contract: a.b\nversion: 1.0.0\nstatus: draft\n',
  'contract: A B\nversion: 1\nstatus: done\nowner: me\n',
  '',
];
const PROJECTS = [
  'warehouses: { a: { type: postgres, concurrency: 0, tls: maybe } }\ngate: { profile: all }\n',
  'parties: [a]\nwarehouse: {}\n',
];

test.each(HEADS.flatMap((head) => SLIPS.map((slip) => head + slip)))(
  'the made validators say what ajv says: %j',
  async (text) => {
    for (const project of PROJECTS) {
      const files = memoryFiles({ 'contracts/a.yaml': text, 'surety.yaml': project });
      const options = { cwd: MEMORY_ROOT, files, variables: {} };
      const [made, live] = await Promise.all([built([], options), loadContracts([], options)]);
      expect(live.diagnostics.length).toBeGreaterThan(2);
      expect(made.diagnostics).toEqual(live.diagnostics);
    }
  },
);

test('cases of lint, too', async () => {
  const cases = parse(readFileSync(join(ROOT, 'test/contract/lint.yaml'), 'utf8')) as {
    body?: string;
    file?: string;
  }[];
  for (const { body, file } of cases) {
    const text = file ?? `contract: case\nversion: 1.0.0\nstatus: draft\n${body}`;
    const options = { cwd: MEMORY_ROOT, files: memoryFiles({ 'contracts/a.yaml': text }), variables: {} };
    expect((await built([], options)).diagnostics).toEqual((await loadContracts([], options)).diagnostics);
  }
});

test('the build makes one for every schema', () => {
  for (const name of ['contract', 'project', 'waivers'])
    expect(existsSync(join(DIST, `yaml/${name}.validator.cjs`))).toBe(true);
});
