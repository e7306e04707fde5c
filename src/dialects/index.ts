import type { Dialect, TableFiles, TablePlace, WarehouseTarget } from '../sql/dialect.ts';

interface DialectEntry {
  readonly type: string;
  load(): Promise<Dialect>;
  /** Without its driver. Absent: its tables are no files. */
  files?(target: WarehouseTarget, place: TablePlace): Promise<TableFiles>;
}

/** The engines by their `type` in surety.yaml; a driver is imported only when it is used. */
export const DIALECTS: readonly DialectEntry[] = [
  {
    type: 'duckdb',
    load: async () => (await import('./duckdb.ts')).duckdb,
    files: async (target, place) => (await import('./duckdb/table-files.ts')).tableFiles(target, place),
  },
  { type: 'postgres', load: async () => (await import('./postgres.ts')).postgres },
  { type: 'mysql', load: async () => (await import('./mysql.ts')).mysql },
];
