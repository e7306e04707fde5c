import type { ContractComparison, GateFinding, GateResult } from '../src/model/gate.ts';
import { visible, withoutCommands } from '../src/util/visible.ts';
import { diagnosticText, excerptsIn, indent } from './diagnostics.ts';
import { findingText } from './gate-finding-text.ts';
import { countContracts, countsLine, isProject, isTooSmall, versionsText } from './gate-words.ts';
import { paint } from './paint.ts';
import { listed, plural } from './plural.ts';
import type { ReportContext } from './report.ts';

/** For a terminal: what was compared, each contract with its changes, then the numbers. */
export function gateText(result: GateResult, context: ReportContext): string {
  const { before, after, contracts, diagnostics } = result;
  const changed = contracts.filter(({ findings }) => findings.length > 0);
  const problems = diagnostics.map((diagnostic) =>
    diagnosticText(diagnostic, excerptsIn(context.sources), context.colour),
  );
  const sides = `${visible(before.label)} → ${visible(after.label)}`;
  if (changed.length === 0) {
    const nothing =
      contracts.length === 0
        ? `no contracts to compare: ${sides}`
        : `no changes${diagnostics.some(({ severity }) => severity === 'error') ? ' in what could be read' : ''}: ${plural(countContracts(contracts), 'contract')} compared, ${sides}`;
    return withoutCommands(`${[...problems, nothing].join('\n\n')}\n`);
  }
  const rest = contracts.length - changed.length;
  const parts = [
    ...problems,
    paint(sides, 'faint', context.colour),
    ...changed.map((contract) => contractText(contract, context)),
    ...(rest > 0 ? [`${plural(rest, 'contract')} did not change`] : []),
    verdictLine(result, context),
  ];
  return withoutCommands(`${parts.join('\n\n')}\n`);
}

function contractText(contract: ContractComparison, context: ReportContext): string {
  const { colour } = context;
  if (isProject(contract)) {
    return [paint('the project', 'strong', colour), ...spaced(contract.findings, context)].join('\n');
  }
  const name = `${visible(contract.contract)} ${versionsText(contract)}`;
  const readers = contract.readers.map((reader) => visible(reader));
  const head = [
    paint(name, 'strong', colour),
    paint(visible(contract.file), 'faint', colour),
    readers.length > 0 ? `readers: ${listed(readers, 10)}` : 'no registered readers',
    ...(contract.accountable === null ? [] : [`accountable: ${visible(contract.accountable)}`]),
  ].join('  ');
  return [head, ...spaced(contract.findings, context), ...versionLines(contract, colour)].join('\n');
}

/** Findings that take several lines stand apart, the others follow each other. */
function spaced(findings: readonly GateFinding[], context: ReportContext): readonly string[] {
  const texts = findings.map((finding) => indent(findingText(finding, context)));
  return texts.map((text, index) => {
    const isLong = text.includes('\n') || (texts[index - 1]?.includes('\n') ?? false);
    return isLong && index > 0 ? `\n${text}` : text;
  });
}

function versionLines(contract: ContractComparison, colour: boolean): readonly string[] {
  const { before, after, bump, needs } = contract;
  if (before === null || after === null || needs === null) return [];
  if (isTooSmall(contract)) {
    const line = `${visible(after)} is too small: the changes need ${visible(needs)} (${bump})`;
    return ['', `  version: ${paint(line, 'fail', colour)}`];
  }
  return ['', `  version: ${visible(after)} is enough: the changes need ${visible(needs)} (${bump})`];
}

function verdictLine(result: GateResult, { colour }: ReportContext): string {
  const counts = countsLine(result);
  if (result.command === 'diff') return counts;
  return result.passed ? paint(`passes: ${counts}`, 'pass', colour) : paint(`blocked: ${counts}`, 'fail', colour);
}
