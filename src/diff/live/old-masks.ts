import type { Loaded } from '../../contract/load.ts';
import type { Column, Contract, Table } from '../../model/contract.ts';
import type { Project, Showing } from '../../project/project.ts';
import { matchColumns, matchTables } from '../match.ts';
import { columnsOf } from '../parts/member-names.ts';

/** From the one that shows most. */
const STRICTNESS: readonly Showing[] = ['show', 'hash', 'mask'];

/**
 * The contracts with every class at least as strict as before: a change that declassifies a column must not show its values while it is still
 * looked at.
 */
export function withOldMasks(after: Loaded, before: Loaded): Loaded {
  const old = new Map(before.contracts.map(({ contract }) => [contract.id, contract]));
  const classes = strictest(before.project, after.project);
  const showing = (column: Column | undefined): Showing =>
    column?.classification ? (classes.get(column.classification.text) ?? 'mask') : 'show';
  const contracts = after.contracts.map((entry) => {
    const past = old.get(entry.contract.id);
    return past ? { ...entry, contract: masked(entry.contract, past, showing) } : entry;
  });
  return { ...after, contracts, project: { ...after.project, classifications: classes } };
}

function strictest(before: Project, after: Project): ReadonlyMap<string, Showing> {
  const of = ({ classifications }: Project, name: string): Showing => classifications.get(name) ?? 'mask';
  const names = [...before.classifications.keys(), ...after.classifications.keys()];
  return new Map(names.map((name) => [name, stricter(of(before, name), of(after, name))]));
}

function stricter(one: Showing, other: Showing): Showing {
  return STRICTNESS.indexOf(one) > STRICTNESS.indexOf(other) ? one : other;
}

function masked(now: Contract, past: Contract, showing: (column: Column | undefined) => Showing): Contract {
  const { pairs } = matchTables(past.tables, now.tables);
  const tables = now.tables.map((table) => {
    const pair = pairs.find((each) => each.new === table);
    return pair ? maskedTable(table, pair.old, showing) : table;
  });
  return { ...now, tables };
}

function maskedTable(table: Table, past: Table, showing: (column: Column | undefined) => Showing): Table {
  const pairs = new Map(matchColumns(past, table).pairs.map((pair) => [pair.new.name, pair.old]));
  const byName = new Map(columnsOf(past).map((column) => [column.name, column]));
  const columns = table.columns.map((column) => {
    const former = pairs.get(column.name) ?? byName.get(column.name);
    const isLess = STRICTNESS.indexOf(showing(column)) < STRICTNESS.indexOf(showing(former));
    return isLess && former?.classification ? { ...column, classification: former.classification } : column;
  });
  return { ...table, columns };
}
