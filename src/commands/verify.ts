import { loadContracts } from '../contract/load.ts';
import { type Progress, verify as verifyContracts } from '../engine/verify.ts';
import type { Run } from '../model/run.ts';
import { collect, count } from './arguments.ts';
import { formatsOf, writableTargets, writeOutputs } from './output.ts';
import { declareRunOptions, refuseUnmatched, runOptionsOf } from './run-options.ts';
import { type ExitCode, type Output, UsageError, type Verb } from './verb.ts';

/** `surety verify`: the main job. */
export const verify: Verb = {
  name: 'verify',
  declare: (command) =>
    declareRunOptions(command)
      .description('verify tables against their contracts')
      .option('--samples <n>', 'failing rows to show for each check; 0 for none', count)
      .option('--fail-on <verdict>', 'exit 1 on fail, or on warn too', 'fail')
      .option(
        '--output <format[=file]>',
        `${formatsOf('run')}, to the terminal or a file (again for several)`,
        collect,
      ),
  async run(args, options, shell) {
    const failOn = options['failOn'];
    if (failOn !== 'warn' && failOn !== 'fail')
      throw new UsageError(`"${String(failOn)}" is no verdict to fail on, expected warn or fail`);
    const targets = await writableTargets(options['output'] as string[] | undefined, 'run', shell);
    const loaded = await loadContracts(args, {
      cwd: shell.cwd,
      variables: shell.env,
      ...(options['env'] !== undefined && { environment: options['env'] as string }),
    });
    const runOptions = runOptionsOf(options, shell);
    refuseUnmatched(loaded, runOptions);
    const run = await verifyContracts(loaded, { ...runOptions, ...progressOf(shell.stderr) });
    await writeOutputs(targets, loaded.sources, shell, (report, context) => report.run(run, context));
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

/** One line that is written over, on a terminal only. */
function progressOf(output: Output): { onProgress?: (progress: Progress) => void } {
  if (!output.isTerminal) return {};
  return {
    onProgress({ done, total, contract, table }) {
      output.write(done === total ? '\r\u001b[K' : `\r\u001b[K${done} of ${total} tables: ${contract} ${table}`);
    },
  };
}
