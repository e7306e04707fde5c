import type { LogicalType } from '../model/logical-type.ts';
import { parseMemberPath } from './member-path.ts';

/** What a shape needs to know of a declared column or member. */
export interface Declared {
  /** Name, or path of a member: `address.country`, `lines[].qty`, `attrs{}.x`. */
  readonly name: string;
  readonly type: LogicalType;
  readonly required: boolean;
}

/** The form of a value: one value, or parts that are fields of their own. */
export type Shape<C extends Declared> =
  | { readonly kind: 'value'; readonly type: LogicalType }
  /** `isOpen`: no member is declared, so that any may be there. */
  | { readonly kind: 'struct'; readonly fields: readonly Field<C>[]; readonly isOpen: boolean }
  | { readonly kind: 'array'; readonly element: Field<C> }
  | { readonly kind: 'map'; readonly key: LogicalType; readonly value: Field<C> };

/** A column, a member of a struct, the element of a list or the value of a map. */
export interface Field<C extends Declared> {
  /** Name of the column or member; empty for elements of lists and values of maps. */
  readonly name: string;
  /** `lines[].qty`; that of an element is `lines[]`, of a value of a map `attrs{}`. */
  readonly path: string;
  /** Absent: the contract has no line for it (elements of `array<int64>`). */
  readonly column?: C;
  readonly type: LogicalType;
  /** Whether NULL may not stand there. */
  readonly required: boolean;
  readonly shape: Shape<C>;
}

/** The columns of a table as trees: members that the contract declares by their paths stand inside their parents. */
export function fieldsOf<C extends Declared>(columns: readonly C[]): readonly Field<C>[] {
  const declared = new Map(columns.map((column) => [column.name, column]));
  const members = new Map<string, { readonly name: string; readonly column: C }[]>();
  const roots: C[] = [];
  for (const column of columns) {
    const last = parseMemberPath(column.name).steps.at(-1);
    if (last === undefined) roots.push(column);
    else if (last.into === 'member') {
      const parent = column.name.slice(0, -last.name.length - 1);
      members.set(parent, [...(members.get(parent) ?? []), { name: last.name, column }]);
    }
  }
  const field = (name: string, path: string, otherwise: LogicalType): Field<C> => {
    const column = declared.get(path);
    const type = column?.type ?? otherwise;
    return {
      name,
      path,
      ...(column && { column }),
      type,
      required: column?.required ?? false,
      shape: shape(path, type),
    };
  };
  const shape = (path: string, type: LogicalType): Shape<C> => {
    if (type.name === 'array') return { kind: 'array', element: field('', `${path}[]`, type.element) };
    if (type.name === 'map') return { kind: 'map', key: type.key, value: field('', `${path}{}`, type.value) };
    const inside = members.get(path) ?? [];
    // A JSON column may have declared members too; without any it is one value.
    if (type.name !== 'struct' && inside.length === 0) return { kind: 'value', type };
    const fields = inside.map((member) => field(member.name, member.column.name, member.column.type));
    return { kind: 'struct', fields, isOpen: fields.length === 0 || type.name !== 'struct' };
  };
  return roots.map((column) => field(column.name, column.name, column.type));
}
