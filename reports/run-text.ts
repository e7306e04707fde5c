import type { Verdict } from '../src/model/outcome.ts';
import type { CheckResult, ContractResult, Run, TableResult } from '../src/model/run.ts';
import { withoutCommands } from '../src/util/visible.ts';
import { checkText, sign } from './check-text.ts';
import { coverageLine } from './coverage-line.ts';
import { diagnosticText, indent } from './diagnostics.ts';
import { shown } from './gate-words.ts';
import { overallVerdict } from './headline.ts';
import { paint } from './paint.ts';
import { listed, plural } from './plural.ts';
import type { ReportContext } from './report.ts';
import { checksIn, excerptsOf, isCancelled, rowsRead, tally } from './run-words.ts';
import { toldOnce } from './told-once.ts';
import { isFound, worstFirst, worstOfFirst } from './worst-first.ts';

/** Lines that a terminal shows without scrolling; what is longer ends with its verdict once more. */
const SCREEN = 40;
/** Contracts or tables without findings that get a line each, and names that are told where there are more. */
const FEW = 10;

/** For a terminal: the numbers, the problems, each contract with what is wrong in it, worst first, and the others in a few lines. */
export function runText(run: Run, context: ReportContext): string {
  const { colour } = context;
  const { found, rest } = split(run.contracts, checksIn);
  const parts = [
    summaryText(run, colour),
    ...run.diagnostics.map((diagnostic) => diagnosticText(diagnostic, excerptsOf(run), colour)),
    ...found.map((contract) => contractText(contract, run, context)),
    ...rest.map((group) =>
      folded(
        group,
        'contract',
        ({ contract }) => contract,
        colour,
        (each) => contractLine(each, run, `${group.note}${tablesWords(each.tables)}`, colour),
      ),
    ),
  ];
  const text = parts.join('\n\n');
  const ending = text.split('\n').length > SCREEN ? `\n\n${verdictLine(run, colour)}` : '';
  return withoutCommands(`${text}${ending}\n`);
}

function summaryText(run: Run, colour: boolean): string {
  const rows = rowsRead(run);
  const time = `${run.seconds.toFixed(2)} s, now ${shown(run.now)}`;
  const environment = run.environment === null ? '' : `, environment ${shown(run.environment)}`;
  return [
    verdictLine(run, colour),
    `  ${coverageLine(run.coverage)}`,
    `  ${rows === null ? '' : `${plural(rows, 'row')} read in `}${time}${environment}`,
  ].join('\n');
}

/** `✗ fail: 1 contract, 2 tables, 41 checks: 33 pass, 8 fail`; a problem outside the data is never below a green sign. */
function verdictLine(run: Run, colour: boolean): string {
  const errors = run.diagnostics.filter(({ severity }) => severity === 'error').length;
  const verdict = overallVerdict(run);
  const tables = run.contracts.flatMap((contract) => contract.tables);
  const data =
    run.contracts.length === 0
      ? 'nothing was verified'
      : `${run.verdict}: ${plural(run.contracts.length, 'contract')}, ${tablesWords(tables)}`;
  const problems = errors > 0 ? `${plural(errors, 'problem')}${run.contracts.length === 0 ? ', ' : ', else '}` : '';
  const style = verdict === 'skipped' ? 'plain' : verdict;
  return `${sign(verdict, colour)} ${paint(`${problems}${data}`, style, colour)}`;
}

function contractText(contract: ContractResult, run: Run, context: ReportContext): string {
  const { colour } = context;
  const { found, rest } = split(contract.tables, ({ checks }) => checks);
  return [
    contractLine(contract, run, contract.verdict, colour),
    ...found.map((table) => indent(tableText(table, run, context))),
    ...rest.map((group) =>
      indent(
        folded(
          group,
          'table',
          ({ table }) => table,
          colour,
          (each) => tableLine(each, group.note, colour),
        ),
      ),
    ),
  ].join('\n');
}

function contractLine(contract: ContractResult, { now }: Run, words: string, colour: boolean): string {
  const { contract: id, version, status, sunset, verdict, file } = contract;
  const note = status === 'active' ? '' : ` (${shown(status)}${countdown(sunset, now)})`;
  const name = paint(`${shown(id)} ${shown(version)}`, 'strong', colour);
  return `${sign(verdict, colour)} ${name}${note}: ${words}  ${paint(shown(file), 'faint', colour)}`;
}

/** How long readers have until a deprecated contract may be gone. */
function countdown(sunset: string | null, now: string): string {
  if (sunset === null) return '';
  const days = Math.ceil((Date.parse(sunset) - Date.parse(now)) / 86_400_000);
  return days < 0 ? `, its sunset ${shown(sunset)} is over` : `, sunset ${shown(sunset)} in ${plural(days, 'day')}`;
}

function tableText(table: TableResult, run: Run, context: ReportContext): string {
  return [
    tableLine(table, '', context.colour),
    ...toldOnce(worstFirst(table.checks.filter(isFound))).map((checks) => indent(checkText(checks, run, context))),
  ].join('\n');
}

function tableLine({ verdict, table, checks, location }: TableResult, note: string, colour: boolean): string {
  const where = paint(shown(location), 'faint', colour);
  return `${sign(verdict, colour)} ${shown(table)}: ${note}${tally(checks) || 'no checks'}  ${where}`;
}

/** `2 tables, 41 checks: 33 pass, 8 fail` */
function tablesWords(tables: readonly TableResult[]): string {
  const checks = tables.flatMap((table) => table.checks);
  const counts = [plural(tables.length, 'table'), plural(checks.length, 'check')].join(', ');
  return checks.length === 0 ? counts : `${counts}: ${tally(checks)}`;
}

interface Judged {
  readonly verdict: Verdict;
}

/** What is told in as few lines as can be. */
interface Group<T extends Judged> {
  readonly alike: readonly T[];
  readonly words: string;
  /** What a line of one of them says before its numbers. */
  readonly note: string;
}

/** What has findings, worst first; the rest by what became of it. */
function split<T extends Judged>(all: readonly T[], checksOf: (each: T) => readonly CheckResult[]) {
  const cancelled = all.filter((each) => isCancelled(checksOf(each)));
  const of = (verdict: Verdict): Group<T> => ({
    alike: all.filter((each) => each.verdict === verdict),
    words: verdict,
    note: '',
  });
  const groups = [{ alike: cancelled, words: 'cancelled', note: 'cancelled, ' }, of('pass'), of('skipped')];
  return {
    found: worstOfFirst(
      all.filter((each) => isFound(each) && !cancelled.includes(each)),
      checksOf,
    ),
    rest: groups.filter(({ alike }) => alike.length > 0),
  };
}

/** A line each; of many, one line with how many they are and the names of the first. */
function folded<T extends Judged>(
  { alike, words }: Group<T>,
  word: string,
  nameOf: (each: T) => string,
  colour: boolean,
  lineOf: (each: T) => string,
): string {
  const [first] = alike;
  if (!first || alike.length <= FEW) return alike.map(lineOf).join('\n');
  const names = alike.map((each) => shown(nameOf(each)));
  return `${sign(first.verdict, colour)} ${plural(alike.length, word)} ${words}: ${listed(names, FEW)}`;
}
