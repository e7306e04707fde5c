import type { LoadedContract } from '../contract/load.ts';
import type { Contract, Table } from '../model/contract.ts';
import { nearest } from '../util/nearest.ts';
import { UsageError } from './verb.ts';

export interface NamedTable {
  readonly contract: Contract;
  readonly table: Table;
}

/** The table that `orders`, `shop.orders/orders` or the id of a contract with one table means. Throws `UsageError`. */
export function namedTable(name: string, contracts: readonly LoadedContract[]): NamedTable {
  const all = contracts.flatMap(({ contract }) => contract.tables.map((table) => ({ contract, table })));
  const found = all.filter(({ contract, table }) => namesOf(contract, table).includes(name));
  const [first, ...others] = found;
  if (first && others.length === 0) return first;
  if (first) {
    const places = found.map(({ contract, table }) => `${contract.id}/${table.name}`);
    throw new UsageError(`several tables are called "${name}"`, `name one of ${places.join(', ')}`);
  }
  const whole = contracts.find(({ contract }) => contract.id === name || contract.name === name);
  if (whole) {
    const names = whole.contract.tables.map((table) => `${whole.contract.id}/${table.name}`);
    throw new UsageError(`contract "${name}" has ${names.length} tables`, `name one of ${names.join(', ')}`);
  }
  const near = nearest(
    name,
    all.flatMap(({ contract, table }) => namesOf(contract, table)),
  );
  const known = all.slice(0, 10).map(({ contract, table }) => `${contract.id}/${table.name}`);
  const hint =
    near === undefined
      ? known.length > 0
        ? `tables here are ${known.join(', ')}`
        : 'write a contract first: surety init'
      : `did you mean ${near}?`;
  throw new UsageError(`there is no table "${name}"`, hint);
}

function namesOf(contract: Contract, table: Table): readonly string[] {
  const ids = [...new Set([contract.id, contract.name])];
  return [table.name, ...ids.map((id) => `${id}/${table.name}`), ...(contract.tables.length === 1 ? ids : [])];
}
