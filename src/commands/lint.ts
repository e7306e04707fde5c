import { fixFiles } from '../contract/fix.ts';
import { loadContracts } from '../contract/load.ts';
import { refuseData } from './data-files.ts';
import { filesOf, openOutputs, writeOutputs } from './output.ts';
import { declareOutputs } from './output-options.ts';
import type { Verb } from './verb.ts';

/** `surety lint`: every problem of every file at once. */
export const lint: Verb = {
  name: 'lint',
  declare: (command) =>
    declareOutputs(
      command
        .description('find every problem in contracts and surety.yaml')
        .argument('[path...]', 'contract files or folders; absent: the whole project')
        .option('--fix', 'quote what needs quotes, and touch nothing else')
        .option('--env <name>', 'environment of surety.yaml'),
      'diagnostics',
    ),
  async run(args, options, shell) {
    const outputs = await openOutputs('diagnostics', options, shell, args);
    const load = () =>
      loadContracts(args, {
        cwd: shell.cwd,
        variables: shell.env,
        ...(options['env'] !== undefined && { environment: options['env'] as string }),
      });
    let loaded = await load();
    await refuseData(filesOf(outputs), loaded);
    if (options['fix'] === true) {
      const fixed = await fixFiles(loaded.diagnostics);
      if (fixed.length > 0) {
        shell.stderr.write(`quoted values in ${fixed.join(', ')}\n`);
        loaded = await load();
      }
    }
    await writeOutputs(outputs, loaded.sources, shell, (report, context) =>
      report.diagnostics(loaded.diagnostics, context),
    );
    return loaded.diagnostics.some(({ severity }) => severity === 'error') ? 2 : 0;
  },
};
