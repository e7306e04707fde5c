import type { Effect, ListedRule } from '../../src/model/change.ts';

const SIGN: Readonly<Record<Effect, string>> = { breaks: '✗', warns: '!', data: '?', approval: 'A', none: '·' };

/** The rule reference of the docs: every rule of the gate, by subject. */
export function ruleReference(rules: readonly ListedRule[]): string {
  const subjects = [...new Set(rules.map(({ subject }) => subject))];
  return `${[
    '# Every rule of the gate',
    '',
    'Generated from the rules by `npm run generate`. `surety explain RULE` shows an example of each; how they are judged is told in [gate.md](gate.md).',
    '',
    'Whom a change reaches: **Q** readers in SQL and BI, **T** typed accessors at compile time, **M** models and features, **W** writers and pipelines.',
    '✗ breaks, ! may break, ? depends on the rows that are there (`--live` asks them), A needs an approval, · none.',
    'The severities are those of the profiles schema / consumer / full.',
    '',
    ...subjects.flatMap((subject) =>
      section(
        subject,
        rules.filter((rule) => rule.subject === subject),
      ),
    ),
  ]
    .join('\n')
    .trimEnd()}\n`;
}

function section(subject: string, rules: readonly ListedRule[]): readonly string[] {
  return [
    `## ${subject}`,
    '',
    '| rule | what it is | Q | T | M | W | severity | bump | what to do |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...rules.map(({ id, purpose, effects, severities, bump, remedy }) => {
      const signs = [effects.sql, effects.types, effects.models, effects.writers].map((effect) => SIGN[effect]);
      const levels = [severities.schema, severities.consumer, severities.full].map(named).join(' / ');
      return `| \`${id}\` | ${cell(purpose)} | ${signs.join(' | ')} | ${levels} | ${bump} | ${cell(remedy)} |`;
    }),
    '',
  ];
}

function named(severity: string): string {
  return severity === 'info' ? 'notice' : severity;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
