import { collect } from './arguments.ts';
import { formatsOf, writableTargets, writeOutputs } from './output.ts';
import { readRun } from './read-run.ts';
import type { Verb } from './verb.ts';

/** `surety report`: a saved run once more, in other forms. */
export const report: Verb = {
  name: 'report',
  declare: (command) =>
    command
      .description('render a saved run again')
      .argument('<run.json>', 'what surety verify --output json=run.json has written')
      .option(
        '--output <format[=file]>',
        `${formatsOf('run')}, to the terminal or a file (again for several)`,
        collect,
      ),
  async run([path = ''], options, shell) {
    const targets = await writableTargets(options['output'] as string[] | undefined, 'run', shell);
    const run = await readRun(path, shell.cwd);
    await writeOutputs(targets, new Map(), shell, (each, context) => each.run(run, context));
    return 0;
  },
};
