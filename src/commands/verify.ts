import { loadContracts } from '../contract/load.ts';
import { selectedTables, verify as verifyContracts } from '../engine/verify.ts';
import type { Run } from '../model/run.ts';
import { count } from './arguments.ts';
import { refuseData } from './data-files.ts';
import { folderOf } from './folders.ts';
import { filesOf, openOutputs, refuseInputs, writeOutputs } from './output.ts';
import { declareOutputs } from './output-options.ts';
import { withProgress } from './progress.ts';
import { declareRunOptions, refuseUnmatched, runOptionsOf } from './run-options.ts';
import { type ExitCode, UsageError, type Verb } from './verb.ts';

/** `surety verify`: the main job. */
export const verify: Verb = {
  name: 'verify',
  declare: (command) =>
    declareOutputs(
      declareRunOptions(command)
        .description('verify tables against their contracts')
        .option('--samples <n>', 'failing rows to show for each check; 0 for none', count)
        .option('--fail-on <verdict>', 'exit 1 on fail, or on warn too', 'fail'),
      'run',
    ),
  async run(args, options, shell) {
    const failOn = options['failOn'];
    if (failOn !== 'warn' && failOn !== 'fail')
      throw new UsageError(`"${String(failOn)}" is no verdict to fail on, expected warn or fail`);
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
    const total = selectedTables(loaded, runOptions).length;
    const measured = await withProgress(shell, total, (listening) =>
      verifyContracts(loaded, { ...runOptions, ...listening }),
    );
    const run = { ...measured, folder: folderOf(shell) };
    await writeOutputs(outputs, loaded.sources, shell, (report, context) => report.run(run, context));
    return exitCode(run, failOn);
  },
};

/** 2 for invalid contracts, else 3 for what could not be measured, else 1 for what is broken (semantics §1). */
export function exitCode(run: Run, failOn: 'warn' | 'fail'): ExitCode {
  if (run.diagnostics.some(({ severity }) => severity === 'error')) return 2;
  // A run that was cut short says nothing about the rest, even where a draft would only warn.
  const cutShort = run.coverage.notMeasured.some(({ reason }) => reason === 'cancelled');
  if (run.verdict === 'error' || cutShort) return 3;
  return run.verdict === 'fail' || (run.verdict === 'warn' && failOn === 'warn') ? 1 : 0;
}
