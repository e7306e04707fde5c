import type { Check } from '../checks/check.ts';
import { CHECK_KINDS } from '../checks/index.ts';
import type { Contract, Table } from '../model/contract.ts';

/** What `--table`, `--tag` and `--check` select; absent: everything. */
export interface Selection {
  readonly tables?: readonly string[];
  readonly tags?: readonly string[];
  /** Paths of checks, or the beginning of one up to a dot; `*` stands for any text. */
  readonly checks?: readonly string[];
}

export interface SelectedTable {
  readonly contract: Contract;
  readonly table: Table;
  readonly checks: readonly Check[];
}

/** The selected checks of a contract, table by table; tables without one are left out. */
export function selectChecks(contract: Contract, selection: Selection): readonly SelectedTable[] {
  const { tables, tags, checks } = selection;
  return contract.tables
    .filter((table) => !tables || tables.includes(table.name))
    .map((table) => ({
      contract,
      table,
      checks: checksOf(table, contract)
        .filter((check) => !tags || check.tags.some((tag) => tags.includes(tag)))
        .filter((check) => !checks || checks.some((pattern) => matches(pattern, check.path))),
    }))
    .filter((selected) => selected.checks.length > 0);
}

/** Selectors that no check of the contracts fits, as they were written; a mistyped name would else hide what it meant. */
export function unmatchedSelectors(
  contracts: readonly Contract[],
  { tables, tags, checks }: Selection,
): readonly string[] {
  const known = contracts.flatMap((contract) => contract.tables.flatMap((table) => checksOf(table, contract)));
  const names = new Set(contracts.flatMap((contract) => contract.tables.map(({ name }) => name)));
  return [
    ...(tables ?? []).filter((name) => !names.has(name)).map((name) => `--table ${name}`),
    ...(tags ?? []).filter((tag) => !known.some((check) => check.tags.includes(tag))).map((tag) => `--tag ${tag}`),
    ...(checks ?? [])
      .filter((path) => !known.some((check) => matches(path, check.path)))
      .map((path) => `--check ${path}`),
  ];
}

/** Every check that a table promises, in the order of reports. */
export function checksOf(table: Table, contract: Contract): readonly Check[] {
  return CHECK_KINDS.flatMap((kind) => kind.checks(table, contract));
}

function matches(pattern: string, path: string): boolean {
  if (!pattern.includes('*')) return path === pattern || path.startsWith(`${pattern}.`);
  const parts = pattern.split('*');
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = index === 0 ? (path.startsWith(part) ? 0 : -1) : path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return parts.at(-1) === '' || path.endsWith(parts.at(-1) as string);
}
