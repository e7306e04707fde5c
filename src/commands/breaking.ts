import { runGate } from '../diff/gate.ts';
import { milliseconds } from './arguments.ts';
import { refuseDataOf } from './data-files.ts';
import { declareAgainst, gateOptionsOf } from './gate-options.ts';
import { filesOf, openOutputs, writeOutputs } from './output.ts';
import { declareOutputs } from './output-options.ts';
import type { Verb } from './verb.ts';

/** `surety breaking`: the gate of pull requests. */
export const breaking: Verb = {
  name: 'breaking',
  declare: (command) =>
    declareOutputs(
      declareAgainst(command)
        .description('refuse changes of contracts that break readers')
        .argument('[path or contract...]', 'contract files, folders or contract ids; absent: the whole project')
        .option(
          '--live [required]',
          'ask the rows there are now about every tightened promise; required: exit 3 where that fails',
        )
        .option('--timeout <duration>', 'time for one statement of --live, such as 30s', milliseconds),
      'gate',
    ),
  async run(args, options, shell) {
    const live = options['live'] as boolean | string | undefined;
    // The parser takes what stands behind `--live` for its value.
    const paths = typeof live === 'string' && live !== 'required' ? [live, ...args] : args;
    const outputs = await openOutputs('gate', options, shell, paths);
    const { result, sources, exit, loaded } = await runGate({
      ...gateOptionsOf(options, shell),
      command: 'breaking',
      paths,
      ...(live !== undefined && {
        live: {
          signal: shell.signal,
          isRequired: live === 'required',
          ...(options['timeout'] !== undefined && { timeout: options['timeout'] as number }),
          ...(shell.env['SURETY_MASK_KEY'] !== undefined && { maskKey: shell.env['SURETY_MASK_KEY'] }),
        },
      }),
    });
    await refuseDataOf(filesOf(outputs), loaded, shell);
    await writeOutputs(outputs, sources, shell, (report, context) => report.gate(result, context));
    return exit;
  },
};
