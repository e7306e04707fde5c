import type { Dialect } from '../sql/dialect.ts';

/** The engines by their `type` in surety.yaml; a driver is imported only when it is used. */
export const DIALECTS: readonly { readonly type: string; load(): Promise<Dialect> }[] = [
  { type: 'duckdb', load: async () => (await import('./duckdb.ts')).duckdb },
  { type: 'postgres', load: async () => (await import('./postgres.ts')).postgres },
  { type: 'mysql', load: async () => (await import('./mysql.ts')).mysql },
];
