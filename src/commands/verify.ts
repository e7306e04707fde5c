import { type Loaded, loadContracts } from '../contract/load.ts';
import { selectedTables, verify as verifyContracts } from '../engine/verify.ts';
import type { Run } from '../model/run.ts';
import { count } from './arguments.ts';
import { refuseData } from './data-files.ts';
import { folderOf } from './folders.ts';
import { filesOf, type Outputs, openOutputs, refuseInputs, writeOutputs } from './output.ts';
import { declareOutputs } from './output-options.ts';
import { withProgress } from './progress.ts';
import { declareRunOptions, refuseUnmatched, runOptionsOf } from './run-options.ts';
import { type ExitCode, type Shell, UsageError, type Verb } from './verb.ts';

/** `surety verify`: the main job. */
export const verify: Verb = {
  name: 'verify',
  declare: (command) =>
    declareOutputs(
      declareRunOptions(command)
        .description('verify tables against their contracts')
        .option('--samples <n>', 'failing rows to show for each check; 0 for none', count)
        .option('--fail-on <verdict>', 'exit 1 on fail, or on warn too', 'fail')
        .option('--store', 'keep the run in the store of surety.yaml'),
      'run',
    ),
  async run(args, options, shell) {
    const failOn = options['failOn'];
    if (failOn !== 'warn' && failOn !== 'fail')
      throw new UsageError(`"${String(failOn)}" is no verdict to fail on, expected warn or fail`);
    const startedAt = Date.now();
    const outputs = await openOutputs('run', options, shell, args);
    const loaded = await loadContracts(args, {
      cwd: shell.cwd,
      variables: shell.env,
      ...(options['env'] !== undefined && { environment: options['env'] as string }),
    });
    const runOptions = runOptionsOf(options, shell);
    await refuseInputs(outputs, loaded.sources.keys(), shell);
    await refuseData(filesOf(outputs), loaded, runOptions.warehouse);
    refuseUnmatched(loaded, runOptions);
    const keep = options['store'] === true ? await storeOf(loaded, outputs, startedAt, shell) : undefined;
    const total = selectedTables(loaded, runOptions).length;
    const measured = await withProgress(shell, total, (listening) =>
      verifyContracts(loaded, { ...runOptions, ...listening }),
    );
    const run = { ...measured, folder: folderOf(shell) };
    let kept: ExitCode | undefined;
    try {
      await writeOutputs(outputs, loaded.sources, shell, (report, context) => report.run(run, context));
    } finally {
      // An output that cannot be written does not take the memory along.
      kept = await keep?.(run);
    }
    return worse(exitCode(run, failOn), kept ?? 0);
  },
};

/** What keeps the run of `--store`, which alone needs a store. Throws `UsageError` where surety.yaml is wrong. */
async function storeOf(
  loaded: Loaded,
  outputs: Outputs<'run'>,
  startedAt: number,
  shell: Shell,
): Promise<(run: Run) => Promise<ExitCode>> {
  const [{ targetOf }, { keepRun }] = await Promise.all([import('./with-store.ts'), import('./keep-run.ts')]);
  const target = targetOf(loaded.project, shell);
  if ('path' in target) await refuseInputs(outputs, [target.path], shell);
  return (run) => keepRun(target, run, loaded, startedAt, shell);
}

/** 2, else 3, else 1 (semantics §1). */
function worse(one: ExitCode, other: ExitCode): ExitCode {
  return ([2, 3, 1] as const).find((code) => code === one || code === other) ?? 0;
}

/** 2 for invalid contracts, else 3 for what could not be measured, else 1 for what is broken (semantics §1). */
export function exitCode(run: Run, failOn: 'warn' | 'fail'): ExitCode {
  if (run.diagnostics.some(({ severity }) => severity === 'error')) return 2;
  // A run that was cut short says nothing about the rest, even where a draft would only warn.
  const cutShort = run.coverage.notMeasured.some(({ reason }) => reason === 'cancelled');
  if (run.verdict === 'error' || cutShort) return 3;
  return run.verdict === 'fail' || (run.verdict === 'warn' && failOn === 'warn') ? 1 : 0;
}
