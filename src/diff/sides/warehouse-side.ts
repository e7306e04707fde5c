import { didYouMean } from '../../contract/did-you-mean.ts';
import type { Loaded } from '../../contract/load.ts';
import { warehouseName } from '../../contract/rules/source-kind.ts';
import { type OpenTables, openTables } from '../../engine/open.ts';
import { openInput, type VerifyOptions } from '../../engine/verify.ts';
import type { Contract, Table } from '../../model/contract.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import { namedTarget } from '../../project/target.ts';
import { tableAsFound } from './table-as-found.ts';

/** A side of a comparison, or why there is none: `misconfigured` is wrong use (exit 2), `unreached` a warehouse out of reach (exit 3). */
export type WarehouseSide = { readonly diagnostics: readonly Diagnostic[] } & (
  | {
      /** All contracts of the project; selected are those with a table in the warehouse. */
      readonly loaded: Loaded;
    }
  | { readonly failed: 'misconfigured' | 'unreached' }
);

/** Reasons for which nothing can be said of a warehouse, rather than of one table. */
const UNREACHED = ['warehouse not reached', 'connection lost', 'cancelled', 'time-out', 'engine refused'];

/**
 * The contracts as a warehouse keeps them now: the columns and types of its catalog, and everything that no catalog knows as the contract has
 * it, so that a comparison shows what the tables really differ in. Tables of other warehouses stay as they are. What the warehouse enforces
 * by itself (NOT NULL, keys) makes no difference in either direction: a constraint is no promise to readers, and a promise needs none.
 */
export async function warehouseSide(
  name: string,
  loaded: Loaded,
  options: Pick<VerifyOptions, 'timeout' | 'signal'> = {},
): Promise<WarehouseSide> {
  const target = namedTarget(loaded.project, name);
  if (!('found' in target)) {
    const known = loaded.project.warehouses.keys();
    const diagnostics = target.diagnostics.map((each) =>
      each.code === 'project/unknown-warehouse' ? { ...each, hint: didYouMean(name, known, each.hint ?? '') } : each,
    );
    return { failed: 'misconfigured', diagnostics };
  }
  const there = loaded.contracts
    .filter(({ selected }) => selected)
    .flatMap(({ contract }) =>
      contract.tables
        .filter((table) => warehouseName(contract, table) === name)
        .map((table) => ({ contract, table, bare: withoutOthers(table) })),
    );
  if (there.length === 0) {
    const message = `no contract has a table in the warehouse "${name}"`;
    const hint = 'contracts name it with `warehouse:`, for all tables or for one';
    return {
      failed: 'misconfigured',
      diagnostics: [{ code: 'diff/empty-warehouse', severity: 'error', message, hint }],
    };
  }
  const input = openInput(
    loaded,
    there.map(({ contract, bare }) => ({ contract, table: bare, checks: [] })),
    options,
  );
  const tables = await openTables(input);
  try {
    return sideOf(name, loaded, there, tables);
  } finally {
    await tables.close();
  }
}

interface There {
  readonly contract: Contract;
  readonly table: Table;
  /** The same table, of which nothing leads to another one that would have to be opened too. */
  readonly bare: Table;
}

function withoutOthers(table: Table): Table {
  const { where, ...rest } = table;
  const columns = table.columns.map(({ references, ...column }) => column);
  return { ...rest, columns, checks: [] };
}

function sideOf(name: string, loaded: Loaded, there: readonly There[], tables: OpenTables): WarehouseSide {
  const diagnostics: Diagnostic[] = tables.warnings.map((message) => ({
    code: 'warehouse/warning',
    severity: 'warning',
    message,
  }));
  const found = new Map<Table, Table | undefined>();
  for (const { contract, table, bare } of there) {
    const view = tables.view(contract, bare);
    const path = table.name;
    const at = table.location?.at ?? table.at;
    if ('table' in view) {
      const { table: now, doubts } = tableAsFound(table, view);
      found.set(table, now);
      for (const { message, hint } of doubts) diagnostics.push({ ...warning(message, hint), path, at });
      continue;
    }
    const { reason, message, hint } = view;
    if (reason === 'misconfigured' || UNREACHED.includes(reason)) {
      const failed = reason === 'misconfigured' ? 'misconfigured' : 'unreached';
      const told = { ...warning(`${name}: ${message}`, hint), severity: 'error' } as const;
      return { failed, diagnostics: [{ ...told, code: `warehouse/${failed}` }] };
    }
    if (reason === 'not found') found.set(table, undefined);
    else diagnostics.push({ ...warning(`"${path}" is shown as the contract has it: ${message}`, hint), path, at });
  }
  const isThere = new Set(there.map(({ contract }) => contract));
  const contracts = loaded.contracts.map(({ contract }) => ({
    contract: {
      ...contract,
      tables: contract.tables.flatMap((table) => (found.has(table) ? (found.get(table) ?? []) : table)),
    },
    selected: isThere.has(contract),
  }));
  return { loaded: { ...loaded, contracts, diagnostics: [] }, diagnostics };
}

function warning(message: string, hint: string | undefined): Diagnostic {
  return { code: 'warehouse/not-told', severity: 'warning', message, ...(hint !== undefined && { hint }) };
}
