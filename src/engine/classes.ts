import type { TableView } from '../checks/check.ts';
import type { Column, Feature, Table } from '../model/contract.ts';
import type { SqlSyntax } from '../sql/tokens.ts';
import { lexSql } from '../sql/tokens.ts';
import { namesIn } from './features.ts';

/** Stands for what no class speaks of. */
export const HIDDEN = '‹hidden›';

/** Functions that run the SQL of a text, or read the table that it names. */
const RUNS_TEXT = /^(?:query|table|cursor|schema|database)_to_|^query(?:_table)?$|^dblink/;

type Seen = Pick<TableView, 'table' | 'source' | 'dialect' | 'extraColumns'>;

/** The columns whose classes hold for values of a column, a member or a feature. */
export function classesBehind(name: string, view: Seen): readonly Column[] {
  const { table } = view;
  const feature = table.features.find((each) => each.name === name);
  if (!feature) return related(table, name);
  const named = namesIn([feature.as], view.dialect.syntax);
  const read = table.columns.filter((column) => [...named].some((each) => answersTo(column, each)));
  return [feature, ...read.flatMap((column) => related(table, column.name))];
}

/** Whether a feature may show what its SQL does not name: other rows and tables, a whole row, columns by their place or without a class. */
export function readsMore(name: string, view: Seen): boolean {
  const feature = view.table.features.find((each) => each.name === name);
  if (!feature) return false;
  const { syntax } = view.dialect;
  const named = namesIn([feature.as], syntax);
  const isDeclared = (each: string): boolean => view.table.columns.some((column) => answersTo(column, each));
  const rows = namesIn([{ text: view.dialect.compile(view.source.scan).sql }], syntax);
  const extra = view.extraColumns.map((column) => column.toLowerCase());
  return (
    [...named].some((each) => (rows.has(each) || extra.includes(each)) && !isDeclared(each)) ||
    ['select', 'columns'].some((word) => named.has(word)) ||
    [...named].some((each) => RUNS_TEXT.test(each)) ||
    hasRowSigns(feature, syntax)
  );
}

/** `{table}`, `*` for all columns, and `#1` for the first. */
function hasRowSigns({ as }: Feature, syntax: SqlSyntax): boolean {
  const pieces = lexSql(as.text, syntax).tokens.filter(({ kind }) => kind !== 'blank' && kind !== 'comment');
  return pieces.some(({ kind, text }, index) => {
    if (kind === 'placeholder') return text !== '{now}';
    if (kind !== 'symbol') return false;
    // A name with escapes is another one than it seems.
    if (text === '&' && /^u$/i.test(pieces[index - 1]?.text ?? '')) return pieces[index + 1]?.kind === 'name';
    return text === '#' || (text === '*' && ['(', ',', '.', undefined].includes(pieces[index - 1]?.text));
  });
}

export function answersTo(column: Column, name: string): boolean {
  return [column.name, ...column.physicalNames].some((own) => own.toLowerCase() === name.toLowerCase());
}

/** The column, the one it is part of, and its members: a class on any of them hides the whole value. */
export function related(table: Table, name: string): readonly Column[] {
  const inside = (outer: string, inner: string): boolean =>
    /^(?:\.|\[\]|\{\})/.test(inner.slice(outer.length)) && inner.startsWith(outer);
  return table.columns.filter(
    (column) => column.name === name || inside(column.name, name) || inside(name, column.name),
  );
}
