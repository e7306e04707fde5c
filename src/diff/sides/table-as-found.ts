import type { TableView } from '../../checks/check.ts';
import type { Column, Table } from '../../model/contract.ts';
import type { LogicalType } from '../../model/logical-type.ts';
import type { Problem } from '../../model/problem.ts';
import { conform } from '../../sql/conform.ts';
import { printLogicalType } from '../../sql/logical-type.ts';
import { parseMemberPath } from '../../sql/member-path.ts';
import { matchName } from '../../sql/names.ts';

/** A table as the source has it, and what could not be told of it. */
export interface FoundTable {
  readonly table: Table;
  readonly doubts: readonly Problem[];
}

/**
 * The columns of the source, in words of the contract: those that are not there are left out, those that it does not name come behind the
 * others in the order of the catalog, whatever `extraColumns` says. A type that keeps the declared promise counts as the declared one.
 */
export function tableAsFound(table: Table, view: TableView): FoundTable {
  const doubts: Problem[] = [];
  const columns = table.columns.flatMap((column): Column[] => {
    const found = view.found(column);
    switch (found.state) {
      case 'there': {
        // Text has no types, and what is in a document only its rows tell.
        if (view.source.text || found.schemaless || !conform(column.type, found.type)) return [column];
        const type = withoutMembers(found.type);
        return [{ ...column, type, typeText: { text: printLogicalType(type), at: column.typeText.at } }];
      }
      case 'missing':
        return [];
      case 'ambiguous':
        doubts.push({
          message: `"${column.name}" could be ${found.names.map((name) => `"${name}"`).join(' or ')}`,
          hint: 'write the exact spelling as physicalName',
        });
        return [column];
      case 'hidden':
        doubts.push(found.forbidden);
        return [column];
      // A file of no bytes has no columns that could differ.
      default:
        return [column];
    }
  });
  if (view.source.partial) {
    doubts.push({
      message: `the role sees only some columns of ${view.source.place}, so others may be there`,
      hint: 'grant it SELECT on the whole table',
    });
  }
  const members = extraMembers(table, view);
  const extra = view.extraColumns.map((name) => {
    const type = view.source.columns.find((each) => each.name === name)?.type ?? { name: 'string' };
    return columnOf(name, type, table);
  });
  return { table: { ...table, columns: [...columns, ...members, ...extra] }, doubts };
}

/** Members that the source has beside those that the contract names; of a struct of which it names none, none. */
function extraMembers(table: Table, view: TableView): readonly Column[] {
  if (view.source.text) return [];
  const names = table.columns.map(({ name }) => name);
  const extra: Column[] = [];
  const visit = (path: string, type: LogicalType): void => {
    if (type.name === 'array') visit(`${path}[]`, type.element);
    if (type.name === 'map') visit(`${path}{}`, type.value);
    if (type.name !== 'struct') return;
    const named = names.filter((name) => name.startsWith(`${path}.`)).map((name) => name.slice(path.length + 1));
    const own = [...new Set(named.map((name) => /^[^.[{]*/.exec(name)?.[0] ?? ''))];
    if (own.length === 0) return;
    for (const member of type.members ?? []) {
      const declared = own.find((name) => matchName([name], [member.name]).state === 'found');
      if (declared === undefined) extra.push(columnOf(`${path}.${member.name}`, member.type, table));
      else visit(`${path}.${declared}`, member.type);
    }
  };
  for (const column of table.columns.filter(({ name }) => parseMemberPath(name).steps.length === 0)) {
    const found = view.found(column);
    const source = found.state === 'there' && view.source.columns.find(({ name }) => name === found.name);
    if (source && !source.schemaless) visit(column.name, source.type);
  }
  return extra;
}

/** A column of which nothing is known but what the catalog says. */
function columnOf(name: string, found: LogicalType, { at }: Table): Column {
  const type = withoutMembers(found);
  return {
    name,
    type,
    typeText: { text: printLogicalType(type), at },
    physicalNames: [name],
    required: false,
    generated: false,
    tags: [],
    links: Object.create(null),
    extensions: Object.create(null),
    places: Object.create(null),
    at,
  };
}

/** As contracts write it: members have paths of their own. */
function withoutMembers(type: LogicalType): LogicalType {
  switch (type.name) {
    case 'struct':
      return { name: 'struct' };
    case 'array':
      return { name: 'array', element: withoutMembers(type.element) };
    case 'map':
      return { name: 'map', key: type.key, value: withoutMembers(type.value) };
    default:
      return type;
  }
}
