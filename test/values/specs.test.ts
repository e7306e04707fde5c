import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Contract, Table } from '../../src/model/contract.ts';
import { fieldsOf } from '../../src/sql/shape.ts';
import { parseInstant } from '../../src/util/instant.ts';
import { readerOf } from '../../src/values/reader.ts';
import { contractOf, validatorsRunning } from '../generators/validators-run.ts';
import { ROOT } from '../support/cli.ts';
import { fill } from '../support/engines/duckdb.ts';
import { readSpecs, type SpecCase } from '../support/spec.ts';

/** Kinds of checks that one row answers. */
const FILES = ['invalid.yaml', 'required.yaml', 'missing.yaml', 'values.yaml', 'nested.yaml'];

/** The rows of a table, as the driver of DuckDB gives them. */
async function rawRows(spec: SpecCase, name: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { columns = {}, rows = [] } = spec.tables[name] ?? {};
  const folder = await mkdtemp(join(tmpdir(), 'surety-values-'));
  try {
    const texts = rows.map((row) => row.map((value) => (value === null ? null : String(value))));
    return await fill(join(folder, 'spec.duckdb'), new Map([[name, { columns, rows: texts }]]), async (connection) => {
      const result = await connection.runAndReadAll(`select * from "${name}"`);
      const names = result.columnNames();
      return result.getRows().map((row) => Object.fromEntries(names.map((column, at) => [column, row[at]])));
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** How many rows break a rule, and how many lack what is required, by path of the column. */
function count(contract: Contract, table: Table, rows: readonly Readonly<Record<string, unknown>>[], now?: bigint) {
  const readers = fieldsOf(
    table.columns.map((column) => ({
      ...column,
      ...(column.classification && { classification: column.classification.text }),
    })),
  ).map((field) => ({ name: field.name, read: readerOf(field as never) }));
  // Rows to be written keep the rules of columns, too, that some stored ones may break.
  const { insertable } = validatorsRunning(table, contract, now === undefined ? {} : { now });
  const found = { invalid: new Map<string, number>(), required: new Map<string, number>() };
  for (const raw of rows) {
    const row = Object.fromEntries(readers.map(({ name, read }) => [name, read(raw[name])]));
    const broken = { invalid: new Set<string>(), required: new Set<string>() };
    insertable(row as never, (path, reason) => {
      if (reason === undefined) return;
      const column = path.replace(/\[\d+\]/g, '[]').replace(/\{[^}]*\}/g, '{}');
      broken[reason.startsWith('is null') ? 'required' : 'invalid'].add(column);
    });
    for (const kind of ['invalid', 'required'] as const) {
      for (const column of broken[kind]) found[kind].set(column, (found[kind].get(column) ?? 0) + 1);
    }
  }
  return found;
}

const specs = (await readSpecs(join(ROOT, 'test', 'specs', 'checks'))).filter(({ file }) => FILES.includes(file));
let compared = 0;

describe.each(specs)('values of $file', ({ cases }) => {
  const here = cases.filter(
    ({ tables, except }) => !except?.['duckdb'] && Object.values(tables).every(({ text }) => text === undefined),
  );
  it.each(here)('$name', async (spec) => {
    const contract = await contractOf(spec.contract, spec.head);
    const now = spec.now === undefined ? undefined : parseInstant(spec.now);
    for (const table of contract.tables) {
      // What is of another type cannot be read.
      const isOther = ([path, wanted]: readonly [string, unknown]): boolean =>
        path.endsWith('.type') && wanted === 'fail';
      if (Object.entries(spec.expect).some(isOther)) continue;
      const counts = count(contract, table, await rawRows(spec, table.name), now);
      for (const kind of ['invalid', 'required'] as const) {
        for (const { name } of table.columns) {
          const wanted = spec.expect[`${table.name}.${name}.${kind}`];
          if (wanted === undefined) continue;
          const { verdict, bad } = typeof wanted === 'string' ? { verdict: wanted, bad: undefined } : wanted;
          if (verdict === 'skipped') continue;
          const own = counts[kind].get(name) ?? 0;
          compared++;
          if (bad !== undefined) expect(`${name} ${own}`).toBe(`${name} ${String(bad)}`);
          else expect(`${name} ${own > 0}`).toBe(`${name} ${verdict !== 'pass'}`);
        }
      }
    }
  });
});

it('most checks of the specs were compared', () => {
  expect(compared).toBeGreaterThan(50);
});
