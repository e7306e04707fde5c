import type { Table } from '../../src/model/contract.ts';
import type { Origin } from '../generator.ts';

/** Where a table is created. */
export interface Place {
  readonly schema?: string;
  readonly table: string;
}

/** The schema and name of the table in its warehouse, and why it is created under others. */
export function placeOf(
  table: Table,
  { engine, path, name }: Origin,
): { readonly place: Place; readonly note?: string } {
  const own = { table: table.name };
  if (engine === 'files') {
    const note = table.location && `it is created under its own name: ${table.location.text} names files`;
    return { place: own, ...(note && { note }) };
  }
  const [schema] = path;
  if (path.length > 1 || [...path, name].includes('')) {
    return { place: own, note: `it is created under its own name: "${table.location?.text}" is not schema.table` };
  }
  return { place: { table: name, ...(schema !== undefined && { schema }) } };
}
