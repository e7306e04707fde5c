import type { Verdict } from '../../src/model/outcome.ts';
import type { CheckResult, ContractResult, TableResult } from '../../src/model/run.ts';
import { type Alike, toldOnce } from '../told-once.ts';
import { isFound, worstFirst } from '../worst-first.ts';

/** What is told in full of a whole page; the lists of promises have all. */
const MOST = 500;

/** A check that is not kept or could not be measured, with those that stand for the same reason. */
export interface Told {
  readonly contract: ContractResult;
  readonly table: TableResult;
  readonly verdict: Verdict;
  readonly alike: Alike;
  readonly anchor: string;
}

export interface Findings {
  /** Worst first. */
  readonly told: readonly Told[];
  /** How many are not told in full. */
  readonly untold: number;
  of(table: TableResult): readonly Told[];
  /** Where a check is told in full. */
  anchorOf(check: CheckResult): string | undefined;
}

export function findingsOf(
  contracts: readonly ContractResult[],
  anchorOf: (prefix: string, name: string) => string,
): Findings {
  const all = contracts.flatMap((contract) =>
    contract.tables.flatMap((table) =>
      toldOnce(worstFirst(table.checks.filter(isFound))).map((alike) => ({
        contract,
        table,
        alike,
        verdict: alike[0].verdict,
      })),
    ),
  );
  const told = worstFirst(all)
    .slice(0, MOST)
    .map((each): Told => ({ ...each, anchor: anchorOf('f', each.alike[0].fingerprint) }));
  const byTable = new Map<TableResult, Told[]>();
  for (const each of told) byTable.set(each.table, [...(byTable.get(each.table) ?? []), each]);
  const byCheck = new Map(told.flatMap(({ alike, anchor }) => alike.map((check) => [check, anchor] as const)));
  return {
    told,
    untold: all.length - told.length,
    of: (table) => byTable.get(table) ?? [],
    anchorOf: (check) => byCheck.get(check),
  };
}
