import type { Diagnostic, Position } from '../src/model/diagnostic.ts';
import type { CheckResult, ContractResult, Run, Samples } from '../src/model/run.ts';
import { placeKey } from '../src/util/excerpt.ts';
import { withoutCommands } from '../src/util/visible.ts';
import { coverageLine } from './coverage-line.ts';
import { countText, diagnosticText, excerptsIn, indent } from './diagnostics.ts';
import { gateText } from './gate-text.ts';
import { SENTENCE, shown } from './gate-words.ts';
import { paint } from './paint.ts';
import { plural } from './plural.ts';
import type { Report, ReportContext } from './report.ts';
import { checksOf, tally } from './run-words.ts';
import { alignedTable } from './table.ts';

/** How much of a value is shown. */
const CELL = 256;
const SIGN = { pass: '✓', warn: '!', fail: '✗', error: '?', skipped: '-' } as const;

/** For a terminal: each contract with what is wrong in it, then the numbers. */
export const text: Report = {
  name: 'text',
  run(run, context) {
    const parts = [
      ...run.diagnostics.map((diagnostic) => diagnosticText(diagnostic, excerptsOf(run), context.colour)),
      ...run.contracts.map((contract) => contractText(contract, run, context)),
      summaryText(run, context),
    ];
    return withoutCommands(`${parts.join('\n\n')}\n`);
  },
  diagnostics(diagnostics, context) {
    const worth = diagnostics.map((diagnostic) =>
      diagnosticText(diagnostic, excerptsIn(context.sources), context.colour),
    );
    return withoutCommands(`${[...worth, summaryOfDiagnostics(diagnostics)].join('\n\n')}\n`);
  },
  gate: gateText,
};

function summaryOfDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.length === 0 ? 'no problems' : countText(diagnostics);
}

/** Excerpts that the run has kept. */
function excerptsOf({ excerpts }: Run): (at: Position) => string | undefined {
  return (at) =>
    excerpts[placeKey(at)]
      ?.split('\n')
      .map((line) => shown(line))
      .join('\n');
}

function contractText(contract: ContractResult, run: Run, context: ReportContext): string {
  const { colour } = context;
  const status =
    contract.status === 'active' ? '' : ` (${shown(contract.status)}${countdown(contract.sunset, run.now)})`;
  const head = `${sign(contract.verdict, colour)} ${paint(`${shown(contract.contract)} ${shown(contract.version)}`, 'strong', colour)}${status}: ${contract.verdict}`;
  const tables = contract.tables.map((table) => {
    const counts = tally(table.checks);
    const line = `${sign(table.verdict, colour)} ${shown(table.table)}: ${counts}  ${paint(shown(table.location, CELL), 'faint', colour)}`;
    const wrong = table.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn' || verdict === 'error');
    return indent([line, ...toldOnce(wrong).map((checks) => indent(checkText(checks, run, context)))].join('\n'));
  });
  return [`${head}  ${paint(shown(contract.file), 'faint', colour)}`, ...tables].join('\n');
}

/** How long readers have until a deprecated contract may be gone. */
function countdown(sunset: string | null, now: string): string {
  if (sunset === null) return '';
  const days = Math.ceil((Date.parse(sunset) - Date.parse(now)) / 86_400_000);
  return days < 0 ? `, its sunset ${shown(sunset)} is over` : `, sunset ${shown(sunset)} in ${plural(days, 'day')}`;
}

/** Checks that could not be measured for one and the same reason are told together: the first of them, and how many more. */
function toldOnce(checks: readonly CheckResult[]): readonly (readonly [CheckResult, ...CheckResult[]])[] {
  const groups = new Map<string, [CheckResult, ...CheckResult[]]>();
  for (const check of checks) {
    const key = check.verdict === 'error' ? check.message : check.path;
    const group = groups.get(key);
    if (group) group.push(check);
    else groups.set(key, [check]);
  }
  return [...groups.values()];
}

function checkText(
  [check, ...alike]: readonly [CheckResult, ...CheckResult[]],
  run: Run,
  { colour }: ReportContext,
): string {
  const style = check.verdict === 'skipped' ? 'plain' : check.verdict;
  const lines = [
    `${sign(check.verdict, colour)} ${paint(check.verdict, style, colour)} ${shown(check.path)}${alike.length > 0 ? ` and ${plural(alike.length, 'more check')}` : ''}: ${shown(check.message, SENTENCE)}`,
  ];
  if (check.rules.length > 0)
    lines.push(`  by rule: ${check.rules.map(({ rule, rows }) => `${shown(rule)} ${rows}`).join(', ')}`);
  if (check.samples) lines.push(indent(sampleTable(check.samples)));
  const excerpt = excerptsOf(run)(check.at);
  lines.push(
    `  ${paint(`${shown(check.at.file)}:${check.at.line}:${check.at.column}`, 'faint', colour)}${check.responsible.length > 0 ? `  responsible: ${check.responsible.map((name) => shown(name)).join(', ')}` : ''}`,
  );
  if (excerpt !== undefined) lines.push(indent(paint(excerpt, 'faint', colour)));
  if (check.hint !== null) lines.push(`  hint: ${shown(check.hint, SENTENCE)}`);
  return lines.join('\n');
}

function sampleTable({ columns, rows }: Samples): string {
  const cell = (text: string): string => shown(text, CELL);
  return alignedTable(
    columns.map(cell),
    rows.map((row) => row.map((value) => (value === null ? null : cell(value)))),
  );
}

function summaryText(run: Run, { colour }: ReportContext): string {
  if (run.contracts.length === 0) return `nothing was verified\n${coverageLine(run.coverage)}`;
  const checks = checksOf(run);
  const tables = run.contracts.reduce((count, contract) => count + contract.tables.length, 0);
  const line = `${run.verdict}: ${plural(run.contracts.length, 'contract')}, ${plural(tables, 'table')}, ${plural(checks.length, 'check')}: ${tally(checks)} (${run.seconds.toFixed(2)} s, now ${shown(run.now)})`;
  return `${paint(line, run.verdict === 'skipped' ? 'plain' : run.verdict, colour)}\n${coverageLine(run.coverage)}`;
}

function sign(verdict: CheckResult['verdict'], colour: boolean): string {
  return paint(SIGN[verdict], verdict === 'skipped' ? 'faint' : verdict, colour);
}
