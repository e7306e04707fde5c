import { fixFiles } from '../contract/fix.ts';
import { loadContracts } from '../contract/load.ts';
import { collect } from './arguments.ts';
import { formatsOf, writableTargets, writeOutputs } from './output.ts';
import type { Verb } from './verb.ts';

/** `surety lint`: every problem of every file at once. */
export const lint: Verb = {
  name: 'lint',
  declare: (command) =>
    command
      .description('find every problem in contracts and surety.yaml')
      .argument('[path...]', 'contract files or folders; absent: the whole project')
      .option('--fix', 'quote what needs quotes, and touch nothing else')
      .option('--env <name>', 'environment of surety.yaml')
      .option(
        '--output <format[=file]>',
        `${formatsOf('diagnostics')}, to the terminal or a file (again for several)`,
        collect,
      ),
  async run(args, options, shell) {
    const targets = await writableTargets(options['output'] as string[] | undefined, 'diagnostics', shell);
    const load = () =>
      loadContracts(args, {
        cwd: shell.cwd,
        variables: shell.env,
        ...(options['env'] !== undefined && { environment: options['env'] as string }),
      });
    let loaded = await load();
    if (options['fix'] === true) {
      const fixed = await fixFiles(loaded.diagnostics);
      if (fixed.length > 0) {
        shell.stderr.write(`quoted values in ${fixed.join(', ')}\n`);
        loaded = await load();
      }
    }
    await writeOutputs(targets, loaded.sources, shell, (report, context) =>
      report.diagnostics(loaded.diagnostics, context),
    );
    return loaded.diagnostics.some(({ severity }) => severity === 'error') ? 2 : 0;
  },
};
