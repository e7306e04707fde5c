import type { Check } from '../../checks/check.ts';
import type { Loaded } from '../../contract/load.ts';
import type { SelectedTable } from '../../engine/select.ts';
import { type VerifyOptions, verifyTables } from '../../engine/verify.ts';
import type { Change } from '../../model/change.ts';
import type { Contract, Table } from '../../model/contract.ts';
import type { LiveEvidence } from '../../model/gate.ts';
import type { CheckResult, Run } from '../../model/run.ts';
import { findRule } from '../catalogue.ts';
import { checksFor, type Deciding } from './deciding-checks.ts';
import { type Judged, judge, together, unmeasured } from './evidence.ts';

export type LiveOptions = Pick<VerifyOptions, 'now' | 'timeout' | 'samples' | 'maskKey' | 'signal' | 'onProgress'>;

export interface Live {
  /** By the fingerprint of the change: every change that rows can prove or break has one. */
  readonly evidence: ReadonlyMap<string, LiveEvidence>;
  /**
   * Changes that should have been measured and were not, since nobody could look. What has nothing to look at, such as a column that is not
   * there yet, is not among them.
   */
  readonly missed: readonly Change[];
}

interface Probe {
  readonly change: Change;
  readonly contract: Contract;
  readonly checks: readonly Deciding[];
}

/**
 * Measures the rows that are there now under the new contracts, for every change that tightens something: one run, which scans each table
 * once and asks nothing but what the changes are about. Drafts are measured like all others, and a broken promise is one whatever its
 * severity: what follows from it is up to the gate. Only for a contract that is trusted, since its SQL is sent.
 */
export async function measureLive(
  changes: readonly Change[],
  loaded: Loaded,
  options: LiveOptions = {},
): Promise<Live> {
  const evidence = new Map<string, LiveEvidence>();
  const missed: Change[] = [];
  const give = (change: Change, { isMissed, ...found }: Judged): void => {
    evidence.set(change.fingerprint, found);
    if (isMissed) missed.push(change);
  };
  const contracts = new Map(loaded.contracts.map(({ contract }) => [contract.id, plainly(contract)]));
  const probes: Probe[] = [];
  for (const change of changes.filter(isForLive)) {
    const contract = contracts.get(change.contract);
    const checks = contract ? checksFor(change, contract) : [];
    if (!contract) give(change, unmeasured(`the contract "${change.contract}" is not valid`, true));
    else if (checks.length === 0) give(change, unmeasured('no check of a table says whether it is kept', false));
    else probes.push({ change, contract, checks });
  }
  if (probes.length === 0) return { evidence, missed };
  const selected = selectedTables(probes);
  const measured = new Set(selected.map(({ contract }) => contract));
  const asked: Loaded = {
    ...loaded,
    project: withoutSeverity(loaded.project),
    contracts: [...contracts.values()].map((contract) => ({ contract, selected: measured.has(contract) })),
  };
  const results = resultsOf(await verifyTables(asked, selected, options));
  for (const { change, contract, checks } of probes) {
    const judged = checks.map(({ check }) => judge(change, results.get(`${contract.id} ${check.path}`)));
    give(change, together(judged));
  }
  return { evidence, missed };
}

/** Whether rows can prove or break it: what loosens a promise breaks no row. */
export function isForLive({ rule: id, checks = [], notice }: Change): boolean {
  const rule = findRule(id);
  if (notice || rule?.direction === 'annotate') return false;
  if (rule && Object.values(rule.effects).includes('data')) return true;
  return rule?.direction !== 'loosen' && checks.length > 0;
}

/** A draft's broken promises would only warn, and so would what could not be measured. References still pass it over. */
function plainly(contract: Contract): Contract {
  return contract.status === 'draft' ? { ...contract, status: 'deprecated' } : contract;
}

function withoutSeverity(project: Loaded['project']): Loaded['project'] {
  if (!project.environment) return project;
  const { severity, ...environment } = project.environment;
  return { ...project, environment };
}

/** Each check once, by contract and table. */
function selectedTables(probes: readonly Probe[]): readonly SelectedTable[] {
  const tables = new Map<Table, { readonly contract: Contract; readonly checks: Map<string, Check> }>();
  for (const { contract, checks } of probes) {
    for (const { table, check } of checks) {
      const entry = tables.get(table) ?? { contract, checks: new Map<string, Check>() };
      tables.set(table, entry);
      entry.checks.set(check.path, check);
    }
  }
  return [...tables].map(([table, { contract, checks }]) => ({ contract, table, checks: [...checks.values()] }));
}

function resultsOf(run: Run): ReadonlyMap<string, CheckResult> {
  return new Map(
    run.contracts.flatMap(({ contract, tables }) =>
      tables.flatMap(({ checks }) => checks.map((check) => [`${contract} ${check.path}`, check] as const)),
    ),
  );
}
