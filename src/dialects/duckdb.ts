import type { Dialect } from '../sql/dialect.ts';
import { openWarehouse } from './duckdb/warehouse.ts';

/** DuckDB, embedded: over files (Parquet, CSV, JSON), or over a DuckDB database file that is opened read-only. */
export const duckdb: Dialect = { type: 'duckdb', open: openWarehouse };
