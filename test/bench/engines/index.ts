import type { EngineName } from '../options.ts';
import { duckdb, parquet } from './duckdb.ts';
import type { BenchEngine, MissingEngine } from './engine.ts';
import { serverEngine } from './server.ts';

export async function openEngine(name: EngineName): Promise<BenchEngine | MissingEngine> {
  if (name === 'duckdb') return duckdb;
  return name === 'parquet' ? parquet : serverEngine(name);
}
