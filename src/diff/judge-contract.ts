import type { Change } from '../model/change.ts';
import type { GateFinding, GateResult } from '../model/gate.ts';
import { ruleOf } from './catalogue.ts';
import type { ComparedContract, ProjectSide } from './compare-projects.ts';
import { breaksReaders, type Judging, judge } from './judge.ts';
import type { ReadPolicy } from './policy.ts';
import { policyChanges } from './policy-change.ts';
import { type RegisteredReader, reached, registeredReaders } from './readers.ts';
import type { JudgedContract } from './result.ts';
import type { Pair } from './rules/rule.ts';
import { approversOf } from './waivers/approvers.ts';

/** What all contracts of a comparison are judged by. */
export interface ProjectJudging extends Pair<ProjectSide> {
  readonly command: GateResult['command'];
  readonly policy: ReadPolicy;
  readonly strict: boolean;
}

/** Judges every change of a contract; pure. */
export function judgeContract(compared: ComparedContract, project: ProjectJudging): JudgedContract {
  const { old, new: now, policy, strict } = project;
  const before = { contract: compared.old, contracts: old.contracts };
  const after = { contract: compared.new, contracts: now.contracts };
  const readers = registeredReaders([before, after]);
  const judging: Judging = {
    ...policy,
    readers,
    readersClosed: !strict && compared.old?.readers === 'closed',
    wasDraft: compared.old?.status === 'draft',
  };
  const judges = registeredReaders([compared.old ? before : after]);
  return {
    ...compared,
    findings: compared.changes.flatMap((change) => found(change, judging, judges, project)),
    readers: [...new Set(readers.map(({ name }) => name))].sort(),
  };
}

/** Judges what belongs to no contract alone: a weakened policy, or what is wrong with waivers. */
export function judgeProject(
  project: ProjectJudging,
  changes: readonly Change[] = policyChanges(
    { old: project.old.project, new: project.new.project },
    (rule, profile) => ruleOf(rule).severities[profile],
  ),
): JudgedContract {
  const { policy } = project;
  const severities = new Map([...policy.severities].filter(([id]) => !ruleOf(id).isGuard));
  const judging: Judging = { ...policy, severities, readers: [], readersClosed: false, wasDraft: false };
  return { changes, findings: changes.flatMap((change) => found(change, judging, [], project)), readers: [] };
}

function found(
  change: Change,
  judging: Judging,
  judges: readonly RegisteredReader[],
  { command, ...sides }: ProjectJudging,
): readonly GateFinding[] {
  const finding = judge(change, judging);
  if (!finding) return [];
  if (command === 'diff') return [finding];
  const broken = breaksReaders(ruleOf(change.rule)) ? reached(change, judges) : [];
  return [{ ...finding, approvers: approversOf(change.contract, broken, sides) }];
}
