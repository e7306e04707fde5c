import { planText } from '../../reports/plan.ts';
import { loadContracts } from '../contract/load.ts';
import { plan as planContracts } from '../engine/describe.ts';
import { declareRunOptions, refuseUnmatched, runOptionsOf } from './run-options.ts';
import type { Verb } from './verb.ts';

/** `surety plan`: every statement and how many scans each table costs, without running them. */
export const plan: Verb = {
  name: 'plan',
  declare: (command) => declareRunOptions(command).description('print the statements that verify would run, and why'),
  async run(args, options, shell) {
    const loaded = await loadContracts(args, {
      cwd: shell.cwd,
      variables: shell.env,
      ...(options['env'] !== undefined && { environment: options['env'] as string }),
    });
    const runOptions = runOptionsOf(options, shell);
    refuseUnmatched(loaded, runOptions);
    const described = await planContracts(loaded, runOptions);
    shell.stdout.write(planText(described));
    if (loaded.diagnostics.some(({ severity }) => severity === 'error')) {
      shell.stderr.write('some contracts are invalid and left out: see surety lint\n');
      return 2;
    }
    return described.tables.some(({ problem }) => problem !== undefined) ? 3 : 0;
  },
};
