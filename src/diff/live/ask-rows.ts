import type { Loaded } from '../../contract/load.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { GateFinding, LiveEvidence } from '../../model/gate.ts';
import type { GateOptions } from '../options.ts';
import type { JudgedContract } from '../result.ts';
import { measureLive } from './measure-live.ts';

/** Asks the live rows about every tightening: what they break blocks, what they keep does not. */
export async function askRows(
  contracts: readonly JudgedContract[],
  loaded: Loaded,
  { isRequired, ...options }: NonNullable<GateOptions['live']>,
): Promise<{ readonly contracts: readonly JudgedContract[]; readonly problems: readonly Diagnostic[] }> {
  const asked = new Set(contracts.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint)));
  const changes = contracts.flatMap((each) => each.changes).filter(({ fingerprint }) => asked.has(fingerprint));
  const { evidence, missed } = await measureLive(changes, loaded, options);
  const problems = missed.map(
    ({ rule, path, contract, fingerprint, at }): Diagnostic => ({
      code: 'gate/not-measured',
      severity: isRequired ? 'error' : 'info',
      message: `${rule} of ${contract}: ${evidence.get(fingerprint)?.message ?? 'not measured'}`,
      hint: 'see with `surety connect` that the warehouse can be reached, or leave `--live` out',
      path,
      ...(at && { at }),
    }),
  );
  return {
    contracts: contracts.map((each) => ({
      ...each,
      findings: each.findings.map((finding) => withEvidence(finding, evidence.get(finding.fingerprint))),
    })),
    // Without `required` the finding itself says it.
    problems: isRequired ? problems : [],
  };
}

function withEvidence(finding: GateFinding, live: LiveEvidence | undefined): GateFinding {
  if (!live) return finding;
  if (live.holds === null || finding.severity === 'info') return { ...finding, live };
  if (!live.holds) return { ...finding, live, severity: 'error', state: 'violated' };
  return { ...finding, live, ...(dependsOnRowsAlone(finding) && { state: 'safe' }) };
}

/** Whether nothing is left of it where the rows keep it. */
function dependsOnRowsAlone({ effects }: GateFinding): boolean {
  return Object.values(effects).every((effect) => effect === 'data' || effect === 'none');
}
