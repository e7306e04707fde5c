import type { Loaded } from '../contract/load.ts';
import type { Diagnostic, SourceFile } from '../model/diagnostic.ts';
import type { GateFinding, GateResult } from '../model/gate.ts';
import { compareProjects, type ProjectSide } from './compare-projects.ts';
import { judgeContract, judgeProject } from './judge-contract.ts';
import type { GateOptions } from './options.ts';
import { readPolicy } from './policy.ts';
import { type JudgedContract, resultOf } from './result.ts';
import type { Pair } from './rules/rule.ts';
import { pastProblems, presentProblems } from './sides/problems.ts';
import { type ReadSides, readSides } from './sides/read-sides.ts';
import { selectSides } from './sides/selection.ts';
import type { Side } from './sides/side.ts';
import { applyWaivers } from './waivers/apply-waivers.ts';
import { contractFiles } from './waivers/contract-files.ts';
import { readWaivers } from './waivers/read-waivers.ts';

/** A comparison with what is needed to show it and to act on it. */
export interface GateRun {
  readonly result: GateResult;
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** 0 passed, 1 blocked, 2 something given is wrong, 3 the old side, or a warehouse that is required, cannot be read. */
  readonly exit: 0 | 1 | 2 | 3;
  /** What was compared; absent where it could not be read. */
  readonly sides?: Pair<ProjectSide>;
  /** Everything that was loaded for it, contracts with errors included; absent where it could not be read. */
  readonly loaded?: Pair<Loaded>;
}

/** Compares two versions of a project's contracts and judges every change. It throws only for a defect of Surety itself. */
export async function runGate(options: GateOptions): Promise<GateRun> {
  const asOf = options.asOf ?? new Date().toISOString().slice(0, 10);
  const read = await readSides(options);
  if ('failed' in read) return unread(options, asOf, read.failed, read.isWrongUse);
  const { before, after } = read;
  try {
    return await compareSides(read, { ...options, asOf });
  } finally {
    before.close();
    after.close();
  }
}

async function compareSides(
  { before, after, tip, notes }: Extract<ReadSides, { readonly before: Side }>,
  options: GateOptions & { readonly asOf: string },
): Promise<GateRun> {
  const { command, asOf, profile } = options;
  // Whoever may not be trusted does not bring the rules that he is judged by.
  const guard = options.untrusted ? before : after;
  const hasNoVersions = before.isWarehouse === true || after.isWarehouse === true;
  const given = { asOf, hasNoVersions, ...(profile !== undefined && { profile }) };
  const policy = readPolicy(guard.loaded.project.gate, given);
  const [old, now] = selectSides(before, after);
  const judging = { command, old, new: now, policy, strict: options.strict === true };
  const diagnostics: Diagnostic[] = [...notes, ...presentProblems(after, before), ...policy.diagnostics];
  const branch = tip && isRaised(old, now) ? await tipSide(tip, diagnostics) : undefined;
  const compared = compareProjects(old, now, policy, branch);
  let contracts: readonly JudgedContract[] = compared.map((each) => judgeContract(each, judging));
  const problems = pastProblems(before);
  const sources = new Map([...before.loaded.sources, ...after.loaded.sources]);
  if (command === 'breaking') {
    // A commit is the past of this very project, wherever it stood then.
    if (before.shown.commit !== null) contracts = [...contracts, judgeProject(judging)];
    if (options.live) {
      const { askRows } = await import('./live/ask-rows.ts');
      const asked = await askRows(contracts, { before: before.loaded, after: after.loaded }, options);
      contracts = asked.contracts;
      problems.push(...asked.problems);
    }
    const waivers = await readWaivers(guard.files, guard.loaded.project, contractFiles({ old, new: now }), asOf);
    diagnostics.push(...waivers.diagnostics);
    for (const source of waivers.sources) sources.set(source.name, source);
    const findings = contracts.flatMap((each) => each.findings);
    const partial = options.paths.length > 0 || options.untrusted === true;
    const applied = applyWaivers(findings, waivers.waivers, { asOf, before: old, after: now, partial });
    contracts = regrouped(contracts, applied.findings, judgeProject(judging, applied.changes));
  }
  const shown = { before: before.shown, after: after.shown };
  const result = resultOf({ command, ...shown, policy, contracts, diagnostics: [...diagnostics, ...problems] });
  const isWrong = diagnostics.some(({ severity }) => severity === 'error');
  const isUnread = problems.some(({ severity }) => severity === 'error');
  const isBlocked = command === 'breaking' && !result.passed;
  const exit = isWrong ? 2 : isUnread ? 3 : isBlocked ? 1 : 0;
  const loaded = { old: before.loaded, new: after.loaded };
  return { result, sources, exit, sides: { old, new: now }, loaded };
}

/** Whether a contract has a new version: only then may the branch have given its number to something else. */
function isRaised(old: ProjectSide, now: ProjectSide): boolean {
  const versions = new Map(old.contracts.map(({ id, version }) => [id, version]));
  return now.contracts.some(({ id, version }) => versions.get(id) !== version);
}

/** The branch as it is now; what cannot be read of it is said and takes nothing else along. */
async function tipSide(
  tip: NonNullable<Extract<ReadSides, { readonly before: Side }>['tip']>,
  into: Diagnostic[],
): Promise<ProjectSide | undefined> {
  const side = await tip();
  const softened = (problems: readonly Diagnostic[]) =>
    into.push(...problems.map((each) => ({ ...each, code: 'gate/unreadable-tip', severity: 'warning' as const })));
  if ('code' in side) {
    softened([side]);
    return undefined;
  }
  side.close();
  softened(pastProblems(side));
  return { project: side.loaded.project, contracts: side.loaded.contracts.map(({ contract }) => contract) };
}

/** The findings as the waivers left them, with those about the waivers themselves. */
function regrouped(
  contracts: readonly JudgedContract[],
  findings: readonly GateFinding[],
  more: JudgedContract,
): readonly JudgedContract[] {
  const now = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  const known = contracts.map((each) => ({
    ...each,
    findings: [
      ...each.findings.map((finding) => now.get(finding.fingerprint) ?? finding),
      ...more.findings.filter(({ contract }) => contract === (each.new ?? each.old)?.id),
    ],
  }));
  const ids = new Set(contracts.map((each) => (each.new ?? each.old)?.id));
  const rest = more.findings.filter(({ contract }) => !ids.has(contract));
  return rest.length === 0 ? known : [...known, { ...more, findings: rest }];
}

function unread(options: GateOptions, asOf: string, diagnostics: readonly Diagnostic[], isWrongUse: boolean): GateRun {
  const policy = readPolicy({ rules: new Map() }, { asOf });
  const result = resultOf({
    command: options.command,
    before: { label: options.before ?? 'the default branch', commit: null },
    after: { label: options.after ?? options.ref ?? 'the working tree', commit: null },
    policy,
    contracts: [],
    diagnostics,
  });
  return { result, sources: new Map(), exit: isWrongUse ? 2 : 3 };
}
