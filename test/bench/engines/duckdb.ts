import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { version } from '@duckdb/node-api';
import { inDuckDB } from '../../support/duckdb-files.ts';
import { duckdb as flavour } from '../flavour.ts';
import { type BenchEngine, creating } from './engine.ts';

const VERSION = version().replace('v', '');

const removed = async (): Promise<void> => {};

/** A database file. */
export const duckdb: BenchEngine = {
  title: `DuckDB ${VERSION}, database file`,
  flavour,
  async make(tables, folder) {
    const url = join(folder, 'bench.duckdb');
    await inDuckDB(url, ...tables.flatMap((table) => creating(table, table.name, flavour)), 'checkpoint');
    return {
      surety: 'warehouses: { w: { type: duckdb, url: bench.duckdb } }\n',
      location: (table) => table,
      relation: (table) => table,
      catalog: ['select table_name, column_name, data_type as column_type from duckdb_columns() where not internal'],
      address: { driver: 'duckdb', url },
      remove: removed,
    };
  },
  stop: removed,
};

/** Files, which DuckDB reads. */
export const parquet: BenchEngine = {
  title: `DuckDB ${VERSION}, Parquet`,
  flavour,
  async make(tables, folder) {
    const data = join(folder, 'data');
    await mkdir(data);
    const relation = (table: string): string => `read_parquet('${join(data, `${table}.parquet`)}')`;
    const statements = tables.flatMap((table) => [
      ...creating(table, table.name, flavour),
      `copy ${table.name} to '${join(data, `${table.name}.parquet`)}' (format parquet)`,
      `drop table ${table.name}`,
    ]);
    await inDuckDB(':memory:', ...statements);
    return {
      surety: 'warehouses: { w: { type: duckdb, root: data } }\n',
      location: (table) => `${table}.parquet`,
      relation,
      catalog: tables.map(
        ({ name }) =>
          `select '${name}' as table_name, column_name, column_type from (describe select * from ${relation(name)})`,
      ),
      address: { driver: 'duckdb', url: ':memory:' },
      remove: removed,
    };
  },
  stop: removed,
};
