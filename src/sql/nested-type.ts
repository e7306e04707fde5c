import type { LogicalType } from '../model/logical-type.ts';
import type { RequestedColumn } from './dialect.ts';
import { parseMemberPath } from './member-path.ts';

/** Whether a value of the type is more than one value. */
export function isNested({ name }: LogicalType): boolean {
  return name === 'struct' || name === 'array' || name === 'map';
}

/** The type of a declared column with the members that the contract declares by their paths (`address.country`, `lines[].qty`). */
export function nestedType(column: RequestedColumn, all: readonly RequestedColumn[]): LogicalType {
  return typeAt(column.name, column.type, all);
}

function typeAt(path: string, type: LogicalType, all: readonly RequestedColumn[]): LogicalType {
  const part = (inner: string, otherwise: LogicalType): LogicalType =>
    typeAt(inner, all.find(({ name }) => name === inner)?.type ?? otherwise, all);
  if (type.name === 'array') return { name: 'array', element: part(`${path}[]`, type.element) };
  if (type.name === 'map') return { name: 'map', key: type.key, value: part(`${path}{}`, type.value) };
  if (type.name !== 'struct') return type;
  const depth = parseMemberPath(path).steps.length + 1;
  const members = all.flatMap((column) => {
    if (!column.name.startsWith(`${path}.`)) return [];
    const { steps } = parseMemberPath(column.name);
    const last = steps.at(-1);
    if (steps.length !== depth || last?.into !== 'member') return [];
    return [{ name: last.name, type: typeAt(column.name, column.type, all) }];
  });
  return { name: 'struct', members };
}
