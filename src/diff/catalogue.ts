import type { ListedRule } from '../model/change.ts';
import { SUBJECTS } from './rules/index.ts';
import { severityOf } from './severity.ts';

/** All rules, in the order of the registry. */
export const CHANGE_RULES: readonly ListedRule[] = SUBJECTS.flatMap(({ name, rules, foundBy }) =>
  rules.map(
    (rule): ListedRule => ({
      ...rule,
      subject: name,
      foundBy: foundBy ?? 'comparison',
      severities: {
        schema: severityOf(rule, 'schema'),
        consumer: severityOf(rule, 'consumer'),
        full: severityOf(rule, 'full'),
      },
    }),
  ),
);

const byId = new Map(CHANGE_RULES.map((rule) => [rule.id, rule]));

export function findRule(id: string): ListedRule | undefined {
  return byId.get(id);
}

/** The rule of a change. */
export function ruleOf(id: string): ListedRule {
  const rule = byId.get(id);
  if (!rule) throw new Error(`there is no rule "${id}"`);
  return rule;
}
