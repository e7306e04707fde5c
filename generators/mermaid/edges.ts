import type { Contract, Reference, Table } from '../../src/model/contract.ts';
import { referencedTable } from '../../src/util/referenced.ts';

/** A reference from a table of the contract to another. */
export interface Edge {
  readonly table: string;
  readonly columns: readonly string[];
  /** Mermaid's mark for how many rows are on either side. */
  readonly ends: string;
  /** Name of a table of the contract, else `contract/table`. */
  readonly to: { readonly isOwn: boolean; readonly name: string };
}

/** All references of a contract's tables, those in its checks included. */
export function edgesOf(contract: Contract, known: readonly Contract[]): readonly Edge[] {
  return contract.tables.flatMap((table) => [
    ...table.columns.flatMap(({ name, references }) =>
      references ? [edge(contract, known, table, [name], references.to)] : [],
    ),
    ...table.checks.flatMap((check) => {
      const [to] = check.kind === 'references' ? check.to : [];
      if (check.kind !== 'references' || !to) return [];
      const columns = check.columns.columns.map(({ text }) => text);
      return [edge(contract, known, table, columns, to)];
    }),
  ]);
}

function edge(
  own: Contract,
  known: readonly Contract[],
  table: Table,
  columns: readonly string[],
  reference: Reference,
): Edge {
  const { contract, table: found } = referencedTable(own, reference, known) ?? {};
  const isOwn = contract?.id === own.id;
  const path = [contract?.id ?? reference.contract, found?.name ?? reference.table];
  const declared = table.columns.filter(({ name }) => columns.includes(name));
  const isRequired = declared.length === columns.length && declared.every(({ required }) => required);
  return {
    table: table.name,
    columns,
    ends: `${isOne(table, columns) ? '|o' : '}o'}--${isRequired ? '||' : 'o|'}`,
    to: { isOwn, name: isOwn ? reference.table : path.filter((part) => part !== undefined).join('/') },
  };
}

/** Whether no two rows of the table have the same values there. */
function isOne({ key, columns }: Table, names: readonly string[]): boolean {
  const isUnique = columns.some(({ name, unique }) => names.includes(name) && unique && !unique.allow);
  return isUnique || key?.columns.every(({ text }) => names.includes(text)) === true;
}
