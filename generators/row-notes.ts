import type { Table } from '../src/model/contract.ts';
import type { ContractInput, Note } from './generator.ts';
import { onlyWarns } from './row-scope.ts';

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
  // Types are what they are for all rows: what has to be there does not depend on when the row is from, or on who is told.
  const mild = table.columns.filter((column) => column.required && onlyWarns(column, table)).map(({ name }) => name);
  return [
    ...(several.length > 0
      ? [{ where, message: `left out, as they are about several rows: ${several.join(', ')}` }]
      : []),
    ...(conditions.length > 0 ? [{ where, message: `left out, as they are SQL: ${conditions.join(', ')}` }] : []),
    ...(table.window
      ? [
          {
            where,
            message: `every row has to keep the rules: the contract asks it of those of the last ${table.window.text}`,
          },
        ]
      : []),
    ...(mild.length > 0
      ? [{ where, message: `every row has to have a value, though a breach is only a warning: ${mild.join(', ')}` }]
      : []),
  ];
}
