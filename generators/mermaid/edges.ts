import type { Column, Contract, Reference, Table } from '../../src/model/contract.ts';
import type { Tolerance } from '../../src/model/threshold.ts';
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
      references ? [edge(contract, known, table, [name], references.to, references.allow)] : [],
    ),
    ...table.checks.flatMap((check) => {
      const [to] = check.kind === 'references' ? check.to : [];
      if (check.kind !== 'references' || !to) return [];
      const columns = check.columns.columns.map(({ text }) => text);
      return [edge(contract, known, table, columns, to, check.allow)];
    }),
  ]);
}

function edge(
  own: Contract,
  known: readonly Contract[],
  table: Table,
  columns: readonly string[],
  reference: Reference,
  allow: Tolerance | undefined,
): Edge {
  const { contract, table: found } = referencedTable(own, reference, known) ?? {};
  const isOwn = contract?.id === own.id;
  const path = [contract?.id ?? reference.contract, found?.name ?? reference.table];
  const declared = table.columns.filter(({ name }) => columns.includes(name));
  // A row may also refer to nothing where some may, and by a value that counts as missing.
  const isRequired =
    allow === undefined &&
    declared.length === columns.length &&
    declared.every(({ required, missing }) => required && !missing?.values.length);
  return {
    table: table.name,
    columns,
    ends: `${isOne(table, columns) ? '|o' : '}o'}--${isRequired ? '||' : 'o|'}`,
    to: { isOwn, name: isOwn ? reference.table : path.filter((part) => part !== undefined).join('/') },
  };
}

/** Whether no two rows have the same value, and none may. */
export function isUnique({ unique }: Pick<Column, 'unique'>): boolean {
  return unique !== undefined && !unique.allow && !unique.window;
}

/** Whether no two rows of the table have the same values there. */
function isOne({ key, columns }: Table, names: readonly string[]): boolean {
  const isAlone = columns.some((column) => names.includes(column.name) && isUnique(column));
  return isAlone || key?.columns.every(({ text }) => names.includes(text)) === true;
}
