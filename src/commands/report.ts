import { refuseDataOf } from './data-files.ts';
import { foldersOf, foldersOfRun } from './folders.ts';
import { filesOf, openOutputs, writeOutputs } from './output.ts';
import { declareOutputs } from './output-options.ts';
import { readRun } from './read-run.ts';
import type { Verb } from './verb.ts';

/** `surety report`: a saved run once more, in other forms. */
export const report: Verb = {
  name: 'report',
  declare: (command) =>
    declareOutputs(
      command
        .description('render a saved run again')
        .argument('<run.json>', 'what surety verify --output json=run.json has written'),
      'run',
    ),
  async run([path = ''], options, shell) {
    const outputs = await openOutputs('run', options, shell, [path]);
    await refuseDataOf(filesOf(outputs), undefined, shell);
    const run = await readRun(path, shell.cwd);
    await writeOutputs(outputs, new Map(), shell, (each, context) =>
      each.run(run, { ...context, folders: foldersOfRun(run, foldersOf(shell)) }),
    );
    return 0;
  },
};
