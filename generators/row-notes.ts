import type { Table } from '../src/model/contract.ts';
import type { ContractInput, Note } from './generator.ts';

/** What a schema of single rows cannot say of a table: promises over several rows, and conditions in SQL. */
export function rowNotes(input: ContractInput, table: Table): readonly Note[] {
  const where = `${input.contract.id}/${table.name}`;
  const several = [
    ...(table.key ? ['key'] : []),
    ...(table.freshness ? ['freshness'] : []),
    ...(table.retention ? ['retention'] : []),
    ...table.columns.flatMap((column) => [
      ...(column.unique ? [`${column.name}.unique`] : []),
      ...(column.references ? [`${column.name}.references`] : []),
      ...(column.missing?.allow ? [`${column.name}.missing`] : []),
    ]),
    ...table.checks.filter(({ kind }) => kind !== 'expect').map(({ id }) => id),
  ];
  const conditions = [
    ...(table.where ? ['where'] : []),
    ...table.checks.filter(({ kind }) => kind === 'expect').map(({ id }) => id),
  ];
  return [
    ...(several.length > 0
      ? [{ where, message: `left out, as they are about several rows: ${several.join(', ')}` }]
      : []),
    ...(conditions.length > 0 ? [{ where, message: `left out, as they are SQL: ${conditions.join(', ')}` }] : []),
  ];
}
