import type { Column, Contract, Table } from '../../src/model/contract.ts';
import { type Field, fieldsOf } from '../../src/sql/shape.ts';
import { camelCase, pascalCase } from '../../src/util/identifier.ts';
import { refuseCollisions } from '../names.ts';
import { RESERVED_TYPES, RESERVED_WORDS, withKnownLetters } from './reserved.ts';

/** What a table and its parts are called in the module. */
export interface TableNames {
  /** The constant: `orders`. */
  readonly constant: string;
  readonly row: string;
  readonly features: string;
  readonly newRow: string;
  readonly table: string;
  readonly key: string;
  readonly validateRow: string;
  readonly validateNewRow: string;
  /** Path of a struct, or of a list or map of structs → its interface: `lines[]` → `OrdersLines`. */
  readonly nested: ReadonlyMap<string, string>;
}

export interface ModuleNames {
  readonly of: (table: Table) => TableNames;
  /** Whether the module has something of this name, so that an import needs another. */
  readonly has: (name: string) => boolean;
}

/**
 * Names of everything that a module declares. Throws `GenerateError` where two tables or columns cannot be told apart; names that only
 * the module chose get a `_` where they are taken.
 */
export function moduleNames(contract: Contract): ModuleNames {
  refuseCollisions(contract.tables.map(({ name }) => ({ name, origin: `table "${name}" of ${contract.id}` })));
  refuseCollisions(
    contract.tables.map(({ name }) => ({ name: typeName(name), origin: `table "${name}" of ${contract.id}` })),
  );
  for (const table of contract.tables) refuseColumns(contract, table);

  const taken = new Set<string>();
  const take = (wanted: string): string => {
    let name = wanted;
    while (taken.has(name) || RESERVED_WORDS.has(name) || RESERVED_TYPES.has(name)) name += '_';
    taken.add(name);
    return name;
  };
  // What readers write first: a table `new_order` keeps `NewOrderRow` beside a table `order`.
  const read = contract.tables.map((table) => {
    const name = typeName(table.name);
    return {
      constant: take(constantName(table.name)),
      row: take(`${name}Row`),
      features: take(`${name}Features`),
      table: take(`${name}Table`),
      key: take(`${name}Key`),
    };
  });
  const names = new Map(
    contract.tables.map((table, index): [Table, TableNames] => {
      const name = typeName(table.name);
      const own = read[index] ?? { constant: '', row: '', features: '', table: '', key: '' };
      const newRow = take(`New${name}Row`);
      return [
        table,
        {
          ...own,
          newRow,
          validateRow: take(`validate${own.row}`),
          validateNewRow: take(`validate${newRow}`),
          nested: new Map(structPaths(table).map((path) => [path, take(`${name}${typeName(path)}`)])),
        },
      ];
    }),
  );
  return {
    of(table) {
      const found = names.get(table);
      if (!found) throw new Error(`${table.name} is no table of ${contract.id}`);
      return found;
    },
    has: (name) => taken.has(name),
  };
}

function refuseColumns(contract: Contract, table: Table): void {
  const where = `${contract.id}/${table.name}`;
  refuseCollisions([
    ...table.columns.map(({ name }) => ({ name, origin: `column "${name}" of ${where}` })),
    ...table.features.map(({ name }) => ({ name, origin: `feature "${name}" of ${where}` })),
  ]);
}

/** `order-items`, `lines[].price` → `OrderItems`, `LinesPrice`. */
export function typeName(path: string): string {
  return pascalCase(withKnownLetters(path).replaceAll(/\[\]|\{\}|\./g, ' '));
}

/** `order-items` → `orderItems`. */
export function constantName(name: string): string {
  return camelCase(withKnownLetters(name));
}

/** Paths of all structs with declared members, the outer ones first. */
function structPaths(table: Table): readonly string[] {
  const inside = ({ path, shape }: Field<Column>): readonly string[] => {
    if (shape.kind === 'array') return inside(shape.element);
    if (shape.kind === 'map') return inside(shape.value);
    if (shape.kind !== 'struct' || shape.fields.length === 0) return [];
    return [path, ...shape.fields.flatMap(inside)];
  };
  return [...fieldsOf(table.columns), ...fieldsOf<Column>(table.features)].flatMap(inside);
}
