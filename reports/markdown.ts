import type { Diagnostic } from '../src/model/diagnostic.ts';
import type { GateResult } from '../src/model/gate.ts';
import type { Run } from '../src/model/run.ts';
import { code, commentText, prose } from '../src/util/markdown-escape.ts';
import { coverageLine } from './coverage-line.ts';
import { countText } from './diagnostics.ts';
import { countContracts, countsLine, isTooSmall } from './gate-words.ts';
import { headline } from './headline.ts';
import { fitted } from './markdown-fit.ts';
import { runSections } from './markdown-run.ts';
import { gateSections, problemSections } from './markdown-sections.ts';
import { listed, plural } from './plural.ts';
import type { Report, ReportContext } from './report.ts';
import { repositoryOf } from './repository-path.ts';
import { checksOf, tally } from './run-words.ts';

/** GitHub refuses a comment of more than 65,536 characters. */
const LIMIT = 60_000;

/** A comment for a pull request; its first line tells it from others, so that it can be edited in place. */
export const markdown: Report = {
  name: 'markdown',
  diagnostics: (diagnostics, context) => diagnosticsComment(diagnostics, context),
  run: (run, context) => runComment(run, context),
  gate: (result, context) => gateComment(result, context),
};

function gateComment(result: GateResult, context: ReportContext): string {
  const { contracts, before, after } = result;
  const changed = contracts.filter(({ findings }) => findings.length > 0);
  const raises = changed.filter(isTooSmall).map(({ contract, after: is, needs }) => {
    return `${code(contract)} needs **${prose(needs ?? '')}** (is ${prose(is ?? '')})`;
  });
  const count = countContracts(changed);
  const compared = `${plural(countContracts(contracts), 'contract')} compared, ${count === 0 ? 'none' : count} changed`;
  const head = [
    marker('gate', context),
    `### ${gateHeading(result, changed.length)}`,
    '',
    `${compared} · ${prose(before.label)} → ${prose(after.label)}`,
    ...(raises.length > 0 ? ['', listed(raises, 20)] : []),
    '',
  ].join('\n');
  const tail = changed.length === 0 ? '' : `\n${countsLine(result)}\n${isBlocked(result) ? UNBLOCK : ''}`;
  const sections = fitted(gateSections(result), LIMIT - head.length - tail.length - 100);
  return `${head}${sections === '' ? '' : `\n${sections}`}${tail}`;
}

const UNBLOCK =
  '\nTo unblock: do what the last column says, or let it pass for a while with `surety waive FINGERPRINT --reason … --expires …`.\n';

function gateHeading(result: GateResult, changed: number): string {
  const { readers, writers, policy } = result.counts;
  const problems = result.diagnostics.filter(({ severity }) => severity === 'error').length;
  const parts = [
    ...(readers > 0 ? [`${plural(readers, 'breaking change')} for readers`] : []),
    ...(writers > 0 ? [`${plural(writers, 'breaking change')} for writers`] : []),
    ...(policy > 0 ? [plural(policy, 'other blocking finding')] : []),
    ...(problems > 0 ? [plural(problems, 'problem')] : []),
  ];
  const name = result.command === 'diff' ? 'Contract changes' : 'Contract gate';
  if (parts.length > 0) return `❌ ${name}: ${parts.join(', ')}`;
  if (!result.passed) return `❌ ${name}: blocked`;
  return `✅ ${name}: ${changed === 0 ? 'no changes' : 'nothing breaks'}`;
}

function isBlocked({ command, passed }: GateResult): boolean {
  return command === 'breaking' && !passed;
}

function runComment(run: Run, context: ReportContext): string {
  const checks = checksOf(run);
  const isGood =
    run.diagnostics.every(({ severity }) => severity !== 'error') && ['pass', 'warn'].includes(run.verdict);
  const warned = checks.some(({ verdict }) => verdict === 'warn');
  const tables = run.contracts.reduce((count, contract) => count + contract.tables.length, 0);
  const head = [
    marker('verify', context),
    `### ${isGood ? (warned ? '⚠️' : '✅') : '❌'} Data: ${headline(run)}`,
    '',
    `${plural(run.contracts.length, 'contract')} · ${plural(tables, 'table')} · ${plural(checks.length, 'check')}: ${tally(checks) || 'none'} · ${prose(run.now)}`,
    '',
    prose(coverageLine(run.coverage)),
    '',
  ].join('\n');
  const sections = fitted(runSections(run), LIMIT - head.length - 100);
  return `${head}${sections === '' ? '' : `\n${sections}`}`;
}

function diagnosticsComment(diagnostics: readonly Diagnostic[], context: ReportContext): string {
  const isBroken = diagnostics.some(({ severity }) => severity === 'error');
  const verdict = diagnostics.length === 0 ? 'no problems' : countText(diagnostics);
  const head = `${marker('lint', context)}\n### ${isBroken ? '❌' : '✅'} Contracts: ${verdict}\n`;
  const sections = fitted(problemSections(diagnostics), LIMIT - head.length - 100);
  return `${head}${sections === '' ? '' : `\n${sections}`}`;
}

/** The key is the folder that Surety ran in, so that projects in one repository have a comment each; its quotes tell `a` from `ab`. */
function marker(kind: string, context: ReportContext): string {
  const folder = context.folders ? repositoryOf(context).path(context.folders.working) : '';
  return `<!-- surety:${kind} key="${commentText(folder || '.')}" -->`;
}
