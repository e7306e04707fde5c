import type { Evidence } from '../model/outcome.ts';
import type { CheckResult, Coverage, ReasonCount } from '../model/run.ts';

/** What was planned and what became of it (semantics §1). */
export function coverageOf(checks: readonly CheckResult[]): Coverage {
  // A draft is never worse than warn: what could not be measured keeps its reason.
  const isMissed = ({ verdict, reason }: CheckResult): boolean =>
    verdict === 'error' || (verdict === 'warn' && reason !== null);
  const judged = checks.filter((check) => check.verdict !== 'skipped' && !isMissed(check));
  const evidence = (kind: Evidence): number => judged.filter((check) => check.evidence === kind).length;
  return {
    planned: checks.length,
    measured: judged.length,
    evidence: { scan: evidence('scan'), metadata: evidence('metadata'), constraint: evidence('constraint') },
    skipped: reasons(checks.filter(({ verdict }) => verdict === 'skipped')),
    notMeasured: reasons(checks.filter(isMissed)),
  };
}

function reasons(checks: readonly CheckResult[]): readonly ReasonCount[] {
  const counts = new Map<string, number>();
  for (const { reason } of checks) counts.set(reason ?? 'no reason', (counts.get(reason ?? 'no reason') ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}
