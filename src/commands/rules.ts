import { ruleJson, rulesText } from '../../reports/rules.ts';
import { CHANGE_RULES } from '../diff/catalogue.ts';
import { oneFormat } from './output-target.ts';
import type { Verb } from './verb.ts';

/** `surety rules`: everything that `diff` and `breaking` know. */
export const rules: Verb = {
  name: 'rules',
  declare: (command) =>
    command.description('list the rules of diff and breaking').option('--output <format>', 'text or json', 'text'),
  run(_args, options, shell) {
    const format = oneFormat(options['output']);
    shell.stdout.write(
      format === 'json'
        ? `${JSON.stringify({ format: 1, rules: CHANGE_RULES.map(ruleJson) }, null, 2)}\n`
        : rulesText(CHANGE_RULES),
    );
    return Promise.resolve(0);
  },
};
