import type { CheckSeverity, Column, Table } from '../src/model/contract.ts';

/** What promises of a table are about: rows of its window, or, as keys and unique columns are, all of them. */
export type Rows = 'all' | 'window';

/** A promise with its own severity, absent: that of its table. */
export interface Severe {
  readonly severity?: CheckSeverity;
}

/** Whether a breach of a promise is told and stops nothing. */
export function onlyWarns({ severity }: Severe, table: Pick<Table, 'severity'>): boolean {
  return (severity ?? table.severity) === 'warn';
}

/** Why a promise is no constraint, as it would hold for more than was promised; undefined: it is one. */
export function looseness(table: Table, promise: Severe, rows: Rows): string | undefined {
  if (onlyWarns(promise, table)) return 'a breach is only a warning';
  if (rows === 'window' && table.window) return `only the rows of the last ${table.window.text} have to keep it`;
  return undefined;
}

/** The key as a promise: it refuses NULL too, which may be promised less severely of one of its columns. */
export function keyPromise({ columns, key }: Table): Severe {
  const names = key?.columns.map(({ text }) => text) ?? [];
  return columns.some(({ name, severity }) => names.includes(name) && severity === 'warn') ? { severity: 'warn' } : {};
}

export function isKeyColumn({ key }: Table, name: string): boolean {
  return key?.columns.some(({ text }) => text === name) ?? false;
}

/** Whether the contract promises less than that every value keeps the rules, so that a reader can meet one that does not. */
export function mayBreakRules({ invalid }: Pick<Column, 'invalid'>): boolean {
  return invalid !== undefined && (invalid.fail === undefined || invalid.fail.value.coefficient > 0n);
}
