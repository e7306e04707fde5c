import type { Column, Table } from '../../model/contract.ts';
import type { Diagnostic, Position } from '../../model/diagnostic.ts';
import type { LogicalType } from '../../model/logical-type.ts';
import { didYouMean } from '../did-you-mean.ts';

/** A problem that makes the contract unusable; `kebab` is the part of the code behind `lint/`. */
export function wrong(kebab: string, at: Position, message: string, hint: string, path?: string): Diagnostic {
  return { code: `lint/${kebab}`, severity: 'error', message, hint, at, ...(path !== undefined && { path }) };
}

/** Something that most likely is not what was meant. */
export function doubtful(kebab: string, at: Position, message: string, hint: string, path?: string): Diagnostic {
  return { ...wrong(kebab, at, message, hint, path), severity: 'warning' };
}

export function columnNamed(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

/** A column or a feature: what checks may name. */
export function valueNamed(table: Table, name: string): Column | undefined {
  return columnNamed(table, name) ?? table.features.find((feature) => feature.name === name);
}

/** A name that nothing in `of` has: the columns, which are what the table itself has, or the features too. */
export function unknownColumn(
  table: Table,
  name: string,
  at: Position,
  of: 'columns' | 'values' = 'columns',
): Diagnostic {
  if (of === 'columns' && valueNamed(table, name)) {
    const message = `"${name}" is a feature, expected a column of the table`;
    return wrong('unknown-column', at, message, 'features are named by checks alone', table.name);
  }
  const known = of === 'columns' ? table.columns : [...table.columns, ...table.features];
  const names = known.map((column) => column.name);
  const message = `table "${table.name}" has no column "${name}"`;
  return wrong('unknown-column', at, message, didYouMean(name, names, `columns are ${listed(names)}`), table.name);
}

/** Whether the type could be read; what it could not be has been reported. */
export function isReadable(type: LogicalType): boolean {
  return type.name !== 'native' || type.native !== '';
}

/** Whether a row has several of the values: a member inside a list or a map. */
export function isMany(name: string): boolean {
  return name.includes('[]') || name.includes('{}');
}

function listed(names: readonly string[]): string {
  return names.length > 12 ? `${names.slice(0, 12).join(', ')}, …` : names.join(', ');
}
