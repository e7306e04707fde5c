import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { loadContracts } from '../src/contract/load.ts';
import { verify } from '../src/engine/verify.ts';
import type { CheckResult } from '../src/model/run.ts';
import { type CreatedTables, ENGINE_NAMES, ENGINES } from './support/engines/index.ts';
import { type Expected, evaluateNaively } from './support/naive.ts';
import { adapt } from './support/naive-adapt.ts';
import { contractTable } from './support/naive-contract.ts';
import { model, NOW } from './support/naive-model.ts';
import { wordsOf } from './support/naive-sql.ts';
import { specTable } from './support/naive-values.ts';

const RUNS = Number(process.env['SURETY_NAIVE_RUNS'] ?? 100);
const SEED = Number(process.env['SURETY_NAIVE_SEED'] ?? 20261123);

function differences(expected: ReadonlyMap<string, Expected>, checks: readonly CheckResult[]): readonly string[] {
  const found: string[] = [];
  const byPath = new Map(checks.map((check) => [check.path, check]));
  for (const [path, wanted] of expected) {
    const check = byPath.get(path);
    if (!check) {
      found.push(`${path} is missing`);
      continue;
    }
    if (check.verdict !== wanted.verdict)
      found.push(`${path} is ${check.verdict} (${check.message}), expected ${wanted.verdict}`);
    if (wanted.reason !== undefined && check.reason !== wanted.reason)
      found.push(`${path}: reason ${check.reason}, expected ${wanted.reason}`);
    for (const [name, value] of Object.entries(wanted.measured ?? {})) {
      if (String(check.measured[name]) !== String(value))
        found.push(`${path}: ${name} is ${check.measured[name]}, expected ${value}`);
    }
  }
  for (const { path, verdict, message } of checks) {
    if (!expected.has(path) && verdict !== 'pass' && verdict !== 'skipped')
      found.push(`${path} is ${verdict}: ${message}`);
  }
  return found;
}

describe.each(ENGINES)('random contracts over random rows on $name', (engine) => {
  const words = wordsOf(engine.name);
  let folder: string;
  let created: CreatedTables | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'surety-naive-'));
  });
  afterAll(async () => {
    await created?.drop?.();
    await rm(folder, { recursive: true, force: true });
  });

  it(`agree with a naive evaluation (SURETY_NAIVE_SEED=${SEED}, ${RUNS} contracts)`, async () => {
    const seed = SEED + ENGINE_NAMES.indexOf(engine.name);
    const models = fc.sample(model, { seed, numRuns: RUNS }).map((of) => adapt(of, engine.name));
    const tables = await engine.create(folder, new Map(models.map((of, index) => [`t${index}`, specTable(of)])));
    created = tables;
    await mkdir(join(folder, 'contracts'), { recursive: true });
    await writeFile(join(folder, 'surety.yaml'), tables.surety);
    const contract = {
      contract: 'naive.case',
      version: '1.0.0',
      raci: { responsible: 'tester', accountable: 'tester' },
      warehouse: 'default',
      tables: Object.fromEntries(
        models.map((of, index) => [`t${index}`, contractTable(of, tables.location(`t${index}`), words)]),
      ),
    };
    await writeFile(join(folder, 'contracts', 'naive.yaml'), stringify(contract, { lineWidth: 0 }));
    const loaded = await loadContracts([join(folder, 'contracts')]);
    const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ at, message, hint }) => `${at?.line}: ${message} (${hint})`)).toEqual([]);
    const run = await verify(loaded, { now: { microseconds: NOW }, samples: 2 });

    const found: string[] = [];
    const verdicts = new Map<string, number>();
    for (const [index, of] of models.entries()) {
      const checks = run.contracts[0]?.tables[index]?.checks ?? [];
      for (const { kind, verdict } of checks)
        verdicts.set(`${kind} ${verdict}`, (verdicts.get(`${kind} ${verdict}`) ?? 0) + 1);
      const wrong = differences(evaluateNaively(of, `t${index}`), checks);
      if (wrong.length > 0)
        found.push(
          `${wrong.join('\n')}\n${stringify(contractTable(of, '', words))}${of.rows.map((row) => row.map(String).join(' | ')).join('\n')}`,
        );
    }
    expect(
      found.slice(0, 3).join('\n\n'),
      `SURETY_NAIVE_SEED=${SEED}: ${found.length} of ${RUNS} contracts disagree`,
    ).toBe('');
    // The comparison says something only where every kind of check went both ways.
    for (const kind of ['rows', 'required', 'missing', 'invalid', 'unique', 'key', 'expect', 'metric']) {
      expect(verdicts.get(`${kind} pass`) ?? 0, `${kind} pass`).toBeGreaterThan(0);
      expect(verdicts.get(`${kind} fail`) ?? 0, `${kind} fail`).toBeGreaterThan(0);
    }
  });
});
