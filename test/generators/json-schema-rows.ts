import { stringify } from 'yaml';
import type { GeneratorInput } from '../../generators/generator.ts';
import { fill } from '../support/engines/duckdb.ts';
import { projectFolder } from '../support/project-folder.ts';
import type { SpecCase } from '../support/spec.ts';
import { inputOf } from './input.ts';

/** The contract of a case of the check specs, over files. */
export async function specInput({ contract, head }: SpecCase): Promise<GeneratorInput> {
  const text = {
    contract: 'spec.case',
    version: '1.0.0',
    raci: { responsible: 'tester', accountable: 'tester' },
    ...head,
    tables: contract,
  };
  const folder = await projectFolder({ 'contracts/case.yaml': stringify(text) });
  return inputOf(folder);
}

/** The rows of a case's tables as JSON: decimals as texts, instants in UTC with `T`. */
export async function jsonRows({ tables }: SpecCase): Promise<ReadonlyMap<string, readonly Record<string, unknown>[]>> {
  const physical = new Map(
    Object.entries(tables).map(([name, { columns = {}, rows = [] }]) => [
      name,
      { columns, rows: rows.map((row) => row.map((value) => (value === null ? null : String(value)))) },
    ]),
  );
  return fill(':memory:', physical, async (connection) => {
    await connection.run("set timezone = 'UTC'");
    const found = new Map<string, readonly Record<string, unknown>[]>();
    for (const [name, { columns, rows }] of physical) {
      const texts = Object.entries(columns).map(([column, type]) => jsonText(quoted(column), type));
      const result = await connection.run(`select ${texts.join(', ')} from ${quoted(name)}`);
      const cells = (await result.getRows()) as (string | null)[][];
      if (cells.length !== rows.length) throw new Error(`${name}: ${cells.length} rows`);
      found.set(
        name,
        cells.map((row) => {
          const entries = Object.keys(columns).map((column, at) => [column, JSON.parse(row[at] ?? 'null')] as const);
          return Object.fromEntries(entries);
        }),
      );
    }
    return found;
  });
}

/** SQL of DuckDB's for a column as JSON text. */
function jsonText(column: string, type: string): string {
  const name = type.toLowerCase();
  if (/^(?:decimal|hugeint)/.test(name)) return `cast(to_json(cast(${column} as varchar)) as varchar)`;
  if (/^(?:double|real)/.test(name)) {
    const words = "'nan': 'NaN', 'inf': 'Infinity', '-inf': '-Infinity'";
    return `case when isfinite(${column}) then cast(${column} as varchar) else cast(to_json((map {${words}})[cast(${column} as varchar)]) as varchar) end`;
  }
  if (/^timestamptz/.test(name)) return `cast(to_json(strftime(${column}, '%Y-%m-%dT%H:%M:%S.%fZ')) as varchar)`;
  return `cast(to_json(${column}) as varchar)`;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
