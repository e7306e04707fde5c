import type { Bump } from '../model/change.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { ComparedSide, ContractComparison, GateCounts, GateFinding, GateResult } from '../model/gate.ts';
import { VERSION } from '../util/version.ts';
import { ruleOf } from './catalogue.ts';
import type { ComparedContract } from './compare-projects.ts';
import { largestBump, neededVersion } from './parts/needed-version.ts';
import type { ReadPolicy } from './policy.ts';

/** A contract with what its changes come to; without an old and a new version it stands for the project itself. */
export interface JudgedContract extends ComparedContract {
  readonly findings: readonly GateFinding[];
  /** Names of the registered readers. */
  readonly readers: readonly string[];
}

export interface ResultInput {
  readonly command: GateResult['command'];
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly policy: ReadPolicy;
  readonly contracts: readonly JudgedContract[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The result that reports print; pure. */
export function resultOf({ command, before, after, policy, contracts, diagnostics }: ResultInput): GateResult {
  const compared = contracts
    .filter((each) => each.old ?? each.new ?? each.findings.length > 0)
    .map((each) => comparisonOf(each, policy))
    .sort((left, right) => (left.contract < right.contract ? -1 : 1));
  const findings = compared.flatMap((each) => each.findings);
  const counts = countsOf(findings);
  const isWrong = diagnostics.some(({ severity }) => severity === 'error');
  const ids = [...new Set(findings.map(({ rule }) => rule))].sort();
  return {
    format: 1,
    surety: VERSION,
    command,
    before,
    after,
    asOf: policy.asOf,
    profile: policy.profile,
    passed: !isWrong && counts.readers + counts.writers + counts.policy === 0,
    counts,
    contracts: compared,
    rules: ids.map((id) => {
      const { purpose, why } = ruleOf(id);
      return { id, purpose, why };
    }),
    diagnostics,
  };
}

/** Whether a finding keeps the gate shut. */
export function isBlocking({ severity, state }: GateFinding): boolean {
  return state === 'violated' || (state === 'open' && severity === 'error');
}

function countsOf(findings: readonly GateFinding[]): GateCounts {
  const open = findings.filter(({ state }) => state === 'open' || state === 'violated');
  const blocking = open.filter(isBlocking).map(({ concerns }) => concerns);
  const count = (values: readonly string[], value: string): number => values.filter((each) => each === value).length;
  const rest = open.filter((finding) => !isBlocking(finding)).map(({ severity }) => severity);
  return {
    readers: count(blocking, 'readers'),
    writers: count(blocking, 'writers'),
    policy: count(blocking, 'policy'),
    warnings: count(rest, 'warning'),
    notices: count(rest, 'info'),
    safe: findings.filter(({ state }) => state === 'safe').length,
    waived: findings.filter(({ state }) => state === 'waived').length,
  };
}

function comparisonOf(
  { old, new: now, changes, findings, readers }: JudgedContract,
  { hasNoVersions = false }: ReadPolicy,
): ContractComparison {
  const contract = now ?? old;
  const bump: Bump = hasNoVersions
    ? 'none'
    : largestBump(changes.map((change) => change.bump ?? ruleOf(change.rule).bump));
  return {
    contract: contract?.id ?? '',
    title: contract?.title ?? null,
    before: old?.version ?? null,
    after: now?.version ?? null,
    file: contract?.source.name ?? findings[0]?.at?.file ?? '',
    bump,
    needs: old && now && bump !== 'none' ? neededVersion(old.version, bump) : null,
    readers,
    accountable: contract?.raci?.accountable?.text ?? null,
    findings: findings.toSorted(worstFirst),
  };
}

function worstFirst(left: GateFinding, right: GateFinding): number {
  const rank = (finding: GateFinding): number => {
    if (finding.state === 'waived' || finding.state === 'safe') return 3;
    return isBlocking(finding) ? 0 : finding.severity === 'warning' ? 1 : 2;
  };
  return rank(left) - rank(right);
}
