import type { ColumnList, Table } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { columnNamed, isMany, unknownColumn, valueNamed, wrong } from './report.ts';
import type { Rule } from './rule.ts';

/** Columns that key, partitions and checks name exist and have one value a row; checks may name features. */
export const namedColumns: Rule = (contract) =>
  contract.tables.flatMap((table) => [
    ...problemsOf(table, table.key, 'columns'),
    ...problemsOf(table, table.partitionedBy, 'columns'),
    ...table.checks.flatMap((check) => [
      ...problemsOf(table, check.by, 'values'),
      ...(check.kind === 'unique' || check.kind === 'references' ? problemsOf(table, check.columns, 'values') : []),
    ]),
  ]);

function problemsOf(table: Table, list: ColumnList | undefined, of: 'columns' | 'values'): readonly Diagnostic[] {
  const named = of === 'columns' ? columnNamed : valueNamed;
  const seen = new Set<string>();
  return (list?.columns ?? []).flatMap(({ text, at }) => {
    const repeated = seen.has(text);
    seen.add(text);
    if (repeated) return [wrong('repeated-column', at, `"${text}" stands here twice`, 'remove one', table.name)];
    if (!named(table, text)) return [unknownColumn(table, text, at, of)];
    if (!isMany(text)) return [];
    const message = `"${text}" has several values in a row, expected a column with one`;
    return [
      wrong('many-values', at, message, 'name a column, or a member that is not inside a list or map', table.name),
    ];
  });
}
