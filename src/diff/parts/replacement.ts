import type { Contract, Deprecation, Places } from '../../model/contract.ts';
import type { Position } from '../../model/diagnostic.ts';
import type { ConcludingContext, Found, World } from '../rules/rule.ts';
import { columnsOf } from './member-names.ts';
import { contractNamed } from './names-contract.ts';
import { renamedUse } from './renamed-use.ts';

/** Something that can be announced to go. */
interface Place {
  readonly path: string;
  /** For messages. */
  readonly what: string;
  readonly at: Position;
  readonly places?: Places;
  readonly deprecated?: Deprecation | undefined;
  readonly own: string;
  /** Names in the same place: columns beside a column, values beside a value. */
  readonly siblings: readonly string[];
  /** Whether only these can replace it. */
  readonly isClosed?: boolean;
}

/**
 * Replacements that are not there, and were not missing before: because another one is named, or because the one that is named went. What is
 * itself new is not looked at: it is told as a whole.
 */
export function danglingReplacements({ contract, world }: ConcludingContext): readonly Found[] {
  const going = placesOf(contract.new).filter(({ deprecated }) => deprecated?.replacedBy !== undefined);
  if (going.length === 0) return [];
  const before = new Map(placesOf(contract.old).map((place) => [pathNow(place.path, contract), place]));
  return going.flatMap((place): readonly Found[] => {
    const was = before.get(place.path);
    const name = place.deprecated?.replacedBy;
    if (!was || !place.deprecated || !isDangling(place, contract.new, world.new)) return [];
    if (was.deprecated?.replacedBy === name && isDangling(was, contract.old, world.old)) return [];
    return [
      {
        rule: 'replaced-by-dangling',
        below: place.path,
        before: null,
        after: name ?? null,
        message: `${place.what} is to be replaced by \`${name}\`, which is ${name === place.own ? 'itself' : 'not there'}`,
        at: place.places?.deprecated ?? place.deprecated.at,
        was: was.places?.deprecated ?? was.deprecated?.at ?? was.at,
      },
    ];
  });
}

/** Prose explains and names nothing. */
function isDangling({ deprecated, own, siblings, isClosed }: Place, contract: Contract, world: World): boolean {
  const name = deprecated?.replacedBy?.trim();
  if (name === undefined) return false;
  if (siblings.includes(name)) return name === own;
  if (/\s|:\/\//.test(name)) return false;
  if (isClosed) return true;
  const slash = name.indexOf('/');
  if (slash < 0) return !hasPlace(contract, name) && contractNamed(name, world.contracts) === undefined;
  const other = contractNamed(name.slice(0, slash), world.contracts);
  return other === undefined || !hasPlace(other, name.slice(slash + 1));
}

/** Whether `orders`, or `orders.code`, is in a contract. */
function hasPlace({ tables }: Contract, name: string): boolean {
  return tables.some(
    (table) => table.name === name || columnsOf(table).some((column) => `${table.name}.${column.name}` === name),
  );
}

/** Where something of the old version is in the new one. */
function pathNow(path: string, contract: ConcludingContext['contract']): string {
  const [place = '', value] = path.split(/(?=\.enum\.)/);
  return renamedUse(place, contract) + (value ?? '');
}

function placesOf(contract: Contract): readonly Place[] {
  const { id, tables } = contract;
  const tableNames = tables.map(({ name }) => name);
  return [
    { ...contract, path: 'deprecated', what: 'the contract', own: id, siblings: [id] },
    ...tables.flatMap((table) => {
      const columns = columnsOf(table);
      const columnNames = columns.map(({ name }) => name);
      return [
        { ...table, path: table.name, what: `table \`${table.name}\``, own: table.name, siblings: tableNames },
        ...columns.flatMap((column) => {
          const path = `${table.name}.${column.name}`;
          const values = column.enum?.values ?? [];
          const siblings = values.map(({ text }) => text);
          return [
            { ...column, path, what: `\`${column.name}\``, own: column.name, siblings: columnNames },
            ...values.map(({ text, ...value }) => ({
              ...value,
              path: `${path}.enum.${text}`,
              what: `value \`${text}\``,
              own: text,
              siblings,
              isClosed: true,
            })),
          ];
        }),
      ];
    }),
  ];
}
