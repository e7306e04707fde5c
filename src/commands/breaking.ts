import { runGate } from '../diff/gate.ts';
import { collect, milliseconds } from './arguments.ts';
import { declareAgainst, gateOptionsOf } from './gate-options.ts';
import { formatsOf, writableTargets, writeOutputs } from './output.ts';
import type { Verb } from './verb.ts';

/** `surety breaking`: the gate of pull requests. */
export const breaking: Verb = {
  name: 'breaking',
  declare: (command) =>
    declareAgainst(command)
      .description('refuse changes of contracts that break readers')
      .argument('[path or contract...]', 'contract files, folders or contract ids; absent: the whole project')
      .option(
        '--live [required]',
        'ask the rows there are now about every tightened promise; required: exit 3 where that fails',
      )
      .option('--timeout <duration>', 'time for one statement of --live, such as 30s', milliseconds)
      .option(
        '--output <format[=file]>',
        `${formatsOf('gate')}, to the terminal or a file (again for several)`,
        collect,
      ),
  async run(args, options, shell) {
    const targets = await writableTargets(options['output'] as string[] | undefined, 'gate', shell);
    const live = options['live'] as boolean | string | undefined;
    // The parser takes what stands behind `--live` for its value.
    const paths = typeof live === 'string' && live !== 'required' ? [live, ...args] : args;
    const { result, sources, exit } = await runGate({
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
    await writeOutputs(targets, sources, shell, (report, context) => report.gate(result, context));
    return exit;
  },
};
