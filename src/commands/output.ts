import { constants, existsSync } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import closest from 'fastest-levenshtein';
import { REPORTS } from '../../reports/index.ts';
import type { Report, ReportContext, ReportOf, ResultKind } from '../../reports/report.ts';
import type { SourceFile } from '../model/diagnostic.ts';
import { writeWhole } from '../util/write-whole.ts';
import { type Shell, UsageError } from './verb.ts';

/** One `--output FORMAT[=FILE]`. */
interface Target<Kind extends ResultKind> {
  readonly report: ReportOf<Kind>;
  readonly file?: string;
}

/** Names that an output never has, so that no slip writes over what is measured. */
const NOT_REPORTS = /\.(csv|tsv|jsonl|ndjson|parquet|duckdb|db|gz|ya?ml)$/i;

/** For messages: the verb that gives a kind of result. */
const VERB_OF: Readonly<Record<ResultKind, string>> = { run: 'verify', diagnostics: 'lint', gate: 'breaking' };

/** The formats that a kind of result has: `text, json or sarif`. */
export function formatsOf(kind: ResultKind): string {
  return alternatives(REPORTS.filter((report) => has(report, kind)).map(({ name }) => name));
}

/** Reads the `--output` options of a command that gives one kind of result; text on the terminal where there is none. */
export function outputTargets<Kind extends ResultKind>(
  options: readonly string[] | undefined,
  kind: Kind,
): readonly Target<Kind>[] {
  const targets = (options ?? ['text']).map((option): Target<Kind> => {
    const [, name = '', file] = /^([^=]*)(?:=(.+))?$/s.exec(option) ?? [];
    const report = REPORTS.find((candidate) => candidate.name === name);
    if (!report)
      throw noFormat(
        name,
        REPORTS.filter((candidate) => has(candidate, kind)).map((each) => each.name),
      );
    if (!has(report, kind)) {
      throw new UsageError(`"${name}" is no output of ${VERB_OF[kind]} yet, expected ${formatsOf(kind)}`);
    }
    return { report, ...(file !== undefined && { file }) };
  });
  const files = targets.flatMap(({ file }) => file ?? []);
  for (const [index, file] of files.entries()) {
    if (NOT_REPORTS.test(file)) {
      throw new UsageError(
        `"${file}" is the name of data or of a contract, not of a report`,
        'name another file: --output json=run.json',
      );
    }
    if (files.findIndex((other) => resolve(other) === resolve(file)) !== index)
      throw new UsageError(`two outputs would write "${file}"`, 'give each a file of its own');
  }
  if (targets.filter(({ file }) => file === undefined).length > 1) {
    throw new UsageError('two outputs cannot both go to the terminal', 'give one a file: --output json=run.json');
  }
  return targets;
}

/** The one `--output` of a command that only lists, which goes to the terminal. */
export function oneFormat(option: unknown): 'text' | 'json' {
  if (option === 'text' || option === 'json') return option;
  throw noFormat(String(option), ['text', 'json']);
}

function has<Kind extends ResultKind>(report: Report, kind: Kind): report is ReportOf<Kind> {
  return report[kind] !== undefined;
}

function noFormat(name: string, names: readonly string[]): UsageError {
  return new UsageError(
    `"${name}" is no output format, expected ${alternatives(names)}`,
    `did you mean ${closest.closest(name, names)}?`,
  );
}

function alternatives(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** Writes each report to its file, whole or not at all, or to standard output. */
export async function writeOutputs<Kind extends ResultKind>(
  targets: readonly Target<Kind>[],
  sources: ReadonlyMap<string, SourceFile>,
  shell: Shell,
  render: (report: ReportOf<Kind>, context: ReportContext) => string | Promise<string>,
): Promise<void> {
  const folders = { working: shell.cwd, root: repositoryRoot(shell) };
  for (const { report, file } of targets) {
    if (file === undefined) shell.stdout.write(await render(report, { sources, colour: wantsColour(shell), folders }));
    else await writeOrRefuse(resolve(shell.cwd, file), await render(report, { sources, colour: false, folders }));
  }
}

/** The same; a file that cannot be written is refused before anything is measured, and not after. */
export async function writableTargets<Kind extends ResultKind>(
  options: readonly string[] | undefined,
  kind: Kind,
  { cwd }: Pick<Shell, 'cwd'>,
): Promise<readonly Target<Kind>[]> {
  const targets = outputTargets(options, kind);
  for (const file of targets.flatMap((target) => target.file ?? [])) {
    const path = resolve(cwd, file);
    const problem = await unwritable(path);
    if (problem !== undefined) throw refusal(path, problem);
  }
  return targets;
}

async function unwritable(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return 'it is a folder';
  const folder = await stat(dirname(path)).catch(() => undefined);
  if (folder && !folder.isDirectory()) return `"${dirname(path)}" is no folder`;
  // A pipe or a device is written itself, a file anew beside it.
  const written = found && !found.isFile() ? path : dirname(path);
  return access(written, constants.W_OK).then(
    () => undefined,
    ({ message }: Error) => message,
  );
}

function refusal(path: string, problem: string): UsageError {
  return new UsageError(`cannot write "${path}": ${problem}`, 'name a file in a folder that exists and may be written');
}

/** Folder that platforms know files from: the clone that the working folder lies in, else the one that the CI system names. */
function repositoryRoot({ cwd, env }: Shell): string {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder;
    if (dirname(folder) === folder) break;
  }
  const named = [env['GITHUB_WORKSPACE'], env['CI_PROJECT_DIR']].find(
    (folder) => folder && !relative(folder, cwd).startsWith('..'),
  );
  return named ?? cwd;
}

/** Writes a file whole; where it cannot be written, that is wrong use. */
export async function writeOrRefuse(path: string, text: string): Promise<void> {
  try {
    await writeWhole(path, text);
  } catch (error) {
    throw refusal(path, (error as Error).message);
  }
}

function wantsColour(shell: Shell): boolean {
  if ((shell.env['NO_COLOR'] ?? '') !== '') return false;
  return shell.stdout.isTerminal || (shell.env['FORCE_COLOR'] ?? '') !== '';
}
