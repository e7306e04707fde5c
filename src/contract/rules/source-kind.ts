import type { Contract, Table } from '../../model/contract.ts';
import type { Project } from '../../project/project.ts';
import type { SqlSyntax } from '../../sql/tokens.ts';

const TEXT_FILE = /\.(?:csv|tsv|txt|json|jsonl|ndjson)(?:\.gz|\.zst)?$/i;
const PARQUET = /\.(?:parquet|pq)$/i;

/** Name of the warehouse that a table is in; undefined: files beside the contract. */
export function warehouseName(contract: Contract, table: Table): string | undefined {
  return table.warehouse?.text ?? contract.warehouse?.text;
}

/** Type of the engine that holds the table; undefined where the warehouse is not declared. */
export function engineType(contract: Contract, table: Table, project: Project): string | undefined {
  const name = warehouseName(contract, table);
  return name === undefined ? 'duckdb' : project.warehouses.get(name)?.type.text;
}

/** How SQL of the contract is read for the table's engine. */
export function syntaxOf(contract: Contract, table: Table, project: Project): SqlSyntax {
  return engineType(contract, table, project) === 'mysql' ? 'mysql' : 'standard';
}

/** Whether the table may be text files, whose cells are read as text. */
export function mayBeText(contract: Contract, table: Table, project: Project): boolean {
  if (table.read?.format !== undefined) return table.read.format !== 'parquet';
  const type = engineType(contract, table, project);
  if (type !== undefined && type !== 'duckdb') return false;
  const name = warehouseName(contract, table);
  const database = name !== undefined && project.warehouses.get(name)?.url !== undefined;
  const location = table.location?.text ?? '';
  return TEXT_FILE.test(location) || !(database || PARQUET.test(location));
}

/** A warehouse as messages name it. */
export function placeName(warehouse: string | undefined): string {
  return warehouse === undefined ? 'files' : `warehouse "${warehouse}"`;
}
