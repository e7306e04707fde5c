import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import closest from 'fastest-levenshtein';
import { REPORTS } from '../../reports/index.ts';
import type { Report, ReportContext } from '../../reports/report.ts';
import type { SourceFile } from '../model/diagnostic.ts';
import { type Shell, UsageError } from './verb.ts';

/** One `--output FORMAT[=FILE]`. */
interface Target {
  readonly report: Report;
  readonly file?: string;
}

/** Names that an output never has, so that no slip writes over what is measured. */
const NOT_REPORTS = /\.(csv|tsv|jsonl|ndjson|parquet|duckdb|db|gz|ya?ml)$/i;

/** Reads the `--output` options; text on the terminal where there is none. */
export function outputTargets(options: readonly string[] | undefined): readonly Target[] {
  const targets = (options ?? ['text']).map((option): Target => {
    const [, name = '', file] = /^([^=]*)(?:=(.+))?$/s.exec(option) ?? [];
    const report = REPORTS.find((candidate) => candidate.name === name);
    const names = REPORTS.map((candidate) => candidate.name as string);
    if (!report) {
      throw new UsageError(
        `"${name}" is no output format, expected ${names.join(' or ')}`,
        `did you mean ${closest.closest(name, names)}?`,
      );
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
    if (files.indexOf(file) !== index)
      throw new UsageError(`two outputs would write "${file}"`, 'give each a file of its own');
  }
  if (targets.filter(({ file }) => file === undefined).length > 1) {
    throw new UsageError('two outputs cannot both go to the terminal', 'give one a file: --output json=run.json');
  }
  return targets;
}

/** Writes each report to its file, whole or not at all, or to standard output. */
export async function writeOutputs(
  targets: readonly Target[],
  sources: ReadonlyMap<string, SourceFile>,
  shell: Shell,
  render: (report: Report, context: ReportContext) => string,
): Promise<void> {
  for (const { report, file } of targets) {
    if (file === undefined) shell.stdout.write(render(report, { sources, colour: wantsColour(shell) }));
    else await writeWhole(resolve(shell.cwd, file), render(report, { sources, colour: false }));
  }
}

/** Writes a file by a temporary one beside it, so that no reader sees half of it. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new UsageError(
      `cannot write "${path}": ${(error as Error).message}`,
      'name a file in a folder that exists and may be written',
    );
  }
}

function wantsColour(shell: Shell): boolean {
  if ((shell.env['NO_COLOR'] ?? '') !== '') return false;
  return shell.stdout.isTerminal || (shell.env['FORCE_COLOR'] ?? '') !== '';
}
