import type { Loaded } from '../../contract/load.ts';
import type { Change } from '../../model/change.ts';
import type { Diagnostic } from '../../model/diagnostic.ts';
import type { GateFinding, LiveEvidence } from '../../model/gate.ts';
import type { GateOptions } from '../options.ts';
import type { JudgedContract } from '../result.ts';
import { isForLive, type Live, measureLive } from './measure-live.ts';
import { withOldMasks } from './old-masks.ts';

/** Asks the live rows about every tightening: what they break blocks, what they keep does not. */
export async function askRows(
  contracts: readonly JudgedContract[],
  { before, after }: { readonly before: Loaded; readonly after: Loaded },
  { live, untrusted = false }: Pick<GateOptions, 'live' | 'untrusted'>,
): Promise<{ readonly contracts: readonly JudgedContract[]; readonly problems: readonly Diagnostic[] }> {
  const { isRequired, ...options } = live ?? {};
  const asked = new Set(contracts.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint)));
  const changes = contracts.flatMap((each) => each.changes).filter(({ fingerprint }) => asked.has(fingerprint));
  const { evidence, missed } = untrusted
    ? unasked(changes)
    : await measureLive(changes, withOldMasks(after, before), options);
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

/** Nobody connects for a change from outside, and it is said. */
function unasked(changes: readonly Change[]): Live {
  const missed = changes.filter(isForLive);
  const message = 'not measured: no connection is made for a change from outside';
  return {
    missed,
    evidence: new Map(missed.map(({ fingerprint }) => [fingerprint, { message, holds: null, samples: null }])),
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
