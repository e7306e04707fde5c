import { extname, resolve } from 'node:path';
import { REPORT_MAKERS, REPORTS } from '../../reports/index.ts';
import type { Report, ReportMaker, ReportOf, ResultKind } from '../../reports/report.ts';
import { TemplateError } from '../template/problem.ts';
import { nearest } from '../util/nearest.ts';
import { alternatives } from './arguments.ts';
import { identityOf, type OutputFile, outputFile } from './output-file.ts';
import { formatNames, has } from './output-options.ts';
import { UsageError } from './verb.ts';

/** One `--output FORMAT[=FILE]`. */
export interface Target<Kind extends ResultKind> {
  readonly report: ReportOf<Kind>;
  /** Absent: the terminal. */
  readonly file?: OutputFile;
  /** Identity of the file that the report is made from. */
  readonly source?: string;
}

/** Reads `FORMAT`, `FORMAT=FILE`, `template:FILE` or `template:FILE=OUT`; `-` is the terminal. */
export async function outputTarget<Kind extends ResultKind>(
  option: string,
  kind: Kind,
  cwd: string,
): Promise<Target<Kind>> {
  // The first `=` ends the format, so that the names of outputs may have more of them.
  const [, format = '', argument, output] = /^([^=:]*)(?::([^=]*))?(?:=(.*))?$/s.exec(option) ?? [];
  if (output === '')
    throw new UsageError(`"${option}" names no file`, 'is a variable unset? Without = it goes to the terminal');
  const name = output === '-' ? undefined : output;
  const maker = REPORT_MAKERS.find((candidate) => candidate.name === format);
  const report = maker ? await made(maker, argument, name ?? '', cwd) : reportNamed(format, argument, kind);
  if (!has(report, kind)) {
    throw new UsageError(`"${format}" is no output of this command yet, expected ${alternatives(outputNames(kind))}`);
  }
  if (name !== undefined) refuseData(name, report);
  return {
    report,
    ...(name !== undefined && { file: await outputFile(name, cwd) }),
    ...(maker && argument !== undefined && { source: await identityOf(resolve(cwd, argument)) }),
  };
}

async function made(maker: ReportMaker, file = '', output: string, cwd: string): Promise<Report> {
  if (file === '')
    throw new UsageError(`"${maker.name}" needs a file`, `name it: --output ${maker.name}:page.html.hbs=page.html`);
  return asUse(() => maker.make({ path: resolve(cwd, file), name: file, output }));
}

/** What is wrong with a template is wrong use. */
export async function asUse<Value>(work: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof TemplateError ? new UsageError(error.message, error.hint) : error;
  }
}

function reportNamed(format: string, argument: string | undefined, kind: ResultKind): Report {
  const report = argument === undefined ? REPORTS.find(({ name }) => name === format) : undefined;
  if (report) return report;
  const given = argument === undefined ? format : `${format}:${argument}`;
  throw noFormat(given, outputNames(kind));
}

/** What may stand behind `--output`, for messages. */
function outputNames(kind: ResultKind): readonly string[] {
  return [...formatNames(kind), ...REPORT_MAKERS.map(({ name }) => `${name}:FILE`)];
}

/** The one `--output` of a command that only lists, which goes to the terminal. */
export function oneFormat(option: unknown): 'text' | 'json' {
  if (option === 'text' || option === 'json') return option;
  throw noFormat(String(option), ['text', 'json']);
}

function noFormat(name: string, names: readonly string[]): UsageError {
  return new UsageError(`"${name}" is no output format, expected ${alternatives(names)}`, formatHint(name, names));
}

/** Endings of files, by the format that people expect behind them, where it has another name. */
const USUAL: Readonly<Record<string, string>> = { md: 'markdown', txt: 'text', xml: 'junit', htm: 'html' };

/** `template` of `template:FILE`. */
function bareName(name: string): string {
  return name.replace(/:.*/s, '');
}

/** What somebody meant who names a format as files are named, or the file alone. */
function formatHint(name: string, names: readonly string[]): string | undefined {
  const known = (word: string): string | undefined => {
    const meant = Object.hasOwn(USUAL, word) ? USUAL[word] : nearest(word, names.map(bareName));
    return names.find((each) => bareName(each) === meant);
  };
  const ending = extname(name).slice(1).toLowerCase();
  const format = known(ending || name.toLowerCase());
  if (format === undefined) return undefined;
  return ending ? `to write a file: --output ${format}=${name}` : `did you mean ${format}?`;
}

/** Names that an output has only where it is made for them, so that no slip writes over what is measured. */
const DATA = /\.(csv|tsv|jsonl|ndjson|parquet|duckdb|db|gz|ya?ml)$/i;

function refuseData(name: string, { extension }: Report): void {
  if (!DATA.test(name) || extname(name).toLowerCase() === extension?.toLowerCase()) return;
  throw new UsageError(
    `"${name}" is the name of data or of a contract, not of a report`,
    'name another file: --output json=run.json',
  );
}
