import { ruleJson, ruleText } from '../../reports/rules.ts';
import { CHANGE_RULES, findRule } from '../diff/catalogue.ts';
import { nearest } from '../util/nearest.ts';
import { oneFormat } from './output-target.ts';
import { UsageError, type Verb } from './verb.ts';

/** `surety explain`: one rule, with an example and the remedy. */
export const explain: Verb = {
  name: 'explain',
  declare: (command) =>
    command
      .description('explain one rule of diff and breaking')
      .argument('<rule>', 'its id, such as column-removed')
      .option('--output <format>', 'text or json', 'text'),
  run([id = ''], options, shell) {
    const format = oneFormat(options['output']);
    const rule = findRule(id);
    if (!rule) {
      const near = nearest(
        id,
        CHANGE_RULES.map((each) => each.id),
      );
      const hint = 'surety rules lists all of them';
      throw new UsageError(`there is no rule "${id}"`, near === undefined ? hint : `did you mean ${near}? ${hint}`);
    }
    shell.stdout.write(
      format === 'json' ? `${JSON.stringify({ format: 1, rule: ruleJson(rule) }, null, 2)}\n` : ruleText(rule),
    );
    return Promise.resolve(0);
  },
};
