import { runGate } from '../diff/gate.ts';
import { collect } from './arguments.ts';
import { declareGateOptions, gateOptionsOf } from './gate-options.ts';
import { formatsOf, writableTargets, writeOutputs } from './output.ts';
import type { Verb } from './verb.ts';

const SIDE = 'a file, a folder, a git ref, or warehouse:NAME';

/** `surety diff`: every change between two versions, judged; it refuses nothing. */
export const diff: Verb = {
  name: 'diff',
  declare: (command) =>
    declareGateOptions(command)
      .description('show every change between two versions of contracts')
      .argument('[old]', `${SIDE}; absent: the merge base with the default branch`)
      .argument('[new]', `${SIDE}; absent: the project in the working tree`)
      .option(
        '--output <format[=file]>',
        `${formatsOf('gate')}, to the terminal or a file (again for several)`,
        collect,
      ),
  async run(args, options, shell) {
    const targets = await writableTargets(options['output'] as string[] | undefined, 'gate', shell);
    const [before, after] = args;
    const { result, sources, exit } = await runGate({
      ...gateOptionsOf(options, shell),
      command: 'diff',
      paths: [],
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    });
    await writeOutputs(targets, sources, shell, (report, context) => report.gate(result, context));
    return exit;
  },
};
