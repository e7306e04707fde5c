import { resolve } from 'node:path';
import type { ReportContext, ReportOf, ResultKind } from '../../reports/report.ts';
import type { SourceFile } from '../model/diagnostic.ts';
import { foldersOf } from './folders.ts';
import { appendReport } from './job-summary.ts';
import { identityOf, type OutputFile, refuseUnwritable, writeOrRefuse } from './output-file.ts';
import { wantsColour } from './output-options.ts';
import { asUse, outputTarget, type Target } from './output-target.ts';
import { type Shell, UsageError } from './verb.ts';

/** Where the reports of a command go. */
export interface Outputs<Kind extends ResultKind> {
  readonly kind: Kind;
  readonly targets: readonly Target<Kind>[];
  /** Whether standard output has colours. */
  readonly colour: boolean;
}

/**
 * Reads `--output` and `--color`; text on the terminal where there is no output. Whatever is wrong with them is refused here, before
 * anything is measured: `inputs` are files that the command reads and may not write, relative to the working folder.
 */
export async function openOutputs<Kind extends ResultKind>(
  kind: Kind,
  options: Readonly<Record<string, unknown>>,
  shell: Shell,
  inputs: Iterable<string> = [],
): Promise<Outputs<Kind>> {
  const given = (options['output'] as readonly string[] | undefined) ?? ['text'];
  const targets: Target<Kind>[] = [];
  for (const option of given) targets.push(await outputTarget(option, kind, shell.cwd));
  if (targets.filter(({ file }) => file === undefined).length > 1) {
    throw new UsageError('two outputs cannot both go to the terminal', 'give one a file: --output json=run.json');
  }
  const outputs = { kind, targets, colour: wantsColour(options, shell) };
  refuseSame(filesOf(outputs));
  refuseRead(outputs, new Set(targets.flatMap(({ source }) => source ?? [])));
  await refuseInputs(outputs, inputs, shell);
  for (const file of filesOf(outputs)) await refuseUnwritable(file);
  return outputs;
}

/** As much of outputs as tells their files, whatever the kind of result. */
interface Targets {
  readonly targets: readonly Pick<Target<ResultKind>, 'file'>[];
}

export function filesOf({ targets }: Targets): readonly OutputFile[] {
  return targets.flatMap(({ file }) => file ?? []);
}

function refuseSame(files: readonly OutputFile[]): void {
  for (const [index, { name, identity }] of files.entries()) {
    const other = files.slice(0, index).find((each) => each.identity === identity);
    if (!other) continue;
    const both = other.name === name ? `"${name}"` : `one file: "${other.name}" and "${name}"`;
    throw new UsageError(`two outputs would write ${both}`, 'give each a file of its own');
  }
}

/** Refuses outputs that would write over what the command reads. */
export async function refuseInputs(outputs: Targets, inputs: Iterable<string>, { cwd }: Shell): Promise<void> {
  if (filesOf(outputs).length === 0) return;
  refuseRead(outputs, new Set(await Promise.all([...inputs].map((input) => identityOf(resolve(cwd, input))))));
}

function refuseRead(outputs: Targets, read: ReadonlySet<string>): void {
  const file = filesOf(outputs).find(({ identity }) => read.has(identity));
  if (file)
    throw new UsageError(`"${file.name}" is what this command reads, and cannot be an output`, 'name another file');
}

/**
 * Writes each report to its file, whole or not at all, or to standard output. One that cannot be made or written does not take the others
 * along.
 */
export async function writeOutputs<Kind extends ResultKind>(
  outputs: Outputs<Kind>,
  sources: ReadonlyMap<string, SourceFile>,
  shell: Shell,
  render: (report: ReportOf<Kind>, context: ReportContext) => string | Promise<string>,
): Promise<void> {
  await refuseInputs(outputs, sources.keys(), shell);
  const folders = foldersOf(shell);
  const written = new Set(filesOf(outputs).map(({ identity }) => identity));
  const problems: UsageError[] = [];
  const rendered = (report: ReportOf<Kind>, colour: boolean) => render(report, { sources, colour, folders });
  for (const { report, file } of outputs.targets) {
    try {
      if (file) await writeOrRefuse(file.path, await asUse(() => rendered(report, false)), file.name);
      else shell.stdout.write(await asUse(() => rendered(report, outputs.colour)));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push(error);
    }
  }
  const appended = new Set(outputs.targets.flatMap(({ report }) => report.appended ?? []));
  for (const each of appended)
    await appendReport(each, outputs.kind, written, shell, (report) => rendered(report, false));
  const [first] = problems;
  if (first) throw new UsageError(problems.map(({ message }) => message).join('; '), first.hint);
}
