import { runGate } from '../diff/gate.ts';
import { refuseDataOf } from './data-files.ts';
import { declareGateOptions, gateOptionsOf } from './gate-options.ts';
import { filesOf, openOutputs, writeOutputs } from './output.ts';
import { declareOutputs } from './output-options.ts';
import type { Verb } from './verb.ts';

const SIDE = 'a file, a folder, a git ref, or warehouse:NAME';

/** `surety diff`: every change between two versions, judged; it refuses nothing. */
export const diff: Verb = {
  name: 'diff',
  declare: (command) =>
    declareOutputs(
      declareGateOptions(command)
        .description('show every change between two versions of contracts')
        .argument('[old]', `${SIDE}; absent: the merge base with the default branch`)
        .argument('[new]', `${SIDE}; absent: the project in the working tree`),
      'gate',
    ),
  async run(args, options, shell) {
    const outputs = await openOutputs('gate', options, shell, args);
    const [before, after] = args;
    const { result, sources, exit, loaded } = await runGate({
      ...gateOptionsOf(options, shell),
      command: 'diff',
      paths: [],
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    });
    await refuseDataOf(filesOf(outputs), loaded, shell);
    await writeOutputs(outputs, sources, shell, (report, context) => report.gate(result, context));
    return exit;
  },
};
