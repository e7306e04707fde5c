import type { ChangeExample, Effect, ListedRule } from '../src/model/change.ts';
import { GATE_PROFILES } from '../src/model/profile.ts';
import { indent } from './diagnostics.ts';

const EFFECT: Readonly<Record<Effect, string>> = {
  breaks: 'break',
  warns: 'may break',
  data: 'depends on the rows',
  approval: 'need an approval',
  none: 'nothing changes',
};

const DIRECTION = {
  loosen: 'promises less',
  tighten: 'promises more',
  incomparable: 'promises something else',
  annotate: 'promises the same',
} as const;

/** The list: one line a rule, by subject. */
export function rulesText(rules: readonly ListedRule[]): string {
  const width = Math.max(...rules.map(({ id }) => id.length));
  const subjects = [...new Set(rules.map(({ subject }) => subject))];
  const parts = subjects.map((subject) => {
    const own = rules.filter((rule) => rule.subject === subject);
    const lines = own.map(({ id, purpose, bump, severities }) => {
      const level = severities.consumer === 'info' ? 'notice' : severities.consumer;
      return `  ${id.padEnd(width)}  ${level.padEnd(7)}  ${bump.padEnd(5)}  ${purpose}`;
    });
    return [subject, ...lines].join('\n');
  });
  const head =
    'rule, severity under the profile consumer, bump that it needs, what it is; surety explain RULE tells more';
  return `${[head, ...parts].join('\n\n')}\n`;
}

/** One rule as a page. */
export function ruleText(rule: ListedRule): string {
  const { id, purpose, why, direction, effects, bump, severities, remedy, example, opposite } = rule;
  const levels = GATE_PROFILES.map((profile) => `${profile} ${named(severities[profile])}`).join(', ');
  const parts = [
    `${id}: ${purpose}`,
    why,
    [
      `readers in SQL ${EFFECT[effects.sql]}; typed accessors ${EFFECT[effects.types]}; models ${EFFECT[effects.models]}; writers ${EFFECT[effects.writers]}`,
      `the new version ${DIRECTION[direction]} and needs ${bump === 'none' ? 'no bump' : `a ${bump} bump`}`,
      `severity by profile: ${levels}`,
    ].join('\n'),
    `fix: ${remedy}`,
    exampleText(example),
    typeof opposite === 'string' ? `the change back: ${opposite}` : `no change back: ${opposite.none}`,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** One rule for machines. */
export function ruleJson({ opposite, ...rule }: ListedRule): object {
  return { ...rule, opposite: typeof opposite === 'string' ? opposite : null };
}

function exampleText({ before, after, around }: ChangeExample): string {
  if (!before && !after) return '';
  const [old, now] = around?.versions ?? ['1.4.0', '1.5.0'];
  return [`before (${old})`, indent(shown(before)), `after (${now})`, indent(shown(after))].join('\n');
}

function shown(text: string | null): string {
  return text === null ? '(no such contract)' : text.trimEnd();
}

function named(severity: string): string {
  return severity === 'info' ? 'notice' : severity;
}
