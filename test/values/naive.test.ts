import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InvalidRowError } from '../../src/accessor/invalid-row.ts';
import { contractOf, validationOf } from '../generators/validators-run.ts';
import { evaluateNaively } from '../support/naive.ts';
import { contractTable } from '../support/naive-contract.ts';
import { type Model, model, NOW } from '../support/naive-model.ts';
import { wordsOf } from '../support/naive-sql.ts';
import { specTable } from '../support/naive-values.ts';

/** Rows that break a column's rules, or lack its value, by the parser of texts. */
async function counted(of: Model): Promise<ReadonlyMap<string, bigint>> {
  const contract = await contractOf({ t: contractTable(of, 't', wordsOf('duckdb')) });
  const [table] = contract.tables;
  if (!table) throw new Error('no table');
  const { parse } = validationOf(
    { ...table, columns: table.columns.map(({ invalid: _, ...column }) => column) },
    contract,
    { now: NOW },
  );
  const { columns, rows } = specTable(of);
  const found = new Map<string, bigint>();
  for (const row of rows) {
    try {
      parse(Object.fromEntries(Object.keys(columns).map((name, at) => [name, row[at]])));
    } catch (error) {
      if (!(error instanceof InvalidRowError)) throw error;
      for (const { path, reason } of error.problems) {
        const check = `t.${path}.${reason.startsWith('is null') ? 'required' : 'invalid'}`;
        found.set(check, (found.get(check) ?? 0n) + 1n);
      }
    }
  }
  return found;
}

test('parse refuses the rows that the checks on values count', async () => {
  await fc.assert(
    fc.asyncProperty(model, async (random) => {
      const of: Model = { ...random, where: undefined, window: undefined, checks: [] };
      fc.pre(of.rows.length > 0);
      const own = await counted(of);
      for (const [path, { measured }] of evaluateNaively(of, 't')) {
        if (!/\.(?:invalid|required)$/.test(path)) continue;
        expect(`${path} ${own.get(path) ?? 0n}`).toBe(`${path} ${measured?.['bad']}`);
      }
    }),
    { numRuns: 60, seed: 20261125 },
  );
});
