import type { Table } from '../../src/model/contract.ts';

/** Where a table is created. */
export interface Place {
  readonly schema?: string;
  readonly table: string;
}

/** The place that the location names (`schema.table`, parts with odd characters in double quotes), and why it is another one. */
export function placeOf(table: Table, isFiles: boolean): { readonly place: Place; readonly note?: string } {
  const own = { table: table.name };
  if (!table.location) return { place: own };
  const { text } = table.location;
  if (isFiles) return { place: own, note: `it is created under its own name: ${text} names files` };
  const parts = [...text.matchAll(/"((?:[^"]|"")*)"|[^."]+/gu)].map(
    ([part, quoted]) => quoted?.replaceAll('""', '"') ?? part,
  );
  const [name = '', schema] = [...parts].reverse();
  if (parts.length > 2 || parts.includes('') || name === '') {
    return { place: own, note: `it is created under its own name: "${text}" is not schema.table` };
  }
  return { place: { table: name, ...(schema !== undefined && { schema }) } };
}
