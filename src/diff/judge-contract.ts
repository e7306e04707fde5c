import type { Change } from '../model/change.ts';
import { ruleOf } from './catalogue.ts';
import type { ComparedContract, ProjectSide } from './compare-projects.ts';
import { judge } from './judge.ts';
import type { ReadPolicy } from './policy.ts';
import { policyChanges } from './policy-change.ts';
import { registeredReaders } from './readers.ts';
import type { JudgedContract } from './result.ts';
import type { Pair } from './rules/rule.ts';

/** What all contracts of a comparison are judged by. */
export interface ProjectJudging extends Pair<ProjectSide> {
  readonly policy: ReadPolicy;
  readonly strict: boolean;
}

/** Judges every change of a contract; pure. */
export function judgeContract(
  compared: ComparedContract,
  { old, new: now, policy, strict }: ProjectJudging,
): JudgedContract {
  const readers = registeredReaders([
    { contract: compared.old, contracts: old.contracts },
    { contract: compared.new, contracts: now.contracts },
  ]);
  const judging = {
    ...policy,
    readers,
    readersClosed: !strict && compared.old?.readers === 'closed',
    wasDraft: compared.old?.status === 'draft',
  };
  return {
    ...compared,
    findings: compared.changes.flatMap((change) => judge(change, judging) ?? []),
    readers: [...new Set(readers.map(({ name }) => name))].sort(),
  };
}

/** Judges what belongs to no contract alone: a weakened policy, or what is wrong with waivers. */
export function judgeProject(
  { old, new: now, policy }: ProjectJudging,
  changes: readonly Change[] = policyChanges(
    { old: old.project, new: now.project },
    (rule, profile) => ruleOf(rule).severities[profile],
  ),
): JudgedContract {
  // The severity of this is nothing that surety.yaml may lower in the same change.
  const severities = new Map([...policy.severities].filter(([id]) => ruleOf(id).subject !== 'waivers'));
  const judging = { ...policy, severities, readers: [], readersClosed: false, wasDraft: false };
  return { changes, findings: changes.flatMap((change) => judge(change, judging) ?? []), readers: [] };
}
