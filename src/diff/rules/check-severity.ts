import type { CheckSeverity } from '../../model/contract.ts';
import { affects } from './affects.ts';
import { withCheck } from './check-example.ts';
import type { CheckSubject, Found } from './rule.ts';

const WEIGHTS: Readonly<Record<CheckSeverity, { readonly weight: number; readonly does: string }>> = {
  warn: { weight: 0, does: 'is a warning' },
  fail: { weight: 1, does: 'is a failure' },
  critical: { weight: 2, does: 'is critical' },
};

/** How much a broken check weighs: what it says itself, else what its table says. */
export const checkSeverity: CheckSubject = {
  on: 'check',
  name: 'check-severity',
  keys: ['severity'],
  rules: [
    {
      id: 'check-severity-lowered',
      purpose: 'a broken promise weighs less than before',
      why: 'What is only a warning stops no pipeline and no deployment: bad data gets through to the readers although the promise still stands there.',
      direction: 'loosen',
      categories: ['guarantee'],
      effects: affects('breaks', 'none', 'warns', 'none'),
      bump: 'major',
      remedy: 'keep the severity, or raise the major version and tell the readers',
      example: {
        before: withCheck(['expect: amount > 0']),
        after: withCheck(['expect: amount > 0', 'severity: warn']),
      },
      opposite: 'check-severity-raised',
    },
    {
      id: 'check-severity-raised',
      purpose: 'a broken promise weighs more than before',
      why: 'Readers get more than they had. What was only a warning so far can now stop a pipeline.',
      direction: 'tighten',
      categories: ['guarantee'],
      effects: affects('none', 'none', 'none', 'data'),
      bump: 'minor',
      remedy: 'see with --live that the rows there pass',
      example: {
        before: withCheck(['expect: amount > 0', 'severity: warn']),
        after: withCheck(['expect: amount > 0']),
      },
      opposite: 'check-severity-lowered',
    },
  ],
  compare({ old, new: now }, { table }) {
    const found = compareSeverities(
      old.severity ?? table.old.severity,
      now.severity ?? table.new.severity,
      'this check',
    );
    const checks = [`${table.new.name}.${now.id}`];
    return found.length === 0
      ? 'equal'
      : found.map((each) => ({ ...each, ...(each.rule === 'check-severity-raised' && { checks }) }));
  },
};

/** Two severities, where none is `fail`. */
export function compareSeverities(
  old: CheckSeverity = 'fail',
  now: CheckSeverity = 'fail',
  what: string,
): readonly Found[] {
  const [before, after] = [WEIGHTS[old], WEIGHTS[now]];
  if (before.weight === after.weight) return [];
  return [
    {
      rule: after.weight < before.weight ? 'check-severity-lowered' : 'check-severity-raised',
      before: old,
      after: now,
      message: `a breach of ${what} ${after.does}, it ${before.does.replace(/^is/, 'was')} before`,
    },
  ];
}
