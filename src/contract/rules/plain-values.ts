import type { Column, ColumnList, Table } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { isMany, isReadable, valueNamed, wrong } from './report.ts';
import type { Rule } from './rule.ts';

/** Types whose values cannot be compared by equality on every engine. */
const WITHOUT_EQUALITY = new Set(['struct', 'array', 'map', 'json', 'native']);

/** What has to be unique can be told apart, and comes once a row. */
export const plainValues: Rule = (contract) =>
  contract.tables.flatMap((table) => [
    ...ofList(table, 'key', table.key),
    ...ofList(table, 'partitionedBy', table.partitionedBy),
    ...table.checks.flatMap((check) => (check.kind === 'unique' ? ofList(table, 'unique', check.columns) : [])),
    ...[...table.columns, ...table.features].flatMap((column) => ofColumn(table, column)),
  ]);

function ofList(table: Table, what: string, list: ColumnList | undefined): readonly Diagnostic[] {
  return (list?.columns ?? []).flatMap(({ text, at }) => {
    const column = valueNamed(table, text);
    if (!column || !isReadable(column.type) || !WITHOUT_EQUALITY.has(column.type.name)) return [];
    const message = `\`${what}\` needs plain values, but "${text}" is ${column.typeText.text}`;
    return [wrong('misfit-column', at, message, 'name a column with plain values', table.name)];
  });
}

function ofColumn(table: Table, { name, unique }: Column): readonly Diagnostic[] {
  if (!unique || !isMany(name)) return [];
  const message = `"${name}" has several values in a row, of which \`unique\` says nothing`;
  const hint = 'write a `failingRows` query that unnests it';
  return [wrong('many-values', unique.at, message, hint, `${table.name}.${name}`)];
}
